"""Office files and texts of the archive as pages to look at: drawn once, shown in pieces."""

from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from archive_indexer.models import ArchivedFile
from archive_indexer.showing.drawn_files import DrawnFiles
from archive_indexer.showing.drawn_pages import DrawnPages
from archive_indexer.showing.office_pages import (
    DRAWN_ENDINGS,
    MOST_PAGES,
    draw_as_pdf,
    is_sheet,
)
from archive_indexer.showing.page_parts import Part, draw_part, parts_of, share_out
from archive_indexer.stores.contents import texts_of
from minzheng.web.archive.open_file import is_there, opened_original
from minzheng.web.gate.office import config

_pictures = DrawnPages(most_bytes=16 << 20)


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
    return _pictures.get(pdf, (piece, width, words, turn), render)


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
