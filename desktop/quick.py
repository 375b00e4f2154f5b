"""Keeps the start quick: what only costs time while hundreds of modules are imported is put off."""

from __future__ import annotations

import builtins
import gc


def begin() -> None:
    """Put off the garbage collector, and take away the import hook of PySide6.

    The hook serves `from __feature__ import …`, which is not used here, and a fifth of the time
    of every import goes to it.
    """
    gc.disable()
    import PySide6  # noqa: F401, PLC0415  (puts its hook in)

    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


def settled() -> None:
    """Collect garbage again, but leave out what stays as long as the program runs."""
    gc.freeze()
    gc.enable()
