"""Files of people that a program sends, over HTTP."""

import csv
import gzip
import io

import pytest
from sqlalchemy import select, text

from jobs.door import queue_named
from models.api_key import Scope
from models.db import transaction
from models.imports.file import Import
from models.team_member import TeamMember
from tests.files import workbooks
from tests.web.programs import issued, problem
from tests.web.uploads import ROOT, finished, kept, work

FILE = b"Wer,E-Mail,Team\nHedy,hedy@example.com,Radio\nX,not one,Radio\n"
MAPPED = "?mapping=name&mapping=email&mapping=team"


@pytest.fixture
def send(call):
    """Uploads a file as the body, with whatever else is in its address."""
    return lambda content=FILE, asked=MAPPED, **options: call(
        ROOT + asked, "POST", data=content, **{"content_type": "text/csv"} | options
    )


def test_from_the_file_to_the_receipt(ada, call, send):
    answer = send(asked=MAPPED + "&name=people.csv&zone=Europe/Berlin")
    made = answer.json
    assert (answer.status_code, made["state"], made["name"], made["mapping"]) == (
        201, "reading", "people.csv", ["name", "email", "team"],
    )  # fmt: skip
    path = f"{ROOT}/{made['id']}"
    work()
    told = call(path).json
    assert (told["state"], told["rows"], told["forecast"]) == ("checked", 2, {"created": 1, "invalid": 1})
    assert told["states"] == {"pending": 2}
    assert call(f"{path}/run", "POST").json == {"done": True}
    assert call(f"{path}/run", "POST").json == {"done": False}
    work()
    told = call(path).json
    assert (told["state"], told["states"], told["seconds_left"]) == ("finished", {"created": 1, "invalid": 1}, 0)
    rows = call(f"{path}/rows").json["rows"]
    assert [(row["number"], row["state"]) for row in rows] == [(2, "created"), (3, "invalid")]
    assert rows[0]["cells"] == ["Hedy", "hedy@example.com", "Radio"] and rows[0]["changes"]["team"] == ["", "Radio"]
    lines = list(csv.reader(io.StringIO(finished(call, path).decode("utf-8-sig"))))
    assert [line[4] for line in lines] == ["Outcome", "created", "invalid"]
    with transaction() as tx:
        assert tx.scalar(select(TeamMember.zone).filter_by(id=rows[0]["subject_id"])) == "Europe/Berlin"


def test_a_key_makes_nobody_an_admin_and_takes_no_role_away(ada, call, send):
    people = b"x@example.com,Radio,admin\nhedy@example.com,Radio,observer\ngrace@example.com,Team of Ada,observer\n"
    asked = "?mapping=email&mapping=team&mapping=role&dry_run=no&existing=overwrite"
    number = send(b"mail,team,role\n" + people, asked).json["id"]
    work()
    rows = call(f"{ROOT}/{number}/rows").json["rows"]
    assert [row["state"] for row in rows] == ["invalid", "created", "unchanged"] and "no key" in rows[0]["reason"]


def test_it_runs_by_itself_when_it_is_to_be_no_dry_run(call, send):
    number = send(asked=MAPPED + "&dry_run=no").json["id"]
    work()
    assert call(f"{ROOT}/{number}").json["state"] == "finished"


def test_a_file_may_come_in_a_form_and_its_columns_be_guessed(call, send):
    form = {"file": (io.BytesIO(b"Mail;Name\na@example.com;A\n"), "a b.csv"), "kind": "contacts", "existing": "fill"}
    made = call(ROOT, "POST", data=form).json
    assert (made["name"], made["kind"], made["delimiter"], made["mapping"]) == (
        "a b.csv", "contacts", ";", ["email", "name"],
    )  # fmt: skip
    with transaction() as tx:
        assert tx.scalar(select(Import.existing).filter_by(id=made["id"])) == "fill"


def test_it_is_paused_resumed_and_canceled(call, send):
    path = f"{ROOT}/{send().json['id']}"
    work()
    for verb, done in [("pause", False), ("run", True), ("pause", True), ("pause", False), ("resume", True)]:
        assert call(f"{path}/{verb}", "POST").json == {"done": done}
    assert call(f"{path}/cancel", "POST").json == {"done": True}
    assert call(path).json["states"] == {"canceled": 2}


