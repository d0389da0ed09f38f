"""Raw mail and attachments by the megabyte"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "mail_pieces",
        sa.Column("inbound_email_id", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inbound_email_id"],
            ["inbound_emails.id"],
            name=op.f("fk_mail_pieces_inbound_email_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("inbound_email_id", "file", "place", name=op.f("pk_mail_pieces")),
    )
    op.execute("alter table mail_pieces alter content set storage external")  # compressed already, or base64


def downgrade() -> None:
    op.drop_table("mail_pieces")
