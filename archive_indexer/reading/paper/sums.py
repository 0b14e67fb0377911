"""Figures of a table held against one another: columns and their 合计, rows and what is reckoned.

What is reckoned on a paper tells of the figures it is reckoned from. A sum that does not
come out is told where one misread figure explains it: a digit folded into its neighbour, a
point that has vanished, one digit taken for another. What differs by more may stand so on
the paper, or is the sum of other pages, too: of that nothing is said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from archive_indexer.documents import ReadField
from archive_indexer.reading.cells import Cells
from archive_indexer.reading.reading_order import Placed
from minzheng.county.writing.money_words import parse_amount_words, print_money

_TOTAL = re.compile(r"(合计|总计|小计|共计|累计)[:：]?")
_FIGURE = re.compile(r"[¥￥]?(\d{1,3}(?:[,，]\d{3})+|\d{1,9})([.．]\d{1,2})?元?")
_SAME_EDGE, _LEVEL = 0.012, 0.008  #: of the page
_FEWEST_ROWS = 3  #: in which a reckoning comes out, so that the others are held against it
_MOST_WRONG = 0.25  #: of the rows
_MOST_COLUMNS = 12
_LEAST_RECKONED = 10  #: 0 and 1 are the product of everything
_FEWEST_PENCE, _PENCE_PART = 4, 0.75  #: figures of a column with two digits behind the point
_FAR = Decimal("1.5")  #: times what stands elsewhere in the column
_LABEL_SIZE = 12
_LABEL = "金额"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a cell of a table."""

    text: str  #: digits and at most one point
    line: Placed

    @property
    def value(self) -> Decimal:
        """As a number."""
        return Decimal(self.text)


Column = Mapping[int, Figure]  #: number of the row → what stands there


@dataclass(frozen=True, slots=True)
class _Table:
    columns: tuple[Column, ...]
    totals: frozenset[int]  #: numbers of the rows that say 合计
    heads: tuple[str, ...]  #: what stands above each column


def doubted_figures(placed: Sequence[Placed], cells: Cells) -> tuple[ReadField, ...]:
    """Figures that do not come out, each with what it should be: a person is to look."""
    table = _table_of(placed, cells)
    found: dict[int, ReadField] = {}
    for number, column in enumerate(table.columns):
        for figure, other in (*_totals_of(column, table.totals), *_without_point(column)):
            found.setdefault(id(figure.line), _doubt(figure, other, table.heads[number]))
    for figure, other in _reckoned(table):
        found.setdefault(id(figure.line), _doubt(figure, other, _LABEL))
    for figure, other in _beside_words(placed):
        found.setdefault(id(figure.line), _doubt(figure, other, _LABEL))
    return tuple(found.values())


def misreadings_of(text: str) -> Iterator[str]:
    """What else may stand where a number was read: folded digits, a lost point, one other digit."""
    for at, sign in enumerate(text):
        if sign.isdecimal():
            yield text[:at] + sign + text[at:]
    if "." not in text:
        for pence in (2, 1):
            if len(text) > pence:
                yield f"{text[:-pence]}.{text[-pence:]}"
    for at, sign in enumerate(text):
        if sign.isdecimal():
            yield from (
                text[:at] + other + text[at + 1 :] for other in "0123456789" if other != sign
            )


def _totals_of(column: Column, totals: frozenset[int]) -> Iterator[tuple[Figure, str]]:
    """Of each 合计 of a column that does not come out: the one figure that explains it."""
    above: list[Figure] = []
    for row, figure in sorted(column.items()):
        if row not in totals:
            above.append(figure)
            continue
        if len(above) > 1:
            yield from _mended_sum(above, figure)
        above = []


def _mended_sum(parts: Sequence[Figure], total: Figure) -> Iterator[tuple[Figure, str]]:
    reckoned = sum((one.value for one in parts), Decimal())
    if reckoned == total.value:
        return
    folded = [
        (one, other)
        for one in parts
        for other in _folded(one.text)
        if reckoned - one.value + Decimal(other) == total.value
    ]
    if any(Decimal(other) == reckoned for other in _folded(total.text)):
        folded.append((total, str(reckoned)))
    if folded:
        yield from {id(one): (one, other) for one, other in folded}.values()
    elif any(Decimal(other) == reckoned for other in misreadings_of(total.text)):
        yield total, str(reckoned)


def _folded(text: str) -> list[str]:
    """Digits folded away, or a lost point: what models do without being unsure."""
    return [other for other in misreadings_of(text) if len(other) > len(text)]


