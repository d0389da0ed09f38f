"""A form on somebody else's site, sent by a browser that is signed in here, does nothing."""

from tests.web.routes import pages, rows

ELSEWHERE = {"unsubscriptions", "opt_ins", "preferences", "sign_ups", "webhooks"}  # these need no session


def test_no_form_without_our_token_changes_anything(app, ada, adas):
    before = rows()
    for endpoint, method, path in pages(app, ada):
        if method == "POST" and not path.startswith("/api/") and endpoint.partition(".")[0] not in ELSEWHERE:
            answer = adas.client.post(path, data={"name": "x", "text": "x", "subject": "x"})
            assert answer.status_code == 400, path
    assert rows() == before
