"""`python -m migrations` brings the database up to date; `python -m migrations "add a column"` drafts a revision.

Safe to run from several places at once: whoever comes second waits, finds nothing to do and goes on.
"""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

HERE = Path(__file__).parent


def alembic(folder: Path = HERE) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def draft(message: str, folder: Path = HERE) -> None:
    """A file `versions/NNNN_message_in_words.py`, with the next free number."""
    config = alembic(folder)
    known = ScriptDirectory.from_config(config).walk_revisions()
    number = max((int(each.revision) for each in known), default=0) + 1
    command.revision(config, message=message, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    draft(sys.argv[1]) if sys.argv[1:] else command.upgrade(alembic(), "head")
