"""What people come for besides, room by room: an empty installation, a team's day, readers, accounts, the mail."""

import pyotp


def test_an_empty_installation_leads_to_its_first_team(arrive):
    owner = arrive().go("/").write("Name of your workspace", "Northwind").write("Your name", "Ada")
    owner.write("Your e-mail address", "ada@example.com").press("Set up")
    owner.follow("Make a team").write("Name", "Engine").press("Create the team")
    owner.write("People", "Ada <ada@example.com>, Grace Hopper <grace@example.com>").press("Invite")
    assert "2 in the team; 1 invited by mail just now." in owner.says
    assert "First steps" in owner.to("Home").says
    assert owner.complaints == []


def test_what_a_colleague_did_is_thanked_for_talked_about_and_found(ada, arrive):
    owner = arrive(ada.owner).go(f"/teams/{ada.team}?day=2026-03-02").press("Thanks to Grace")
    owner.page.locator("summary", has_text="to Grace").click()
    owner.write("What you want to say", "How did you find the moth?").press("Comment")
    assert "How did you find the moth?" in owner.says and "thanks" in owner.says
    owner.to("Search").page.get_by_label("What you are looking for").fill("finding moths")
    owner.press("Search")
    assert "How did you find the moth?" in owner.says
    assert owner.complaints == []


def test_readers_subscribe_choose_and_leave(ada, arrive, clock):
    reader = arrive().go("/subscribe/letters-of-ada").write("E-mail address", "mary@example.com")
    clock.forward(seconds=10)  # whoever types faster is asked once more
    assert "mary@example.com" in reader.press("Subscribe").says
    reader.go(f"/unsubscribe/{ada.unsubscribe}").follow("Pause it, or choose what you get.")
    reader.write("Name", "Mary Somerville").press("Save")
    assert "Saved" in reader.page.inner_text("body")
    reader.go(f"/unsubscribe/{ada.unsubscribe}").press("Unsubscribe")
    assert "You are unsubscribed" in reader.says
    assert reader.complaints == []


def test_an_account_is_named_and_guarded_and_others_are_let_in(ada, arrive):
    owner = arrive(ada.owner).to("Your account").write("Your name", "Ada Lovelace").press("Save")
    owner.follow("Two-factor").press("Begin")
    owner.write("Code", pyotp.TOTP(owner.page.locator("main code").inner_text()).now()).press("Turn on")
    assert "Your recovery codes" in owner.says
    owner.to("People").write("E-mail address", "kenji@example.com").press("Invite")
    assert "kenji@example.com" in owner.says
    owner.to("API keys").write("Name", "Shop")
    owner.page.get_by_role("checkbox").first.check()
    assert "pk_" in owner.press("Create the key").page.inner_html("main")
    assert owner.complaints == []


def test_mail_is_followed_a_stream_is_limited_and_an_address_let_back(ada, arrive):
    owner = arrive(ada.owner).to("Inbound")
    owner.page.locator("main table a, main .list a").first.click()
    assert "could not be understood" in owner.says
    assert "grace@example.com" in owner.to("Deliveries").says
    owner.to("Queues").page.get_by_role("link", name="Limit").first.click()
    owner.page.get_by_label("Messages a second, at most").fill("50")
    owner.press("Save")
    assert "50" in owner.says
    owner.to("Suppressions").page.get_by_placeholder("Why?").first.fill("They asked to be back")
    owner.press("Lift")
    sure = owner.page.get_by_role("button", name="Yes, do it")
    if sure.is_visible():
        sure.click()
    assert "Lifted" in owner.page.inner_text("body")
    assert owner.complaints == []
