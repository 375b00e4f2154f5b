"""Document properties: core, extended and custom."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from desktop.documents.ooxml import LANGUAGES, XML_HEAD, attribute, holdable
from desktop.documents.package import OPEN_SEAL, SEAL_PROPERTY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from desktop.documents.document import Document

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# The format id of every custom property (MS-OSHARED 2.3.3.2.1.1).
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_PROPERTY_ID = 2
PID = "@pid@"


def core_part(document: Document) -> bytes:
    """Return title, author, language, dates."""
    identifier = document.identity[0][1] if document.identity else ""
    fields = (
        ("dc:title", document.title),
        ("dc:subject", document.subject),
        ("dc:creator", document.author),
        ("cp:keywords", document.keywords),
        ("dc:identifier", identifier),
        ("dc:language", LANGUAGES[document.maalform]),
        ("cp:lastModifiedBy", document.author),
    )
    body = "".join(f"<{name}>{attribute(text)}</{name}>" for name, text in fields if text)
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="{_DC}" '
        f'xmlns:dcterms="{_DCTERMS}" xmlns:xsi="{_XSI}">{body}<cp:revision>1</cp:revision>'
        f"{_dates(document.created)}</cp:coreProperties>"
    ).encode()


def _dates(created: datetime | None) -> str:
    if created is None:
        return ""
    stamp = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in ("created", "modified")
    )


def app_part() -> bytes:
    """Return the extended properties: which program wrote the file."""
    return (
        f'{XML_HEAD}<Properties xmlns="{_EXTENDED}"><Application>Møtebok</Application></Properties>'
    ).encode()


def custom_part(kept: Mapping[str, str], identity: tuple[tuple[str, str], ...]) -> bytes:
    """Return the custom properties: the template's, the document's identity, and an open seal.

    `kept` holds the template's properties by name, as text in which `PID` stands for the number
    that each gets here.
    """
    values = {holdable(name): holdable(value) for name, value in identity}
    values[SEAL_PROPERTY] = OPEN_SEAL
    items = [xml for name, xml in kept.items() if name not in values]
    items += [
        f'<property fmtid="{_FORMAT_ID}" pid="{PID}" name="{attribute(name)}">'
        f"<vt:lpwstr>{attribute(value)}</vt:lpwstr></property>"
        for name, value in values.items()
    ]
    body = "".join(
        xml.replace(f'pid="{PID}"', f'pid="{number}"', 1)
        for number, xml in enumerate(items, _FIRST_PROPERTY_ID)
    )
    start = f'{XML_HEAD}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VARIANT}">'
    return f"{start}{body}</Properties>".encode()
