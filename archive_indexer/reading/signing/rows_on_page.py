"""The rows of a form that ask for signatures, on its scan: a label has neighbours.

A seal over the head of a column, or small print at 150 dpi, and a label is not read. The row
it is printed in says which cell it fills; where none can be told, the page says so.
"""

import difflib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from archive_indexer.reading.cells import Cells
from archive_indexer.reading.reading_order import Placed
from minzheng.county.form_code import find_line
from minzheng.county.form_print import as_print
from minzheng.county.sign_rows import SignRow

Box = tuple[float, float, float, float]

_SIGNING = re.compile(r"签[字名章收]")
_ALIKE = 0.75  #: of a cell as read and as printed
_SURE = 0.85  #: of a label for signatures: 主持人 is not 主持人签字
_SURELY = 0.9  #: of a line that says a label
_HARDLY, _FEW_SIGNS = 0.3, 3  #: what was read is something else
_ALIKE_LABEL = 0.6  #: of labels for signatures: the form has few
_SAME_EDGE = 0.006  #: of the page: cells of one row
_MOST_KNOWN = 0.5  #: of a row's other print that must be read to know the row
_NOT_FULL = 0.85  #: a page whose last print stands above has all that the form has left
_CODE_LINE = 0.93  #: below it stands what every page bears
_SPARE = 0.01  #: of the page


def labels_by_neighbours(
    texts: Mapping[int, str],
    cells: Cells,
    rows: Sequence[SignRow],
    known: Mapping[int, tuple[str, bool]],
) -> dict[int, tuple[str, bool]]:
    """Cells that must hold a label which was not read there, by the row they stand in.

    Args:
        texts: what was read in each cell.
        cells: of the page.
        rows: those of the form that ask for signatures.
        known: cells whose label was read, each with whether it heads a column.
    """
    found: dict[int, tuple[str, bool]] = {}
    ruled = [row for row in rows if row.kind != "line"]
    if not ruled:
        return found
    for numbers in _rows_of(cells):
        for row in ruled:
            places = _places_in(row, [texts.get(one, "") for one in numbers])
            for asked in row.asks:
                cell = numbers[places[asked]] if asked in places else 0
                text = texts.get(cell, "")
                is_other = len(text) >= _FEW_SIGNS and likeness(text, row.cells[asked]) < _HARDLY
                if cell and cell not in known and cell not in found and not is_other:
                    found[cell] = row.cells[asked], row.kind == "head"
    return found


def _rows_of(cells: Cells) -> list[list[int]]:
    """Cells that begin and end at one height, from the left, each beside the next."""
    rows: list[list[int]] = []
    for number, box in sorted(cells.boxes.items(), key=lambda one: (one[1][1], one[1][0])):
        for row in rows:
            first = cells.boxes[row[0]]
            if abs(first[1] - box[1]) < _SAME_EDGE and abs(first[3] - box[3]) < _SAME_EDGE:
                row.append(number)
                break
        else:
            rows.append([number])
    return [sorted(row, key=lambda number: cells.boxes[number][0]) for row in rows]


def _places_in(row: SignRow, texts: Sequence[str]) -> dict[int, int]:
    """Which cell of a page's row each cell of a form's row is; nothing when it is another row."""
    read = _read_in_order(row, texts)
    others = sum(bool(cell) for number, cell in enumerate(row.cells) if number not in row.asks)
    told = sum(number not in row.asks for number in read)
    is_whole = len(texts) == len(row.cells)
    # In a row of nothing but labels for signatures each of them tells of the others.
    if told < math.ceil(_MOST_KNOWN * others) or not read or (others < 2 and not is_whole):
        return {}
    if is_whole:
        shifted = any(number != at for number, at in read.items())
        return {} if shifted else {number: number for number in range(len(texts))}
    return {
        number: at
        for number in row.asks
        if (at := _between(number, read, len(row.cells), len(texts))) is not None
    }


