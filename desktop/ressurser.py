"""Where the files of `resources/` are: in a checkout, in an installed wheel, in a frozen build."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class MissingResourceError(Exception):
    """The installation is incomplete: a file of `resources/` is not there. Holds the path."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


@cache
def resource_root() -> Path:
    """Return the folder of the resources.

    Raises:
        MissingResourceError: if no folder is found; its path is the place in a checkout.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen) / "resources"] if frozen else []
    candidates += [_PACKAGE / "_resources", _PACKAGE.parent / "resources"]
    for candidate in candidates:
        if (candidate / "maler").is_dir():
            return candidate
    raise MissingResourceError(candidates[-1])


def resource_path(name: str) -> Path:
    """Return the path of a resource, named with forward slashes below `resources/`.

    Raises:
        MissingResourceError: if it is not there.
    """
    path = resource_root() / name
    if not path.exists():
        raise MissingResourceError(path)
    return path


def resource_bytes(name: str) -> bytes:
    """Return the bytes of a resource.

    Raises:
        MissingResourceError: if it is not there.
    """
    return resource_path(name).read_bytes()
