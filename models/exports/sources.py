"""Every source of files there is."""

from models.exports.members import Members
from models.exports.outcomes import Outcomes
from models.exports.readers import Readers
from models.exports.source import Source

SOURCES: dict[str, Source] = {source.word: source for source in (Outcomes(), Members(), Readers())}
