"""Which rows point at a row, by the foreign keys that there are: a table added later is heeded from the start."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists

from models.db import Base


def nobody_points_at(noun: type[Base], but: Collection[str] = ()) -> ColumnElement[bool]:
    """A condition on rows of `noun`: no row of any table, but those named, points at them."""
    own = noun.__table__.c.id
    columns = (
        column for table in Base.metadata.sorted_tables if table.name not in but for column in table.columns
        if any(key.column is own for key in column.foreign_keys)
    )  # fmt: skip
    return and_(*(~exists().where(column == own) for column in columns))
