"""Thumbnails of pictures that were taken in before there were any."""

from emails.pictures import thumbnail
from jobs.door import job
from jobs.modest import modest_transaction
from models.image import Image

PAGE = 20


@job(queue="low", timeout=120)
def sweep_thumbnails() -> None:
    """A few at a time. One that cannot be read has an empty one, and is not tried again."""
    with modest_transaction() as tx:
        waiting = Image.without_thumbnail(tx, PAGE)
    for image in waiting:
        small = thumbnail(b"".join(image.stream()))
        with modest_transaction() as tx:
            image.show_small(tx, small)
