"""Every kind of rows there is."""

from models.imports.contacts import Contacts
from models.imports.kind import Kind
from models.imports.listed import Listed
from models.imports.subscribers import Subscribers
from models.imports.team_members import TeamMembers

ALL = (
    TeamMembers(),
    Listed(Subscribers()),
    Listed(Contacts()),
    Listed(Contacts(), word="list", label="A list of addresses"),
)
KINDS: dict[str, Kind] = {kind.word: kind for kind in ALL}
