"""Lines in the order people read: rows of a table cell by cell, a cell's lines together.

Two pages side by side are read one after the other, columns of text likewise; upright columns
from the right.
"""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from archive_indexer.reading.cells import Cells
from archive_indexer.reading.side_by_side import find_gutter
from archive_indexer.reading.text_columns import find_columns
from minzheng.external.ocr.ocr_engine import ReadLine

Box = tuple[float, float, float, float]
_UPRIGHT = 1.8  #: height to width of a line whose signs stand under each other
_FULL_LINE = 1.6  #: line heights between a line's end and its cell's edge when it runs on
#: How a number ends that may be broken at the edge of its cell; shorter ones stand alone.
_LONG_NUMBER = re.compile(r"[\dXx*]{6,}$")
_BEGINS_APART = re.compile(r"[0-9A-Za-z¥￥]")
_GOES_ON = re.compile(r"[\dXx*]+(?![\dA-Za-z*]| )")


@dataclass(frozen=True, slots=True)
class Placed:
    """A line on the page without skew, and the cell its middle lies in."""

    line: ReadLine
    box: Box  #: on the page without skew
    cell: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A cell with its lines, one line that stands free, or a column of text."""

    box: Box
    lines: list[Placed]
    parts: "tuple[_Block, ...]" = ()  #: of a column: cells and lines


def skew_of(lines: Sequence[ReadLine]) -> float:
    """The page's skew in radians: the middle slope of its longer lines."""
    slopes = [line.slope for line in lines if line.box[2] - line.box[0] > 0.08]
    return statistics.median(slopes) if slopes else 0.0


def order_lines(lines: Sequence[ReadLine], cells: Cells) -> list[tuple[str, ReadLine]]:
    """Every line with what separates it from the one before: row, cell or nothing."""
    placed = [place_line(line, cells) for line in lines]
    upright = [one for one in placed if _is_upright(one, cells)]
    if _length(upright) > _length(placed) / 2:
        level = [one for one in placed if one not in upright]
        return [*_in_rows(level, cells), *_in_columns(upright, cells)]
    gutter = find_gutter([one.box for one in placed], list(cells.boxes.values()), cells.size)
    if gutter is None:
        return _in_rows(placed, cells)
    left = [one for one in placed if one.box[2] <= gutter]
    right = [one for one in placed if one.box[2] > gutter]
    return [*_in_rows(left, cells), *_in_rows(right, cells)]


def _is_upright(one: Placed, cells: Cells) -> bool:
    """Whether the signs of a line stand under each other."""
    width = (one.box[2] - one.box[0]) * cells.size[0]
    height = (one.box[3] - one.box[1]) * cells.size[1]
    return len(one.line.text) > 1 and height > _UPRIGHT * width


def _length(lines: Sequence[Placed]) -> int:
    return sum(len(one.line.text) for one in lines)


def _in_columns(upright: Sequence[Placed], cells: Cells) -> list[tuple[str, ReadLine]]:
    """Upright lines from the right; a column that reaches the foot runs on in the next."""
    columns: list[list[Placed]] = []
    for one in sorted(upright, key=lambda one: -_middle(one)):
        if columns and _middle(one) > columns[-1][0].box[0]:
            columns[-1].append(one)
        else:
            columns.append([one])
    foot = max((one.box[3] for one in upright), default=1.0)
    before, ordered = "\n", []
    for column in columns:
        for one in sorted(column, key=lambda one: one.box[1]):
            ordered.append((before, one.line))
            sign = (one.box[3] - one.box[1]) / len(one.line.text)
            before = "" if foot - one.box[3] < _FULL_LINE * sign else "\n"
    return ordered


def _middle(one: Placed) -> float:
    return (one.box[0] + one.box[2]) / 2


def _in_rows(placed: Sequence[Placed], cells: Cells) -> list[tuple[str, ReadLine]]:
    return _read_rows(_with_columns(_blocks(placed, cells), cells))


