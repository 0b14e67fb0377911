"""Read the lines of a page image: tiny models for every line, the small one for doubts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.county.form_print import as_print
from minzheng.county.writing.id_card import is_sound
from minzheng.external.ocr.amount_words import with_words_borne_out
from minzheng.external.ocr.crowded_digits import read_stretched
from minzheng.external.ocr.inked_rows import InkedPage, Rect, Row, is_within_reach, see_rows
from minzheng.external.ocr.known_places import KnownPlaces, with_quiet_zone
from minzheng.external.ocr.line_boxes import Corners, Image, crop_line, find_boxes, relative_box
from minzheng.external.ocr.line_parts import (
    around,
    confidence_of,
    cut_part,
    replace_span,
    spans_around,
    text_of,
)
from minzheng.external.ocr.line_tiles import find_in_tiles, is_long, with_room
from minzheng.external.ocr.lost_signs import may_lack_a_sign
from minzheng.external.ocr.ocr_models import Chances, Character, Models, Reading
from minzheng.external.ocr.packed_ink import PackedInk, holds_rules_only, pack_ink, paint_over
from minzheng.external.ocr.printed_marks import without_marks
from minzheng.external.ocr.seen_print import SeenPrint
from minzheng.external.ocr.small_print import is_small_print
from minzheng.external.ocr.smaller_pages import find_inked_part, make_smaller, shade_at
from minzheng.external.ocr.stacked_rows import part_rows
from minzheng.external.ocr.tick_boxes import with_boxes
from minzheng.external.process_memory import give_back_memory, keep_freed_memory

_LARGE = 30 << 20  #: bytes of a page: a photo, more than A4 of 300 dpi
_DETECTION_SIDE = 1088  #: longest side of the image the lines are found on
_SIDE_FOR_SMALL = 1280  #: of a page whose print is small, and of one whose ink is faint
_CAREFUL_SIDE = 1920
_FEWEST_SIGNS = 2  #: of a row that is print
_MOST_UNSURE = 1 / 12  #: of its signs
_MOST_LETTERS = 8  #: Latin ones
_MOST_APART = 44  #: pixels of a line from one Chinese sign to the next
_STRIDE = 32  #: pixels: what the detector is shown has sides of so many, or a multiple
_PACKED = 0.8  #: of a page: where the ink that is left takes more, it is looked at as it lies
_SURE = 0.92  #: below this a character is read again by the larger model
_LEAST_CONFIDENCE = 0.5
_SURE_LINE = 0.8  #: below this a line may be two rows that were found as one
_LONG_ENOUGH = 4  #: Chinese signs in a row that are print, and no answer that begins like it
_SURE_AGAIN = 0.9  #: of each sign of a line that is not read again on the next copy
_BOXES = re.compile("[□☑☐☒■√✓✔]")  #: 口 is none where print has it: 家庭人口
_ALONE = re.compile("[㐀-鿿0-9Xx]")  #: X ends an ID number
_SURE_ALONE = 0.9  #: of a single sign, to be plain
_SURE_WORD = 0.8  #: of what a detector found
_LETTERS = re.compile("[A-Za-z]")
_UNDER_A_SEAL = 0.85  #: how sure a digit is at most
_HAN, _DIGIT = re.compile("[㐀-鿿]"), re.compile(r"\d")
_TURN_SIDE = 224
_STRIP = 4  #: of the sides: only the middle of a strip tells how it is turned
_THINNEST = 96  #: pixels of the image the lines are found on
_IN_NUMBERS = re.compile(r"[0-9.,] [0-9.,]")
_LIKE_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?=\w*\d{4})[0-9A-Za-z×]{18}(?![0-9A-Za-z])")

#: 16, 17, 19 or 20 digits that begin with a province; 62 begins bank cards, too.
_NEARLY_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?=[1-6][1-7]|71|8[1-3])(?!62)\d{6}(?:19|20)(?:\d{8,9}|\d{11,12})(?![0-9A-Za-z])"
)
#: 9, 10 or 12 digits that begin like a mobile telephone.
_NEARLY_PHONE = re.compile(r"(?<![0-9A-Za-z.\-])1[3-9](?:\d{7,8}|\d{10})(?![0-9A-Za-z.\-])")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as read: its text, its box as parts of the page, how sure."""

    text: str
    box: tuple[float, float, float, float]  #: left, top, right, bottom, 0–1
    confidence: float
    slope: float = 0.0  #: radians by which the line falls to the right
    places: tuple[float, ...] = ()  #: the middle of each sign, as a part of the line's length
    raw: str = ""  #: what was read before it was read again against what may stand there


