"""Files as they are sent: in a form, or as the body itself; never whole in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge, UnprocessableEntity, UnsupportedMediaType

from models.imports.preview import LARGEST
from web.fields import one_line

ENVELOPE = 100_000  # what a browser sends around the file
PIECE = 1_000_000


class Upload(NamedTuple):
    name: str
    stream: IO[bytes]


def make_room(largest: int = LARGEST) -> None:
    """A file is larger than anything else that is sent here. Call it before anybody reads the request.

    Raises 415 for one that is packed on its way: what comes out of it has no bounds.
    """
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise UnsupportedMediaType("Please send the file as it is: not with a Content-Encoding.")
    request.max_content_length = largest + ENVELOPE
    if request.content_length is not None:
        request.environ.pop("wsgi.input_terminated", None)  # or what was cut on its way would pass for all of it


def chosen() -> Upload | None:
    """The file of the form that was sent, if somebody chose one."""
    file = request.files.get("file")
    return Upload(one_line(file.filename)[:200], file.stream) if file and file.filename else None


@contextmanager
def received(name: str, usual: str = "text/csv", largest: int = LARGEST) -> Iterator[Upload]:
    """The form's file, else the body as a file, which has that name. Raises 413, 415 and 422.

    usual: the media type that it may have as a body, in words.
    """
    if request.mimetype in ("application/json", "application/x-www-form-urlencoded"):
        raise UnsupportedMediaType(f"Please send the file as {usual}, or in a form as multipart/form-data.")
    if request.mimetype == "multipart/form-data":
        upload = chosen()
        if upload is None:
            raise UnprocessableEntity("There is no file in the form: please send it as the field 'file'.")
        yield upload._replace(name=name or upload.name)
    else:
        with TemporaryFile() as file:
            _fill(file, largest)
            yield Upload(name or "upload", file)


def _fill(file: IO[bytes], largest: int) -> None:
    size = 0
    while piece := request.stream.read(PIECE):
        size += file.write(piece)
        if size > largest:
            raise RequestEntityTooLarge
    file.seek(0)
