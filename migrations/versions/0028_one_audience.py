"""Whom an edition is for is said in one way: what lists chose becomes a condition

The columns `side` and `list_id` stay for the release before, which reads them, and are read by nothing else.
"""

from alembic import op

revision = "0028"
down_revision = "0027"

MEANT = """
    update editions set meant_for =
        case when list_id is null then 'not everybody'
             else case side when 'off' then 'not ' else '' end || 'on list ' || list_id end
        || case when meant_for = '' then '' else ' and (' || meant_for || ')' end
    where side <> ''
"""


def upgrade() -> None:
    op.execute(MEANT)


def downgrade() -> None:
    pass
