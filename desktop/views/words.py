"""The words of the window. Every string a user sees goes through `_`."""

from __future__ import annotations

from desktop.i18n.catalogue import words

_ = words("nb")
