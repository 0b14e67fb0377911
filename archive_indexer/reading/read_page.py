"""THE PATH of a scan: a page image becomes an extracted page.

what is known painted over → blank, or faint ink drawn out? → upright → seals found and taken
out → lines read → ordered → repaired by rule → places for signatures looked at
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.documents import ExtractedPage, Origin, ReadField, SignaturePlace, TextLine
from archive_indexer.reading.cells import Cells, find_cells
from archive_indexer.reading.faint_ink import (
    PERHAPS_BLANK,
    UNREAD_INK,
    FaintLines,
    FaintPage,
    draw_out,
    read_faint_lines,
)
from archive_indexer.reading.hand.name_odds import NameOdds
from archive_indexer.reading.hand.place_names import PlacesHere
from archive_indexer.reading.hand.ticked_choices import doubted_choices
from archive_indexer.reading.hand_filled import FieldsRead, read_fields
from archive_indexer.reading.known_lines import (
    as_read_lines,
    part_under,
    turn_box,
    turn_lines,
    without_remains,
)
from archive_indexer.reading.manner import AS_USUAL, Manner
from archive_indexer.reading.page_ink import Box, PageLook, cover, is_all_faint, look_at, shows_ink
from archive_indexer.reading.page_seals import describe_seals, part_of_page, say_mute
from archive_indexer.reading.paper.cut_pence import (
    RedInk,
    cut_amounts,
    parted_amounts,
    unlike_in_red,
)
from archive_indexer.reading.paper.other_turns import read_turned_parts
from archive_indexer.reading.paper.other_ways import read_lines_turned_about
from archive_indexer.reading.paper.parted_cells import part_at_walls
from archive_indexer.reading.paper.struck_lines import struck_lines
from archive_indexer.reading.paper.sums import doubted_figures
from archive_indexer.reading.paper.under_rings import unread_under_rings
from archive_indexer.reading.paper.unread_lines import say_unread, unread_lines
from archive_indexer.reading.reading_order import order_lines, place_line, skew_of
from archive_indexer.reading.repair_ids import repair_lines
from archive_indexer.reading.signing.signatures import PagePicture, say_unseen, see_signatures
from archive_indexer.reading.upright import UprightPage, read_upright, turned
from minzheng.county.form_code import read_qr
from minzheng.external.ocr.ocr_engine import OcrEngine, ReadLine, load_engine
from minzheng.external.qr_codes import find_qr_codes, read_qr_codes

_SIGNED = 0.5  #: of a line that lies where somebody signs
_ASKED = 0.3  #: of a figure that lies in a field a person is asked about
_QUIET = 0.16  #: of a code's side: four of 25 modules
_UNSURE = 0.9  #: confidence of a line
_SIGNS_OF_CAPTION = 3
_FEWEST = 5  #: lines; of fewer it is no part of a page that some are unsure
_MOST_KNOWN = 40  #: lines that are counted beside those that were read
_WEIGHT, _WEIGHT_OF_FAINT = 0.8, 1.2  #: a page is doubtful with one unsure line in 20, in 30


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
    look = look_at(rest)
    if look is None:
        return _as_known(image, number, known)
    if not shows_ink(look, beside_known=bool(known)):
        faint = None if known else draw_out(image, load_engine, look)
        if faint is None:
            return _as_known(image, number, known)
        return _read_faint(faint, number, manner)
    if not known and is_all_faint(image, look):
        faint = draw_out(image, load_engine, look)
        if faint is not None and faint.has_words(load_engine()):
            return _read_written(_drawn_out(faint, number), manner)
    return _read_written(_Sheet(image, rest, number, known, None if known else look), manner)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with ink on it."""

    image: NDArray[np.uint8]
    rest: NDArray[np.uint8]  #: the same without what is known of it
    number: int
    known: Sequence[TextLine] = ()
    look: PageLook | None = None  #: as it lies, where faint ink may stand beside black
    is_drawn_out: bool = False  #: all its ink was faint


def _drawn_out(faint: FaintPage, number: int) -> _Sheet:
    image = np.asarray(cv2.cvtColor(faint.image, cv2.COLOR_GRAY2BGR), np.uint8)
    return _Sheet(image, image, number, is_drawn_out=True)


