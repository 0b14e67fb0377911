"""Labels with their values, packed into the rows of a grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from filler.form.forms import Field
from script.drawing.paper import Cell, Grid, label, tag, value
from script.drawing.wording import (
    SMALL,
    dated,
    fitting_size,
    in_short_lines,
    longest,
    or_none,
    signed,
)

PAIRS = 3
SIX = (21, 35.6, 21, 35.6, 21, 35.8)
#: A photo of this label stands at the right of the first rows.
PORTRAIT, _PORTRAIT_ROWS = "照片", 5
_PORTRAIT_ROW_MM = 6.9  #: at least, so that a photo of 35 mm is no smaller than 30
_LABEL_MM, _VALUE_MM, _MARGIN_MM = 21, 35.6, 2
_WIDEST_ID = "0" * 19  #: seventeen figures and an X, which takes as much as nearly two
_ROW_MM, _CHARACTER_MM, _POINT_MM = 9.0, 3.7, 0.353
_MOST_BOXES = 20
_SLACK = 0.5  #: of a Han character: fonts differ
_WIDE = ("text", "longtext", "choice", "multi")


@dataclass(frozen=True, slots=True)
class Rows:
    """How high rows are; long texts and signatures follow in proportion."""

    height: float = _ROW_MM

    def of(self, field: Field) -> float:
        """The height a field's row has at least."""
        scale = self.height / _ROW_MM
        if field.type == "longtext":
            most = longest(field) or 200
            return (18 if most <= 100 else 28 if most <= 250 else 40) * scale
        return {"sign": 12.0, "print": 12.0}.get(field.type, _ROW_MM) * scale


def fill_pairs(grid: Grid, fields: Sequence[Field], pairs: int, rows: Rows) -> None:
    """Labels with values, packed into rows; the last value of a row fills it up."""
    for row in _packed(fields, pairs):
        _write_pairs(grid, row, pairs, rows)


def fill_beside_portrait(grid: Grid, fields: Sequence[Field], rows: Rows) -> list[Field]:
    """The first rows with a photo at their right; the fields that are left."""
    packed = list(_packed(fields, PAIRS - 1))
    rows = Rows(max(rows.height, _PORTRAIT_ROW_MM))
    for number, row in enumerate(packed[:_PORTRAIT_ROWS]):
        photo = value("照\n\n片", 2) if number == 0 else value("", 2)
        merge = "restart" if number == 0 else "continue"
        _write_pairs(grid, row, PAIRS - 1, rows, replace(photo, merge=merge))
    return [field for row in packed[_PORTRAIT_ROWS:] for field, _ in row]


def has_boxes(field: Field, most: int = _MOST_BOXES) -> bool:
    """Whether a choice is printed as boxes to tick."""
    return field.type in ("choice", "multi") and 0 < len(field.choices) <= most


def _packed(fields: Sequence[Field], pairs: int) -> Iterator[list[tuple[Field, int]]]:
    """Fields row by row, each with the pairs of columns it needs."""
    row: list[tuple[Field, int]] = []
    room = pairs
    for field in fields:
        need = min(pairs, _pairs_of(field, pairs))
        if need > room:
            yield row
            row, room = [], pairs
        row.append((field, need))
        room -= need
    if row:
        yield row


def _write_pairs(
    grid: Grid, row: list[tuple[Field, int]], pairs: int, rows: Rows, *tail: Cell
) -> None:
    used = sum(need for _, need in row)
    cells: list[Cell] = []
    height = rows.height
    for number, (field, need) in enumerate(row):
        width = need + (pairs - used if number == len(row) - 1 else 0)
        name = signed(field.label) if field.type == "sign" else field.label
        text = in_short_lines(name, 5)
        cells.append(label(text, size=fitting_size(text, _LABEL_MM - _MARGIN_MM, SMALL)))
        span, at = 2 * width - 1, sum(cell.span for cell in cells)
        cells.append(_value_cell(field, span, sum(grid.widths[at : at + span])))
        height = max(height, rows.of(field))
    grid.row(*cells, *tail, height=height)


def _value_cell(field: Field, span: int, millimetres: float) -> Cell:
    if field.type in ("sign", "print"):
        return value("", span)
    is_left = field.type in ("longtext", "multi") or (span > 1 and field.type in _WIDE)
    is_certificate = any(rule.name == "disability_certificate" for rule in field.rules)
    is_small = (is_certificate and span == 1) or _names_laws(field)
    size = 9 if is_small else _size_in(field, millimetres - _MARGIN_MM)
    room = (millimetres - _MARGIN_MM) / (size * _POINT_MM)
    return value(
        _shown(field),
        span,
        align="left" if is_left else "center",
        size=size,
        vertical="top" if field.type == "longtext" else "center",
        indent=field.type == "longtext",
        free_right=size * spare_after(field.choices, room) if has_boxes(field) else 0.0,
    )


def spare_after(choices: Sequence[str], room: float) -> float:
    """What a first line of boxes must leave free, so that no choice is cut at its end.

    In Han characters, of which `room` find place in a line; 0 where nothing is cut, and where
    two lines do not hold all.
    """
    whole = _width_of(choices, True)
    fitting = (at for at in range(len(choices), 0, -1) if _width_of(choices[:at], True) <= room)
    first = _width_of(choices[: next(fitting, 0)], True)
    is_cut = first < whole and room - first > 1
    return room - first - _SLACK if is_cut and whole - first <= first + _SLACK else 0.0


def _names_laws(field: Field) -> bool:
    """Two or three long titles in one cell."""
    return field.derived is not None and field.derived.name == "policy_note"


def _size_in(field: Field, millimetres: float) -> float:
    """A little smaller where that keeps the choices on one line."""
    words = _words_of(field)
    if not words:
        return SMALL
    sizes = (SMALL, 10, 9.5, 9)
    need = _width_of(words, has_boxes(field))
    return next((size for size in sizes if need * size * _POINT_MM <= millimetres), SMALL)


def _words_of(field: Field) -> Sequence[str]:
    """All that a field may print, if that is known."""
    if field.derived and field.derived.name == "band":
        return [word.partition("=")[2] for word in field.derived.args[1:]]
    if field.type == "idcard":
        return (_WIDEST_ID,)
    return field.choices if field.type in ("choice", "multi") else ()


def _width_of(choices: Sequence[str], with_boxes: bool) -> float:
    """Han characters that boxes beside each other take, or the longest choice."""
    widths = [sum(0.5 if char.isascii() else 1 for char in choice) for choice in choices]
    return sum(widths) + 1.25 * len(widths) if with_boxes else max(widths)


def _shown(field: Field) -> str:
    if has_boxes(field):
        return tag(f"{field.slug}_boxes")
    if field.derived and field.derived.name == "publicity_days":
        return or_none(field.slug, "无规定")
    return dated(field.slug) if field.type == "date" else tag(field.slug)


def _pairs_of(field: Field, pairs: int) -> int:
    if field.type == "longtext":
        return pairs
    if has_boxes(field):
        widths = (len(choice) * _CHARACTER_MM + 5.5 for choice in field.choices)
        return _pairs_for(sum(widths))
    if field.type == "bank" or _names_laws(field):
        return 2
    return _pairs_for(longest(field) * _CHARACTER_MM / 1.6) if field.type == "text" else 1


def _pairs_for(millimetres: float) -> int:
    return next(
        (need for need in (1, 2) if millimetres <= need * _VALUE_MM + (need - 1) * _LABEL_MM), 3
    )
