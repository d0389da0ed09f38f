"""A single address is verified: a job asks the name servers, and the page tells what each check found."""

from sqlalchemy import func, select

from jobs.door import queue_named
from jobs.verifications import sweep_verifications, verify_address
from models.db import transaction
from models.verifying.verification import KEPT, Verification
from tests.web.programs import problem

API = "/api/v1/verifications"


def test_an_address_is_verified_with_its_grounds(adas, nameserver):
    adas.get("/lists").get("/verifications/new").press("Verify", address=" Info@People.Example ")
    page = adas.path
    assert "info@people.example" in adas.text and "Name servers are being asked" in adas.text
    assert adas.page.xpath("//*[@data-fresh]") and adas.page.xpath("//noscript/meta[@http-equiv='refresh']")
    assert nameserver.questions == []
    (job,) = queue_named("default").jobs
    for _ in range(2):
        verify_address(*job.args)
    assert adas.get(page).page.xpath("//h2/following-sibling::span/text()") == ["risky"]
    assert not adas.page.xpath("//*[@data-fresh]")
    rows = adas.page.xpath("//tr[th[@scope]]")
    found = {row.xpath("string(th)"): row.xpath("normalize-space(td[1])") for row in rows}
    assert found == {"syntax": "deliverable", "domain": "deliverable", "mx": "deliverable", "role": "risky"}
    assert len(nameserver.questions) == 1
    adas.press("Ask again")
    assert adas.path != page and "risky" in adas.get("/verifications/new").text


def test_a_likely_slip_is_one_press_from_what_was_meant(adas):
    adas.get("/verifications/new").press("Verify", address="ada@gmial.com")
    with transaction() as tx:
        number = tx.scalar(select(func.max(Verification.id)))
        asked = tx.get_one(Verification, number)
        asked.finding = {"verdict": "risky", "evidence": [], "suggestion": "ada@gmail.com"}
        asked.finished_at = asked.created_at
    adas.get(adas.path).press("Verify ada@gmail.com")
    assert "ada@gmail.com" in adas.text and "being asked" in adas.text


def test_what_is_no_address_is_told_so_and_a_blank_one_beside_the_field(adas):
    adas.get("/verifications/new").press("Verify", address="<b>nobody</b>")
    (job,) = queue_named("default").jobs
    verify_address(*job.args)
    assert "undeliverable" in adas.get(adas.path).text and "<b>" in adas.page.xpath("string(//h1)")
    for address, words in (("", "Please fill this in."), ("x" * 321, "Please use at most 320 characters.")):
        adas.get("/verifications/new").press("Verify", address=address)
        assert (adas.status, adas.errors) == (422, [words])


def test_programs_ask_too(call, nameserver):
    asked = call(API, "POST", json={"address": "x@null.example"}).json
    assert (asked["state"], asked["verdict"], asked["evidence"]) == ("asking", None, [])
    verify_address(asked["id"])
    found = call(f"{API}/{asked['id']}").json
    assert (found["state"], found["verdict"], found["address"]) == ("found", "undeliverable", "x@null.example")
    assert [each["check"] for each in found["evidence"]] == ["syntax", "domain", "mx"]
    assert problem(call(API, "POST", json={"address": " "})) == (422, "invalid")


def test_the_sweep_takes_up_what_lost_its_job_and_drops_what_is_old(ada, call, clock):
    number = call(API, "POST", json={"address": "ada@people.example"}).json["id"]
    queue_named("default").empty()
    sweep_verifications()
    assert queue_named("default").jobs == []
    clock.forward(minutes=3)
    sweep_verifications()
    assert [job.args for job in queue_named("default").jobs] == [[number]]
    clock.forward(days=KEPT.days)
    sweep_verifications()
    with transaction() as tx:
        assert tx.scalar(select(func.count(Verification.id))) == 0
