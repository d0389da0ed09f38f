"""Tags that imports kept among the attributes become tags

One statement, which waits for nobody but those who change the same contacts at that moment.
"""

from alembic import op

revision = "0031"
down_revision = "0030"

# A list of texts alone: what else is called so is an attribute.
MOVE = """
    update contacts
    set attributes = attributes - 'tags',
        tags = array(select tag from unnest(tags) tag union select jsonb_array_elements_text(attributes->'tags')
                     order by 1)
    where jsonb_typeof(attributes->'tags') = 'array'
      and not jsonb_path_exists(attributes->'tags', '$[*] ? (@.type() <> "string")')
"""


def upgrade() -> None:
    op.execute(MOVE)


def downgrade() -> None:
    pass
