"""A program of its own that pastes every hostile clipboard, for a test that watches it.

Arguments: a folder with `bilde.png`, and a port. Opens `begynner` and `ferdig` in the folder before
and after, so that the watcher knows what belongs to the pasting; prints what Python itself opened.
"""

import json
import sys
from pathlib import Path

from hostile_clipboards import HTML, OTHERS
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QTextEdit

from desktop.richtext.codec import dumps
from desktop.viewmodels.text.clipboard import MIME_TREE
from desktop.views.editor.text_edit import TextEdit

WARM = (
    "<h1>Først</h1><h2>x</h2><p>x y <b>fet</b> <i>kursiv <b>begge</b></i> <sup>2</sup> "
    "<a href='https://a.no'>lenke</a></p>"
    "<ul><li>a<ul><li>b</ul></ul><ol><li>c</ol><table><tr><th>d<tr><td>e</table>"
    "<p>Note<a href='#_ftn1' name='_ftnref1'>1</a></p>"
    "<p><a href='#_ftnref1' name='_ftn1'>1</a> n</p>"
    "<img src='http://x/'><img src='data:image/svg+xml,x'><img src='data:image/png;base64,AAAA'>"
)
WATCHED = ("open", "os.", "socket.", "urllib.", "ftplib.", "http.", "subprocess.", "ctypes.")


class Watch:
    """What Python opens while it is on."""

    def __init__(self):
        self.seen = []
        self.on = False

    def __call__(self, event, arguments):
        if self.on and event.startswith(WATCHED):
            self.seen.append([event, repr(arguments)])


def mimes(folder, port):
    for name, kinds in {
        **{name: {"text/html": one} for name, one in HTML.items()},
        **OTHERS,
    }.items():
        path = str(folder / "bilde.png")
        yield (
            name,
            {kind: data.replace("FIL", path).replace("PORT", port) for kind, data in kinds.items()},
        )


def paste(edit, kinds):
    mime = QMimeData()
    for kind, data in kinds.items():
        mime.setData(kind, data.encode())
    QGuiApplication.clipboard().setMimeData(mime)
    edit.selectAll()
    edit.paste()
    QApplication.processEvents()
    dumps(edit.tree())


def refuse(_data):
    return None


def paste_all(edit, folder, port):
    """Return what Python opened, and the text that each clipboard gave."""
    for kinds in (
        {"text/html": WARM},
        {"text/plain": "x\n- y"},
        {MIME_TREE: "{}", "text/plain": "x"},
        {"image/png": "x"},
    ):
        paste(edit, kinds)
    ready = list(mimes(folder, port))
    results = {}
    watch = Watch()
    sys.addaudithook(watch)
    (folder / "begynner").touch()
    watch.on = True
    for name, kinds in ready:
        paste(edit, kinds)
        results[name] = edit.toPlainText()
    watch.on = False
    (folder / "ferdig").touch()
    return {"sett": watch.seen, "tekster": results}


def control(folder):
    """Do what the editor must not: let Qt read HTML, so that the watcher has something to see."""
    stock = QTextEdit()
    stock.setHtml(f'<p>x <img src="file://{folder / "bilde.png"}"></p>')
    stock.grab()


def main():
    application = QApplication(sys.argv[:1])
    folder = Path(sys.argv[1])
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(folder / "bilde.png"))
    edit = TextEdit()
    edit.picked_image = refuse
    edit.resize(600, 400)
    edit.show()
    print(json.dumps(paste_all(edit, folder, sys.argv[2])))
    control(folder)
    # The offscreen clipboard would outlive what Python put on it.
    QGuiApplication.clipboard().clear()
    application.quit()


main()