def _read_faint(faint: FaintPage, number: int, manner: Manner) -> ExtractedPage:
    """A page of faint ink: read as if it were black, or said to be written and not read."""
    engine = load_engine()
    if not faint.has_words(engine):
        why = _why_unread(faint, engine)
        if not why:
            return _as_known(faint.image, number, ())
        if not manner.is_careful:
            return ExtractedPage(number, "", origin="ocr", confidence=0.0, unread=(why,))
    return _read_written(_drawn_out(faint, number), manner)


def _why_unread(faint: FaintPage, engine: OcrEngine) -> str:
    """What is to be said of a page without a word; nothing when it is blank."""
    if faint.is_written and not faint.shows_through(engine):
        return UNREAD_INK
    return PERHAPS_BLANK if faint.may_have_words(engine) else ""


def _read_written(sheet: _Sheet, manner: Manner) -> ExtractedPage:
    # As everywhere else: with and without an argument are two engines to what remembers them.
    engine = load_engine(True) if manner.is_careful else load_engine()
    seen = find_qr_codes(cv2.cvtColor(sheet.image, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False))
    codes = tuple(one.text for one in seen)
    form, turns = next(
        ((code.form_id, one.turns) for one in seen if (code := read_qr(one.text))), ("", None)
    )
    parts = read_turned_parts(
        read_upright(sheet.image, sheet.rest, engine, manner.prints.get(form, ""), turns), engine
    )
    page = read_lines_turned_about(parts.page, engine)
    told = turn_lines(sheet.known, page.turns)
    # The models see a line in the pattern of a code.
    at_codes = [turn_box(_with_quiet_zone(one.box), page.turns) for one in seen]
    at_patterns = [turn_box(one.box, page.turns) for one in seen]
    read = _beside_codes(
        without_remains(page.lines, [*(one.box for one in told), *at_patterns]), at_codes
    )
    faint = _find_faint(sheet, page, [*read, *parts.read], engine)
    read += faint.lines
    cells = find_cells(page.image if told else page.clean, skew_of(read))
    lines = [*part_at_walls(read, cells, page.clean, engine), *as_read_lines(told)]
    odds = NameOdds(manner.families, manner.people)
    struck = struck_lines(lines, cells) if form and not told else ()
    layout = manner.layouts.get(form, ())
    here = PlacesHere(manner.places) if manner.places else None
    filled = read_fields(
        page.clean, lines, cells, layout, engine, odds=odds, struck=struck, here=here
    )
    placed = [place_line(line, cells) for line in filled.lines]
    ticks = [] if told else doubted_choices(placed, cells, layout)
    repaired = _with_sources(repair_lines(order_lines(filled.lines, cells)), told)
    repaired = _as_struck(repaired, filled.struck)
    signatures = see_signatures(
        PagePicture(page.image, page.seals, page.clean),
        manner.sign_fields.get(form, ()),
        manner.sign_rows.get(form, ()),
        lines,
        cells,
    )
    seals = [part_of_page(seal, page.image) for seal in page.seals]
    beside = [
        *at_codes,
        *(one.box for one in told),
        *(one.box for one in signatures.places),
        *(one.box for one in (*filled.fields, *ticks)),
        *filled.heads,
    ]
    doubted = () if told else _doubted_amounts(filled, cells, page, engine)
    unread = unread_lines(page.poor, read, [*beside, *seals], page.clean)
    tried = [*beside, *(one.box for one in unread)]
    unread += unread_under_rings(page.image, seals, read, tried)
    text = "".join(before + line.text for before, line in repaired)
    described = describe_seals(page.image, page.seals, engine)
    return ExtractedPage(
        number=sheet.number,
        text="\n".join(filter(None, (text, parts.text, *(one.text for one in unread)))).strip(),
        lines=(*(line for _, line in repaired), *parts.lines, *unread),
        origin="ocr" if read or parts.read or page.seals or not told else "text_layer",
        confidence=(
            _how_sure(
                [*_but_signatures(read, signatures.places), *parts.read],
                is_faint=sheet.is_drawn_out,
                known=len(told),
            )
            if read or parts.read or not told
            else 1.0
        ),
        codes=codes,
        fields=(*filled.fields, *ticks, *doubted),
        unread=(
            *((UNREAD_INK,) if faint.is_unread else ()),
            *say_unread(unread),
            *say_unseen(signatures.unseen),
            *say_mute(described),
        ),
        turns=page.turns,
        seals=described,
        signatures=signatures.places,
    )