@dataclass(frozen=True, slots=True)
class Placed:
    """What was read at a place of a page."""

    corners: Corners
    reading: Reading
    width: int  #: pixels of the crop it was read on


class OcrEngine:
    """Finds and reads the lines of a page."""

    def __init__(self, is_careful: bool = False) -> None:
        self._models = _load_models()
        self._is_careful = is_careful
        self._side = _CAREFUL_SIDE if is_careful else _SIDE_FOR_SMALL
        self._seen = SeenPrint()
        self._places = KnownPlaces()

    def turn_scores(self, image: Image) -> tuple[float, ...]:
        """How likely 0–3 quarter turns counter-clockwise bring the page upright."""
        middle = _middle_of_strip(image)
        scale = 256 / min(middle.shape[:2])
        size = round(middle.shape[1] * scale), round(middle.shape[0] * scale)
        small = make_smaller(middle, size)
        top, left = (small.shape[0] - _TURN_SIDE) // 2, (small.shape[1] - _TURN_SIDE) // 2
        scores = self._models.turn_scores(small[top : top + _TURN_SIDE, left : left + _TURN_SIDE])
        return tuple(float(score) for score in scores)

    def read(
        self, image: Image, printed: str = "", found: Sequence[Corners] | None = None
    ) -> list[ReadLine]:
        """The lines of an upright page that could be read, in no order.

        Args:
            image: the page.
            printed: what stands on every copy of it, as `form_print.as_form_print` writes it.
            found: where its lines stand, if that is known.
        """
        return [line for line in self.read_all(image, printed, found) if is_read(line)]

    def read_all(
        self,
        image: Image,
        printed: str = "",
        found: Sequence[Corners] | None = None,
        sealed: Sequence[Rect] = (),
    ) -> list[ReadLine]:
        """Every place where a line seems to stand, also those that give no word or a guess.

        Args:
            image: the page.
            printed: what stands on every copy of it.
            found: where its lines stand, if that is known.
            sealed: where seals stood; what is read surely there may be wrong.
        """
        if found is None and printed and not self._is_careful:
            return self._read_form(image, printed, sealed)
        placed = (
            self._look_and_read(image, printed, sealed)
            if found is None
            else self._read_places(image, found, printed, sealed)
        )
        return self._parted(image, placed)

    def _look_and_read(self, image: Image, printed: str, sealed: Sequence[Rect]) -> list[Placed]:
        """Places of a page and what stands there: plain rows as they lie, others as found."""
        page = None if self._is_careful or is_long(image) else see_rows(image, _DETECTION_SIDE)
        if page is not None:
            return self._read_rows(image, page.without_places(sealed), printed, sealed)
        found = self._find_to_read(image, printed)
        self._behind_search(image)
        return self._read_places(image, found, printed, sealed)

    def _read_rows(
        self, image: Image, page: InkedPage, printed: str, sealed: Sequence[Rect]
    ) -> list[Placed]:
        """Rows of ink that are plain print, and what a detector finds in the rest."""
        places = [page.corners(row) for row in page.rows]
        crops = [crop_line(image, corners) for corners in places]
        known = [self._seen.recall(printed, crop) if printed else None for crop in crops]
        new = [number for number, one in enumerate(known) if one is None]
        quick = dict(
            zip(new, self._models.quick.read([crops[number] for number in new]), strict=True)
        )
        plain = page.without_doubt_beside(
            [
                row
                for number, row in enumerate(page.rows)
                if number not in quick or is_plain(page, row, crops[number], quick[number])
            ]
        )
        rest = self._find_left(image, page, plain)
        self._behind_search(image)
        left = self._read_places(image, rest, printed, sealed)
        words = [one.corners for one in left if is_read_surely(one.reading)]
        taken = [number for number, row in enumerate(page.rows) if row in plain]
        lone = [
            Placed(places[number], reading, int(crops[number].shape[1]))
            for number, reading in self._unseen_signs(page, plain, (places, crops), words)
        ]
        again = [number for number in taken if number in quick]
        mended = self._mended(
            [crops[number] for number in again], [quick[number] for number in again], printed
        )
        for number, reading in zip(again, mended, strict=True) if printed else ():
            if _is_sure_print(reading, printed):
                self._seen.remember(printed, crops[number], reading)
        read = {number: one for number, one in enumerate(known) if one is not None}
        read |= dict(zip(again, mended, strict=True))
        rows = [Placed(places[at], read[at], int(crops[at].shape[1])) for at in taken]
        return [*rows, *lone, *left]

    def _unseen_signs(
        self,
        page: InkedPage,
        taken: Sequence[Row],
        lines: tuple[Sequence[Corners], Sequence[Image]],
        words: Sequence[Corners],
    ) -> list[tuple[int, Reading]]:
        """Numbers of single signs that end the line above them, where the detector gave no word.

        Args:
            page: its rows.
            taken: rows that were read.
            lines: places and crops of all rows.
            words: places where the detector found words.
        """
        places, crops = lines
        unseen = [
            number
            for number, row in enumerate(page.rows)
            if row.is_single and row not in taken and page.is_usual(row)
            and page.goes_on(row, taken) and not _is_covered(places[number], words)
        ]  # fmt: skip
        read = self._models.careful.read([crops[number] for number in unseen])
        return [
            (number, one)
            for number, one in zip(unseen, read, strict=True)
            if is_lone_sign(page, page.rows[number], one, _SURE_ALONE)
        ]

    def _find_left(self, image: Image, page: InkedPage, taken: Sequence[Row]) -> list[Corners]:
        """Lines of a page beside the rows that were read, looked for where something stands."""
        marks = page.left_marks(taken)
        small, stretch = _shrunk(_in_grey(image), _SIDE_FOR_SMALL)
        painted = paint_over(small, [page.corners(row) / stretch for row in taken])
        size = (small.shape[1], small.shape[0])
        packed = pack_ink(
            painted, _STRIDE, cv2.resize(marks, size, interpolation=cv2.INTER_NEAREST)
        )
        return self._find_packed(painted, stretch, packed)

    def _find_packed(
        self, painted: Image, stretch: NDArray[Any], packed: PackedInk
    ) -> list[Corners]:
        if packed.image.size > _PACKED * painted.size:
            return [corners * stretch for corners in self._find_inked(painted)]
        if not packed.parts:
            return []
        scores = self._models.text_map(packed.image)
        return [place * stretch for corners in find_boxes(scores) for place in packed.back(corners)]

    def _behind_search(self, image: Image) -> None:
        """Give back what the search left in pieces, before the larger model works."""
        if image.nbytes >= _LARGE:
            self._models.give_back()
            give_back_memory()

    def _read_places(
        self,
        image: Image,
        found: Sequence[Corners],
        printed: str = "",
        sealed: Sequence[Rect] = (),
    ) -> list[Placed]:
        crops = [crop_line(image, corners) for corners in found]
        doubted = [is_within_reach(corners, sealed) for corners in found]
        return _placed(found, crops, self.read_crops(crops, printed, doubted))

    def _read_form(self, image: Image, printed: str, sealed: Sequence[Rect]) -> list[ReadLine]:
        """A page of a form: print is known where it stood on an earlier copy."""
        grey = _in_grey(image)
        code = self._places.find_code(printed, grey)
        page = None if code is None else self._places.look_at(printed, grey, code)
        if code is None or page is None:
            placed = self._look_and_read(image, printed, sealed)
        else:
            painted = [with_quiet_zone(code), *(one.corners for one in page.lines)]
            seen = [(one, crop_line(image, one)) for one in self._find_beside(grey, painted)]
            self._behind_search(image)
            left = [one for one in seen if not holds_rules_only(one[1])]
            found, crops = [one for one, _ in left], [crop for _, crop in left]
            doubted = [is_within_reach(corners, sealed) for corners in found]
            placed = _placed(found, crops, self._read_crops(crops, printed, doubted))
        if code is not None:
            sure = [
                (one.corners, one.reading, one.width)
                for one in placed
                if _is_sure_print(one.reading, printed)
            ]
            self._places.remember(printed, grey, page or code, sure)
        known = [] if page is None else page.lines
        print_lines = [
            _as_line(image, Placed(one.corners, one.reading, one.width)) for one in known
        ]
        return [*self._parted(image, placed), *print_lines]

    def _parted(self, image: Image, placed: Sequence[Placed]) -> list[ReadLine]:
        """Lines, those that are two rows parted."""
        lines = [(one.corners, _as_line(image, one)) for one in placed]
        read = [corners for corners, line in lines if is_read(line)]
        return [
            part for corners, line in lines for part in self._as_rows(image, corners, line, read)
        ]

    def _as_rows(
        self, image: Image, corners: Corners, line: ReadLine, read: Sequence[Corners]
    ) -> list[ReadLine]:
        """A line, or the two rows that were found as one and are read better apart."""
        rows = part_rows(image, corners, read) if line.confidence < _SURE_LINE else []
        parts = [_as_line(image, one) for one in self._read_places(image, rows)] if rows else []
        return parts if parts and all(one.confidence >= _SURE_LINE for one in parts) else [line]

    def find_lines(self, image: Image) -> list[Corners]:
        """Where lines seem to stand on a page."""
        return find_in_tiles(image, partial(self._find_lines, side=self._side))

    def glance(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        """Text and confidence of crops, by the smallest model alone."""
        readings = self._models.quick.read(crops)
        return [(text_of(reading), confidence_of(reading)) for reading in readings]

    def read_crops(
        self, crops: Sequence[Image], printed: str = "", doubted: Sequence[bool] = ()
    ) -> list[Reading]:
        """Read straight lines of text of the models' height; print needs no second reading.

        Args:
            crops: the lines.
            printed: what stands on every copy of their page.
            doubted: of which lines digits are read again, however sure they are.
        """
        if self._is_careful:
            models = self._models
            readings = models.careful.read(crops)
            return read_stretched(crops, readings, models.careful.read, models.careful.read)
        recalled = [self._seen.recall(printed, crop) if printed else None for crop in crops]
        new = [crop for crop, one in zip(crops, recalled, strict=True) if one is None]
        doubts = [one for one, known in zip(doubted, recalled, strict=False) if known is None]
        read = self._read_crops(new, printed, doubts)
        for crop, reading in zip(new, read, strict=True) if printed else ():
            if _is_sure_print(reading, printed):
                self._seen.remember(printed, crop, reading)
        each = iter(read)
        return [next(each) if one is None else one for one in recalled]

    def _read_crops(
        self, crops: Sequence[Image], printed: str, doubted: Sequence[bool] = ()
    ) -> list[Reading]:
        quick = self._models.quick.read(crops)
        under = dict(zip(range(len(crops)), doubted, strict=False))
        return self._mended(
            crops,
            [with_doubtful_digits(one) if under.get(at) else one for at, one in enumerate(quick)],
            printed,
        )

    def _mended(
        self, crops: Sequence[Image], quick: Sequence[Reading], printed: str
    ) -> list[Reading]:
        """What the quick model read, its doubtful parts read again by the larger one."""
        is_form = bool(printed)  # of ours, where choices are ticked
        readings = [
            with_boxes(crop, with_words_borne_out(without_doubtful_gaps(one)), has_choices=is_form)
            for crop, one in zip(crops, quick, strict=True)
        ]
        spans = [
            (number, span)
            for number, reading in enumerate(readings)
            for span in _spans_again(crops[number], reading, printed)
        ]
        parts = [cut_part(crops[number], readings[number], span) for number, span in spans]
        again = self._models.careful.read([part for part, _ in parts])
        # From the end of a line, so that earlier spans keep their places.
        for (number, span), part, (_, left) in reversed(
            list(zip(spans, again, parts, strict=True))
        ):
            readings[number] = replace_span(readings[number], span, part, left)
        for number in {number for number, _ in spans}:  # no model sees what a pen went over
            readings[number] = with_boxes(crops[number], readings[number], has_choices=is_form)
        return read_stretched(crops, readings, self._models.quick.read, self._models.careful.read)

    def read_carefully(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        """Text and confidence of crops, by the larger model alone."""
        readings = self._models.careful.read(crops)
        return [(text_of(reading), confidence_of(reading)) for reading in readings]

    def chances(self, crop: Image) -> Chances:
        """All that the larger model sees in a crop, not only the likeliest."""
        return self._models.careful.chances(crop)

    def _find_to_read(self, image: Image, printed: str) -> list[Corners]:
        if self._is_careful:
            return self.find_lines(image)
        if printed:  # our own forms have no small print
            return find_in_tiles(image, partial(self._find_lines, side=_DETECTION_SIDE))
        return find_in_tiles(image, self._find_print)

    def _find_print(self, image: Image) -> list[Corners]:
        """Lines of a picture; where its print is small, seen once more on a larger one."""
        found = self._find_lines(image, _DETECTION_SIDE)
        scale = _DETECTION_SIDE / max(image.shape[:2])
        if scale >= 1 or not is_small_print(image, found, scale):
            return found
        return self._find_lines(image, _SIDE_FOR_SMALL)

    def _find_lines(self, image: Image, side: int) -> list[Corners]:
        """Lines on the whole picture, made so large; of a thin one with paper around it."""
        scale = min(1.0, side / max(image.shape[:2]))
        roomy, moved = with_room(image, round(_THINNEST / scale))
        return [corners - np.array(moved, np.float32) for corners in self._find_shrunk(roomy, side)]

    def _find_shrunk(self, image: Image, side: int) -> list[Corners]:
        """Lines of a picture: looked for where its ink is, for paper costs as much as print."""
        small, stretch = _shrunk(_in_grey(image), side)
        return [corners * stretch for corners in self._find_inked(small)]

    def _find_inked(self, small: Image) -> list[Corners]:
        left, top, right, bottom = find_inked_part(small)
        part = _in_strides(small[top:bottom, left:right])
        moved = np.array([left, top], dtype=np.float32)
        scores = self._models.text_map(part, self._is_careful)
        return [corners + moved for corners in find_boxes(scores)]

    def _find_beside(self, grey: Image, known: Sequence[Corners]) -> list[Corners]:
        """Lines of a page but those that are known: paper stands in their place."""
        small, stretch = _shrunk(grey, _DETECTION_SIDE)
        painted = paint_over(small, [corners / stretch for corners in known])
        return self._find_packed(painted, stretch, pack_ink(painted, _STRIDE))


def _shrunk(grey: Image, side: int) -> tuple[Image, NDArray[Any]]:
    """A page made so large, in whole strides, and how much larger it was across and down."""
    height, width = grey.shape[:2]
    scale = min(1.0, side / max(height, width))
    size = tuple(max(1, round(side * scale / _STRIDE)) * _STRIDE for side in (width, height))
    stretch = np.array([width / size[0], height / size[1]], dtype=np.float32)
    return make_smaller(grey, size), stretch


def _placed(
    found: Sequence[Corners], crops: Sequence[Image], readings: Sequence[Reading]
) -> list[Placed]:
    return [
        Placed(corners, reading, int(crop.shape[1]))
        for corners, crop, reading in zip(found, crops, readings, strict=True)
    ]


def _as_line(image: Image, placed: Placed) -> ReadLine:
    height, width = image.shape[:2]
    return ReadLine(
        text_of(placed.reading),
        relative_box(placed.corners, width, height),
        confidence_of(placed.reading),
        _slope(placed.corners),
        _places(placed.reading, placed.width),
    )


def _is_covered(corners: Corners, found: Sequence[Corners]) -> bool:
    """Whether the middle of a place lies in another one."""
    middle = corners.mean(axis=0)
    return any(
        (one.min(axis=0) <= middle).all() and (middle <= one.max(axis=0)).all() for one in found
    )


def _in_grey(image: Image) -> Image:
    return image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def _in_strides(part: Image) -> Image:
    """A picture with paper at its right and lower edge, in whole strides of the detector."""
    height, width = part.shape[:2]
    paper = int(shade_at(part, 50))
    return cv2.copyMakeBorder(
        part, 0, -height % _STRIDE, 0, -width % _STRIDE, cv2.BORDER_CONSTANT, value=paper
    )


@lru_cache(maxsize=1)
def _load_models() -> Models:
    keep_freed_memory()
    return Models()


@lru_cache(maxsize=2)
def load_engine(is_careful: bool = False) -> OcrEngine:
    """The engine of this process; loading takes a second.

    A careful one finds and reads every line by the larger models, on a larger picture.
    """
    cv2.setNumThreads(1)  # one process a core
    return OcrEngine(is_careful)


def is_read_surely(reading: Reading) -> bool:
    """Whether signs were read, and surely."""
    return bool(reading) and confidence_of(reading) >= _SURE_WORD


def is_read(line: ReadLine) -> bool:
    """Whether a line gave words that are more than a guess."""
    return bool(line.text.strip()) and line.confidence > _LEAST_CONFIDENCE


def without_doubtful_gaps(reading: Reading) -> Reading:
    """A space that is not sure is none within a number; anywhere else it tells nothing."""
    return tuple(
        one
        for number, one in enumerate(reading)
        if not (
            _is_doubtful_gap(one)
            and _IN_NUMBERS.fullmatch(
                "".join(near.text for near in reading[max(0, number - 1) : number + 2])
            )
        )
    )


def _is_doubtful_gap(one: Character) -> bool:
    return one.text == " " and one.sure < _SURE


def is_plain(page: InkedPage, row: Row, crop: Image, reading: Reading) -> bool:
    """Whether a row of ink was read as print is: surely, and side by side.

    Signs set wide apart are for the detector, for they may stand in columns; so are lines of
    Latin words, whose ink is high for the size of most letters. A single sign is
    plain if it is as high as the rows around it: dirt and strokes are not.
    """
    if is_lone_sign(page, row, reading, _SURE_ALONE):
        return True
    signs = [one for one in without_doubtful_gaps(reading) if not _is_doubtful_gap(one)]
    unsure = sum(one.sure < _SURE for one in signs)
    if len(signs) < _FEWEST_SIGNS or unsure > len(signs) * _MOST_UNSURE:
        return False
    if len(_LETTERS.findall(text_of(reading))) > max(_MOST_LETTERS, len(signs) / 2):
        return False
    apart = sorted(
        after.at - before.at
        for before, after in pairwise(signs)
        if _HAN.search(before.text) and _HAN.search(after.text)
    )
    is_close = not apart or apart[len(apart) // 2] <= _MOST_APART
    return is_close and not may_lack_a_sign(crop, reading)


def is_lone_sign(page: InkedPage, row: Row, reading: Reading, least: float) -> bool:
    """Whether a row is one sign of the usual height, read so surely, and of no column.

    Chinese signs above one another are a column, digits are numbers of rows.
    """
    signs = [one for one in reading if one.text.strip()]
    if len(signs) != 1 or signs[0].sure < least or not page.is_usual(row):
        return False
    is_column = row.is_stacked and _HAN.search(signs[0].text)
    return not is_column and bool(_ALONE.fullmatch(signs[0].text))


def with_doubtful_digits(reading: Reading) -> Reading:
    """Digits to be read again, however sure they are: what lies over them hides a stroke."""
    return tuple(
        replace(one, sure=min(one.sure, _UNDER_A_SEAL)) if _DIGIT.search(one.text) else one
        for one in reading
    )


def doubtful_spans(
    reading: Reading, printed: str = "", crop: Image | None = None
) -> list[tuple[int, int]]:
    """Start and end of the parts to be read again, with context; one span when most is."""
    return spans_around(_doubtful_places(reading, printed, crop), reading)


def _spans_again(crop: Image, reading: Reading, printed: str) -> list[tuple[int, int]]:
    """The parts of a line to be read again: all of it where a sign of it was not seen."""
    if may_lack_a_sign(crop, reading) and not _is_in_print(f"\n{text_of(reading)}\n", printed):
        return [(0, len(reading))]
    return doubtful_spans(reading, printed, crop)


def _doubtful_places(reading: Reading, printed: str, crop: Image | None) -> Iterator[int]:
    """Characters that are not sure, and no print either; numbers that are wrong by themselves."""
    wrong = _unsound_number_places(reading, crop)
    is_print = bool(printed) and _is_in_print(f"\n{text_of(reading)}\n", printed)
    for number, character in enumerate(reading):
        if number in wrong:
            yield number
        elif character.sure < _SURE and not is_print and not _is_doubtful_gap(character):
            start, end = around(number, reading)
            if not printed or not _is_in_print(text_of(reading[start:end]), printed):
                yield number


def _is_in_print(words: str, printed: str) -> bool:
    """Whether a line, or a part long enough to be no chance, is what stands on every copy.

    Digits are answers, wherever they stand.
    """
    lines = "\n".join(map(as_print, words.split("\n")))
    is_long = lines.startswith("\n") or len(_HAN.findall(lines)) >= _LONG_ENOUGH
    return (
        is_long and not _DIGIT.search(lines) and len(_HAN.findall(lines)) > 1 and lines in printed
    )


def _is_sure_print(reading: Reading, printed: str) -> bool:
    """Whether a line is print that looks the same on every copy: nothing is ticked or struck."""
    if not reading or min(one.sure for one in reading) < _SURE_AGAIN:
        return False
    text = text_of(reading)
    if not _HAN.search(text) or _BOXES.search(text):
        return False
    return _is_in_print(f"\n{text}\n", printed) or _is_in_print(text, printed)


def _unsound_number_places(reading: Reading, crop: Image | None) -> set[int]:
    """The characters of ID and telephone numbers that are wrong by themselves.

    Handwritten digits run into one another: one is lost, or read twice, and all are sure. Not
    so where each has its mark of ink, as in a number that runs on in the next cell.
    """
    # A character of the models may be more than one sign; then places would not agree.
    text = "".join(one.text if len(one.text) == 1 else " " for one in reading)
    unsound = [
        match for match in _LIKE_ID_NUMBER.finditer(text) if not is_sound(match.group().upper())
    ]
    misread = [*_NEARLY_ID_NUMBER.finditer(text), *_NEARLY_PHONE.finditer(text)]
    spans = [match.span() for match in (*unsound, *misread)]
    if crop is not None:
        spans = [span for span in spans if without_marks(crop, reading, [span])]
    return {place for span in spans for place in range(*span)}


def _places(reading: Reading, width: int) -> tuple[float, ...]:
    """One place a sign; a character of the models may be more than one sign."""
    return tuple(round(one.at / width, 4) for one in reading for _ in one.text)


def _middle_of_strip(image: Image) -> Image:
    height, width = image.shape[:2]
    shorter = min(height, width)
    if max(height, width) <= _STRIP * shorter:
        return image
    top, left = (height - shorter) // 2, (width - shorter) // 2
    return image[top : top + shorter, left : left + shorter]


def _slope(corners: Corners) -> float:
    run = corners[1] - corners[0]
    return float(np.arctan2(run[1], run[0])) if abs(run[0]) > 2 * abs(run[1]) else 0.0
