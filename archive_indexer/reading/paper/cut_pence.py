"""Amounts of which the end is lost: cut after the point, or unlike when read through a seal.

6693.47 under the ring of a seal was read as `6693.`, and surely. A point with nothing behind
it, one digit where others have two, and pence gone under red ink are told; so is what is
read otherwise where the red light alone is looked at, in which a seal's ink is nearly paper.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from archive_indexer.documents import ReadField
from archive_indexer.reading.reading_order import Placed
from minzheng.external.ocr.line_boxes import Image, crop_box
from minzheng.external.ocr.ocr_engine import ReadLine

Box = tuple[float, float, float, float]  #: parts of the page
Look = Callable[[Sequence[Image]], list[tuple[str, float]]]

LABEL, LABEL_UNDER_SEAL = "金额", "印章下的金额"
_AMOUNT = re.compile(
    r"(?<![\dA-Za-z.．,，\-/年月])[¥￥]?(\d{1,3}(?:[,，]\d{3})+|\d{1,9})([.．]\d*)?(?![\d.．A-Za-z\-/年月日号])"
)
_LIKE_POINT = re.compile(r"(?<=\d)[:：,，](?=\d\d(?!\d))")  #: a point with a speck beside it
_CUT = re.compile(
    r"(?<![\d.．,，\-/])(?:\d{1,3}(?:[,，]\d{3})+|\d{3,9})[.．](?=元|$)|[¥￥]\d{1,9}[.．](?=元|$)"
    r"|\d{10,}[.．]\d"  # the number of the cell before ran into it
    r"|[元圆角][壹贰叁肆伍陆柒捌玖]$"  # of an amount in words the last sign is lost
)
_CUT_AT_END = re.compile(r"(?<![\d.．\-/])\d{1,9}[.．]\d$")
_LARGE = re.compile(r"(?<![\d.．,，\-/])\d{6,9}元")  #: the point of smaller ones may be lost, too
_WHOLE = re.compile(r"[¥￥]?(?:\d{1,3}(?:[,，]\d{3})+|\d{1,9}(?=[.．])|\d{3,9})([.．]\d*)?元?")
_REST = re.compile(r"\d{1,2}|\d{1,9}-\d\d")  #: of an amount in a column of them; a point as a dash
_PART = re.compile(r"[¥￥]?\d[\d,，]+[.．]?\d?")
_WIDEST_GAP = 0.06  #: of the page, between what is left of one amount
_FEWEST_WITH_PENCE, _PENCE_PART = 3, 0.75  #: figures above and below that end in two digits
_PENCE = 3  #: signs: the point and two digits
_LEAST_DIGITS = 3
_REACH = 1.08  #: of a seal's radius, to the outer edge of its ring
_END = 0.65  #: of an amount's length, from which its end is
_SWALLOWED = 0.015  #: of the page
_RED, _RED_PART = 30, 0.06  #: levels above green and blue; of the place
_STEPS = 5  #: places along a line that are looked at
_SURE_AGAIN = 0.8  #: of a second reading that says something else


@dataclass(frozen=True, slots=True)
class RedInk:
    """Where red ink lies on an upright page: in its seals, and in those that were not found."""

    image: Image  #: with its seals, BGR
    seals: Sequence[Box]

    def lies_on(self, box: Box, start: float = 0.0) -> bool:
        """Whether some lies on a line, from so far along its length."""
        if any(_meets(box, seal, start) for seal in self.seals):
            return True
        height, width = self.image.shape[:2]
        left, right = box[0] + start * (box[2] - box[0]), box[2]
        rows = slice(round(box[1] * height), round(box[3] * height))
        part = self.image[rows, round(max(0.0, left) * width) : round(right * width)]
        if not part.size:
            return False
        blue, green, red = cv2.split(cv2.blur(part, (3, 3)))
        is_red = cv2.subtract(red, cv2.max(blue, green)) > _RED
        return float(is_red.mean()) > _RED_PART


def cut_amounts(placed: Sequence[Placed], ink: RedInk) -> Iterator[ReadField]:
    """Amounts whose end is lost, as far as the line itself and what stands above it tell."""
    for one in placed:
        text = "".join(one.line.text.split())
        if _CUT.search(text) or _lacks_pence(one, text, placed, ink):
            yield ReadField(LABEL, "amount", one.line.box, one.line.text, 0.0)


def parted_amounts(placed: Sequence[Placed], ink: RedInk) -> Iterator[ReadField]:
    """Two figures level with one another, between which a seal has swallowed some digits."""
    figures = [one for one in placed if _PART.fullmatch("".join(one.line.text.split()))]
    for one in figures:
        for other in figures:
            gap = other.line.box[0] - one.line.box[2]
            if not (0 <= gap < _WIDEST_GAP and one.cell == other.cell and _is_level(one, other)):
                continue
            top, bottom = one.line.box[1], one.line.box[3]
            if ink.lies_on((one.line.box[2], top, other.line.box[0], bottom)):
                box = (one.line.box[0], top, other.line.box[2], bottom)
                said = f"{one.line.text} {other.line.text}"
                yield ReadField(LABEL_UNDER_SEAL, "amount", box, said, 0.0)


def unlike_in_red(
    lines: Sequence[ReadLine], ink: RedInk, looks: Sequence[Look]
) -> Iterator[ReadField]:
    """Amounts under a seal that say something else when only the red light is looked at.

    Args:
        lines: what was read with the ink of seals taken out.
        ink: of the page.
        looks: read crops, the cheapest first; only what no look agrees with is told.
    """
    under = [
        line for line in lines
        if list(_amounts_in(line.text)) and ink.lies_on(_wider(line.box))
    ]  # fmt: skip
    said: dict[int, str] = {}
    boxes = [line.box for line in lines]
    crops = [_in_red(ink.image, _up_to_others(line.box, boxes)) for line in under]
    left = list(range(len(under)))
    for look in looks:
        again = look([crops[at] for at in left]) if left else []
        said = {
            at: text
            for at, (text, sure) in zip(left, again, strict=True)
            if sure >= _SURE_AGAIN
            and _differ(list(_amounts_in(under[at].text)), list(_amounts_in(text)))
        }
        left = list(said)
    for at, text in said.items():
        line = under[at]
        is_whole = bool(_WHOLE.fullmatch("".join(line.text.split())))
        others = (text,) if not is_whole or _WHOLE.fullmatch("".join(text.split())) else ()
        yield ReadField(LABEL_UNDER_SEAL, "amount", line.box, line.text, 0.0, others)


def _amounts_in(text: str) -> Iterator[str]:
    """The amounts of a line without their commas."""
    signs = _LIKE_POINT.sub(".", "".join(text.split()))
    for match in _AMOUNT.finditer(signs):
        digits = re.sub("[,，]", "", match[1])
        if len(digits) >= _LEAST_DIGITS or match[2]:
            yield digits + (match[2] or "").replace("．", ".")


def _differ(read: list[str], again: list[str]) -> bool:
    """Whether an amount is read again as another: not merely without a point or folded digits."""
    return bool(again) and not all(any(_is_missed(one, other) for other in again) for one in read)


def _is_missed(read: str, again: str) -> bool:
    """Whether a second look says the same as the first, or less of it."""
    whole = read.replace(".", "")
    is_folded = _folded(whole) == _folded(again.replace(".", "")) and len(again) < len(read)
    return again in (read, whole) or is_folded


def _folded(digits: str) -> str:
    return re.sub(r"(\d)\1+", r"\1", digits)


def _lacks_pence(one: Placed, text: str, placed: Sequence[Placed], ink: RedInk) -> bool:
    """Whether two digits behind a point are to be looked for where fewer stand."""
    box, match = _wider(one.line.box), _WHOLE.fullmatch(text)
    if match is None and not _REST.fullmatch(text):
        cut = _CUT_AT_END.search(text)
        if cut and ink.lies_on(box, cut.start() / len(text)):
            return True
        return bool(_LARGE.search(text)) and _have_pence(one, placed)
    if match is None:
        return _column_has_pence(one, placed) and ("-" in text or ink.lies_on(box))
    pence = match[1] or ""
    if len(pence) == _PENCE:
        return False
    if pence:
        return _column_has_pence(one, placed) or ink.lies_on(box, _END)
    return _have_pence(one, placed) and ink.lies_on(box, _END)


def _column_has_pence(one: Placed, placed: Sequence[Placed]) -> bool:
    """Whether nearly all amounts above and below end in two digits."""
    middle = (one.box[0] + one.box[2]) / 2
    ends = [
        len(match[1] or "") == _PENCE
        for other in placed
        if other is not one and other.box[0] < middle < other.box[2]
        and (match := _WHOLE.fullmatch("".join(other.line.text.split())))
    ]  # fmt: skip
    return sum(ends) >= max(_FEWEST_WITH_PENCE, _PENCE_PART * len(ends))


def _have_pence(one: Placed, placed: Sequence[Placed]) -> bool:
    """Whether nearly all other amounts of the page have a point."""
    ends = [
        "." in amount
        for other in placed
        if other is not one
        for amount in _amounts_in(other.line.text)
    ]
    return sum(ends) >= max(1, _PENCE_PART * len(ends))


def _wider(box: Box) -> Box:
    """A line with what a seal may have swallowed before and behind it."""
    return box[0] - _SWALLOWED, box[1], box[2] + _SWALLOWED, box[3]


def _up_to_others(box: Box, boxes: Sequence[Box]) -> Box:
    """The same as far as no other line stands there: its digits would run into the amount."""
    left, top, right, bottom = _wider(box)
    level = [one for one in boxes if one[1] < (top + bottom) / 2 < one[3]]
    before = [one[2] for one in level if one[2] <= box[0] + _SWALLOWED and one[0] < box[0]]
    behind = [one[0] for one in level if one[0] >= box[2] - _SWALLOWED and one[2] > box[2]]
    return (
        min(box[0], max([left, *before])), top, max(box[2], min([right, *behind])), bottom
    )  # fmt: skip


def _is_level(one: Placed, other: Placed) -> bool:
    return other.box[1] < (one.box[1] + one.box[3]) / 2 < other.box[3]


def _meets(box: Box, seal: Box, start: float) -> bool:
    """Whether a line, from so far along its length, lies under a seal."""
    left, top, right, bottom = box
    x, y = (seal[0] + seal[2]) / 2, (seal[1] + seal[3]) / 2
    across, down = (seal[2] - seal[0]) / 2, (seal[3] - seal[1]) / 2
    if across <= 0 or down <= 0:
        return False
    places = np.linspace(left + start * (right - left), right, _STEPS)
    return any(
        ((at - x) / across) ** 2 + ((level - y) / down) ** 2 <= _REACH**2
        for at in places for level in (top, (top + bottom) / 2, bottom)
    )  # fmt: skip


def _in_red(image: Image, box: Box) -> Image:
    """A line as red light shows it."""
    crop = crop_box(image, box)
    return np.ascontiguousarray(np.repeat(crop[:, :, 2:3], 3, axis=2))
