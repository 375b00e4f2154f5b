"""Writing the documents of an utvalg that are of no single meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from desktop.documents.content_lists import OppfoelgingslisteContent, VedtaksprotokollContent
from desktop.documents.save import SavedFile
from desktop.i18n.catalogue import words
from desktop.i18n.lists import join_names
from desktop.services.papers import Papers
from desktop.viewmodels.papers import PaperFolder, WritingRun, folder_name, renamed_text
from desktop.viewmodels.preferences import Preferences

_ = words("nb")


def register_folder(preferences: Preferences, kortnavn: str) -> PaperFolder:
    """Return where the documents of an utvalg go: in its folder below the user's own."""
    own = preferences.text("mapper/dokumenter")
    path = preferences.documents_folder() / folder_name(kortnavn)
    return PaperFolder(path, Path(own) if own else None)


def register_run(preferences: Preferences, papers: Papers) -> WritingRun:
    """Return the run that writes gathered documents into the folder of their utvalg."""
    content = papers.papers[0].innhold
    assert isinstance(content, OppfoelgingslisteContent | VedtaksprotokollContent)  # noqa: S101
    now = dt.datetime.now().replace(microsecond=0)  # noqa: DTZ005
    return WritingRun(register_folder(preferences, content.utvalg.kortnavn), now)


def written_text(saved: Sequence[SavedFile]) -> str:
    """Return the sentence about what was written, and where; "" for nothing."""
    if not saved:
        return ""
    names = join_names([f"«{file.path.name}»" for file in saved])
    text = _("{filer} ligger i {mappe}.").format(filer=names, mappe=saved[0].path.parent)
    return " ".join(filter(None, (text, renamed_text(saved))))