def _reckoned(table: _Table) -> Iterator[tuple[Figure, str]]:
    """Figures of rows in which a reckoning does not come out that does in nearly all others."""
    columns = [one for one in table.columns if len(one) > _FEWEST_ROWS][:_MOST_COLUMNS]
    for one, other, result in permutations(columns, 3):
        if columns.index(one) > columns.index(other):
            continue
        rows = [
            row
            for row in one.keys() & other.keys() & result.keys()
            if result[row].value >= _LEAST_RECKONED
        ]
        for reckon in (_product, _sum):
            wrong = [
                row for row in rows if reckon(one[row].value, other[row].value) != result[row].value
            ]
            right = len(rows) - len(wrong)
            if wrong and right >= _FEWEST_ROWS and len(wrong) <= _MOST_WRONG * len(rows):
                for row in wrong:
                    should = reckon(one[row].value, other[row].value)
                    if any(Decimal(text) == should for text in misreadings_of(result[row].text)):
                        yield result[row], _print_like(should, result[row])


def _product(one: Decimal, other: Decimal) -> Decimal:
    return one * other


def _sum(one: Decimal, other: Decimal) -> Decimal:
    return one + other


def _without_point(column: Column) -> Iterator[tuple[Figure, str]]:
    """A figure whose point has vanished: alone without pence, and far above all others."""
    pointed = [one for one in column.values() if "." in one.text]
    whole = [one for one in column.values() if "." not in one.text]
    if len(pointed) < _FEWEST_PENCE or len(pointed) < _PENCE_PART * len(column):
        return
    values = [one.value for one in pointed]
    for figure in whole:
        for pence in (2, 1):
            with_point = f"{figure.text[:-pence]}.{figure.text[-pence:]}"
            if (
                len(figure.text) > pence
                and figure.value > _FAR * max(values)
                and min(values) / 2 <= Decimal(with_point) <= _FAR * max(values)
            ):
                yield figure, with_point
                break


def _beside_words(placed: Sequence[Placed]) -> Iterator[tuple[Figure, str]]:
    """Figures in the row of an amount in 大写 that say something else, and may be misread."""
    for words in placed:
        amount = parse_amount_words(words.line.text)
        if amount is None:
            continue
        level = [
            Figure(text, one)
            for one in placed
            if one is not words and _is_level(one, words) and (text := _figure(one.line.text))
        ]
        if any(one.value == amount for one in level):
            continue
        for one in level:
            if any(Decimal(other) == amount for other in misreadings_of(one.text)):
                yield one, print_money(amount)


def _doubt(figure: Figure, other: str, label: str) -> ReadField:
    return ReadField(label, "amount", figure.line.line.box, figure.text, 0.0, (other,))


def _print_like(value: Decimal, figure: Figure) -> str:
    return print_money(value) if "." in figure.text else str(value)


def _figure(text: str) -> str:
    """The digits of a text that is one figure; nothing of any other."""
    match = _FIGURE.fullmatch("".join(text.split()))
    if not match:
        return ""
    return re.sub("[,，]", "", match[1]) + (match[2] or "").replace("．", ".")


def _table_of(placed: Sequence[Placed], cells: Cells) -> _Table:
    inside: dict[int, list[Placed]] = {}
    for one in placed:
        if one.cell:
            inside.setdefault(one.cell, []).append(one)
    rows = _numbered((number, cells.boxes[number][1]) for number in inside)
    columns: list[tuple[tuple[float, float], dict[int, Figure], str]] = []
    for number, lines in sorted(inside.items(), key=lambda item: cells.boxes[item[0]][1]):
        left, _, right, _ = cells.boxes[number]
        text = "".join(one.line.text for one in lines)
        at = next((n for n, one in enumerate(columns) if _is_same(one[0], (left, right))), None)
        if len(lines) == 1 and (figure := _figure(text)):
            if at is None:
                columns.append(((left, right), {}, ""))
            columns[-1 if at is None else at][1][rows[number]] = Figure(figure, lines[0])
        elif at is None:
            columns.append(((left, right), {}, text))
    totals = {
        rows[number]
        for number, lines in inside.items()
        if _TOTAL.fullmatch("".join("".join(one.line.text for one in lines).split()))
    }
    return _Table(
        tuple(figures for _, figures, _ in columns),
        frozenset(totals),
        tuple(head if 0 < len(head) <= _LABEL_SIZE else _LABEL for _, _, head in columns),
    )


def _numbered(tops: Iterable[tuple[int, float]]) -> dict[int, int]:
    """Number of a cell → number of its row from above."""
    rows: dict[int, int] = {}
    last, row = -1.0, -1
    for number, top in sorted(tops, key=lambda one: one[1]):
        if top - last > _LEVEL:
            row += 1
        last = top
        rows[number] = row
    return rows


def _is_same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < _SAME_EDGE and abs(one[1] - other[1]) < _SAME_EDGE


def _is_level(one: Placed, other: Placed) -> bool:
    middle = (one.box[1] + one.box[3]) / 2
    return other.box[1] < middle < other.box[3]
