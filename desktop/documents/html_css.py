"""How an HTML document looks: continuous, as wide as A4, light or dark as the reader has it."""

from __future__ import annotations

from typing import Final

CSS: Final = """
:root { color-scheme: light dark; --tekst: #1b1f24; --dempet: #565f6b; --papir: #fff;
  --bord: #eef0f3; --strek: #c6ccd4; --aksent: #1f4e79; --felt: #f3f6f9; }
@media (prefers-color-scheme: dark) { :root { --tekst: #e6e8eb; --dempet: #a5adb8;
  --papir: #1d2025; --bord: #131518; --strek: #464d57; --aksent: #8fbce6; --felt: #262b32; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bord); color: var(--tekst);
  font: 11pt/1.5 Calibri, Carlito, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 210mm; margin: 0 auto; padding: 20mm 25mm; background: var(--papir);
  overflow-wrap: break-word; }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 10pt; color: var(--aksent); }
h2 { font-size: 15pt; line-height: 1.25; margin: 22pt 0 6pt; color: var(--aksent); }
h3 { font-size: 12.5pt; line-height: 1.3; margin: 16pt 0 4pt; }
h4, h5 { font-size: 11pt; margin: 12pt 0 3pt; }
h5 { font-style: italic; }
p { margin: 0 0 7pt; }
ul, ol { margin: 0 0 7pt; padding-left: 18pt; }
li > p { margin-bottom: 2pt; }
a { color: var(--aksent); }
table { width: 100%; border-collapse: collapse; margin: 0 0 12pt; }
th, td { padding: 3pt 6pt; border: 1px solid var(--strek); text-align: left; vertical-align: top; }
th p:last-child, td p:last-child { margin-bottom: 0; }
thead th { background: var(--felt); }
.hode { table-layout: fixed; }
.hode + h1 { margin-top: 20pt; }
.hode td:not(:last-child) { border-right: 0; }
.hode td + td { border-left: 0; }
.hode th { width: 32mm; font-weight: 600; background: var(--felt); }
.hode td p { margin-bottom: 0; }
.dempet td { color: var(--dempet); font-style: italic; }
figure { margin: 0 0 4pt; }
img { max-width: 100%; height: auto; }
.bildetekst, .meta, .liten, footer { color: var(--dempet); font-size: 9.5pt; }
.undertittel { color: var(--dempet); font-size: 12.5pt; }
.foreloepig { display: inline-block; padding: 2pt 8pt; border: 1px solid var(--strek);
  background: var(--felt); font-weight: 600; }
.forslag, .vedtak { padding-left: 9pt; border-left: 3px solid var(--strek); }
.vedtak { border-left-color: var(--aksent); }
.vedlegg { margin-bottom: 2pt; }
.vedlegg + :not(.vedlegg) { margin-top: 7pt; }
.etikett { font-weight: 600; margin: 9pt 0 3pt; }
nav ul { list-style: none; padding-left: 0; }
nav li { padding-left: 14pt; text-indent: -14pt; }
nav .nivaa2 { padding-left: 28pt; }
nav .nivaa3 { padding-left: 42pt; }
.ny-side { border-top: 1px solid var(--strek); padding-top: 14pt; margin-top: 30pt; }
.fotnoter { margin-top: 24pt; border-top: 1px solid var(--strek); font-size: 9.5pt; }
footer { margin-top: 24pt; }
@media print { body { background: none; } main { padding: 0; max-width: none; }
  .ny-side { break-before: page; border: 0; margin: 0; padding: 0; } tr { break-inside: avoid; } }
"""
