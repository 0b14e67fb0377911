"""One page of a file as it is shown: its words, and its picture or why there is none.

Office files and texts are drawn once, and shown in pieces.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from archive_indexer.documents import ExtractedPage, findable_lines
from archive_indexer.errors import PageNotShownError
from archive_indexer.index.snippets import find_marks, fold_words
from archive_indexer.models import ArchivedFile
from archive_indexer.search import parse_words
from archive_indexer.showing.drawn_files import DrawnFiles
from archive_indexer.showing.drawn_pages import DrawnPages
from archive_indexer.showing.office_pages import (
    DRAWN_ENDINGS,
    MOST_PAGES,
    NotDrawnError,
    draw_as_pdf,
    is_sheet,
)
from archive_indexer.showing.page_parts import Part, draw_part, parts_of, share_out
from archive_indexer.showing.page_picture import find_boxes, page_shape, render_page
from archive_indexer.stores.contents import count_pages, page_of, texts_of
from minzheng.web.archive.open_file import is_pictured, is_there, opened_original
from minzheng.web.archive.search_choices import Addresses
from minzheng.web.archive.viewer import STEPS, View, view_of
from minzheng.web.gate.children import names_of
from minzheng.web.gate.office import config, county, signed_in
from minzheng.web.gate.unmasking import is_unmasked

_TRIED_WIDTH = 200  #: pixels: to know whether a damaged file can be looked at
_office_pictures = DrawnPages(most_bytes=16 << 20)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pictures of one page of a file: each with its number and its height for its width."""

    pieces: tuple[tuple[int, int, int], ...]  #: number of the picture, width, height
    others: int = 0  #: pictures of the other pages; shown from the page of the first words
    is_cut: bool = False  #: more was not drawn


def is_drawn(file: ArchivedFile) -> bool:
    """Whether a file is one that LibreOffice draws, and is there."""
    ending = PurePosixPath(file.path).suffix.lower()
    return ending in DRAWN_ENDINGS and file.state != "failed" and is_there(file)


def sheet_of(file: ArchivedFile, page: int, *, waits: bool = True) -> Sheet | None:
    """The pictures of a page; None while they would have to be waited for.

    Raises:
        NotDrawnError: the file cannot be drawn; the message says why.
        Http404: it is no longer there.
    """
    if not waits and shelf().find(file.sha256) is None:
        return None
    parts = _parts(file, waits=waits)[1]
    texts = texts_of([file.sha256]).get(file.sha256, [])
    numbers = share_out(parts, texts)[page - 1] if page <= len(texts) else []
    width = 1000
    pieces = [
        (number, width, round(width * parts[number].height / parts[number].width))
        for number in numbers
    ]
    return Sheet(tuple(pieces), len(parts) - len(pieces), len(parts) >= MOST_PAGES)


def picture_of(
    file: ArchivedFile,
    page: int,
    piece: int | None,
    words: tuple[str, ...],
    size: tuple[int, int],
    *,
    waits: bool,
) -> bytes:
    """One picture of a page, or its first, as JPEG.

    Raises:
        NotDrawnError: as `sheet_of`; also while another file is drawn and nobody waits.
        PageNotShownError: there is no such picture.
        Http404: the file is no longer there.
    """
    pdf, parts = _parts(file, waits=waits)
    if piece is None:
        texts = texts_of([file.sha256]).get(file.sha256, [])
        shared = share_out(parts, texts)
        of_page = shared[page - 1] if page <= len(shared) else []
        piece = of_page[0] if of_page else 0
    if piece >= len(parts):
        raise FileNotFoundError(piece)
    width, turn = size
    render = partial(draw_part, pdf, parts[piece], width, words, turned_right=turn)
    return _office_pictures.get(pdf, (piece, width, words, turn), render)


def _parts(file: ArchivedFile, *, waits: bool) -> tuple[Path, tuple[Part, ...]]:
    def draw() -> tuple[str, bytes]:
        with opened_original(file) as path:
            return draw_as_pdf(path)

    kind, pdf = shelf().get(file.sha256, draw, waits=waits)
    return pdf, parts_of(pdf, are_sheets=is_sheet(kind))


