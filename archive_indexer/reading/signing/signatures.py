"""Whether somebody wrote in the places for signatures of a form of our own.

What is dark, neither ruled nor printed nor red, and lies for the most part in the room is
handwriting. It is looked at, never judged: whose hand it is nobody can tell from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.documents import PLACE_UNSEEN, SignaturePlace, SignatureState
from archive_indexer.reading.cells import Cells
from archive_indexer.reading.reading_order import Placed, place_line
from archive_indexer.reading.signing.signature_rooms import (
    SignatureRoom,
    days_in,
    find_rooms,
    may_be_signature,
    printed_part,
)
from minzheng.county.sign_fields import SignField
from minzheng.county.sign_rows import SignRow
from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_engine import ReadLine
from minzheng.external.red_seals import RedSeal

Box = tuple[float, float, float, float]
Mask = NDArray[np.uint8]

_WORK_SIDE = 2000
_LEAST_SIDE = 1100  #: pixels; on smaller pictures a stroke is no more than noise
_PAPER_MM = 297  #: the longer side of every form of ours
_LEAST_DARK = 18  #: grey levels below the paper
_ABOVE_NOISE = 5.0  #: times the paper's noise
_SAMPLED = 3  #: every so many pixels tell the paper's noise
_RED = 30  #: red above green and blue: no ink of a pen
_AROUND_MM = 12
_PAPER_ROOM = 25  #: pixels around what is looked at, to tell its paper
_REACH_MM = 0.9  #: strokes this near belong together, across a ruled line, too
_LEAST_STROKE_MM = 1.2  #: smaller spots are dust
_MOST_OUTSIDE = 0.5  #: of a stroke: it belongs to a neighbour
_STRAIGHT_MM, _LINE_MM = 12.0, 3.0  #: a line drawn through a row is no signature
_GAP = 2  #: pixels that may be missing of such a line
_THICKEST_MM = 1.8  #: of a pen's line
_SIGNED_MM2, _SIGNED_MM = 4.0, 4.0  #: ink and extent of the shortest signature
_EMPTY_MM2 = 1.0
_DOT_MM2 = 0.35
_HALF = 0.62  #: of a row: a signature that stays in it stands in both halves
_OVER_MM = 2.0  #: beyond the edge of a row there is ink as well
_FEW_STROKES = 0.5  #: mm of it
_FINGERPRINT_MM2 = 25.0


@dataclass(frozen=True, slots=True)
class PagePicture:
    """An upright page (BGR) and the same without its seals."""

    image: Image
    seals: Sequence[RedSeal]
    clean: Image


@dataclass(frozen=True, slots=True)
class SignaturesSeen:
    """What is to be said of a page's places for signatures."""

    places: tuple[SignaturePlace, ...] = ()
    unseen: tuple[str, ...] = ()  #: labels of those that must be on it and were not found


def say_unseen(labels: Sequence[str]) -> tuple[str, ...]:
    """Which places for signatures of a page were not found, in Chinese; nothing when all were."""
    return (PLACE_UNSEEN + "、".join(labels),) if labels else ()


def see_signatures(
    picture: PagePicture,
    fields: Sequence[SignField],
    rows: Sequence[SignRow],
    read: Sequence[ReadLine],
    cells: Cells,
) -> SignaturesSeen:
    """The places for signatures on a page of a form with such fields, printed in such rows."""
    if not fields:
        return SignaturesSeen()
    placed = [place_line(line, cells) for line in read]
    found = find_rooms(placed, cells, fields, rows)
    places = _look_at(picture, found.rooms, placed, cells) if found.rooms else ()
    return SignaturesSeen(places, found.unseen)


def _look_at(
    picture: PagePicture, rooms: Sequence[SignatureRoom], placed: Sequence[Placed], cells: Cells
) -> tuple[SignaturePlace, ...]:
    if max(picture.image.shape[:2]) < _LEAST_SIDE:
        return tuple(SignaturePlace(r.label, _on_page(r.box, cells), "看不清") for r in rooms)
    sheet = _Sheet(picture, cells, rooms)
    sheet.forget_remains()
    sheet.forget_print(placed, rooms)
    red = sheet.red_part()
    return tuple(
        SignaturePlace(room.label, _on_page(room.box, cells), sheet.state_of(room, red))
        for room in rooms
    )