def _with_columns(blocks: Sequence[_Block], cells: Cells) -> list[_Block]:
    """Blocks, and those of a column of text as one."""
    boxes = [one.box for one in blocks]
    texts = ["" if one.lines[0].cell else one.lines[0].line.text for one in blocks]
    columns = find_columns(boxes, texts, cells.size)
    inside = {at for column in columns for at in column}
    return [
        *(block for at, block in enumerate(blocks) if at not in inside),
        *(_as_one([blocks[at] for at in column]) for column in columns),
    ]


def _as_one(parts: Sequence[_Block]) -> _Block:
    lefts, tops, rights, bottoms = zip(*(one.box for one in parts), strict=True)
    return _Block((min(lefts), min(tops), max(rights), max(bottoms)), [], tuple(parts))


def _read_rows(blocks: Sequence[_Block]) -> list[tuple[str, ReadLine]]:
    ordered: list[tuple[str, ReadLine]] = []
    for row in _rows(blocks):
        for column, block in enumerate(row):
            before = " " if column else "\n"
            ordered += _read_rows(block.parts) if block.parts else _read_block(block, before)
    return ordered


def place_line(line: ReadLine, cells: Cells) -> Placed:
    """Where a line stands on the page without skew."""
    left, top, right, bottom = line.box
    x, y = cells.straighten((left + right) / 2, (top + bottom) / 2)
    # A skewed line's box is higher than the line.
    lean = abs(line.slope) * (right - left) * cells.size[0] / cells.size[1]
    width, height = (right - left) / 2, max((bottom - top - lean) / 2, 0.002)
    return Placed(line, (x - width, y - height, x + width, y + height), cells.at(x, y))


def _blocks(placed: Sequence[Placed], cells: Cells) -> list[_Block]:
    inside: dict[int, list[Placed]] = {}
    for one in placed:
        if one.cell:
            inside.setdefault(one.cell, []).append(one)
    free = [_Block(one.box, [one]) for one in placed if not one.cell]
    return free + [_Block(cells.boxes[cell], lines) for cell, lines in inside.items()]


def _rows(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """Blocks that begin at one height, from left to right.

    A row of a photographed page may lean: each block is held against its neighbour.
    """
    rows: list[list[_Block]] = []
    for block in sorted(blocks, key=lambda block: block.box[1]):
        if rows and block.box[1] <= _row_end(_nearest(rows[-1], block), block):
            rows[-1].append(block)
        else:
            rows.append([block])
    return [sorted(row, key=lambda block: block.box[0]) for row in rows]


def _nearest(row: Sequence[_Block], block: _Block) -> _Block:
    """The block of a row that stands beside another, or above it."""
    left, right = block.box[0], block.box[2]
    return min(row, key=lambda one: max(one.box[0] - right, left - one.box[2], 0.0))


def _row_end(beside: _Block, block: _Block) -> float:
    heights = (beside.box[3] - beside.box[1], block.box[3] - block.box[1])
    return beside.box[1] + 0.5 * min(heights)


def _read_block(block: _Block, before: str) -> list[tuple[str, ReadLine]]:
    ordered: list[tuple[str, ReadLine]] = []
    last: Placed | None = None
    for row in _rows([_Block(one.box, [one]) for one in block.lines]):
        if last is not None:
            before = _joint(last, row[0].lines[0], block)
        for column, part in enumerate(row):
            last = part.lines[0]
            ordered.append((" " if column else before, last.line))
    return ordered


def _joint(last: Placed, following: Placed, block: _Block) -> str:
    """Nothing, where a line ends at the edge of its cell and goes on in the next.

    Figures and Latin words that stand under each other are not run together.
    """
    gap = block.box[2] - last.box[2]
    if gap >= _FULL_LINE * (last.box[3] - last.box[1]):
        return "\n"
    before, behind = last.line.text, following.line.text
    if not (before[-1:].isascii() and before[-1:].isalnum() and _BEGINS_APART.match(behind)):
        return ""
    return "" if _LONG_NUMBER.search(before) and _GOES_ON.match(behind) else " "