def shelf() -> DrawnFiles:
    """Where drawn files are kept."""
    return _shelf(config().drawn_folder)


@lru_cache(maxsize=1)
def _shelf(folder: Path) -> DrawnFiles:
    return DrawnFiles(folder)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page: its address as it is looked at, and before size and turn."""

    address: str
    base: str
    alt: str
    room: tuple[int, int] | None = None  #: width and height in any measure, kept while it loads


def page_seen(request: HttpRequest, file: ArchivedFile, *, waits: bool) -> dict[str, Any]:
    """What `file_sheet.html` shows of the page that is open."""
    given = Addresses.of(request.GET, signed_in(request).pk)
    view = view_of(request, file, given, count_pages(file.sha256))
    page = page_of(file.sha256, view.page, file.town)
    words = words_on(given, page)
    return {
        "file": file,
        "given": given,
        "page": page,
        "page_number": view.page,
        "view": view,
        "steps": ",".join(map(str, STEPS)),
        "mark": _first_mark(page, words),
        "marks": find_marks(page.text, fold_words(words)) if page else (),
        "children": names_of([file])[file.path],
        "is_unmasked": is_unmasked(request, file.pk),
        "is_there": is_there(file),
        **_pictures(file, view, page, waits=waits),
    }


def words_on(given: Addresses, page: ExtractedPage | None) -> tuple[str, ...]:
    """The words of a question, as they stand on a page."""
    return parse_words(
        given.text,
        county(),
        with_synonyms=given.with_synonyms,
        page=page.text if page else "",
    )


def _pictures(
    file: ArchivedFile, view: View, page: ExtractedPage | None, *, waits: bool
) -> dict[str, Any]:
    """As the page was scanned, as LibreOffice draws it, or why it can only be read."""
    if file.state == "failed" and is_pictured(file) and not _opens(file, view.page):
        return {"not_drawn": "文件打不开。按上面写的办法处理好，再放回原处。"}
    if is_pictured(file):
        alt = f"第 {view.page} 页的扫描图，找到的词已标黄"
        return {"pictures": [_picture(view, alt, _room(file, view.page, page))]}
    if not is_drawn(file):
        return {}
    try:
        sheet = sheet_of(file, view.page, waits=waits)
        return {"sheet": sheet, "is_drawn": True, "pictures": list(_drawn(sheet, view))}
    except NotDrawnError as error:
        return {"not_drawn": str(error)}
    except PageNotShownError:
        return {"not_drawn": str(NotDrawnError())}


def _opens(file: ArchivedFile, number: int) -> bool:
    """Whether a file that could not be read can be looked at: some are only too large to read."""
    try:
        with opened_original(file) as path:
            return bool(render_page(path, number, _TRIED_WIDTH, []))
    except (PageNotShownError, Http404, OSError):
        return False


def _drawn(sheet: Sheet | None, view: View) -> Iterator[Picture]:
    pieces = sheet.pieces if sheet else ()
    for place, (number, width, height) in enumerate(pieces, 1):
        alt = f"第 {view.page} 页的样子（{place}/{len(pieces)}），找到的词已标黄"
        yield _picture(view, alt, (width, height), f"&piece={number}")


def _picture(view: View, alt: str, room: tuple[int, int] | None, piece: str = "") -> Picture:
    place = reverse("page-image", args=[view.file.pk, view.page])
    return Picture(
        place + view.picture + piece, place + view.base + piece, alt, None if view.turn else room
    )


def _room(file: ArchivedFile, number: int, page: ExtractedPage | None) -> tuple[int, int] | None:
    """To take a file out of its package would cost more than the room is worth."""
    if not file.packed_in:
        with suppress(PageNotShownError, OSError), opened_original(file) as path:
            return page_shape(path, number, page.turns if page else 0)
    return None


def _first_mark(page: ExtractedPage | None, words: tuple[str, ...]) -> str:
    """How far down the page the first found word stands, 0–1; empty when none does."""
    tops = [box[1] for box in find_boxes(findable_lines(page), words)] if page and words else []
    return f"{min(tops):.3f}" if tops else ""
