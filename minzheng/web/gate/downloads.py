"""Files to download: one just made, or one on disk, also from where a download broke off."""

import re
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class _Part:
    """So many bytes of an open file."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the part; none at its end."""
        most = self._left if size < 0 else min(size, self._left)
        data = self._stream.read(most)
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Close the file the part is of."""
        self._stream.close()


def give_file(data: bytes, name: str, kind: str) -> HttpResponse:
    """A file that was just made, under a name."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def answer_with(
    request: HttpRequest, stream: BinaryIO, size: int, *, name: str, kind: str, etag: str
) -> HttpResponseBase:
    """A file on disk; only the part asked for (RFC 9110, 14), if it is still the same file."""
    whole, asked = f'"{etag}"', request.headers.get("Range", "")
    is_same = request.headers.get("If-Range", whole) == whole
    bounds = _bounds(asked, size) if is_same and asked else None
    response: HttpResponseBase
    if bounds is None:
        response = FileResponse(stream, as_attachment=True, filename=name, content_type=kind)
    elif bounds[0] > bounds[1]:
        stream.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        first, last = bounds
        stream.seek(first)
        part = _Part(stream, last - first + 1)
        response = FileResponse(
            part, as_attachment=True, filename=name, content_type=kind, status=206
        )
        response["Content-Length"] = str(last - first + 1)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"], response["ETag"] = "bytes", whole
    return response


def _bounds(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte; an empty range when there are no such bytes, None when unreadable."""
    match = _RANGE.fullmatch(asked.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return max(0, size - int(match[2])), size - 1
    first, last = int(match[1]), int(match[2] or size - 1)
    if match[2] and last < first:
        return None
    return first, min(last, size - 1)
