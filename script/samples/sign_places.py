"""Where a printed form of ours is signed, by the text and the lines of its PDF."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from minzheng.county.sign_fields import load_sign_fields

Box = tuple[float, float, float, float]  #: left, top, right, bottom, parts of the page

_RULE = re.compile("_{5,}")
_LABEL = re.compile(r"[\u3400-\u9fff()（）、]{0,16}签[字名章收]人?(?:按印|[(（]按印[)）])?[:：]?")
_PERSON = re.compile(r"[\u3400-\u9fff]{2,6}[:：]")
_SIGN = re.compile("签[字名章收]$")
_LEAST_OF_LABEL = 2  #: signs that a shortened label shares with the spec's: 制表：, 制表人
_THIN = 1.5  #: points
_LEAST = 8  #: points

_FIELDS = load_sign_fields()


@dataclass(frozen=True, slots=True)
class SignPlace:
    """A room for a signature and the label that asks for it."""

    label: str
    box: Box


@dataclass(frozen=True, slots=True)
class _Sheet:
    text: str
    boxes: list[Box]  #: of every character, points from the top left
    across: list[Box]
    down: list[Box]
    size: tuple[float, float]


def sign_places(page: pypdfium2.PdfPage, form_id: str) -> list[SignPlace]:
    """Every place for a signature on a page of a form."""
    sheet = _read(page)
    width, height = sheet.size
    found = [*_on_rules(sheet, form_id), *_in_cells(sheet, form_id)]
    return [
        SignPlace(one.label, (one.box[0] / width, one.box[1] / height,
                              one.box[2] / width, one.box[3] / height))
        for one in found
    ]  # fmt: skip


def _read(page: pypdfium2.PdfPage) -> _Sheet:
    height = page.get_height()
    words = page.get_textpage()
    text = words.get_text_range()
    boxes = [_down(words.get_charbox(number), height) for number in range(words.count_chars())]
    across, down = [], []
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        box = _down(thing.get_bounds(), height)
        wide, high = box[2] - box[0], box[3] - box[1]
        if high <= _THIN and wide >= _LEAST:
            across.append(box)
        elif wide <= _THIN and high >= _LEAST:
            down.append(box)
    return _Sheet(text, boxes, across, down, (page.get_width(), height))


def _down(box: tuple[float, float, float, float], height: float) -> Box:
    left, bottom, right, top = box
    return left, height - top, right, height - bottom


def _on_rules(sheet: _Sheet, form_id: str) -> Iterator[SignPlace]:
    for match in _RULE.finditer(sheet.text):
        before = re.sub(r"\s", "", sheet.text[: match.start()])[-20:]
        label = re.search(_LABEL.pattern + "$", before) or _person(before, form_id)
        if label:
            first, last = sheet.boxes[match.start()], sheet.boxes[match.end() - 1]
            yield SignPlace(label[0], (first[0], first[3] - 20, last[2], last[3] + 3))


def _person(before: str, form_id: str) -> re.Match[str] | None:
    """Somebody who signs by the spec, though the print does not say so: 审核：."""
    found = re.search(_PERSON.pattern + "$", before)
    short = found[0].rstrip(":：")[-_LEAST_OF_LABEL:] if found else ""
    is_asked = any(short in field.label for field in _FIELDS.get(form_id, ()))
    return found if short and is_asked else None


def _in_cells(sheet: _Sheet, form_id: str) -> Iterator[SignPlace]:
    fields = _FIELDS.get(form_id, ())
    columns = {field.label for field in fields if field.is_column}
    singles = {field.label for field in fields if not field.is_column}
    for cell in _cells(sheet):
        text = _text_in(sheet, cell)
        if _is_asked(text, columns) and not _is_asked(text, singles):
            yield from _column(sheet, cell, text)
        elif _is_asked(text, singles) and not _is_asked(text, columns):
            beside = _cell_at(sheet, cell[2] + 3, (cell[1] + cell[3]) / 2)
            if beside and "签" not in _text_in(sheet, beside):
                yield SignPlace(text, beside)


def _is_asked(text: str, labels: Collection[str]) -> bool:
    """Whether a cell asks for a signature of the spec: 见证人签字 for 见证人, too."""
    return text in labels or (bool(_SIGN.search(text)) and _SIGN.sub("", text) in labels)


def _column(sheet: _Sheet, head: Box, label: str) -> Iterator[SignPlace]:
    cell = _cell_at(sheet, (head[0] + head[2]) / 2, head[3] + 3)
    while cell and abs(cell[0] - head[0]) + abs(cell[2] - head[2]) < 4:
        if _words_in_row(sheet, cell) >= 2:
            yield SignPlace(label, cell)
        cell = _cell_at(sheet, (head[0] + head[2]) / 2, cell[3] + 3)


def _words_in_row(sheet: _Sheet, cell: Box) -> int:
    """Cells with words in the row of a cell."""
    middle, filled = (cell[1] + cell[3]) / 2, set()
    for sign, box in zip(sheet.text, sheet.boxes, strict=False):
        if sign.strip() and cell[1] < (box[1] + box[3]) / 2 < cell[3]:
            other = _cell_at(sheet, (box[0] + box[2]) / 2, middle)
            if other and other != cell:
                filled.add(other)
    return len(filled)


def _cells(sheet: _Sheet) -> Iterator[Box]:
    seen = set()
    for sign, box in zip(sheet.text, sheet.boxes, strict=False):
        if sign.strip():
            cell = _cell_at(sheet, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            if cell and cell not in seen:
                seen.add(cell)
                yield cell


def _cell_at(sheet: _Sheet, x: float, y: float) -> Box | None:
    """The lines around a point."""
    lefts = [one[2] for one in sheet.down if one[1] - 1 <= y <= one[3] + 1 and one[2] <= x]
    rights = [one[0] for one in sheet.down if one[1] - 1 <= y <= one[3] + 1 and one[0] >= x]
    tops = [one[3] for one in sheet.across if one[0] - 1 <= x <= one[2] + 1 and one[3] <= y]
    bottoms = [one[1] for one in sheet.across if one[0] - 1 <= x <= one[2] + 1 and one[1] >= y]
    if not (lefts and rights and tops and bottoms):
        return None
    return max(lefts), max(tops), min(rights), min(bottoms)


def _text_in(sheet: _Sheet, cell: Box) -> str:
    return "".join(
        sign
        for sign, box in zip(sheet.text, sheet.boxes, strict=False)
        if sign.strip()
        and cell[0] < (box[0] + box[2]) / 2 < cell[2]
        and cell[1] < (box[1] + box[3]) / 2 < cell[3]
    )
