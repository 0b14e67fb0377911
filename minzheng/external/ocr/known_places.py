"""Print of a page that was read before: known again by where it stands and how it looks there.

A form comes back many times. Its code tells how a copy lies on the scanner, some lines of print
tell it to the pixel; then each line that was read surely on an earlier copy is compared with what
lies at its place. It is known if it looks the same in each of its parts, nothing of it is missing
and nothing stands beside it: a stroke of a pen, a tick or another sign leaves it to be read as
ever. What is remembered lives as long as the process and is bounded.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.county.form_code import read_qr
from minzheng.external.ocr.line_boxes import Corners, Image
from minzheng.external.ocr.ocr_models import Character, Reading
from minzheng.external.ocr.page_fit import Fit, Mark, fit_page, fit_photo, moved, nudged
from minzheng.external.ocr.print_looks import Look, is_there, look_of
from minzheng.external.qr_codes import find_qr_codes

_FEWEST = 5  #: lines by which a page is one that was seen before
_LEAST_KNOWN = 0.3  #: of the lines of its plate
_MOST_PLATES = 6  #: of a form: its pages, and other shapes of them
_MOST_PLACES = 160  #: lines of a plate
_MOST_LOOKS = 2  #: of a line, the one that was known last first
_MOST_BYTES = 16 << 20  #: of all that is remembered
_AROUND = 0.1  #: of a page's longer side: where its code is sought beside where it was
_QUIET = 0.16  #: of a code's side: four of 25 modules
_ROOM = 1.0  #: of the widest step from sign to sign: from a line's outer signs to its ends
_WHOLE = 0.8  #: of a line: so much of it is all of it
_LIGHT, _PAPER, _MOST_GAIN = 8, 235, 4.0  #: pixels of a photo; its paper, made no lighter than so
_SHARED = 0.5  #: of the smaller of two lines that stand at one place


@dataclass(frozen=True, slots=True)
class KnownLine:
    """Print that need not be read: where it stands on this copy, and what it says."""

    corners: Corners
    reading: Reading
    width: int  #: of the crop it was read on, in pixels


@dataclass(slots=True)
class _Place:
    corners: Corners  #: on the plate
    reading: Reading
    width: int
    looks: list[Look]

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.reading)

    @property
    def size(self) -> int:
        return sum(one.ink.size for one in self.looks)


@dataclass(slots=True)
class Plate:
    """One page of a form as it was first met: its code and its lines, in pixels of that copy."""

    code: Corners
    page: tuple[int, ...]  #: width and height
    places: list[_Place] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of its looks."""
        return sum(one.size for one in self.places)


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A copy of a page that was met before, how it lies, and what is known of it."""

    plate: Plate
    fit: Fit  #: from the plate to this copy
    lines: Sequence[KnownLine]


class KnownPlaces:
    """The plates of the forms of a process, the form asked for last kept longest."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, list[Plate]] = OrderedDict()

    def find_code(self, printed: str, grey: Image) -> Corners | None:
        """Corners of the code of a form on its page, in pixels: sought where it was before."""
        size = np.array(grey.shape[1::-1], np.float32)
        for plate in self._forms.get(printed, ())[:1]:
            middle = plate.code.mean(axis=0) / plate.page * size
            low = np.maximum(middle - _AROUND * size.max(), 0).astype(int)
            high = (middle + _AROUND * size.max()).astype(int)
            near = grey[low[1] : high[1], low[0] : high[0]]
            found = _code_on(near)
            if found is not None:
                return np.asarray(found + low, np.float32)
        return _code_on(grey)

    def look_at(self, printed: str, grey: Image, code: Corners) -> SeenPage | None:
        """What is known of a page with this print, if one of its form was met before.

        Args:
            printed: what stands on every copy of its form.
            grey: the page upright, one plane.
            code: corners of its QR code, in pixels.
        """
        plates = self._forms.get(printed, [])
        for see in (partial(_scanned, is_sure=True), _photographed, _scanned):
            for number, plate in enumerate(plates):
                page = see(plate, grey, code)
                if page is not None:
                    plates.insert(0, plates.pop(number))
                    self._forms.move_to_end(printed)
                    return page
        return None

    def remember(
        self,
        printed: str,
        grey: Image,
        page: SeenPage | Corners,
        lines: Iterable[tuple[Corners, Reading, int]],
    ) -> None:
        """Keep lines that are print and were read surely, with the widths of their crops.

        Args:
            printed: what stands on every copy of the form.
            grey: the page upright, one plane.
            page: the page if it was met before, else the corners of its code.
            lines: where they stand on this copy, in pixels.
        """
        if isinstance(page, SeenPage):
            plate, back = page.plate, np.linalg.inv(page.fit)
        else:
            plate, back = Plate(page, grey.shape[1::-1]), np.eye(3)
        for corners, reading, width in lines:
            signs, place, wide = _at_its_signs(corners, reading, width)
            look = look_of(grey, place)
            if look is not None:
                _keep(plate, _Place(moved(place, back), signs, wide, [look]))
        if not isinstance(page, SeenPage) and len(plate.places) >= _FEWEST:
            plates = self._forms.setdefault(printed, [])
            plates.insert(0, plate)
            del plates[_MOST_PLATES:]
        if printed in self._forms:
            self._forms.move_to_end(printed)
        while self._forms and self.size > _MOST_BYTES:
            self._forms.popitem(last=False)

    @property
    def size(self) -> int:
        """Bytes of all looks."""
        return sum(plate.size for plates in self._forms.values() for plate in plates)


