"""What we put on the clipboard, and what we take from it: own form, HTML, pictures, text."""

import json
import struct
import zlib
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from hypothesis import given, settings
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPixmap

from desktop.importing.html_paste import read_pasted
from desktop.richtext.codec import dumps, to_data
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Cell, Figure, Footnote, Paragraph, Row, Run, Table, Tree, walk
from desktop.richtext.validate import validate
from desktop.viewmodels.text.clipboard import (
    MIME_TREE,
    Payload,
    blocks_of,
    mime_of,
    parse,
    payload_of,
    read,
    with_images,
)
from desktop.viewmodels.text.pasted_images import (
    MAX_PIXELS,
    OversizedPictureError,
    UnreadablePictureError,
    checked_picture,
    data_bytes,
)
from desktop.views.editor.text_edit import TextEdit
from tests.importing.klipp_outline import outline
from tests.trees import trees

# What Qt says of broken pictures while it refuses them.
BROKEN = pytest.mark.qt_log_ignore(
    "libpng|(?i:jpeg)|gif|(?i:tiff)|webp|QImage|directory", extend=True
)


def picture(kind="png", width=8, height=6, colour="red"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    return bytes(data.data())


def png_head(width, height):
    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def address(data, kind="image/png"):
    return f"data:{kind};base64,{b64encode(data).decode()}"


def mime(**kinds):
    made = QMimeData()
    for kind, data in kinds.items():
        made.setData(kind.replace("_", "/"), data if isinstance(data, bytes) else data.encode())
    return made


def nameless(tree):
    def strip(node):
        if isinstance(node, dict):
            gone = {"id"} if "type" in node else set()
            kept = {key: strip(value) for key, value in node.items() if key not in gone}
            return {**kept, "fotnote": ""} if "fotnote" in kept else kept
        return [strip(one) for one in node] if isinstance(node, list) else node

    return strip(to_data(tree))


@settings(max_examples=150)
@given(trees())
def test_that_a_copied_text_is_pasted_as_it_was_under_new_names(tree):
    pasted = blocks_of(mime_of(tree))
    assert nameless(Tree(pasted.blocks)) == nameless(tree)
    assert pasted.notes == ()
    old = {block.id for block in walk(tree.blocks)}
    assert not old & {block.id for block in walk(pasted.blocks)}
    assert validate(Tree(pasted.blocks)) == []


def test_that_other_programs_get_html_and_plain_text():
    note = Footnote("a", (Run("Noten"),))
    tree = Tree((Paragraph((Run("Tekst", bold=True), note)),))
    made = mime_of(tree)
    assert made.hasFormat(MIME_TREE)
    assert made.text() == plain_text(tree)
    assert "<strong>Tekst</strong>" in made.html()
    assert "data-id" not in made.html()
    assert outline(read_pasted(made.html()).tree.blocks) == "*Tekst*[[Noten]]\n"


def test_that_figures_go_to_other_programs_with_their_bytes():
    data = picture()
    tree = Tree((Figure(sha256(data).hexdigest(), "Rødt", 50),))
    pasted = parse(mime_of(tree, figure=lambda _: data).html())
    (figure,) = pasted.blocks
    assert (figure.alt_text, figure.width_mm) == ("Rødt", 50)
    assert parse(mime_of(tree).html()).blocks == ()


def test_that_our_own_form_comes_before_html_picture_and_text():
    tree = Tree((Paragraph((Run("vår"),)),))
    made = mime_of(tree)
    made.setHtml("<p>html</p>")
    made.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    assert outline(blocks_of(made).blocks) == "vår\n"
    made.removeFormat(MIME_TREE)
    assert outline(blocks_of(made).blocks) == "html\n"
    made.removeFormat("text/html")
    assert blocks_of(made).image is not None
    made.removeFormat("application/x-qt-image")
    assert outline(blocks_of(made).blocks) == "vår\n"


@pytest.mark.parametrize(
    "data",
    [
        "", "{", "[]", "null", '{"versjon":99,"blokker":[]}', '{"versjon":1,"blokker":[{}]}',
        '{"versjon":1,"blokker":[{"type":"avsnitt","id":"x","innhold":[]}]}', "[" * 100000,
        '{"versjon":1,"blokker":' + '[{"punkter":' * 5000, b"\xff\xfe\x00", b"\xef\xbb\xbf{}",
    ],
)  # fmt: skip
def test_that_a_broken_own_form_gives_way_to_the_next(data):
    made = mime(text_html="<p>html</p>")
    made.setData(MIME_TREE, data if isinstance(data, bytes) else data.encode())
    assert outline(blocks_of(made).blocks) == "html\n"


def test_that_figures_of_another_archive_are_left_out_and_counted():
    figure = Figure("ab" * 32, "x")
    table = Table((Row((Cell((figure,)),)),), 0)
    pasted = blocks_of(mime_of(Tree((figure, table))), has_file=lambda _: False)
    assert validate(Tree(pasted.blocks)) == []
    assert not any(isinstance(block, Figure) for block in walk(pasted.blocks))
    (note,) = pasted.notes
    assert note.startswith("2 figurer ble ikke limt inn")
    assert len(blocks_of(mime_of(Tree((figure,))), has_file=lambda _: True).blocks) == 1


@pytest.mark.parametrize("kind", ["png", "jpeg", "bmp", "webp", "tiff"])
def test_that_a_picture_on_the_clipboard_becomes_png_or_jpeg(kind):
    pasted = blocks_of(mime(**{f"image_{kind}": picture(kind)}))
    assert pasted.notes == ()
    assert pasted.image.startswith((b"\x89PNG", b"\xff\xd8"))
    assert QImage.fromData(pasted.image).width() == 8


def test_that_image_data_of_qt_and_a_pixmap_become_png(qapp):
    for image in (QImage(3, 2, QImage.Format.Format_ARGB32), QPixmap(3, 2)):
        image.fill(QColor("blue"))
        made = QMimeData()
        made.setImageData(image)
        assert blocks_of(made).image.startswith(b"\x89PNG")


def test_that_a_pictures_own_texts_do_not_follow():
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.setText("Author", "Kari Hemmelig")
    made = QMimeData()
    made.setImageData(image)
    assert b"Hemmelig" not in blocks_of(made).image


def test_that_a_picture_copied_in_a_browser_is_taken_instead_of_its_address():
    made = mime(text_html='<img src="https://x.no/a.png">', image_png=picture())
    assert blocks_of(made).image is not None
    assert blocks_of(made).notes == ()
    made = mime(text_html='<p>tekst <img src="https://x.no/a.png"></p>', image_png=picture())
    pasted = blocks_of(made)
    assert pasted.image is None
    assert outline(pasted.blocks) == "tekst\n"
    assert len(pasted.notes) == 1


@BROKEN
@pytest.mark.parametrize(
    "data",
    [
        b"", b"x", b"\x89PNG\r\n\x1a\n", picture()[:40], b"GIF89a" + b"\0" * 40, b"BM" + b"\0" * 60,
        b"\xff\xd8\xff\xe0" + b"\0" * 100, b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 40,
        b"II*\0" + b"\xff" * 60, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.4\n",
        png_head(0, 5), png_head(2**31 - 1, 2**31 - 1), b"\0\0\1\0\1\0" + b"\0" * 60,
    ],
    ids=range(14),
)  # fmt: skip
def test_that_a_broken_or_foreign_picture_is_refused_with_a_sentence(data):
    pasted = blocks_of(mime(image_png=data))
    assert pasted.blocks == ()
    assert pasted.image is None
    (note,) = pasted.notes
    assert note.startswith("1 bilde ble ikke limt inn, fordi")


@BROKEN
def test_that_a_picture_above_the_limit_is_refused_before_it_is_decoded():
    side = int(MAX_PIXELS**0.5) + 1
    with pytest.raises(OversizedPictureError):
        checked_picture(png_head(side, side))
    (note,) = blocks_of(mime(image_png=png_head(side, side))).notes
    assert "20 MB og 40 millioner bildepunkter" in note


@BROKEN
def test_that_a_jpeg_without_its_end_becomes_a_whole_picture():
    whole = picture("jpeg", 64, 64)
    assert checked_picture(whole).data == whole
    mended = checked_picture(whole[:-2])
    assert mended.data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("data:image/png;base64,QUI=", b"AB"),
        ("data:image/png;base64,QU I\n", b"AB"),
        ("data:image/png;charset=x;base64,QUI%3D", b"AB"),
        ("data:,A%42", b"AB"),
    ],
)
def test_that_a_data_address_gives_its_bytes(given, expected):
    assert data_bytes(given) == expected


