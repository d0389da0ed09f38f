"""`python -m migrations` brings the database up to date; `python -m migrations "add a column"` drafts a revision.

Safe to run from several places at once: whoever comes second waits, finds nothing to do and goes on.
"""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config


def alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def draft(message: str) -> None:
    command.revision(alembic(), message=message, autogenerate=True)


if __name__ == "__main__":
    draft(sys.argv[1]) if sys.argv[1:] else command.upgrade(alembic(), "head")
