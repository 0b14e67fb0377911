"""Pages of a county in a real Chromium, each request answered by Django's own client.

Nothing is served: so pages show what lies in a test's transaction, or in a folder by hand. The
browser has a thread of its own, for whoever drives it runs a loop that Django would not stand.
"""

import html
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import NamedTuple
from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import Page, Route

from tests.journeys.served_office import open_chromium

#: Nobody is there: whatever is asked is answered before it would be sent.
ADDRESS = "http://county.test"
#: Of the client, which keeps whoever is signed in.
_KEPT = {"set-cookie", "content-length"}
_HTML = "text/html; charset=utf-8"


class _Asked(NamedTuple):
    method: str
    address: str
    content: bytes
    content_type: str
    answer: "Future[_Answer]"


class _Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    content: bytes


_Queue = SimpleQueue["_Asked | None"]


def walk(client: Client, width: int, height: int, journey: Callable[[Page], None]) -> None:
    """Go a journey in a window of this size, as whoever the client is signed in as.

    Raises:
        AssertionError: the journey's, or a script or an answer failed on its way.
    """
    asked = _Queue()
    with ThreadPoolExecutor(1) as aside:
        walked = aside.submit(_walk, asked, width, height, journey)
        walked.add_done_callback(lambda _: asked.put(None))
        for one in iter(asked.get, None):
            try:
                one.answer.set_result(_answer(client, one))
            except Exception as error:
                one.answer.set_exception(error)
                raise
        walked.result()


def _walk(asked: _Queue, width: int, height: int, journey: Callable[[Page], None]) -> None:
    with open_chromium() as browser:
        context = browser.new_context(
            base_url=ADDRESS, viewport={"width": width, "height": height}, locale="zh-CN"
        )
        context.route("**/*", lambda route: _ask(route, asked))
        page, failed = context.new_page(), list[str]()
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("response", lambda one: failed.append(one.url) if one.status >= 400 else None)
        journey(page)
        context.close()
        assert failed == []


def _ask(route: Route, asked: _Queue) -> None:
    request = route.request
    if not request.url.startswith(ADDRESS):
        route.abort()
        return
    parts, answer = urlsplit(request.url), Future[_Answer]()
    kind = request.headers.get("content-type", "application/octet-stream")
    asked.put(
        _Asked(
            request.method,
            f"{parts.path}?{parts.query}",
            request.post_data_buffer or b"",
            kind,
            answer,
        )
    )
    told = answer.result()
    route.fulfill(status=told.status, headers=told.headers, body=told.content)


def _answer(client: Client, asked: _Asked) -> _Answer:
    made = client.generic(asked.method, asked.address, asked.content, asked.content_type)
    if made.status_code in (301, 302):
        # A browser follows by itself, without asking us.
        onward = f'<meta http-equiv="refresh" content="0; url={html.escape(made["Location"])}">'
        return _Answer(200, {"Content-Type": _HTML}, onward.encode())
    content = b"".join(made.streaming_content) if made.streaming else made.content
    headers = {name: value for name, value in made.headers.items() if name.lower() not in _KEPT}
    return _Answer(made.status_code, headers, content)
