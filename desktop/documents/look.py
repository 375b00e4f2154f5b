"""The measures and colours of our own template, and the ids of its styles.

Lengths are twentieths of a point (20 = 1 pt).
"""

from __future__ import annotations

FONT = "Arial"
INK = "1F3A5F"
QUIET = "595959"
RULE = "BFC7D1"
HEADER_FILL = "E8EDF3"
LIST_STEP = 397
# The width of the text on our own A4, where the foot has its right tab.
TEXT_WIDTH = 9072

_ASCII = str.maketrans("øåæØÅÆ", "oaaOAA")


def style_id(name: str) -> str:
    """Return the id of one of our own styles: its name in ASCII letters and digits."""
    plain = name.translate(_ASCII)
    return "".join(word[:1].upper() + word[1:] for word in plain.split())