@pytest.mark.parametrize(
    "given", ["data:image/png;base64,Q", "data:image/png;base64,Ø", "file:///x", "data:image/png"]
)
def test_that_a_wrong_data_address_is_no_picture(given):
    with pytest.raises(UnreadablePictureError):
        data_bytes(given)


@BROKEN
def test_that_pictures_written_into_html_are_returned_and_the_rest_counted():
    good, other = picture(), picture("jpeg", 20, 10)
    html = (
        f'<p>a<img src="{address(good)}" alt="Rødt"><img src="{address(good)}">'
        f"<img src='{address(other, 'image/jpeg')}' width=96></p>"
        f'<img src="{address(b"tull")}"><img src="{address(png_head(60000, 60000))}">'
        '<img src="file:///c.png"><img src="https://x.no/a.png">'
    )
    pasted = parse(html)
    assert [one.sha256 for one in pasted.images] == [
        block.file for block in pasted.blocks[2:] if isinstance(block, Figure)
    ]
    assert [one.width for one in pasted.images] == [8, 20]
    assert [note.split(" ble")[0] for note in pasted.notes] == ["2 bilder", "1 bilde", "1 bilde"]
    assert validate(Tree(pasted.blocks)) == []


def test_that_pictures_are_stored_once_and_refused_ones_leave_no_figure():
    pasted = parse(f'<p>a</p><img src="{address(picture())}"><img src="{address(picture())}">')
    stored = []

    def store(data):
        stored.append(data)
        return sha256(data).hexdigest()

    assert with_images(pasted, store).blocks == pasted.blocks
    assert len(stored) == 1
    assert outline(with_images(pasted, lambda _: None).blocks) == "a\n"
    assert outline(with_images(pasted, None).blocks) == "a\n"


