"""The signs that Word takes from symbol fonts, as ordinary characters."""

from __future__ import annotations

from typing import Final

UNKNOWN: Final = "�"
_GREEK: Final = dict(
    zip(
        "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)
_SYMBOL: Final = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈",
    0xBC: "…", 0xD6: "√", 0xD7: "·", 0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS: Final = {
    0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x76: "❖", 0x9F: "•",
    0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→",
    0xF0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """Return the character of a `w:sym` (`code` is hexadecimal), or U+FFFD for an unknown one."""
    try:
        point = int(code, 16)
    except ValueError:
        return UNKNOWN
    if not 0 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return UNKNOWN
    name = font.casefold()
    private = 0xF000 <= point <= 0xF0FF
    pictured = name.startswith(("symbol", "wingdings", "webdings"))
    if not private and (point >= 0x100 or not pictured):
        return chr(point)
    place = point & 0xFF
    if name.startswith("wingdings"):
        return _WINGDINGS.get(place, UNKNOWN)
    if name == "symbol":
        plain = chr(place) if 0x20 <= place < 0x40 else UNKNOWN
        return _SYMBOL.get(place) or _GREEK.get(chr(place), plain)
    return chr(place) if 0x20 <= place < 0x7F else UNKNOWN
