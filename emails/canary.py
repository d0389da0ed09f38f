"""A link that no reader can see, in letters whose clicks are counted: whoever follows it is a program.

It leads to a page that says so and changes nothing. It has no words, screen readers and the keyboard pass over it, and
it stands in no letter that is not tracked.
"""

import re

from emails import links
from models.workspace import Workspace

_BODY = re.compile(r"<body\b[^>]{0,4000}>", re.IGNORECASE)


def with_canary(html: str, workspace: Workspace) -> str:
    """The letter with the link as the first thing in its body: programs that follow a few links follow the first."""
    opening = _BODY.search(html)
    place = opening.end() if opening else len(html)
    return html[:place] + _markup(links.canary(workspace)) + html[place:]


def _markup(address: str) -> str:
    return f'<div style="display:none" aria-hidden="true"><a href="{address}" tabindex="-1" rel="nofollow"></a></div>'
