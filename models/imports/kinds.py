"""Every kind of rows there is."""

from models.imports.contacts import Contacts
from models.imports.kind import Kind
from models.imports.subscribers import Subscribers
from models.imports.team_members import TeamMembers

KINDS: dict[str, Kind] = {kind.word: kind for kind in (TeamMembers(), Subscribers(), Contacts())}
