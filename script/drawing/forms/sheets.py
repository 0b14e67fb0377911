"""What every layout has: title, head line, lines of fields; and what a spec says of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from filler.form.forms import PAPER_TYPES, Field, FormSpec
from script.drawing.pairs import Rows, has_boxes
from script.drawing.paper import SONG_TITLE, Paper, tag
from script.drawing.wording import (
    CASE_NO,
    PLACE,
    POINT_MM,
    SMALL,
    dated,
    filled_length,
    roomy,
    title_size,
    while_it_hangs,
)

#: What stands in the head line and is not repeated in the grid.
IN_HEAD = frozenset({"town", "village", "group_no"})
#: Rows of a form that keeps to its page are less high, in mm.
DENSE_ROW = 9.0
#: A line of a roster has no room for more boxes.
_BOXES_IN_LINE = 8
_IN_LINE, _BETWEEN = 3, "　　"  #: fields beside each other at most, and what parts them


@dataclass(frozen=True, slots=True)
class Drawing:
    """What only the drawing reads of a spec, its table `[drawing]`."""

    paper: str = "A4"  #: or A3
    body: tuple[str, ...] = ()  #: paragraphs of letters and agreements
    heading: tuple[str, ...] = ()  #: lines above the body
    row: float = 9.0  #: height of a row in mm: less where a form should keep to its page
    opinion: float = 0.0  #: height of an opinion with its seal in mm, where there is room
    photo: float = 60.0  #: height of a photo's frame in mm
    new_page: tuple[str, ...] = ()  #: titles of sections that begin a page
    rows_if: str = ""  #: `result=补正`: when a letter holds its table
    dated: str = ""  #: the date that stands under the seal of a letter

    @property
    def opinion_height(self) -> float:
        """Room for a round seal of 42 mm at least."""
        return self.opinion or (39 if self.row >= DENSE_ROW else 38)

    @property
    def rows(self) -> Rows:
        """How high its rows are."""
        return Rows(self.row)


def read_drawing(table: dict[str, Any]) -> Drawing:
    """The `[drawing]` table of a spec."""
    found = table.get("drawing", {})
    lists: dict[str, Any] = {
        key: tuple(found.get(key, ())) for key in ("body", "heading", "new_page")
    }
    plain: dict[str, Any] = {
        key: found[key]
        for key in ("paper", "row", "opinion", "photo", "rows_if", "dated")
        if key in found
    }
    return Drawing(**lists, **plain)


def draw_title(paper: Paper, spec: FormSpec, *, width: float = 165, after: float = 6) -> None:
    """The title, as large as one line allows."""
    size = title_size(spec.title, width=width)
    paper.line("{{ title }}", font=SONG_TITLE, size=size, align="center", after=after)


def draw_head(paper: Paper, spec: FormSpec, size: float = 12) -> None:
    """Town, village and group at the left, the case number at the right."""
    slugs = {field.slug for field in spec.fields}
    place = PLACE if "village" in slugs else "{{ town or '　　　　镇' }}" if "town" in slugs else ""
    if "group_no" in slugs:
        place += "　{{ group_no or '　　' }} 组"
    paper.two_ends(place, CASE_NO, size)


def fields_of(spec: FormSpec, *types: str) -> list[Field]:
    """The fields of some types."""
    return [field for field in spec.fields if field.type in types]


def singles(spec: FormSpec, told: Sequence[str] = ()) -> list[Field]:
    """Single fields that neither title, head line nor text shows."""
    return [
        field
        for field in spec.fields
        if field.printed
        and field.type not in PAPER_TYPES
        and field.type != "rows"
        and field.slug not in IN_HEAD
        and field.slug not in told
        and f"{{{field.slug}}}" not in spec.title
    ]


def around_tables(spec: FormSpec, told: Sequence[str] = ()) -> tuple[list[Field], list[Field]]:
    """Single fields before and after the first table."""
    kept = singles(spec, told)
    tables = [number for number, field in enumerate(spec.fields) if field.type == "rows"]
    first = tables[0] if tables else len(spec.fields)
    before = [field for field in spec.fields[:first] if field in kept]
    return before, [field for field in spec.fields[first:] if field in kept]


def draw_lines(paper: Paper, fields: Sequence[Field], size: float = SMALL) -> None:
    """`label:value` beside each other; long texts have lines of their own.

    Telephones stand together, and no number is torn from its label.
    """
    room = paper.type_width / (size * POINT_MM)
    for line in _lines_of(fields, room):
        text = _BETWEEN.join(_labelled(field, room) for field in line)
        paper.line(text, size=size, align="left", after=2)


def _lines_of(fields: Sequence[Field], room: float) -> Iterator[list[Field]]:
    """Fields line by line, as many as so many Han characters hold when all are filled."""
    line: list[Field] = []
    for field in fields:
        is_apart = line and not _go_together(line[-1], field)
        if is_apart or len(line) == _IN_LINE or _length([*line, field]) > room:
            if line:
                yield line
            line = []
        line.append(field)
    if line:
        yield line


def _go_together(one: Field, other: Field) -> bool:
    types = {one.type, other.type}
    return "longtext" not in types and (types == {"phone"} or "phone" not in types)


def _length(line: Sequence[Field]) -> float:
    texts = (len(field.label) + 1 + filled_length(field) for field in line)
    return sum(texts) + len(_BETWEEN) * (len(line) - 1)


def _labelled(field: Field, room: float) -> str:
    if field.derived and field.derived.name == "publicity_end":
        return while_it_hangs(field.label, field.slug, field.derived.args[0])
    return f"{field.label}:{_shown(field, room - len(field.label) - 1)}"


def _shown(field: Field, room: float) -> str:
    """A value; blank, a long text leaves the rest of its line: so many Han characters."""
    if field.type == "longtext":
        return roomy(field.slug, 2 * int(room) - 2)
    if has_boxes(field, _BOXES_IN_LINE):
        return tag(f"{field.slug}_boxes")
    return dated(field.slug) if field.type == "date" else roomy(field.slug)