class _Sheet:
    """The pen strokes of a page without skew, on the part that holds its rooms."""

    def __init__(self, picture: PagePicture, cells: Cells, rooms: Sequence[SignatureRoom]) -> None:
        height, width = picture.clean.shape[:2]
        scale = min(1.0, _WORK_SIDE / max(height, width))
        self._page = (round(width * scale), round(height * scale))
        self.px_a_mm = max(self._page) / _PAPER_MM
        self._left, self._top, right, bottom = self._around(rooms)
        self.size = (right - self._left, bottom - self._top)
        self.turn = cells.turn * (self._page[0] / cells.labels.shape[1])
        self.turn[:, 2] -= (self._left, self._top)
        self._image = self._straighten(picture.image)
        is_clean = picture.clean is picture.image
        self._all = _dark(self._image if is_clean else self._straighten(picture.clean))
        self._ink = self._all.copy()
        self._ink[cv2.dilate(self._rules(cells), np.ones((3, 3), np.uint8)) > 0] = 0
        self._sealed = self._under(picture.seals)

    def _around(self, rooms: Sequence[SignatureRoom]) -> tuple[int, int, int, int]:
        """All that is looked at, with paper around it to be told from ink."""
        margin = round(_AROUND_MM * self.px_a_mm) + _PAPER_ROOM
        low = np.array([room.box[:2] for room in rooms]).min(axis=0) * self._page
        high = np.array([room.box[2:] for room in rooms]).max(axis=0) * self._page
        (left, top), (right, bottom) = (np.round(one).astype(int).tolist() for one in (low, high))
        width, height = self._page
        left, top = min(max(0, left - margin), width - 1), min(max(0, top - margin), height - 1)
        return left, top, min(width, right + margin), min(height, bottom + margin)

    def _rules(self, cells: Cells) -> Mask:
        """Where lines are ruled, in this sheet's pixels."""
        starts = (self._left, self._top)
        columns, rows = (
            (np.arange(start, start + size) * there // here)
            for start, size, there, here in zip(
                starts, self.size, cells.rules.shape[1::-1], self._page, strict=True
            )
        )
        return np.ascontiguousarray(cells.rules[rows][:, columns])

    def _straighten(self, image: Image) -> Image:
        """A page picture in this sheet's pixels."""
        return cv2.warpAffine(
            image, self.turn, self.size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
        )

    def _under(self, seals: Sequence[RedSeal]) -> Mask:
        """Where seals lie."""
        sealed = np.zeros(self._ink.shape, np.uint8)
        for seal in seals:
            right, bottom = seal.left + seal.width, seal.top + seal.height
            corners = np.array([[[x, y]] for x, y in (
                (seal.left, seal.top), (right, seal.top), (right, bottom), (seal.left, bottom)
            )], dtype=np.float32)  # fmt: skip
            cv2.fillConvexPoly(sealed, cv2.transform(corners, self.turn).astype(np.int32), 1)
        return sealed

    def forget_remains(self) -> None:
        """Take out the dots that are left of a seal's ink."""
        if self._sealed.any():
            _, labels, stats, _ = cv2.connectedComponentsWithStats(self._ink)
            is_dot = stats[:, cv2.CC_STAT_AREA] < _DOT_MM2 * self.px_a_mm**2
            self._ink[is_dot[labels] & (self._sealed > 0)] = 0

    def red_part(self) -> Mask:
        """Red ink that is no seal: fingerprints."""
        is_red = _redness(self._image) > _RED
        is_red[self._sealed > 0] = False
        return is_red.astype(np.uint8)

    def forget_print(self, placed: Sequence[Placed], rooms: Sequence[SignatureRoom]) -> None:
        """Take out printed lines; what was read inside a room may be a signature."""
        printed = np.zeros(self._ink.shape, np.uint8)
        own = [room.line for room in rooms if room.line is not None]
        for line in own:
            printed[self.part(printed_part(line))] = 1
        for room in rooms:
            if room.line is not None:
                left, _, right, _ = room.box
                middle = (room.line.box[1] + room.line.box[3]) / 2
                top, bottom = middle - room.line_height / 2, middle + room.line_height / 2
                printed[self.part((left, top, right, bottom))] = 0
        for day in (day for line in own for day in days_in(line)):
            printed[self.part(day)] = 1
        for one in placed:
            there = printed[self.part(printed_part(one))]
            if (
                there.size
                and one not in own
                and not any(may_be_signature(one, room) for room in rooms)
            ):
                there[:] = 1
        self._ink[printed > 0] = 0

    def part(self, box: Box) -> tuple[slice, slice]:
        """A box in pixels."""
        width, height = self._page
        left, right = (max(0, round(x * width) - self._left) for x in box[::2])
        top, bottom = (max(0, round(y * height) - self._top) for y in box[1::2])
        return slice(top, bottom), slice(left, right)

    def state_of(self, room: SignatureRoom, red: Mask) -> SignatureState:
        """Whether there is a signature in a room."""
        window = self._window(room.box)
        strokes = self._strokes_in(room.box, window)
        bent = self._without_straight(strokes)
        if self._may_be_signed(bent):  # what is too little with straight lines is without
            pieces = _long_pieces(self._all[window], round(_STRAIGHT_MM * self.px_a_mm))
            if not room.is_in_list and self._may_be_signed(self._beside(bent, pieces)):
                return "有"
            curved = bent * (self._long_lines(pieces) == 0)
            if self._may_be_signed(curved):
                return "看不清" if room.is_in_list and self._hangs_over(room.box, curved) else "有"
        red_mm2 = self._area_mm2(red[self.part(room.box)])
        has_some = self._area_mm2(strokes) >= _EMPTY_MM2 or red_mm2 >= _FINGERPRINT_MM2
        return "看不清" if has_some else "无"

    def _without_straight(self, strokes: Mask) -> Mask:
        """Strokes without those that are one straight line from end to end."""
        count, labels, stats, _ = cv2.connectedComponentsWithStats(strokes)
        bent = strokes.copy()
        least, most = _STRAIGHT_MM * self.px_a_mm, _THICKEST_MM * self.px_a_mm
        for number in range(1, count):
            if stats[number, 2:4].max() >= 0.7 * least:
                places = cv2.findNonZero((labels == number).astype(np.uint8))
                sides = cv2.minAreaRect(places)[1]
                if max(sides) >= least and min(sides) <= most:
                    bent[labels == number] = 0
        return bent

    def _hangs_over(self, box: Box, strokes: Mask) -> bool:
        """Whether strokes run over a rule from the row above or below, and reach no further."""
        window = self._window(box)
        rows, columns = self.part(box)
        top, bottom = rows.start - window[0].start, rows.stop - window[0].start
        inked = np.flatnonzero(strokes[top:bottom].any(axis=1))
        if not len(inked):
            return False
        low, high = inked[0] / (bottom - top), inked[-1] / (bottom - top)
        if low >= 1 - _HALF:
            edge = bottom
        elif high <= _HALF:
            edge = top
        else:
            return False
        left, right = columns.start - window[1].start, columns.stop - window[1].start
        reach = round(_OVER_MM * self.px_a_mm)
        ink = self._all[window][:, left:right]
        beyond = slice(edge, edge + reach) if edge == bottom else slice(max(0, edge - reach), edge)
        # A rule is dark in every column; strokes are in some of them, and on both its sides.
        far = ink[beyond][-2:] if edge == bottom else ink[beyond][:2]
        return bool(far.any(axis=0).sum() >= _FEW_STROKES * self.px_a_mm)

    def _may_be_signed(self, strokes: Mask) -> bool:
        enough = self._area_mm2(strokes) >= _SIGNED_MM2
        return enough and self._extent_mm(strokes) >= _SIGNED_MM

    def _window(self, box: Box) -> tuple[slice, slice]:
        """A box with what is around it, so that strokes are seen whole."""
        rows, columns = self.part(box)
        margin = round(_AROUND_MM * self.px_a_mm)
        return (
            slice(max(0, rows.start - margin), rows.stop + margin),
            slice(max(0, columns.start - margin), columns.stop + margin),
        )

    def _area_mm2(self, strokes: Mask) -> float:
        return float(np.count_nonzero(strokes) / self.px_a_mm**2)

    def _strokes_in(self, box: Box, window: tuple[slice, slice]) -> Mask:
        """Strokes of a window that lie for the most part in a box."""
        ink = self._ink[window]
        within = self._within(box, window)
        if not cv2.hasNonZero(ink[within]):
            return np.zeros_like(ink)
        reach = max(3, round(_REACH_MM * self.px_a_mm))
        joined = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
        labels[ink == 0] = 0
        inside = np.bincount(labels[within].ravel(), minlength=count)
        belongs = inside > (1 - _MOST_OUTSIDE) * np.bincount(labels.ravel(), minlength=count)
        belongs &= stats[:, 2:4].max(axis=1) >= _LEAST_STROKE_MM * self.px_a_mm + reach
        belongs[0] = False
        return np.asarray(belongs[labels], dtype=np.uint8)

    def _within(self, box: Box, window: tuple[slice, slice]) -> tuple[slice, slice]:
        """A box in the pixels of a window around it."""
        rows, columns = (
            slice(part.start - around.start, part.stop - around.start)
            for part, around in zip(self.part(box), window, strict=True)
        )
        return rows, columns

    def _extent_mm(self, strokes: Mask) -> float:
        _, _, width, height = cv2.boundingRect(strokes)
        return max(float(width), float(height)) / float(self.px_a_mm)

    def _beside(self, strokes: Mask, pieces: Mask) -> Mask:
        """Strokes that no line in these pieces of ink can touch."""
        reach = 2 * (round(_LINE_MM * self.px_a_mm) // 2 + _GAP) + 1
        near = cv2.dilate(pieces, np.ones((reach, reach), np.uint8))
        return np.asarray(strokes * (near == 0), np.uint8)

    def _long_lines(self, pieces: Mask) -> Mask:
        """Long straight lines in pieces of ink: ruled ones, those that strike a row through."""
        drawn = np.zeros_like(pieces)
        if not cv2.hasNonZero(pieces):
            return drawn
        least = round(_STRAIGHT_MM * self.px_a_mm)
        lines = cv2.HoughLinesP(
            pieces, 1, np.pi / 360, threshold=least // 2, minLineLength=least, maxLineGap=_GAP
        )
        for x, y, to_x, to_y in () if lines is None else lines.reshape(-1, 4):
            ends = (int(x), int(y)), (int(to_x), int(to_y))
            cv2.line(drawn, *ends, 1, round(_LINE_MM * self.px_a_mm))
        return drawn


def _long_pieces(ink: Mask, least: int) -> Mask:
    """Ink that hangs together, but for gaps, over so many pixels: lines lie in such alone."""
    joined = cv2.dilate(ink, np.ones((_GAP + 1, _GAP + 1), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    is_long = stats[:, 2:4].max(axis=1) >= least
    is_long[0] = False
    return np.asarray(ink * is_long[labels], np.uint8)


def _dark(image: Image) -> Mask:
    """Dark ink that is not red, on paper of any lightness."""
    grey = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    paper = cv2.dilate(cv2.medianBlur(grey, 5), np.ones((9, 9), np.uint8))
    paper = cv2.blur(paper, (41, 41))
    below = cv2.subtract(paper, grey)
    some = below[::_SAMPLED, ::_SAMPLED].astype(np.float32)
    middle = float(np.median(some))
    noise = 1.48 * float(np.median(np.abs(some - middle)))
    dark = below > int(max(_LEAST_DARK, middle + _ABOVE_NOISE * noise))
    return (dark & (_redness(image) <= _RED)).astype(np.uint8)


def _redness(image: Image) -> Image:
    """How far red is above the other colours."""
    blue, green, red = cv2.split(image)
    return cv2.subtract(red, cv2.max(blue, green))


def _on_page(box: Box, cells: Cells) -> Box:
    """A straightened box on the page as it lies."""
    height, width = cells.labels.shape
    back = cv2.invertAffineTransform(cells.turn)
    corners = np.array([[box[x] * width, box[y] * height, 1] for x in (0, 2) for y in (1, 3)])
    places = corners @ back.T / np.array(cells.size)
    left, top = np.clip(places.min(axis=0), 0, 1)
    right, bottom = np.clip(places.max(axis=0), 0, 1)
    return (
        round(float(left), 4),
        round(float(top), 4),
        round(float(right), 4),
        round(float(bottom), 4),
    )
