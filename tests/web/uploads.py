"""Files of people, uploaded and taken away as a browser does, and the work that comes of it."""

import io

from sqlalchemy import func, select

from jobs.door import queue_named
from jobs.exports import make_export
from jobs.imports import feed_import, import_row, process_row, read_import
from models.db import transaction
from models.imports.file import Import, Piece
from tests.web.programs import problem

ROOT = "/api/v1/imports"
FILE = "Wer,E-Mail,Team\nHedy,hedy@example.com,Radio\nX,not one,Radio\n"
VERBS = {verb.name: verb for verb in (read_import, feed_import, process_row, import_row, make_export)}


def upload(browser, content, name="people.csv"):
    raw = content.encode() if isinstance(content, str) else content
    return browser.get("/imports/new").press("Upload", file=(io.BytesIO(raw), name))


def work():
    """What a worker does with the queue of imports."""
    queue = queue_named("low")
    while jobs := queue.jobs:
        queue.empty()
        for job in jobs:
            VERBS[job.func_name](*job.args)


def taken_away(browser, path, label):
    """What the file has that a button makes."""
    browser.get(path).press(label)
    assert "being made" in browser.text
    work()
    browser.get(browser.path)
    return browser.client.get(browser.page.xpath("//a[. = 'Download']/@href")[0]).get_data()


def kept():
    with transaction() as tx:
        return tx.scalar(select(func.count(Import.id))), tx.scalar(select(func.count(Piece.import_id)))


def finished(call, path):
    """The file with what became of each row, as a program has it made."""
    made = call(f"{path}/exports", "POST")
    assert (made.status_code, made.json["state"], made.json["percent"]) == (202, "making", 0)
    own = f"{path}/exports/{made.json['id']}"
    assert problem(call(f"{own}/file")) == (409, "conflict")
    assert call(f"{path}/exports?form=csv", "POST").json["id"] == made.json["id"]
    work()
    assert call(own).json["state"] == "made"
    assert problem(call(own.replace(path, f"{ROOT}/999"))) == (404, "not_found")
    assert problem(call(f"{path}/exports?form=pdf", "POST")) == (422, "invalid")
    return call(f"{own}/file").get_data()
