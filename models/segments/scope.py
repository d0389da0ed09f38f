"""What a condition is asked in: a workspace, a moment, and what it names as that is now."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.edition import Edition
from models.lists.list import List
from models.segments.conditions import Condition, Editions, Engagement, Inclusion, OnList, leaves
from models.segments.parsing import parse
from models.segments.segment import Segment


@dataclass
class Scope:
    workspace_id: int
    now: datetime
    segments: dict[int, Condition] = field(default_factory=dict)
    editions: dict[Editions, list[int]] = field(default_factory=dict)
    lost: bool = False  # whether it names a list that is gone
    asking: int = 0  # the edition that asks whom it is for: it is none of the last ones itself

    @classmethod
    def of(cls, tx: Session, workspace_id: int, *conditions: Condition, asking: int = 0) -> "Scope":
        scope = cls(workspace_id, clock.now(), asking=asking)
        for condition in conditions:
            scope.learn(tx, condition)
        return scope

    def learn(self, tx: Session, condition: Condition) -> None:
        """Looks up the segments it includes, and the numbers of the editions that it and they mean."""
        for leaf in leaves(condition):
            if isinstance(leaf, Engagement) and leaf.editions not in self.editions:
                self.editions[leaf.editions] = self._numbers(tx, leaf.editions)
            elif isinstance(leaf, Inclusion) and leaf.segment.number and leaf.segment.number not in self.segments:
                self._include(tx, leaf.segment.number)
            elif isinstance(leaf, OnList) and leaf.list.number:
                self.lost = self.lost or List.of(tx, self.workspace_id, leaf.list.number) is None

    def _include(self, tx: Session, number: int) -> None:
        mine = select(Segment.query).filter_by(workspace_id=self.workspace_id, id=number)
        if text := tx.scalar(mine):
            self.segments[number] = parse(text)
            self.learn(tx, self.segments[number])

    def _numbers(self, tx: Session, editions: Editions) -> list[int]:
        mine = select(Edition.id).where(Edition.workspace_id == self.workspace_id)
        if editions.one:
            return list(tx.scalars(mine.where(Edition.id == editions.one.number)))
        mine = mine.where(Edition.published_at.is_not(None), Edition.id != self.asking)
        if editions.newsletter:
            mine = mine.where(Edition.publication_id == editions.newsletter.number)
        return list(tx.scalars(mine.order_by(Edition.published_at.desc(), Edition.id.desc()).limit(editions.last)))
