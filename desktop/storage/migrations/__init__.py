"""The forms an archive has had, and the way from each to the next.

`versions` holds one module per step. A step imports no code of the application, so that it does
the same whatever the models look like later. Its module says `revision`, `down_revision` and
`upgrade()`; a step that is plain DDL gives the statements as `DDL` instead of an `upgrade`, and
then Alembic is not imported.
"""

from typing import Final

STEPS: Final = ("desktop.storage.migrations.versions.v0001_grunnlag",)
"""The modules of the steps; the number of the last is the version of a current archive."""
