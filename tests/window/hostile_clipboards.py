"""Clipboards that want something opened. FIL is a picture on disk, PORT one that listens."""

SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' "
    "height='9'><image xlink:href='file://FIL' width='9' height='9'/></svg>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY x SYSTEM "file://FIL"><!ENTITY % y SYSTEM "http://127.0.0.1:PORT/x.dtd"> %y;]>'
)

HTML = {
    "file image": '<p>x <img src="file://FIL"> y</p>',
    "bare path image": '<p>x <img src="FIL"> y</p>',
    "relative image": '<p>x <img src="bilde.png"> y</p>',
    "server image": '<p>x <img src="//127.0.0.1:PORT/del/x.png"></p>',
    "unc image": '<p>x <img src="\\\\127.0.0.1\\del\\x.png"></p>',
    "unc file image": '<p>x <img src="file://///127.0.0.1/del/x.png"></p>',
    "http image": '<p>x <img src="http://127.0.0.1:PORT/x.png"></p>',
    "ftp image": '<p>x <img src="ftp://127.0.0.1:PORT/x.png"></p>',
    "qrc image": '<p>x <img src="qrc:/x.png"><img src=":/x.png"></p>',
    "cid image": '<p>x <img src="cid:bilde@x"></p>',
    "srcset": '<p>x <img srcset="http://127.0.0.1:PORT/2x.png 2x" src="data:,"></p>',
    "picture": '<p>x <picture><source srcset="file://FIL"><img src="file://FIL"></picture></p>',
    "css import": '<style>@import url("file://FIL"); @import "//127.0.0.1:PORT/x.css";</style><p>x',
    "css url": "<style>p { background: url(file://FIL); list-style-image: url(FIL) }</style><p>x",
    "css font": "<style>@font-face { font-family: Arial; src: url(file://FIL) }</style><p>x</p>",
    "style url": "<p style=\"background-image: url('file://FIL')\">x</p>",
    "list image": "<ul style=\"list-style-image: url('file://FIL')\"><li>x</li></ul>",
    "table background": '<table background="file://FIL"><tr><td background="FIL">x<td>y</table>',
    "body background": '<body background="http://127.0.0.1:PORT/x.png"><p>x</p></body>',
    "svg": "<p>x</p>" + SVG,
    "data svg": '<p>x <img src="data:image/svg+xml,' + SVG.replace("<", "%3C") + '"></p>',
    "data pdf": '<p>x <img src="data:application/pdf;base64,JVBERi0xLjQKJSVFT0Y="></p>',
    "data html": "<p>x <img src=\"data:text/html,<img src='file://FIL'>\"></p>",
    "object": '<p>x</p><object data="file://FIL"><embed src="http://127.0.0.1:PORT/x"></object>',
    "iframe": '<p>x</p><iframe src="http://127.0.0.1:PORT/x"></iframe><frame src="file://FIL">',
    "link": '<link rel="stylesheet" href="file://FIL"><link rel=icon href="//127.0.0.1/i"><p>x',
    "file list": '<link rel=File-List href="file://FIL"><xml><o:File HRef="file://FIL"/></xml><p>x',
    "base": '<base href="http://127.0.0.1:PORT/"><p>x <img src="a.png"><a href="b">y</a></p>',
    "refresh": '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:PORT/x"><p>x</p>',
    "script": "<script src='http://127.0.0.1:PORT/x.js'></script><p onload=\"x()\">x</p>",
    "entities": LAUGHS + "<p>x &x; &b;</p>",
    "vml": '<v:shape><v:imagedata src="file://FIL" r:href="//127.0.0.1:PORT/x"/></v:shape><p>x</p>',
    "media": '<video poster="file://FIL" src="file://FIL"></video><audio src=FIL></audio><p>x</p>',
    "input image": '<input type=image src="file://FIL"><p>x</p>',
    "link targets": '<p><a href="file://FIL">a</a> <a href="//127.0.0.1/x">b</a> '
    '<a href="javascript:x()">c</a> <a href="ms-word:ofe|u|http://127.0.0.1:PORT/x">d</a></p>',
    "xlink": '<math xlink:href="file://FIL"><mi>x</mi></math><p>x</p>',
    "sound": '<bgsound src="file://FIL"><p>x</p>',
    "our own figure": f'<figure><img data-fil="{"ab" * 32}" src="file://FIL"></figure><p>x</p>',
}

# Clipboards with other kinds than HTML: MIME type and data.
OTHERS = {
    "file urls": {"text/uri-list": "file://FIL\r\n"},
    "server urls": {"text/uri-list": "file://127.0.0.1/del/x\r\n", "text/plain": "x"},
    "svg picture": {"image/svg+xml": SVG, "application/x-qt-image": SVG},
    "svg as png": {"image/png": SVG},
    "path as text": {"text/plain": "file://FIL"},
    "odf": {"application/vnd.oasis.opendocument.text": "PK", "text/plain": "x"},
    "rtf": {"text/rtf": '{\\rtf1{\\field{\\*\\fldinst INCLUDEPICTURE "FIL"}}}', "text/plain": "x"},
    "own tree with links": {
        "application/x-motebok-tre+json": '{"versjon":1,"blokker":[{"type":"avsnitt",'
        '"id":"aaaaaaaaaa","innhold":[{"tekst":"x","lenke":"file://FIL"}]}]}',
        "text/html": '<p>x <img src="file://FIL"></p>',
    },
}
