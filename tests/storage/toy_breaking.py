"""A faulty step: it leaves a child without its parent."""

from alembic import op

revision = "0002"
down_revision = "0001"
ROW_CHANGES = ("forelder",)


def upgrade() -> None:
    op.execute("DELETE FROM forelder WHERE id = 'f1'")