def _beside_codes(read: Sequence[ReadLine], zones: Sequence[Box]) -> list[ReadLine]:
    """Lines but for the scraps that are seen at the edge of a code; a caption stands close.

    What is read surely in one row with a caption is a part of it: the first 扫 of 扫一扫上面的图案.
    """
    near = [line for line in read if part_under(line.box, zones) >= _SIGNED]
    sure = [line for line in near if line.confidence >= _UNSURE]
    captions = [line for line in sure if len(line.text.strip()) >= _SIGNS_OF_CAPTION]
    kept = [line for line in sure if any(_is_in_row(line.box, one.box) for one in captions)]
    return [line for line in read if line not in near or line in kept]


def _is_in_row(box: Box, beside: Box) -> bool:
    """Whether the middle of each of two lines is at the height of the other."""
    return all(
        one[1] <= (other[1] + other[3]) / 2 <= one[3]
        for one, other in ((box, beside), (beside, box))
    )


def _with_quiet_zone(box: Box) -> Box:
    """A code with the paper around it that belongs to it."""
    left, top, right, bottom = box
    across, down = _QUIET * (right - left), _QUIET * (bottom - top)
    return left - across, top - down, right + across, bottom + down


def _doubted_amounts(
    filled: FieldsRead, cells: Cells, page: UprightPage, engine: OcrEngine
) -> tuple[ReadField, ...]:
    """Figures that do not come out, or lost their end, where nothing else is asked about them."""
    placed = [place_line(line, cells) for line in filled.lines]
    ink = RedInk(page.image, [part_of_page(seal, page.image) for seal in page.seals])
    looks = (engine.glance, engine.read_carefully)
    doubted: list[ReadField] = []
    for one in (
        *doubted_figures(placed, cells),
        *unlike_in_red(filled.lines, ink, looks),
        *parted_amounts(placed, ink),
        *cut_amounts(placed, ink),
    ):
        asked = [other.box for other in (*filled.fields, *doubted)]
        if part_under(one.box, asked) < _ASKED:
            doubted.append(one)
    return tuple(doubted)


def _find_faint(
    sheet: _Sheet, page: UprightPage, read: Sequence[ReadLine], engine: OcrEngine
) -> FaintLines:
    if sheet.look is None:
        return FaintLines()
    seals = [part_of_page(seal, page.image) for seal in page.seals]
    return read_faint_lines(page.clean, read, seals, engine, turned(sheet.look.grey, page.turns))


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


def _as_struck(
    ordered: Sequence[tuple[str, TextLine]], struck: Sequence[Box]
) -> list[tuple[str, TextLine]]:
    """Those that a pen went through said to be so."""
    return [
        (before, replace(line, source="struck") if line.box in struck else line)
        for before, line in ordered
    ]


def _but_signatures(
    read: Sequence[ReadLine], signatures: Sequence[SignaturePlace]
) -> Sequence[ReadLine]:
    """Lines that tell how surely a page was read: a signature is never a sure word."""
    rooms = [one.box for one in signatures]
    return [line for line in read if part_under(line.box, rooms) < _SIGNED] or read


def _how_sure(read: Sequence[ReadLine], *, is_faint: bool, known: int = 0) -> float:
    """The mean over the lines; less where more than a few of them are unsure.

    A blurred page's long lines are sure, its names are not. Faint points and commas vanish
    without a trace. Lines that need not be read are sure; so many of them that a scrap of a
    picture beside them is no doubt, and no more: three such lines always are. A single sign
    beside them is a bullet, a corner of a drawing.
    """
    if known:
        read = [line for line in read if len(line.text.strip()) > 1]
        known = min(known, _MOST_KNOWN)
    if not read:
        return 1.0 if known else 0.0
    mean = (sum(line.confidence for line in read) + known) / (len(read) + known)
    count = max(len(read) + known, _FEWEST)
    unsure = sum(line.confidence < _UNSURE for line in read) / count
    return round(max(0.0, min(mean, 1 - (_WEIGHT_OF_FAINT if is_faint else _WEIGHT) * unsure)), 4)
