"""A search server spoken to in JSON over HTTP, as OpenSearch is."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from typing import Any

from minzheng.county.errors import MinzhengError

_SECONDS = 60.0
_MOST_SAID = 300  #: characters of what it says of a mistake


class SearchServerError(MinzhengError):
    """检索服务器出现故障。"""


class SearchServerAwayError(SearchServerError):
    """检索服务器连不上。"""


class SearchServerRefusedError(SearchServerError):
    """检索服务器没有照办。"""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"检索服务器没有照办（{status}）：{said}")
        self.status = status


class SearchServer:
    """One server, asked by one user; every question is a request of its own."""

    def __init__(self, url: str, user: str = "", password: str = "") -> None:
        self.url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json"}
        if user:
            told = base64.b64encode(f"{user}:{password}".encode()).decode()
            self._headers["Authorization"] = f"Basic {told}"
        # Straight to it: a proxy of the office leads outside.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """What it answers.

        Raises:
            SearchServerAwayError: it cannot be reached, or has no room for a question now.
            SearchServerRefusedError: it does not do that; `status` says why.
        """
        return self._send(method, path, None if body is None else _json(body))

    def tell_lines(self, path: str, lines: Iterable[Mapping[str, Any]]) -> Any:
        """Tell it many things at once, one a line; fails as `ask` does."""
        return self._send("POST", path, b"".join(_json(line) + b"\n" for line in lines))

    def _send(self, method: str, path: str, data: bytes | None) -> Any:
        request = urllib.request.Request(
            f"{self.url}{path}", data, dict(self._headers), method=method
        )
        try:
            with self._opener.open(request, timeout=_SECONDS) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise _named(error) from error
        except OSError as error:
            raise SearchServerAwayError from error
        try:
            return json.loads(text) if text else {}
        except ValueError as error:
            raise SearchServerRefusedError(200, "答的不是 JSON，这里不是检索服务器") from error


def _named(error: urllib.error.HTTPError) -> SearchServerError:
    if error.code in (429, 502, 503, 504):
        return SearchServerAwayError()
    said = error.read().decode("utf-8", "replace")[:_MOST_SAID]
    return SearchServerRefusedError(error.code, said)


def _json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