def test_lists_go_by_the_page(ada, call, send):
    numbers = [send(b"mail\n" + b"".join(b"p%d@example.com\n" % n for n in range(5)), "?team=").json["id"]]
    numbers += [send().json["id"] for _ in range(2)]
    work()
    first = call(f"{ROOT}?limit=2").json
    assert [each["id"] for each in first["imports"]] == numbers[:0:-1]
    older = call(f"{ROOT}?cursor={first['next']}").json
    assert [each["id"] for each in older["imports"]] == [numbers[0], ada.imported]
    seen, after = [], 0
    while after is not None:
        page = call(f"{ROOT}/{numbers[0]}/rows?limit=2&cursor={after}&state=invalid").json
        seen, after = seen + [row["number"] for row in page["rows"]], page["next"]
    assert seen == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("content", "asked", "words"),
    [
        (b"PK\x03\x04xx", "?name=a.csv", "a.csv cannot be read as a table: it is a zip archive"),
        (b"", "", "upload cannot be read as a table: it is empty"),
        (b"a,b\n1,2\n", "", "which column is the E-mail address. Its columns are a, b."),
        (FILE, "?mapping=email&mapping=nose", "mapping: a column is one of"),
        (FILE, "?mapping=email&mapping=email", "Two columns cannot both be"),
        (FILE, "?kind=cats", "kind is one of team_members"),
        (FILE, "?kind=contacts&kind=contacts", "The field 'kind' comes twice."),
        (FILE, "?kind=contacts&team=x", "There is no field 'team' here."),
        (FILE, "?kind=subscribers", "publication: "),
        (FILE, "?zone=Nowhere", "zone: there is no time zone"),
        (FILE, "?existing=perhaps", "existing is one of skip, fill, overwrite"),
        (FILE, "?encoding=klingon", "encoding is one of utf-8"),
        (FILE, "?dry_run=maybe", "dry_run is one of yes, no"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_kept(ada, send, content, asked, words):
    before = kept()
    answer = send(content, asked)
    assert problem(answer) == (422, "invalid")
    assert words in answer.json["error"]["message"]
    assert kept() == before and not queue_named("low").jobs


def test_a_workbook_is_read_from_the_sheet_that_is_asked_for(send):
    raw = workbooks.MADE["hidden-and-empty-sheets-first.xlsx"]
    made = send(raw, "?kind=contacts", content_type="application/octet-stream").json
    assert (made["encoding"], made["sheet"], made["mapping"]) == ("xlsx", "People", ["name", "email"])
    assert send(raw, "?kind=contacts&sheet=People").status_code == 201
    assert "it has no sheet" in send(raw, "?kind=contacts&sheet=X").json["error"]["message"]


def test_a_form_without_a_file_and_a_body_that_is_none_are_told(call, send):
    assert problem(call(ROOT, "POST", data={"kind": "contacts"}, content_type="multipart/form-data")) == (
        422,
        "invalid",
    )
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        assert problem(send(content_type=kind)) == (415, "unsupported_media_type")
    packed = {"environ_base": {"HTTP_CONTENT_ENCODING": "gzip"}}
    assert problem(send(gzip.compress(FILE), **packed)) == (415, "unsupported_media_type")


def test_a_key_is_for_imports_and_another_workspaces_is_not_there(ada, charles, call, send):
    path = f"{ROOT}/{send().json['id']}"
    others = issued(ada.id, *(scope for scope in Scope if scope != Scope.IMPORTS))
    asked = [("GET", ""), ("GET", "/rows"), ("POST", "/exports"), ("GET", "/exports/1"), ("GET", "/exports/1/file")]
    for method, more in [*asked, *(("POST", f"/{verb}") for verb in ("run", "pause", "resume", "cancel"))]:
        assert problem(call(path + more, method, key=others)) == (403, "forbidden")
        assert problem(call(path + more, method, key=charles.bearer)) == (404, "not_found")
    assert problem(call(ROOT, "POST", key=others, data=FILE)) == (403, "forbidden")
    assert [each["id"] for each in call(ROOT, key=charles.bearer).json["imports"]] == [charles.imported]
    subscribers = call(f"{ROOT}?kind=subscribers&consent=x&publication={charles.publication}", "POST", data=FILE)
    assert problem(subscribers) == (422, "invalid")


def test_a_filter_that_is_mistaken_is_told(ada, call):
    for asked in ("?state=done", "?cursor=x", "?after=1"):
        assert problem(call(ROOT + asked)) == (422, "invalid")
    for asked in ("/rows?state=done", "/rows?cursor=-1", "/rows?before=1"):
        assert problem(call(f"{ROOT}/{ada.imported}{asked}")) == (422, "invalid")


def test_without_redis_it_is_left_to_the_sweep(ada, send, without_redis):
    number = send().json["id"]
    with transaction() as tx:
        assert tx.scalar(text("select state from imports where id = :id"), {"id": number}) == "reading"


def test_addresses_are_verified_first_if_asked(call, send, nameserver):
    made = send(b"mail,team\na@people.example,Radio\nb@absent.example,Radio\n", "?dry_run=no&verify=risky").json
    assert made["processes"] == {"verify": "risky"}
    work()
    assert call(f"{ROOT}/{made['id']}").json["verdicts"] == {"deliverable": 1, "undeliverable": 1}
    (row,) = call(f"{ROOT}/{made['id']}/rows?verdict=undeliverable").json["rows"]
    assert (row["state"], row["checks"]["verify"]["evidence"][1]["check"]) == ("skipped", "domain")
    assert send(asked="?verify=maybe").status_code == 422


@pytest.mark.parametrize("kind", ["text/csv", "multipart/form-data; boundary=x"])
def test_a_file_that_was_cut_on_its_way_is_not_kept(ada, call, kind):
    before = kept()
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' if "x" in kind[-1:] else b""
    told = {"wsgi.input_terminated": True, "CONTENT_LENGTH": "1000"}  # as gunicorn has it
    answer = call(ROOT, "POST", input_stream=io.BytesIO(body + FILE), content_type=kind, environ_overrides=told)
    assert problem(answer) == (400, "malformed")
    assert kept() == before


def test_more_than_a_file_may_have_is_refused_before_it_is_read(ada, call):
    told = {"CONTENT_LENGTH": "1000000000"}
    answer = call(ROOT, "POST", input_stream=io.BytesIO(b""), content_type="text/csv", environ_overrides=told)
    assert problem(answer) == (413, "too_large")