def test_that_a_picture_alone_becomes_a_figure_in_its_own_size():
    pasted = read(Payload(image=picture(width=96)))
    (figure,) = with_images(pasted, lambda data: sha256(data).hexdigest()).blocks
    assert figure.width_mm == 25
    assert with_images(pasted, lambda _: None).blocks == ()
    wide = read(Payload(image=picture(width=4000)))
    (figure,) = with_images(wide, lambda data: sha256(data).hexdigest()).blocks
    assert figure.width_mm == 160


def test_that_too_many_pictures_end_at_the_limit():
    html = "".join(f'<img src="{address(picture(width=n))}">' for n in range(1, 60))
    pasted = parse(html)
    assert len(pasted.images) == 50
    assert pasted.notes == ("9 bilder ble ikke limt inn. Grensen er 50 bilder om gangen.",)


def test_that_files_are_told_where_they_belong():
    made = QMimeData()
    made.setUrls([QUrl.fromLocalFile("/tmp/Notat.docx")])  # noqa: S108 - never opened
    pasted = blocks_of(made)
    assert pasted.blocks == ()
    assert pasted.notes == ("Filer limes ikke inn i teksten. Legg dem til som vedlegg i saken.",)


def test_that_an_address_from_the_browser_is_a_link():
    made = QMimeData()
    made.setUrls([QUrl("https://www.ehelse.no/rad")])
    made.setText("https://www.ehelse.no/rad")
    (paragraph,) = blocks_of(made).blocks
    assert paragraph.inlines[0].link == "https://www.ehelse.no/rad"


def test_that_an_empty_clipboard_and_rubbish_give_nothing():
    assert blocks_of(QMimeData()).blocks == ()
    rubbish = {
        "application_octet-stream": b"\0\xff",
        "text_html": b"\xff\xfe\0\xd8",
        "text_x": b"x",
    }
    assert blocks_of(mime(**rubbish)).image is None
    assert blocks_of(mime(text_html="   ", text_plain="tekst")).blocks[0].inlines == (Run("tekst"),)
    assert outline(blocks_of(mime(text_html="<b></b>", text_plain="tekst")).blocks) == "tekst\n"


def test_that_a_payload_knows_when_it_belongs_in_the_background():
    assert not payload_of(mime(text_html="<p>kort</p>")).is_big
    assert payload_of(mime(text_html="<p>" + "x" * 200_000)).is_big
    assert Payload(image=QImage(2000, 2000, QImage.Format.Format_RGB32)).is_big


def test_that_reading_in_other_threads_gives_the_same():
    html = "<ul>" + "<li>punkt <b>x</b>" * 200 + f'</ul><img src="{address(picture())}">'
    expected = outline(parse(html).blocks)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: outline(parse(html).blocks), range(12)))
    assert results == [expected] * 12


def test_that_the_sentences_name_what_happened():
    html = (
        "<p>a<del>b</del><a href='javascript:x'>c</a></p><ul><li>d<table><tr><td>e<td>f</table>"
        "</ul><table><tr><td><table><tr><td>g<td>h</table><td>i</table>" + "<ul><li>j" * 12
    )
    notes = " ".join(parse(html).notes)
    for part in (
        "sporing av endringer",
        "1 lenke",
        "flyttet",
        "annen tabell",
        "flere enn 9 nivåer",
    ):
        assert part in notes


def test_that_a_clipboard_pasted_into_the_editor_is_the_tree_that_was_read(qtbot):
    edit = TextEdit()
    qtbot.addWidget(edit)
    html = (
        "<h2>Tittel</h2><ul><li>a<ul><li>b</ul></ul><table><tr><th>c<tr><td>d</table><p>slutt</p>"
    )
    QGuiApplication.clipboard().setMimeData(mime(text_html=html))
    edit.paste()
    QGuiApplication.clipboard().clear()
    assert outline(edit.tree().blocks).rstrip() == outline(parse(html).blocks).rstrip()
    assert json.loads(dumps(edit.tree()))
