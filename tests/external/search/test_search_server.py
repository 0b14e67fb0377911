"""A search server over HTTP."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from minzheng.external.search.search_server import (
    SearchServer,
    SearchServerAwayError,
    SearchServerRefusedError,
)


class _Answers(BaseHTTPRequestHandler):
    """What was asked comes back; the path says with which status."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        told = {
            "method": self.command, "path": self.path, "body": self.rfile.read(length).decode(),
            "who": self.headers.get("Authorization", ""),
        }  # fmt: skip
        status = int(self.path.strip("/")) if self.path.strip("/").isdigit() else 200
        raw = b"<html>" if self.path == "/page" else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    do_GET = do_POST = do_PUT = do_DELETE = _answer

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_request_is_json_with_who_asks(url):
    """As it is, or one thing a line."""
    server = SearchServer(url, "用户", "密:码")
    told = server.ask("PUT", "/x", {"词": 1})
    assert (told["method"], told["path"], told["body"]) == ("PUT", "/x", '{"词": 1}')
    assert told["who"] == "Basic 55So5oi3OuWvhjrnoIE="
    assert server.tell_lines("/_bulk", [{"a": 1}, {}])["body"] == '{"a": 1}\n{}\n'
    assert SearchServer(url).ask("GET", "/")["who"] == ""


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_without_room_is_away(url, status):
    """It is asked again later."""
    with pytest.raises(SearchServerAwayError):
        SearchServer(url).ask("GET", f"/{status}")


def test_a_server_that_is_not_there_is_away(url):
    """Nobody listens at that port."""
    with pytest.raises(SearchServerAwayError):
        SearchServer("http://127.0.0.1:9").ask("GET", "/")


@pytest.mark.parametrize(("path", "status"), [("/404", 404), ("/400", 400), ("/page", 200)])
def test_what_it_does_not_do_is_told(url, path, status):
    """With its own words; a page of another program is none of its answers."""
    with pytest.raises(SearchServerRefusedError) as refused:
        SearchServer(url).ask("GET", path)
    assert refused.value.status == status
