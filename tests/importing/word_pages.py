"""Long Word HTML for measurements: pages of paragraphs, lists and tables with all their styles."""

import random
import textwrap

_TEXT = (
    "rådet drøftet saken om nasjonal portefølje og styringsgruppen ba om at leverandørene legger "
    "fram en plan for innføring i kommunene innen utgangen av året med tydelig finansiering"
)
_WORDS = _TEXT.split()
_SPAN = (
    '<span lang=NO-BOK style=\'font-size:11.0pt;line-height:\n107%;font-family:"Calibri",'
    "sans-serif;mso-ascii-theme-font:minor-latin;mso-fareast-font-family:\nCalibri;"
    "mso-fareast-theme-font:minor-latin;mso-hansi-theme-font:minor-latin;mso-bidi-font-family:\n"
    '"Times New Roman";mso-bidi-theme-font:minor-bidi;mso-ansi-language:NO-BOK;'
    "\nmso-fareast-language:EN-US;mso-bidi-language:AR-SA'>"
)


def word_pages(pages):
    """Return some 3,000 characters of text and 30,000 of HTML per page."""
    source = random.Random(1)  # noqa: S311 - text for measurements
    levels = "".join(
        f"@list l{name}:level{level}\n\t{{mso-level-number-format:bullet;\n\tmso-level-text:;\n"
        "\tmso-level-tab-stop:none;\n\ttext-indent:-18.0pt;\n\tfont-family:Symbol;}\n"
        for name in range(20)
        for level in range(1, 10)
    )
    body = "".join(_page(source, number) for number in range(pages))
    return (
        f"<html><head><style>\n<!--\np.MsoNormal {{margin:0cm}}\n{levels}-->\n</style></head>"
        f"<body lang=NO-BOK><!--StartFragment-->\n{body}<!--EndFragment--></body></html>"
    )


def _page(source, number):
    parts = [f'<h2><a name="_Toc{number}"></a>{_SPAN}Overskrift {number}<o:p></o:p></span></h2>\n']
    parts += [_paragraph(source) for _ in range(6)]
    parts += [_item(source, source.choice([1, 1, 2])) for _ in range(5)]
    if number % 3 == 0:
        parts.append(_table(source))
    return "".join(parts)


def _sentence(source, words):
    return " ".join(source.choice(_WORDS) for _ in range(words)).capitalize() + "."


def _paragraph(source):
    runs = "".join(
        f"{_SPAN}{textwrap.fill(_sentence(source, 14), 80)} <o:p></o:p></span>"
        "<b style='mso-bidi-font-weight:normal'>fet </b>"
        for _ in range(4)
    )
    return f"<p class=MsoNormal style='margin-bottom:8.0pt;line-height:107%'>{runs}</p>\n\n"


def _item(source, level):
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='margin-left:{36 * level}.0pt;mso-add-space:\n"
        f"auto;text-indent:-18.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]><span\n"
        "style='font-family:Symbol;mso-fareast-font-family:Symbol;mso-bidi-font-family:\nSymbol'>"
        "<span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;"
        f"&nbsp;\n</span></span></span><![endif]>{_SPAN}{_sentence(source, 12)}<o:p></o:p>"
        "</span></p>\n"
    )


def _table(source):
    cell = (
        "<td width=151 valign=top style='width:113.25pt;border:solid windowtext 1.0pt;\n"
        "mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'>\n<p class=MsoNormal "
        "style='margin-bottom:0cm;line-height:normal'>{}{}<o:p></o:p></span></p></td>"
    )
    rows = "".join(
        f"<tr style='mso-yfti-irow:{row}'>"
        + "".join(cell.format(_SPAN, _sentence(source, 4)) for _ in range(4))
        + "</tr>"
        for row in range(6)
    )
    return f"<table class=MsoTableGrid style='mso-yfti-tbllook:1184'>{rows}</table>\n"
