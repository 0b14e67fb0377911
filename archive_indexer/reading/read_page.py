"""THE PATH of a scan: a page image becomes an extracted page.

what is known painted over → blank? → upright → seals found and taken out → lines read →
ordered → repaired by rule → places for signatures looked at
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archive_indexer.documents import ExtractedPage, Origin, TextLine
from archive_indexer.reading.cells import find_cells
from archive_indexer.reading.hand_filled import read_fields
from archive_indexer.reading.known_lines import as_read_lines, turn_lines, without_remains
from archive_indexer.reading.manner import AS_USUAL, Manner
from archive_indexer.reading.page_ink import cover, has_ink
from archive_indexer.reading.page_seals import describe_seals
from archive_indexer.reading.reading_order import order_lines, skew_of
from archive_indexer.reading.repair_ids import repair_lines
from archive_indexer.reading.signatures import PagePicture, see_signatures
from archive_indexer.reading.upright import read_upright
from minzheng.county.form_code import read_qr
from minzheng.external.ocr.ocr_engine import ReadLine, load_engine
from minzheng.external.qr_codes import read_qr_codes


def read_page_image(
    image: NDArray[np.uint8],
    number: int,
    known: Sequence[TextLine] = (),
    *,
    manner: Manner = AS_USUAL,
) -> ExtractedPage:
    """Read a page image (BGR); a blank page is left at once.

    Args:
        image: the page as it is shown.
        number: of the page, from 1.
        known: lines of it that need not be read: its text layer, its form fields.
        manner: what is known of our forms, and how much may be spent.
    """
    rest = cover(image, (line.box for line in known)) if known else image
    if not has_ink(rest, beside_known=bool(known)):
        return _as_known(image, number, known)
    engine = load_engine(manner.is_careful)
    codes = read_qr_codes(image)
    form = next((code.form_id for text in codes if (code := read_qr(text))), "")
    page = read_upright(image, rest, engine, manner.prints.get(form, ""))
    told = turn_lines(known, page.turns)
    read = without_remains(page.lines, told) if told else list(page.lines)
    cells = find_cells(page.image if told else page.clean, skew_of(read))
    lines = [*read, *as_read_lines(told)]
    filled = read_fields(page.clean, lines, cells, manner.layouts.get(form, ()), engine)
    repaired = _with_sources(repair_lines(order_lines(filled.lines, cells)), told)
    return ExtractedPage(
        number=number,
        text="".join(before + line.text for before, line in repaired).strip(),
        lines=tuple(line for _, line in repaired),
        origin="ocr" if read or page.seals or not told else "text_layer",
        confidence=_mean(read) if read or not told else 1.0,
        codes=codes,
        fields=filled.fields,
        turns=page.turns,
        seals=describe_seals(page.image, page.seals, engine),
        signatures=see_signatures(
            PagePicture(page.image, page.seals, page.clean),
            manner.sign_fields.get(form, ()),
            lines,
            cells,
        ),
    )


def lines_as_text(lines: Sequence[TextLine], image: NDArray[np.uint8]) -> str:
    """Known lines of a page in the order people read them, cell by cell."""
    ordered = order_lines(as_read_lines(lines), find_cells(image, 0.0))
    return "".join(before + line.text for before, line in ordered).strip()


def _as_known(image: NDArray[np.uint8], number: int, known: Sequence[TextLine]) -> ExtractedPage:
    """A page on which nothing is left to be read."""
    origin: Origin = "text_layer" if known else "blank"
    text = lines_as_text(known, image) if known else ""
    codes = read_qr_codes(image) if known else ()
    return ExtractedPage(number, text, tuple(known), origin, codes=codes)


def _with_sources(
    ordered: Sequence[tuple[str, TextLine]], known: Sequence[TextLine]
) -> list[tuple[str, TextLine]]:
    """The known lines are what they were: nothing of them is guessed or repaired."""
    by_place = {(line.box, line.text): line for line in known}
    return [
        (before, by_place.get((line.box, line.raw or line.text), line)) for before, line in ordered
    ]


def _mean(read: Sequence[ReadLine]) -> float:
    if not read:
        return 0.0
    return round(sum(line.confidence for line in read) / len(read), 4)
