"""What a character must be to stand in an archive text, and how foreign text is made so.

The rules, in the order they are applied:

- a surrogate pair becomes its character, a lone surrogate goes;
- a tab, and every character that ends a line, becomes a space (`clean_lines` splits there instead);
- bullets that Word keeps in the private area for its Symbol and Wingdings fonts become "•";
- control characters, noncharacters, other private characters, U+FFFC, the soft hyphen, the byte
  order mark, zero-width space, word joiner, invisible operators, bidirectional embeddings,
  overrides and isolates, annotation marks and the language tag go;
- what remains is composed (Unicode NFC).

No-break space, the joiners U+200C and U+200D (emoji, Persian), the marks U+200E, U+200F and U+061C
and the variation selectors carry meaning and stay.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LINE_ENDS: Final = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE_END: Final = re.compile(f"\r\n|[{_LINE_ENDS}]")
_SPACE: Final = re.compile(f"\r\n|[\t{_LINE_ENDS}]")
_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BULLETS: Final = "\uf02d\uf06e\uf06f\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc"
_BULLET: Final = re.compile(f"[{_BULLETS}]")
_NONCHARACTERS: Final = "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(15)
)
_UNWANTED: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # control characters that end no line
    "\xad\u200b\u2060-\u2064\ufeff"  # invisible
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # directions that reach beyond their place
    "\ufff9-\ufffc\U000e0001"  # annotations, object placeholder, language tag
    "\ud800-\udfff\ufdd0-\ufdef"
    f"{_NONCHARACTERS}"
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use
    "]"
)
_DIRTY: Final = re.compile(f"{_UNWANTED.pattern[:-1]}\t{_LINE_ENDS}]")


def is_clean(text: str) -> bool:
    """Return whether `clean_text` would leave the text as it is."""
    suspect = not text.isprintable() or "\ufffc" in text
    if suspect and _DIRTY.search(text):
        return False
    return unicodedata.is_normalized("NFC", text)


def clean_text(text: str) -> str:
    """Return the text as one line of clean characters. Cleaning twice changes nothing more."""
    if is_clean(text):
        return text
    text = _PAIR.sub(_join_pair, text)
    text = _SPACE.sub(" ", text)
    text = _BULLET.sub("•", text)
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


def clean_lines(text: str) -> tuple[str, ...]:
    r"""Return the lines of the text, each clean; "a\n" has two lines, the last one empty."""
    return tuple(clean_text(line) for line in _LINE_END.split(text))


def _join_pair(match: re.Match[str]) -> str:
    pair = match.group()
    return pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
