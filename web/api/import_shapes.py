"""What programs say of a file of people, and are told."""

from collections.abc import Collection

from models.imports.dialect import DELIMITERS, ENCODINGS
from models.imports.file import Existing
from models.imports.kinds import KINDS
from web.api.shapes import ANYTHING, COUNT, ID, MOMENT, RATE, TEXT, YES, counts, many, maybe, record, word

KNOWN: dict[str, Collection[str]] = {
    "kind": KINDS,
    "existing": list(Existing),
    "encoding": ENCODINGS,
    "delimiter": DELIMITERS,
    "header": ("yes", "no"),
    "dry_run": ("yes", "no"),
}

_PARTS = {
    "id": ID,
    "name": TEXT,
    "size": COUNT,
    "kind": word(*KINDS),
    "state": TEXT,
    "problem": TEXT,
    "encoding": TEXT,
    "delimiter": TEXT,
    "sheet": maybe(TEXT),
    "columns": many(TEXT),
    "mapping": many(TEXT),
    "processes": ANYTHING,
    "created_at": MOMENT,
    "started_at": maybe(MOMENT),
    "finished_at": maybe(MOMENT),
}
_COUNTED = dict.fromkeys(("states", "forecast", "verdicts"), counts())

IMPORT = record(**_PARTS)
STANDING = record(**_PARTS, **_COUNTED, rows=COUNT, per_second=RATE, seconds_left=maybe(COUNT))
DONE = record(done=YES)
FILE = {name: word(*words) for name, words in KNOWN.items()} | {"name": TEXT, "mapping": many(TEXT)}
