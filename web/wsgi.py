"""`gunicorn web.wsgi:app`."""

import sys

from config import ConfigError

NOT_AGAIN = 3  # with which a worker of gunicorn's says that another one would fail as well

try:
    from web.app import create_app

    app = create_app()
except ConfigError as problem:
    print(problem, file=sys.stderr)
    sys.exit(NOT_AGAIN)
