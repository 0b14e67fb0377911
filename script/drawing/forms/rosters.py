"""Tables of rows: each column as wide as what it holds, what is left to those that grow."""

import math
from collections.abc import Sequence

from filler.form.forms import Field
from script.drawing.paper import Paper, label, tag, value
from script.drawing.wording import SMALL, broken, fitting_size, longest

_POINT_MM, _PADDING_MM, _LEAST_SIZE = 0.353, 1.6, 7.5
#: Han characters a value takes, two half-width ones to a Han character.
_CHARACTERS = {
    "idcard": 9.2, "bank": 9.8, "phone": 6.0, "date": 8.0, "month": 5.8, "money": 4.5,
    "int": 2.2, "longtext": 12.0, "text": 5.0,
}  # fmt: skip
_PAPER_MM = {"sign": 18.0, "print": 16.0, "photo": 30.0, "seal": 30.0}
_WHOLE_HEADING = 3
_NAME = 5.0  #: characters of most names of people and places
_CERTIFICATE, _MOST_TEXT, _MOST_CHOICE = 10.2, 9.0, 6.0
#: Shares of the room that is left: what has its length takes little, what tells takes most.
_GROWTH = {"longtext": 4.0, "sign": 1.2, "print": 1.0, "photo": 1.0}
_FIXED_GROWTH = 0.5
_TEXT_GROWTH = ((10, 1.0), (20, 2.0), (10_000, 4.0))  #: up to so many characters


def draw_roster(
    paper: Paper, table: Field, width: float, size: float, height: float = 7.5, title: str = ""
) -> None:
    """A table of rows with its heading on every page."""
    columns = [column for column in table.columns if column.printed]
    widths, size = column_widths(columns, width, size)
    grid = paper.grid(widths, margin=0.5)
    if title:
        grid.row(label(title, len(columns), SMALL), height=7, header=True)
    heads = [
        broken(column.label, max(2, int((room - 1) / (size * _POINT_MM))))
        for column, room in zip(columns, widths, strict=True)
    ]
    grid.row(
        *(
            label(text, size=fitting_size(text, room - 1, size))
            for text, room in zip(heads, widths, strict=True)
        ),
        height=10,
        header=True,
    )
    cells = (
        value(
            "" if column.type in _PAPER_MM else tag(f"r.{column.slug}"),
            size=size,
            align="left" if column.type == "longtext" else "center",
        )
        for column in columns
    )
    tall = max(height, 9 if any(column.type in _PAPER_MM for column in columns) else 0)
    grid.loop(table.slug, "r", *cells, height=tall)


def column_widths(columns: Sequence[Field], width: float, size: float) -> tuple[list[float], float]:
    """Widths that together fill the table, and the size at which nothing is broken."""
    while size > _LEAST_SIZE and sum(_need(column, size) for column in columns) > width:
        size -= 0.5
    needs = [_need(column, size) for column in columns]
    left = width - sum(needs)
    if left < 0:
        return _squeezed(columns, needs, width), size
    growth = [need * _grows(column) for need, column in zip(needs, columns, strict=True)]
    return [
        round(need + left * grows / sum(growth), 2)
        for need, grows in zip(needs, growth, strict=True)
    ], size


def _grows(column: Field) -> float:
    """How much more than its length a column takes of the room that is left."""
    if column.type != "text" or column.derived:
        return _GROWTH.get(column.type, _FIXED_GROWTH)
    if _is_name(column):
        return _TEXT_GROWTH[0][1]
    most = longest(column) or _TEXT_GROWTH[1][0]
    return next(grows for limit, grows in _TEXT_GROWTH if most <= limit)


def _squeezed(columns: Sequence[Field], needs: Sequence[float], width: float) -> list[float]:
    """Texts take more lines, numbers and dates stay whole."""
    can_break = [column.type in ("text", "longtext") and not _is_name(column) for column in columns]
    whole = sum(need for need, breaks in zip(needs, can_break, strict=True) if not breaks)
    share = (width - whole) / (sum(needs) - whole)
    return [
        round(need * share if breaks else need, 2)
        for need, breaks in zip(needs, can_break, strict=True)
    ]


def _is_name(column: Field) -> bool:
    return any(rule.name == "person_name" for rule in column.rules)


def _need(column: Field, size: float) -> float:
    """Millimetres that the values and two lines of the heading take."""
    heading = _heading_characters(column.label) * size * _POINT_MM + _PADDING_MM
    if column.type in _PAPER_MM:
        return max(_PAPER_MM[column.type], heading)
    return max(_characters(column) * size * _POINT_MM + _PADDING_MM, heading)


def _heading_characters(text: str) -> int:
    """The longest of the two lines that a heading takes at best; three stand in one."""
    if len(text) <= _WHOLE_HEADING:
        return len(text)
    lines = broken(text, max(2, math.ceil(len(text) / 2))).split("\n")
    return max(len(line) for line in lines)


def _characters(column: Field) -> float:
    if any(rule.name == "disability_certificate" for rule in column.rules):
        return _CERTIFICATE
    if column.type == "multi":
        return _MOST_TEXT
    if column.type == "choice":
        return min(_MOST_CHOICE, max((len(choice) for choice in column.choices), default=4))
    if column.derived and column.derived.name in ("seq", "id_sex"):
        return 2.2
    if column.type == "text" and longest(column):
        return min(_MOST_TEXT, max(3.0, min(longest(column), _NAME), longest(column) * 0.5))
    return _CHARACTERS.get(column.type, 5.0)
