"""A second form: a new column, and a parent table rebuilt under its children."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("merke", sa.Column("farge", sa.Text()))
    op.execute("UPDATE merke SET farge = 'blaa'")
    with op.batch_alter_table("forelder", recreate="always") as batch:
        batch.alter_column("rekkefoelge", new_column_name="rang")
        batch.create_check_constraint("ck_forelder_navn", "length(navn) < 1000")