def _read_in_order(row: SignRow, texts: Sequence[str]) -> dict[int, int]:
    """The cells of a form's row that were read in a page's row."""
    found: dict[int, int] = {}
    start = 0
    for number, cell in enumerate(row.cells):
        if cell:
            least = _SURE if number in row.asks else _ALIKE
            alike = [at for at in range(start, len(texts)) if likeness(texts[at], cell) >= least]
            if alike:
                found[number], start = alike[0], alike[0] + 1
    return found


def _between(number: int, read: Mapping[int, int], cells: int, texts: int) -> int | None:
    """The place of a cell by those read before and behind it, or the end of the row."""
    if number in read:
        return read[number]
    before = max((one for one in read if one < number), default=None)
    behind = min((one for one in read if one > number), default=None)
    if before is None:
        return None
    left = read[before] + number - before
    right = read[behind] - (behind - number) if behind is not None else texts - (cells - number)
    return left if left == right else None


@lru_cache(maxsize=1 << 14)
def likeness(read: str, printed: str) -> float:
    """Of what was read and what is printed, 0–1."""
    return difflib.SequenceMatcher(None, as_print(read), printed).ratio() if read else 0.0


def _is_same(seen: str, printed: str) -> bool:
    """Whether two labels name one signer: nearly all of them end with 签字."""
    one, other = (_SIGNING.sub("", label) or label for label in (seen, printed))
    return likeness(one, other) >= _ALIKE_LABEL


def unseen_labels(
    rows: Sequence[SignRow],
    seen: Sequence[tuple[str, Box]],
    placed: Sequence[Placed],
    texts: Mapping[int, str],
    cells: Cells,
) -> tuple[str, ...]:
    """Labels that must stand on the page by what is printed around them, and were not seen."""
    if not rows:
        return ()
    on_page = [(as_print(one.line.text), one.box) for one in placed]
    on_page += [(as_print(text), cells.boxes[cell]) for cell, text in texts.items()]
    return tuple(dict.fromkeys(_unseen(rows, seen, on_page)))


def _unseen(
    rows: Sequence[SignRow], seen: Sequence[tuple[str, Box]], on_page: Sequence[tuple[str, Box]]
) -> Iterator[str]:
    for row in rows:
        yield from _read_in_vain(row, seen, on_page)
        if (window := _window(row, on_page)) is None:
            continue
        here = [
            label
            for label, box in seen
            if window[0] - _SPARE <= (box[1] + box[3]) / 2 <= window[1] + _SPARE
        ]
        for number in row.asks:
            if not any(_is_same(label, row.cells[number]) for label in here):
                yield row.cells[number]


def _read_in_vain(
    row: SignRow, seen: Sequence[tuple[str, Box]], on_page: Sequence[tuple[str, Box]]
) -> Iterator[str]:
    """Labels that were read, though no place is known to belong to them."""
    for label in (row.cells[number] for number in row.asks):
        is_read = any(likeness(text.rstrip("：:"), label) >= _SURELY for text, _ in on_page)
        if is_read and not any(_is_same(one, label) for one, _ in seen):
            yield label


def _window(row: SignRow, on_page: Sequence[tuple[str, Box]]) -> tuple[float, float] | None:
    """From where to where a row must stand; None when it need not be on the page."""
    top = min((box[1] for text, box in on_page if _says(text, row.before)), default=None)
    if top is None:
        return None
    bottom = max((box[3] for text, box in on_page if _says(text, row.after)), default=None)
    if bottom is None:
        last = max((box[3] for text, box in on_page if not _is_at_foot(text, box)), default=1.0)
        bottom = last if last < _NOT_FULL else None
    return None if bottom is None or bottom <= top else (top, bottom)


def _is_at_foot(text: str, box: Box) -> bool:
    return box[3] >= _CODE_LINE or find_line(text) is not None


def _says(text: str, told: str) -> bool:
    return bool(told) and (told in text or likeness(text, told) >= _ALIKE)
