"""What each role may open and do, from the routes themselves: each view says whom it is for."""

from sqlalchemy import select

from emails.mails import compose, load
from models import rounds
from models.db import transaction
from models.delivery import Delivery
from models.membership import Membership, Role
from models.team_member import TeamMember
from models.user import User
from tests.web.routes import call, pages, rows

ROLES = ("observer", "member", "editor", "admin", "owner")
# Who each word of `web.visitor` lets in. The queues belong to whoever manages the first workspace, which is Ada's.
LETS_IN = {
    "is_here": ROLES,
    "takes_part": ROLES[1:],
    "edits": ROLES[2:],
    "manages": ROLES[3:],
    "operates": ROLES[3:],
    "owns": ROLES[4:],
}
# Whose own things these are, which everybody may change.
ACCOUNT = {
    "own_addresses", "passwords", "profile", "second_factors", "sessions", "sign_ins", "team_members", "workspaces",
    "own_data", "account_deletions", "notices",
}  # fmt: skip
STRICTER = {("exports", "editor")}  # the file of an import is for managers


def views(app, place):
    """`[(endpoint, word, method, path)]` behind a sign-in."""
    for endpoint, method, path in pages(app, place):
        word = "strangers" if endpoint == "static" else getattr(app.view_functions[endpoint], "admits", None)
        assert word, f"{endpoint} does not say whom it is for: everybody, members_only … of web.visitor, or public"
        if word not in ("strangers", "programs"):
            yield endpoint, word, method, path


def test_every_route_opens_to_the_roles_it_is_for_and_to_no_others(app, ada, graces):
    nobodys = {path: other for (*_, path), (*_, other) in zip(views(app, ada), views(app, nobody(ada)), strict=True)}
    for role in ROLES:
        become(ada, role)
        before = rows()
        for endpoint, word, method, path in views(app, ada):
            if role not in LETS_IN[word]:
                for each in (path, nobodys[path]) if method == "POST" else (path,):  # before anything is looked up
                    assert call(graces, method, each).status_code == 403, (role, method, each)
            elif method == "POST" and path != nobodys[path]:
                assert call(graces, method, nobodys[path]).status_code in (404, 410), (role, path)
            elif method == "GET" and role != "owner" and (endpoint.partition(".")[0], role) not in STRICTER:
                assert call(graces, method, path).status_code in (200, 302, 404, 410), (role, path)
        assert rows() == before, role


def nobody(ada):
    numbers = {name: 99 for name, value in vars(ada).items() if isinstance(value, int)}
    return type(ada)(**vars(ada) | numbers)


def become(ada, role):
    with transaction() as tx:
        tx.query(Membership).filter_by(workspace_id=ada.id, user_id=ada.member.id).one().role = role


def test_what_everybody_may_change_is_their_own_account(app, ada):
    changed = {endpoint.partition(".")[0] for endpoint, word, method, _ in views(app, ada) if (word, method) == OPEN}
    assert changed <= ACCOUNT


OPEN = ("is_here", "POST")


def test_an_observer_reads_along_and_is_never_asked(ada, graces, clock):
    become(ada, "observer")
    assert ada.secret in graces.get(f"/teams/{ada.team}?day=2026-03-02").text
    page = graces.get("/")
    assert "you read along" in page.text and not page.page.xpath("//textarea")
    clock.at("2026-11-25 19:00")
    with transaction() as tx:
        for seat in tx.scalars(select(TeamMember)):
            seat.resume()
    clock.forward(days=1)
    with transaction() as tx:
        asked = rounds.ask(tx)
        assert asked.members == 2
        to = tx.scalars(select(Delivery.recipient).where(Delivery.id.in_(asked.delivery_ids))).all()
    assert to == ["ada@example.com"]


def test_somebody_is_invited_by_mail_with_a_role_that_is_changed_and_removed(ada, adas, signed_in):
    page = adas.get("/settings/people")
    page.press("Invite", email="Mary@Example.com", name="Mary", role="editor", team=str(ada.team))
    assert "A mail tells them" in page.text and "has not signed in yet" in page.text
    found = adas.client.get("/settings/people?words=MARY").text
    assert ("mary@example.com" in found, "grace@example.com" in found) == (True, False)
    assert "Nobody is called that." in adas.client.get("/settings/people?words=%25").text
    with transaction() as tx:
        (delivery,) = tx.scalars(select(Delivery).filter_by(kind="welcome"))
        letter = compose(delivery, load(tx, [delivery])[delivery.id])
        mary = User.at(tx, "mary@example.com")
        membership = tx.scalars(select(Membership.id).filter_by(user_id=mary.id)).one()
    assert letter.subject == "You are in House of Ada" and "as editor" in str(letter.text)
    hers = signed_in(mary)
    assert hers.get("/publications").status == hers.get(f"/teams/{ada.team}").status == 200
    page = adas.get(f"/settings/people/{membership}").press("Save", role="observer")
    assert "Mary is observer now" in page.text and hers.get("/publications").status == 403
    assert "Mary is out" in adas.get(f"/settings/people/{membership}").press("Remove Mary").press("Yes, do it").text
    assert hers.get("/").path == "/sign-in"
    log = adas.get("/settings/audit-log?noun=user").text
    assert "invited Mary: as editor" in log and "changed the role of Mary: editor → observer" in log
    assert "removed Mary" in log


def test_whoever_is_removed_leaves_their_teams_and_their_words_stay(ada, adas):
    adas.get(f"/settings/people/{ada.membership}").press("Remove Grace").press("Yes, do it")
    with transaction() as tx:
        assert tx.get_one(TeamMember, ada.other_seat).left_at
    assert ada.secret in adas.get(f"/teams/{ada.team}?day=2026-03-02").text


def test_a_workspace_keeps_an_owner_and_only_owners_make_owners(ada, adas, graces):
    become(ada, "admin")
    with transaction() as tx:
        hers = tx.scalars(select(Membership.id).filter_by(workspace_id=ada.id, role="owner")).one()
    page = adas.get(f"/settings/people/{hers}").press("Save", role="member")
    assert page.status == 422 and "needs an owner" in page.errors[0]
    assert "needs an owner" in adas.get(f"/settings/people/{hers}").press("Remove Ada").press("Yes, do it").errors[0]
    for path, button, typed in (
        (f"/settings/people/{hers}", "Save", {"role": "member"}),
        (f"/settings/people/{hers}", "Remove Ada", {}),
        (f"/settings/people/{ada.membership}", "Save", {"role": "owner"}),
        ("/settings/people", "Invite", {"email": "x@example.com", "role": "owner"}),
    ):
        page = graces.get(path).press(button, **typed)
        page = page.press("Yes, do it") if button == "Remove Ada" else page
        assert page.status == 422 and "Only an owner" in page.errors[0]
    with transaction() as tx:
        tx.get_one(Membership, ada.membership).role = Role.OWNER
    assert adas.get(f"/settings/people/{hers}").press("Save", role="member").status == 403


def test_the_log_tells_who_did_what_and_is_narrowed(ada, adas):
    adas.get("/publications/new").press("Create the newsletter", name="Fresh")
    said = adas.get("/settings/audit-log").page.xpath("string(//tbody)")
    assert "made publication" in said and ": Fresh" in said and "began session" in said
    narrowed = adas.get(f"/settings/audit-log?noun=session&person={ada.owner.id}").page.xpath("string(//tbody)")
    assert "began session" in narrowed and "Fresh" not in narrowed
    assert not adas.get("/settings/audit-log?noun=session&person=99").page.xpath("//tbody")
