"""Every source of files there is."""

from models.exports.contacts import Contacts, Suppressions
from models.exports.deliveries import Copies, Deliveries
from models.exports.log import Log
from models.exports.mails import Mails
from models.exports.members import Members
from models.exports.outcomes import Outcomes
from models.exports.person import Person
from models.exports.readers import Readers
from models.exports.source import Source

_EVERY: tuple[Source, ...] = (
    *(Outcomes(), Members(), Readers(), Deliveries(), Copies()),
    *(Contacts(), Suppressions(), Mails(), Log(), Person()),
)

SOURCES: dict[str, Source] = {source.word: source for source in _EVERY}
