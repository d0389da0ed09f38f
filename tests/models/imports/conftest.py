"""A workspace that people and subscribers are imported into."""

import pytest


@pytest.fixture
def workspace():
    from models.db import transaction
    from tests import people

    with transaction() as tx:
        made = people.workspace(tx)
        people.team(tx, made)
    return made.id


@pytest.fixture
def letters(workspace):
    from models.db import transaction
    from models.publication import Publication

    with transaction() as tx:
        made = Publication(workspace_id=workspace, name="Letters")
        tx.add(made)
        tx.flush()
        return made.id
