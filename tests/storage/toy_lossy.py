"""A faulty step: it loses rows."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("DELETE FROM forelder WHERE navn = 'a'")
