"""Where a picture stands: in editions, noted as they are written; in looks and snippets, looked up."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Mapped, Session

from models.db import Base
from models.image import Image
from models.types import references

# How the address of one of ours ends: its key, how large it is, its ending.
ADDRESS = re.compile(r"/pictures/([A-Za-z0-9_-]{22})-(\d{1,5})x(\d{1,5})\.(?:png|jpg|gif)")
FIRST = 3  # editions that are named


class Use(NamedTuple):
    """kind: edition, publication (its looks) or snippet. is_open: whether it can still be written."""

    kind: str
    id: int
    name: str
    is_open: bool


class InUse(Exception):
    """It stands in something that can still be sent; says where."""

    def __init__(self, uses: Sequence[Use]):
        super().__init__(", ".join(use.name for use in uses))
        self.uses = uses


class ImageUse(Base):
    __tablename__ = "image_uses"

    image_id: Mapped[int] = references("images.id", primary_key=True)
    edition_id: Mapped[int] = references("editions.id", primary_key=True, index=True)
    workspace_id: Mapped[int] = references("workspaces.id", index=True)


def note(tx: Session, workspace_id: int, edition_id: int, html: str) -> None:
    """The pictures of an edition, as it is written now."""
    keys = sorted({key for key, *_ in ADDRESS.findall(html)})
    tx.execute(_FORGET, {"edition": edition_id, "keys": keys})
    if keys:
        tx.execute(_NOTE, {"edition": edition_id, "keys": keys, "workspace": workspace_id})


def uses(tx: Session, workspace_id: int, images: Iterable[Image]) -> Mapping[int, list[Use]]:
    """`{image id: where it stands}`: what can still be sent first, and of editions no more than the latest few."""
    about = {image.key: image.id for image in images}
    values = {"workspace": workspace_id, "ids": list(about.values()), "first": FIRST}
    found: dict[int, list[Use]] = defaultdict(list)
    for row in tx.execute(_EDITIONS, values):
        found[row.image_id].append(Use("edition", row.id, row.subject, row.is_open))
    for kind, query in (("publication", _LOOKS), ("snippet", _SNIPPETS)):
        for number, name, written in tx.execute(query, values):
            for key in {key for key, *_ in ADDRESS.findall(written)} & about.keys():
                found[about[key]].append(Use(kind, number, name, True))
    return found


def remove(tx: Session, image: Image) -> bool:
    """Out of the library; True if nothing that was sent shows it, and so nothing of it is left. Raises `InUse`."""
    tx.refresh(image, with_for_update=True)  # nobody saves it into a draft meanwhile
    found = uses(tx, image.workspace_id, [image])[image.id]
    if still := [use for use in found if use.is_open]:
        raise InUse(still)
    if found:
        image.withdraw(tx)
    else:
        tx.execute(delete(Image).where(Image.id == image.id))
    return not found


def latest(tx: Session, workspace_id: int, most: int) -> Sequence[Image]:
    """Of the library, newest first."""
    mine = select(Image).filter_by(workspace_id=workspace_id, removed_at=None)
    return tx.scalars(mine.order_by(Image.id.desc()).limit(most)).all()


_FORGET = text("""
    delete from image_uses u using images i
    where i.id = u.image_id and u.edition_id = :edition and i.key <> all(:keys)
""")
_NOTE = text("""
    insert into image_uses (image_id, edition_id, workspace_id)
    select id, cast(:edition as bigint), workspace_id from images
    where workspace_id = :workspace and key = any(:keys) order by id
    on conflict do nothing
""")
_EDITIONS = text("""
    select * from (
        select u.image_id, e.id, e.subject, e.state in ('draft', 'scheduled', 'addressing') as is_open,
               row_number() over (partition by u.image_id
                                  order by e.state in ('draft', 'scheduled', 'addressing') desc, e.id desc) as place
        from image_uses u join editions e on e.id = u.edition_id
        where u.workspace_id = :workspace and u.image_id = any(:ids)
    ) found
    where place <= :first order by image_id, place
""")
_LOOKS = text("""
    select id, name, brand::text from publications
    where workspace_id = :workspace and brand::text like '%/pictures/%' order by id
""")
_SNIPPETS = text("""
    select id, name, body from snippets
    where workspace_id = :workspace and body like '%/pictures/%' order by name
""")
