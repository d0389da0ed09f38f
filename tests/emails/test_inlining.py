"""Letters that people write cannot make us read files or fetch addresses."""

import http.server
import threading

import pytest

from emails.inlining import inlined


@pytest.fixture
def visited():
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched(visited):
    url, seen = visited
    inlined(
        f'<html><head><link rel="stylesheet" href="{url}/link"><style>@import url("{url}/import"); p {{color: red}}'
        f"</style></head><body><p>x</p></body></html>"
    )
    assert seen == []


def test_no_file_is_read():
    inlined('<html><head><style>@import url("file:///dev/zero");</style></head><body><p>x</p></body></html>')
    inlined('<html><head><link rel="stylesheet" href="/etc/passwd"></head><body><p>x</p></body></html>')


def test_a_rule_becomes_a_style():
    assert '<p style="color:red">' in inlined(
        "<html><head><style>p {color: red}</style></head><body><p>x</p></body></html>"
    )
