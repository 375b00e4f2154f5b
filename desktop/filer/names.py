"""File names that every system accepts."""

from __future__ import annotations

import re
import unicodedata

MAX_NAME = 120
_FORBIDDEN = r'[<>:"/\\|?*\x00-\x1f\x7f]+'
# Names that Windows keeps for devices, whatever their extension.
_RESERVED = r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)"


def safe_file_name(text: str, extension: str = "") -> str:
    """Return a text as a file name that Windows, macOS and Linux accept; it is never empty.

    "Møte 4/2023: innkalling" with ".docx" becomes "Møte 4-2023 innkalling.docx". With its extension
    the name is at most 120 characters and 240 bytes long.
    """
    name = re.sub(r"\s", " ", text.encode("utf-8", "ignore").decode())
    name = re.sub(_FORBIDDEN, "", name.replace("/", "-").replace("\\", "-"))
    name = re.sub(" +", " ", unicodedata.normalize("NFC", name)).strip(" .")
    if re.fullmatch(_RESERVED, name.partition(".")[0].rstrip()):
        name = f"_{name}"
    room = MAX_NAME - len(extension)
    name = name[:room].rstrip(" .")
    while len(f"{name}{extension}".encode()) > 2 * MAX_NAME:
        name = name[:-1].rstrip(" .")
    return f"{name or 'dokument'}{extension}"
