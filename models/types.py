"""Column types that several nouns share."""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, Text
from sqlalchemy.orm import MappedColumn, mapped_column

from models import clock

Id = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
WorkspaceId = Annotated[int, mapped_column(BigInteger, ForeignKey("workspaces.id", ondelete="CASCADE"), index=True)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
CreatedAt = Annotated[datetime, mapped_column(DateTime(timezone=True), default=clock.now)]
Words = Annotated[str, mapped_column(Text)]
BroughtBy = Annotated[int | None, mapped_column(BigInteger)]  # the import that made the row, where one did


def references(column: str, *, ondelete: str = "CASCADE", **options: Any) -> MappedColumn[Any]:
    """A bigint foreign key; unless said otherwise, rows go with the row they point at."""
    return mapped_column(BigInteger, ForeignKey(column, ondelete=ondelete), **options)
