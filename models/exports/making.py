"""A file made of rows by the page: each page is a transaction, and whoever goes on begins behind the last one."""

from sqlalchemy.orm import Session

from models.db import transaction
from models.exports.export import Export, State
from models.exports.forms import WRITTEN, Form
from models.exports.sources import SOURCES

PAGE = 1_000  # rows
LARGEST = 2_000_000_000  # bytes
TOO_LARGE = f"it would be larger than {LARGEST // 10**9} GB"


def step(export_id: int) -> bool:
    """Adds a page; False when the file is made, or there is nothing to make. Repeated, it adds the next one."""
    with transaction() as tx:
        export = tx.get(Export, export_id, with_for_update=True)
        if export is None or export.state != State.MAKING:
            return False
        if export.size > LARGEST:
            export.end(State.REFUSED, TOO_LARGE)
            return False
        return _add(tx, export)


def _add(tx: Session, export: Export) -> bool:
    source = SOURCES[export.source]
    form = WRITTEN[export.form](export.progress, source.columns(tx, export))
    beginning = _begin(tx, export, form) if not export.places else b""
    lines = source.page(tx, export, PAGE)
    written = form.page(line.cells for line in lines) if lines else b""
    goes_on = bool(lines)
    export.keep(tx, beginning + written + (b"" if goes_on else form.end()))
    export.progress, export.rows = form.known, export.rows + len(lines)
    export.after = lines[-1].key if lines else export.after
    if not goes_on:
        export.end(State.MADE)
        export.replace(tx)
    return goes_on


def _begin(tx: Session, export: Export, form: Form) -> bytes:
    export.total = SOURCES[export.source].total(tx, export)
    return form.begin()
