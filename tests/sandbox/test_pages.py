import requests

from tests.sandbox.conftest import eventually, mail

HTML = '<style>p{color:red}</style><p onclick="x()">Hi</p><script>alert(1)</script><img src="cid:logo">'
PICTURE = {"Name": "logo.png", "ContentType": "image/png", "Content": "QUJD", "ContentID": "cid:logo"}


def get(sandbox, path, **options):
    return requests.get(sandbox.url + path, timeout=10, **options)


def test_what_was_sent_is_listed_newest_first_and_found(sandbox):
    batch = [mail(Subject=f"Letter {n}", To=f"r{n}@example.com") for n in range(60)]
    sandbox.api("POST", "/email/batch", [*batch, mail(Subject="<b>bold</b>")])
    first, second = get(sandbox, "/").text, get(sandbox, "/?page=2").text
    assert "&lt;b&gt;bold&lt;/b&gt;" in first
    assert first.index("Letter 59") < first.index("Letter 58")
    assert "Letter 3<" in second
    assert "r17@example.com" in get(sandbox, "/?q=R17@example").text
    assert "Letter 23" in get(sandbox, "/?q=letter+23").text
    assert "Nothing with" in get(sandbox, "/?q=zzz").text


def test_a_letter_is_shown_in_a_frame_that_can_do_nothing(sandbox):
    message_id = sandbox.send(HtmlBody=HTML, Attachments=[PICTURE]).json()["MessageID"]
    page = get(sandbox, f"/mail/{message_id}")
    assert f'<iframe src="/mail/{message_id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    frame = get(sandbox, f"/mail/{message_id}/html")
    policy = frame.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox;")
    assert "data:image/png;base64,QUJD" in frame.text
    assert get(sandbox, f"/mail/{message_id}/raw").headers["Content-Type"].startswith("text/plain")
    attachment = get(sandbox, f"/mail/{message_id}/files/0")
    assert attachment.content == b"ABC"
    assert attachment.headers["Content-Disposition"].startswith("attachment")


def test_a_person_replies_with_a_form_and_a_file_and_sees_what_came_of_it(sandbox, told):
    message_id = sandbox.send(ReplyTo="hash+t@inbound.example").json()["MessageID"]
    form = {"text": "Shipped it\r\nand more", "html": "", "client": "outlook"}
    files = {"files": ("notes ü.txt", b"hello", "text/plain")}
    url = f"{sandbox.url}/sandbox/messages/{message_id}/reply"
    page = requests.post(url, data=form, files=files, headers={"Accept": "text/html"}, timeout=10)
    assert page.url.startswith(f"{sandbox.url}/inbound/")
    assert "Shipped it\nand more" in page.text
    assert "notes ü.txt (5 bytes)" in page.text
    eventually(lambda: [body for body in told.bodies if body.get("StrippedTextReply") == "Shipped it\nand more"])
    assert "Re: What did you get done?" in get(sandbox, "/inbound").text
    assert "200" in eventually(lambda: get(sandbox, "/attempts")).text


def test_a_person_unsubscribes_behind_a_page_and_a_machine_by_one_click(sandbox, told):
    message_id = sandbox.send(MessageStream="broadcast").json()["MessageID"]
    url = f"{sandbox.url}/unsubscribe/{message_id}"
    assert "Unsubscribe?" in requests.get(url, timeout=10).text
    assert told.of("SubscriptionChange") == []
    answer = requests.post(url, data={"List-Unsubscribe": "One-Click"}, timeout=10, allow_redirects=False)
    assert answer.status_code == 200
    assert eventually(lambda: told.of("SubscriptionChange"))[0]["Recipient"] == "ada@example.com"


def test_a_page_of_another_site_cannot_press_the_buttons(sandbox):
    message_id = sandbox.send().json()["MessageID"]
    url = f"{sandbox.url}/sandbox/messages/{message_id}/bounce"
    assert requests.post(url, headers={"Origin": "https://evil.example"}, timeout=10).status_code == 403
    assert requests.post(url, headers={"Origin": sandbox.url}, timeout=10).status_code == 200


def test_an_unknown_page_is_404_and_a_wrong_form_is_422(sandbox):
    assert get(sandbox, "/mail/nothing").status_code == 404
    assert get(sandbox, "/nowhere").status_code == 404
    message_id = sandbox.send().json()["MessageID"]
    url = f"{sandbox.url}/sandbox/messages/{message_id}"
    assert requests.post(f"{url}/bounce", json={"type": "Nonsense"}, timeout=10).status_code == 422
    assert requests.post(f"{url}/reply", json={"client": "pine"}, timeout=10).status_code == 422
    assert requests.post(f"{url}/click", json=[1], timeout=10).status_code == 422


def test_empty_pages_say_what_to_do(sandbox):
    assert "No mail yet" in get(sandbox, "/").text
    assert "Nothing received" in get(sandbox, "/inbound").text
    assert "Nobody listens" in get(sandbox, "/attempts").text
    assert get(sandbox, "/style.css").headers["Content-Type"].startswith("text/css")