def with_quiet_zone(code: Corners) -> Corners:
    """A code with the paper around it that belongs to it."""
    middle = code.mean(axis=0)
    return np.asarray(middle + (code - middle) * (1 + 2 * _QUIET), np.float32)


def _code_on(grey: Image) -> Corners | None:
    size = np.array(grey.shape[1::-1], np.float32)
    ours = (one.corners for one in find_qr_codes(np.ascontiguousarray(grey)) if read_qr(one.text))
    return next((np.asarray(np.array(one, np.float32) * size, np.float32) for one in ours), None)


def _scanned(plate: Plate, grey: Image, code: Corners, *, is_sure: bool = False) -> SeenPage | None:
    marks = [_mark(one) for one in plate.places]
    fit = fit_page(grey, (plate.code, code), marks, is_sure=is_sure)
    if fit is None:
        return None
    return _seen(plate, fit, [_known(one, grey, moved(one.corners, fit)) for one in plate.places])


def _photographed(plate: Plate, grey: Image, code: Corners) -> SeenPage | None:
    fit = fit_photo(grey, (plate.code, code), [_mark(one) for one in plate.places])
    if fit is None:
        return None
    even, lines = _in_even_light(grey), []
    for one in plate.places:
        off = nudged(even, fit, _mark(one))
        if off is not None:
            lines.append(_known(one, even, moved(one.corners, fit) + off))
    return _seen(plate, fit, lines)


def _in_even_light(grey: Image) -> Image:
    """Paper as light at one end of a line as at the other: what is darker looks like ink."""
    size = grey.shape[1::-1]
    small = cv2.resize(grey, (size[0] // _LIGHT, size[1] // _LIGHT), interpolation=cv2.INTER_AREA)
    light = cv2.blur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (9, 9))
    gain = np.float32(_PAPER) / np.maximum(light, _PAPER / _MOST_GAIN).astype(np.float32)
    much = cv2.resize(gain, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(grey, much, dtype=cv2.CV_8U), np.uint8)


def _mark(place: _Place) -> Mark:
    return Mark(place.corners, place.looks[0])


def _seen(plate: Plate, fit: Fit, lines: Iterable[KnownLine | None]) -> SeenPage | None:
    known = [one for one in lines if one is not None]
    if len(known) < max(_FEWEST, _LEAST_KNOWN * len(plate.places)):
        return None
    return SeenPage(plate, fit, known)


def _known(place: _Place, grey: Image, corners: Corners) -> KnownLine | None:
    is_there = _is_known(place, grey, corners)
    return KnownLine(corners, place.reading, place.width) if is_there else None


def _is_known(place: _Place, grey: Image, corners: Corners) -> bool:
    for number, look in enumerate(place.looks):
        if is_there(look, grey, corners):
            place.looks.insert(0, place.looks.pop(number))
            return True
    return False


def _at_its_signs(corners: Corners, reading: Reading, width: int) -> tuple[Reading, Corners, int]:
    """A line without what stands before and behind its print: a signature that was not read."""
    steps = [after.at - before.at for before, after in pairwise(reading)]
    room = _ROOM * max(steps, default=width)
    start = max(0, round(reading[0].at - room))
    end = min(width, round(reading[-1].at + room))
    if end - start > _WHOLE * width:
        return reading, corners, width
    upper, lower = corners[1] - corners[0], corners[2] - corners[3]
    first, last = start / width, end / width
    place = np.array(
        [corners[0] + first * upper, corners[0] + last * upper,
         corners[3] + last * lower, corners[3] + first * lower], np.float32,
    )  # fmt: skip
    signs = tuple(Character(one.text, one.sure, one.at - start) for one in reading)
    return signs, place, end - start


def _keep(plate: Plate, new: _Place) -> None:
    """A line more, or one more look of a line that did not look like itself."""
    there = next((one for one in plate.places if _shared(one, new) > _SHARED), None)
    if there is None:
        if len(plate.places) < _MOST_PLACES:
            plate.places.append(new)
    elif there.text == new.text:
        there.corners, there.reading, there.width = new.corners, new.reading, new.width
        there.looks = [*new.looks, *there.looks][:_MOST_LOOKS]


def _shared(one: _Place, other: _Place) -> float:
    """The part of the smaller of two places that lies in the other."""
    (low, high), (low_2, high_2) = (
        (place.corners.min(axis=0), place.corners.max(axis=0)) for place in (one, other)
    )
    both: NDArray[Any] = np.minimum(high, high_2) - np.maximum(low, low_2)
    smaller = min(np.prod(high - low), np.prod(high_2 - low_2))
    return float(np.prod(np.maximum(both, 0)) / max(smaller, 1e-6))
