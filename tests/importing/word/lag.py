"""Word files as caseworkers send them, made on the spot: with python-docx, and with raw XML.

`saksbehandlerfiler()` returns four believable toppnotater; `word_file` makes a file of any body.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tests.documents.samples import picture

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments")

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Egen overskrift"/>'
    '<w:basedOn w:val="Overskrift2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="LO"><w:name w:val="Overskrift 3"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Tittel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Bildetekst"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="INNH1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Listeavsnitt"><w:name w:val="List Paragraph"/>'
    '<w:pPr><w:ind w:left="720"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Sterk"><w:name w:val="Strong"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Utheving"><w:name w:val="Emphasis"/>'
    "<w:rPr><w:i/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Skjult"><w:name w:val="Skjult"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
)


def _level(level: int, form: str, text: str, *, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="{720 * (level + 1)}" w:hanging="360"/>'
        "</w:pPr></w:lvl>"
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + "".join(_level(i, "bullet", "\uf0b7o\uf0a7"[i % 3]) for i in range(9))
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + _level(0, "decimal", "%1.")
    + _level(1, "lowerLetter", "%2)")
    + _level(2, "lowerRoman", "%3.")
    + "".join(_level(i, "decimal", f"%{i + 1}.") for i in range(3, 9))
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    + "".join(_level(i, "decimal", ".".join(f"%{n + 1}" for n in range(i + 1))) for i in range(9))
    + '</w:abstractNum><w:abstractNum w:abstractNumId="3">'
    + _level(0, "decimal", "%1)")
    + _level(1, "none", "")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>'
)


def word_file(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    relations: str = "",
    files: Mapping[str, bytes] | None = None,
    main_type: str = f"{MAIN}.document.main+xml",
) -> bytes:
    """Return a file as Word packs it, of the content of `w:body` and of its side parts."""
    given = {"styles": STYLES, "numbering": NUMBERING, **(parts or {})}
    entries = {
        "[Content_Types].xml": _types(given, main_type),
        "_rels/.rels": _relations(
            f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
            'Target="word/document.xml"/>'
        ),
        "word/document.xml": f"<w:document {W} {R} {MORE}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            "".join(
                f'<Relationship Id="d{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>'
                for name in given
            )
            + relations
        ),
        **{
            f"word/{name}.xml": f"<w:{name} {W} {R}>{xml}</w:{name}>" for name, xml in given.items()
        },
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in entries.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
        for name, data in (files or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _types(parts: Mapping[str, str], main_type: str) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{name}+xml"/>' for name in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>{overrides}</Types>'
    )


def _relations(inner: str) -> str:
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{name}">{inner}</Relationships>'


def p(
    text: str = "", *, style: str = "", properties: str = "", inner: str = "", bold: bool = False
) -> str:
    """Return a paragraph."""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    shape = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{shape}{run}{inner}</w:p>"


def item(text: str, list_id: int = 1, level: int = 0, **more: str) -> str:
    """Return a list paragraph as Word writes it."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(text, style="Listeavsnitt", properties=numbering, **more)


def _saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _head_table(document: Document, rows: Mapping[str, str]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, text in rows.items():
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(name).bold = True
        cells[1].text = text


def med_stiler() -> bytes:
    """A careful caseworker: heading styles, lists, a table, a figure with caption, footnotes no."""
    document = docx.Document()
    _head_table(document, {
        "Til": "Møte 1/24", "Dato": "14.03.2024", "Saksnummer": "04/24", "Type": "Drøfting",
        "Fra": "Marit Hagelund, Helsedirektoratet",
        "Saksbehandlere": "Trine Bakken, Helsedirektoratet\nOlav Rud, Norsk helsenett SF",
    })  # fmt: skip
    document.add_paragraph("Felles språk i pasientjournalen", style="Title")
    document.add_heading("Forslag til vedtak", 1)
    document.add_paragraph("Nasjonalt e-helseråd drøftet saken og ga sine synspunkter.")
    document.add_heading("Hensikt", 1)
    document.add_paragraph("Rådet skal vurdere om innføringen kan gå raskere.")
    document.add_heading("Bakgrunn for saken", 1)
    document.add_paragraph("Arbeidet har tre spor:")
    for text in ("terminologi", "kodeverk", "opplæring"):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("Erfaringer fra piloten", 2)
    document.add_paragraph("To kommuner har prøvd løsningen i seks måneder.")
    table = document.add_table(rows=1, cols=3, style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, ("Kommune", "Brukere", "Start"), strict=True):
        cell.text = text
    for row in (("Fjellvik", "120", "1. mai"), ("Sundnes", "85", "1. juni")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_picture(io.BytesIO(picture().data), width=Cm(8))
    document.add_paragraph("Figur 1: Bruk per uke", style="Caption")
    document.add_heading("Økonomi", 1)
    document.add_paragraph("Kostnadene dekkes innenfor gjeldende rammer.")
    document.add_heading("Spørsmål til drøfting", 1)
    for text in ("Er rekkefølgen riktig?", "Hvem bør gå først?"):
        document.add_paragraph(text, style="List Number")
    document.add_heading("Videre prosess", 1)
    document.add_paragraph("Saken kommer tilbake til høsten.")
    document.add_heading("Vedlegg", 1)
    document.add_paragraph("Plan for innføring")
    return _saved(document)


def med_fet_skrift() -> bytes:
    """A hurried one: no styles, bold lines for headings, a numbered one, tabs in the head."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(11)
    for text in ("Til:\tMøte 1/24", "Dato:\t14.03.2024", "Saksnummer:\t05/24"):
        document.add_paragraph(text)
    document.add_paragraph()
    document.add_paragraph("Toppnotat om datadeling for forskning.")
    for heading, lines in (
        ("1. Forslag til vedtak:", ["Rådet tar saken til orientering."]),
        ("2. Hensikten med saken", ["Gi rådet oversikt.", "Få innspill tidlig."]),
        ("3. Bakgrunn", ["Forskere søker i dag om data hvert sted for seg."]),
    ):
        document.add_paragraph()
        document.add_paragraph().add_run(heading).bold = True
        for line in lines:
            document.add_paragraph(line)
    document.add_paragraph().add_run("Hva er gjort").bold = True
    document.add_paragraph("Et forprosjekt er levert.")
    lead = document.add_paragraph()
    lead.add_run("Videre saksprosess:").bold = True
    lead.add_run(" Høring i mai.")
    return _saved(document)


def paa_nynorsk() -> bytes:
    """In nynorsk, with styles of the municipality's own and a table of earlier vedtak."""
    document = docx.Document()
    own = document.styles.add_style("Kommunens overskrift", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = document.styles["Heading 2"]
    document.add_heading("Betre samhandling i vest", 1)
    document.add_paragraph("Utarbeidd av fylket.")
    document.add_paragraph("Framlegg til vedtak", style=own)
    document.add_paragraph("Nasjonalt e-helseråd tek saka til orientering.")
    document.add_paragraph("Føremålet med saka", style=own)
    document.add_paragraph("Rådet skal kjenne til arbeidet.")
    document.add_paragraph("Bakgrunn", style=own)
    document.add_paragraph("Fem kommunar går saman om ei løysing.")
    document.add_heading("Om løysinga", 3)
    document.add_paragraph("Ho er enkel.")
    document.add_paragraph("Vidare saksgang", style=own)
    document.add_paragraph("Ny sak til neste møte.")
    document.add_paragraph("Vedtak frå tidlegare behandlingar i rådsmodellen", style=own)
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("Sak", "Tema", "Vedtaksformulering"), strict=True):
        cell.text = text
    for cell, text in zip(
        table.add_row().cells,
        ("NUIT 50/23", "Samhandling", "NUIT tek saka til orientering."),
        strict=True,
    ):
        cell.text = text
    return _saved(document)


def i_tabell() -> bytes:
    """A template of somebody else: the whole note is a table with headings on the left."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, text in (
        ("Saksnummer", "06/24"), ("Sakseier", "KS"),
        ("Vedtaksforslag", "Rådet støtter planen."),
        ("Hensikt med saken", "Forankre planen hos medlemmene."),
        ("Bakgrunn", "Planen ble lagt fram i fjor."),
        ("Videre behandling", "Styret vedtar planen i juni."),
    ):  # fmt: skip
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, text
    properties = table._tbl.tblPr
    assert properties.find(qn("w:tblStyle")) is not None
    return _saved(document)


def saksbehandlerfiler() -> dict[str, Callable[[], bytes]]:
    """Return the makers of the believable files, by name."""
    return {one.__name__: one for one in (med_stiler, med_fet_skrift, paa_nynorsk, i_tabell)}
