"""The first version of any template, from its spec and layout class (domain report 3.5).

A spec may hold a table `[drawing]`, which only this drawing reads: `paper` ("A4" or "A3"),
`body` (paragraphs of letters and agreements, `{slug}` stands for a field), `heading`
(lines above the body). What a person later changes in Word is what counts.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document

from filler.forms import Field, FormSpec, Section
from script.drawing.forms import (
    MEMBER_COLUMNS,
    MEMBERS,
    PLACE,
    SIGNATURE,
    SMALL,
    SUPPORTER_COLUMNS,
    SUPPORTERS,
    draw_continuation,
    draw_people,
)
from script.drawing.paper import SONG_TITLE, Cell, Grid, Paper, label, tag, value

_SIX = (21, 35.6, 21, 35.6, 21, 35.8)
_PAIRS = 3
_OPINION_MM = 39
_PHOTO_MM = 52
#: A photo of this label stands at the right of the first rows.
_PORTRAIT, _PORTRAIT_ROWS = "照片", 5
_LABEL_MM, _VALUE_MM = 21, 35.6
_PEOPLE = {
    "members": ("共同生活家庭成员", MEMBERS, MEMBER_COLUMNS),
    "supporters": ("不共同生活的赡（抚、扶）养义务人", SUPPORTERS, SUPPORTER_COLUMNS),
}
_BLANK_DATE = "　　年　月　日"
#: What stands in the head line and is not repeated in the grid.
_IN_HEAD = frozenset({"town", "village", "group_no"})
_WEIGHTS = {
    "idcard": 31, "bank": 32, "phone": 20, "date": 23, "month": 17, "money": 16, "int": 9,
    "longtext": 34, "sign": 20, "text": 18, "photo": 30,
}  # fmt: skip
_CONDITION = re.compile(r"\[(\w+)\]")
#: A line of a roster has no room for more boxes.
_BOXES_IN_LINE = 8
_WORD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What only the drawing reads of a spec."""

    paper: str = "A4"
    body: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()


def read_drawing(table: dict[str, Any]) -> Drawing:
    """The `[drawing]` table of a spec."""
    found = table.get("drawing", {})
    return Drawing(
        found.get("paper", "A4"), tuple(found.get("body", ())), tuple(found.get("heading", ()))
    )


def draw(spec: FormSpec, drawing: Drawing) -> Document:
    """The template of a form."""
    return _LAYOUTS[spec.layout](spec, drawing)


def _draw_table(spec: FormSpec, drawing: Drawing) -> Document:
    paper = Paper(210, 297, (20, 20, 25, 20))
    paper.line(
        "{{ title }}", font=SONG_TITLE, size=_title_size(spec.title), align="center", after=6
    )
    _head(paper, spec)
    for line in drawing.heading:
        paper.line(_tags(line), size=SMALL, align="left", after=3)
    photo = next((field for field in spec.fields if field.label == _PORTRAIT), None)
    for number, section in enumerate(spec.sections):
        _section(paper, section, spec, has_portrait=photo is not None and number == 0)
    slugs = {field.slug for field in spec.fields}
    if "members" in slugs:
        draw_continuation(paper, with_supporters="supporters" in slugs)
    return paper.finish()


def _draw_list(spec: FormSpec, drawing: Drawing) -> Document:
    paper = Paper(297, 210, (15, 15, 24, 15))
    paper.line("{{ title }}", font=SONG_TITLE, size=18, align="center", after=4)
    _head(paper, spec, SMALL)
    tables = [field for field in spec.fields if field.type == "rows"]
    before, after = _around(spec)
    _lines_of_fields(paper, before)
    for table in tables:
        _roster(paper, table, 267, 8.5)
        paper.gap(4)
    _lines_of_fields(paper, after)
    _signatures(paper, [field for field in spec.fields if field.type == "sign"], SMALL)
    _seals(paper, [field for field in spec.fields if field.type == "seal"], 267, height=34)
    photos = [field for field in spec.fields if field.type == "photo"]
    if photos:
        paper.gap(4)
        _photos(paper, photos, 267)
    return paper.finish()


def _draw_notice(spec: FormSpec, drawing: Drawing) -> Document:
    is_large = drawing.paper == "A3"
    paper = Paper(*((297, 420, (25, 20, 25, 20)) if is_large else (210, 297, (25, 20, 25, 20))))
    paper.line("{{ title }}", font=SONG_TITLE, size=32 if is_large else 22, align="center", after=8)
    size = 14 if is_large else 12
    for line in drawing.heading:
        paper.line(_tags(line), size=size + 1, align="center", after=4)
    for line in drawing.body:
        paper.line("　　" + _tags(line), size=size + 2, align="left", after=4)
    before, after = _around(spec, _WORD.findall(" ".join((*drawing.body, *drawing.heading))))
    _lines_of_fields(paper, before, size)
    width = 257 if is_large else 170
    for table in (field for field in spec.fields if field.type == "rows"):
        _roster(paper, table, width, 12 if is_large else 9.5, 9 if is_large else 8)
        paper.gap(6)
    _lines_of_fields(paper, after, size)
    _signatures(paper, [field for field in spec.fields if field.type == "sign"], size)
    _seals(paper, [field for field in spec.fields if field.type == "seal"], width, size + 1)
    return paper.finish()


def _draw_letter(spec: FormSpec, drawing: Drawing) -> Document:
    """存根 above a line with 骑缝章, the letter below, with what proves its delivery."""
    paper = Paper(210, 297, (22, 26, 22, 28))
    paper.line("{{ title }}（存根）", font=SONG_TITLE, size=15, align="center", after=3)
    _head(paper, spec, SMALL)
    for line in drawing.heading:
        paper.line(_tags(line), size=12, align="left")
    paper.line(
        "…" * 10 + "（骑缝处盖章）" + "…" * 10, size=SMALL, align="center", before=6, after=8
    )
    paper.line(
        "{{ title }}",
        font=SONG_TITLE,
        size=_title_size(spec.title, width=156),
        align="center",
        after=6,
    )
    paper.line("编号:{{ case_no }}", size=12, align="right", after=6)
    for line in drawing.body:
        _body_line(paper, line, 14, after=4)
    told = _WORD.findall(" ".join((*drawing.body, *drawing.heading)))
    for table in (field for field in spec.fields if field.type == "rows"):
        _roster(paper, table, 156, 10)
        paper.gap(4)
    rest = [field for field in _singles(spec) if field.slug not in told]
    _seals(paper, [field for field in spec.fields if field.type == "seal"], 156, 14, height=42)
    if rest or any(field.type == "sign" for field in spec.fields):
        grid = paper.grid((24, 54, 24, 54))
        _fill_pairs(grid, [*rest, *(f for f in spec.fields if f.type == "sign")], 2)
    return paper.finish()


def _draw_agreement(spec: FormSpec, drawing: Drawing) -> Document:
    paper = Paper(210, 297, (25, 24, 22, 26))
    paper.line(
        "{{ title }}",
        font=SONG_TITLE,
        size=_title_size(spec.title, width=160),
        align="center",
        after=8,
    )
    _head(paper, spec)
    for line in drawing.heading:
        paper.line(_tags(line), size=13, align="left", after=1)
    for line in drawing.body:
        _body_line(paper, line, 13, after=2)
    told = _WORD.findall(" ".join((*drawing.body, *drawing.heading)))
    rest = [field for field in _singles(spec) if field.slug not in told]
    if rest:
        _fill_pairs(paper.grid((24, 55, 24, 57)), rest, 2)
        paper.gap(4)
    for table in (field for field in spec.fields if field.type == "rows"):
        _roster(paper, table, 160, 10, 12)
        paper.gap(6)
    signs = [field for field in spec.fields if field.type in ("sign", "print")]
    if signs:
        beside = 3 if len(signs) == 3 else 2
        grid = paper.grid([160 / beside] * beside, border="nil")
        for first in range(0, len(signs), beside):
            row = [*signs[first : first + beside], *[None] * beside][:beside]
            grid.row(*(_signature_cell(sign) for sign in row), height=16)
    _seals(paper, [field for field in spec.fields if field.type == "seal"], 160, 13, height=38)
    return paper.finish()


def _draw_cover(spec: FormSpec, drawing: Drawing) -> Document:
    """A box cover: big lines in a frame."""
    paper = Paper(210, 297, (30, 25, 25, 30))
    grid = paper.grid((155,))
    grid.row(value(""), height=18)
    for line in drawing.heading:
        grid.row(value(_tags(line), size=20), height=16)
    grid.row(value("{{ title }}", size=30, font=SONG_TITLE), height=60)
    for field in _singles(spec):
        grid.row(value(f"{field.label}:{{{{ {field.slug} }}}}", size=18, align="left"), height=15)
    grid.row(value(""), height=12)
    for line in drawing.body:
        paper.line(_tags(line), size=12, align="left", before=4)
    return paper.finish()


_LAYOUTS: dict[str, Callable[[FormSpec, Drawing], Document]] = {
    "L-TABLE": _draw_table,
    "L-MINUTES": _draw_table,
    "L-LIST": _draw_list,
    "L-NOTICE": _draw_notice,
    "L-LETTER": _draw_letter,
    "L-AGREE": _draw_agreement,
    "L-COVER": _draw_cover,
}


def _head(paper: Paper, spec: FormSpec, size: float = 12) -> None:
    slugs = {field.slug for field in spec.fields}
    place = PLACE if "village" in slugs else "{{ town or '　　　　镇' }}" if "town" in slugs else ""
    if "group_no" in slugs:
        place += "　{{ group_no or '　　' }} 组"
    paper.two_ends(place, "编号:{{ case_no }}", size)


def _section(paper: Paper, section: Section, spec: FormSpec, *, has_portrait: bool) -> None:
    """One titled part: pairs in a grid, tables, opinions, photos."""
    fields = [
        field
        for field in section.fields
        if field.printed and field.slug not in _IN_HEAD and field.label != _PORTRAIT
    ]
    if not fields:
        return
    titled = fields[0].slug in _PEOPLE
    for kind, group in _grouped(fields):
        if kind == "pairs":
            title = section.title if len(spec.sections) > 1 and not titled else ""
            titled = True
            _pairs_part(paper, title, group, has_portrait)
            has_portrait = False
        elif kind == "opinion":
            grid = paper.grid((24, 146.0))
            _opinion(grid, group)
        elif kind == "photo":
            _photos(paper, group, 170)
        elif group[0].slug in _PEOPLE:
            title, widths, columns = _PEOPLE[group[0].slug]
            has_sheet = any(field.slug == "members" for field in spec.fields)
            part = f"{group[0].slug}_first" if has_sheet else group[0].slug
            draw_people(paper, title, part, widths, columns)
        else:
            _roster(paper, group[0], 170, 10, title=group[0].label)
        paper.gap()


def _photos(paper: Paper, photos: Sequence[Field], width: float) -> None:
    """Room for photos side by side; a heading row is never torn from its label."""
    grid = paper.grid([width / len(photos)] * len(photos))
    grid.row(*(value("") for _ in photos), height=_PHOTO_MM, header=True)
    grid.row(*(label(photo.label, size=SMALL) for photo in photos), height=8)


def _pairs_part(paper: Paper, title: str, fields: list[Field], has_portrait: bool) -> None:
    grid = paper.grid(_SIX)
    if title:
        grid.row(label(title, 6, SMALL), height=7, header=True)
    rest = _fill_beside_portrait(grid, fields) if has_portrait else fields
    _fill_pairs(grid, rest, _PAIRS)


def _grouped(fields: Sequence[Field]) -> Iterator[tuple[str, list[Field]]]:
    """Fields that stand together: pairs, an opinion with its seal, photos, a table."""
    groups: list[tuple[str, list[Field]]] = []
    for field in fields:
        kind = {"rows": "table", "photo": "photo"}.get(field.type, "pairs")
        if kind == "table" or not groups or groups[-1][0] != kind:
            groups.append((kind, []))
        groups[-1][1].append(field)
    for kind, group in groups:
        if kind == "pairs":
            yield from _with_opinions(group)
        else:
            yield kind, group


def _with_opinions(fields: list[Field]) -> Iterator[tuple[str, list[Field]]]:
    """A run of longtext, signatures, date and seal is an opinion cell."""
    plain: list[Field] = []
    opinion: list[Field] = []
    for field in fields:
        if field.type == "longtext":
            plain += opinion
            opinion = [field]
        elif opinion and field.type in ("sign", "date", "print"):
            opinion.append(field)
        elif opinion and field.type == "seal":
            if plain:
                yield "pairs", plain
            yield "opinion", [*opinion, field]
            plain, opinion = [], []
        else:
            plain += [*opinion, field]
            opinion = []
    if plain or opinion:
        yield "pairs", [*plain, *opinion]


def _opinion(grid: Grid, fields: list[Field]) -> None:
    """Text on top, signatures and seal at the foot.

    The first row is a heading row: Word and LibreOffice never leave one alone at the foot
    of a page, so that no opinion is torn from its seal.
    """
    text, seal = fields[0], fields[-1]
    signs = [field for field in fields if field.type in ("sign", "print")]
    dates = [field for field in fields if field.type == "date"]
    signed = "　".join(f"{_short(field.label)}:{SIGNATURE}" for field in signs)
    date = _dated(dates[0].slug) if dates else _BLANK_DATE
    grid.row(
        label(_broken(text.label, 5), size=11, vertical="bottom", open_sides=("bottom",)),
        value(tag(text.slug), align="left", vertical="top", open_sides=("bottom",), indent=True),
        height=_OPINION_MM - 17,
        header=True,
    )
    foot = f"{signed}\n{{{{ {seal.slug} }}}}(盖章)　　{date}"
    grid.row(
        label("", open_sides=("top",)),
        value(foot, align="right", vertical="bottom", open_sides=("top",), size=11),
        height=17,
    )


def _fill_pairs(grid: Grid, fields: Sequence[Field], pairs: int) -> None:
    """Labels with values, packed into rows; the last value of a row fills it up."""
    for row in _packed(fields, pairs):
        _write_pairs(grid, row, pairs)


def _fill_beside_portrait(grid: Grid, fields: Sequence[Field]) -> list[Field]:
    """The first rows with a photo at their right; the fields that are left."""
    rows = list(_packed(fields, _PAIRS - 1))
    for number, row in enumerate(rows[:_PORTRAIT_ROWS]):
        photo = value("照\n\n片", 2) if number == 0 else value("", 2)
        merge = "restart" if number == 0 else "continue"
        _write_pairs(grid, row, _PAIRS - 1, replace(photo, merge=merge))
    return [field for row in rows[_PORTRAIT_ROWS:] for field, _ in row]


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


def _write_pairs(grid: Grid, row: list[tuple[Field, int]], pairs: int, *tail: Cell) -> None:
    used = sum(need for _, need in row)
    cells, height = [], 9.0
    for number, (field, need) in enumerate(row):
        width = need + (pairs - used if number == len(row) - 1 else 0)
        size = SMALL if len(field.label) <= 5 else 9.5
        cells.append(label(_broken(field.label, 5), size=size))
        cells.append(_value_cell(field, 2 * width - 1))
        height = max(height, _height_of(field))
    grid.row(*cells, *tail, height=height)


def _value_cell(field: Field, span: int) -> Any:
    if field.type in ("sign", "print"):
        return value("", span)
    if field.type == "seal":
        return value(f"{{{{ {field.slug} }}}}(盖章)", span, size=SMALL)
    is_long = field.type in ("longtext", "multi")
    shown = _shown(field)
    return value(
        shown,
        span,
        align="left" if is_long or span > 3 else "center",
        size=SMALL,
        vertical="top" if field.type == "longtext" else "center",
        indent=field.type == "longtext",
    )


def _shown(field: Field) -> str:
    if field.type in ("choice", "multi") and 0 < len(field.choices) <= 20:
        return tag(f"{field.slug}_boxes")
    return _dated(field.slug) if field.type == "date" else tag(field.slug)


def _height_of(field: Field) -> float:
    if field.type == "longtext":
        most = _longest(field) or 200
        return 18 if most <= 100 else 28 if most <= 250 else 40
    return {"sign": 12.0, "print": 12.0, "seal": 38.0}.get(field.type, 9.0)


def _pairs_of(field: Field, pairs: int) -> int:
    if field.type in ("longtext", "seal"):
        return pairs
    if field.type in ("choice", "multi") and 0 < len(field.choices) <= 20:
        return _pairs_for(sum(len(choice) * 3.7 + 5.5 for choice in field.choices))
    if field.type == "bank":
        return 2
    return _pairs_for(_longest(field) * 3.7 / 1.6) if field.type == "text" else 1


def _pairs_for(millimetres: float) -> int:
    return next(
        (need for need in (1, 2) if millimetres <= need * _VALUE_MM + (need - 1) * _LABEL_MM), 3
    )


def _longest(field: Field) -> int:
    """The most characters a rule allows; 0 when no rule speaks."""
    for rule in field.rules:
        if rule.name == "length":
            return int(rule.args[1])
    return 0


def _roster(
    paper: Paper, table: Field, width: float, size: float, height: float = 7.5, title: str = ""
) -> None:
    """A table of rows with its heading on every page."""
    columns = [column for column in table.columns if column.printed]
    weights = [max(_weight(column), _label_width(column.label)) for column in columns]
    scale = width / sum(weights)
    grid = paper.grid([round(weight * scale, 2) for weight in weights], margin=0.5)
    if title:
        grid.row(label(title, len(columns), SMALL), height=7, header=True)
    heads = (
        label(_broken(column.label, max(2, int(weight * scale / (size * 0.37)))), size=size)
        for column, weight in zip(columns, weights, strict=True)
    )
    grid.row(*heads, height=10, header=True)
    cells = (
        value(
            "" if column.type in ("sign", "photo", "print") else tag(f"r.{column.slug}"),
            size=size,
            align="left" if column.type == "longtext" else "center",
        )
        for column in columns
    )
    tall = max(height, 9 if any(column.type == "sign" for column in columns) else 0)
    grid.loop(table.slug, "r", *cells, height=tall)


def _weight(column: Field) -> float:
    if column.type in ("choice", "multi"):
        return max(10.0, 3.2 * max((len(choice) for choice in column.choices), default=4) + 2)
    if column.type == "text" and _longest(column):
        return min(40.0, max(12.0, _longest(column) * 1.3))
    return float(_WEIGHTS.get(column.type, 18))


def _label_width(text: str) -> float:
    """Two lines of a heading must fit."""
    return 3.3 * -(-len(text) // 2) + 2


def _around(spec: FormSpec, told: Sequence[str] = ()) -> tuple[list[Field], list[Field]]:
    """Single fields before and after the first table; what is told elsewhere is left out."""
    before: list[Field] = []
    after: list[Field] = []
    current = before
    for field in spec.fields:
        if field.type == "rows":
            current = after
        elif field in _singles(spec) and field.slug not in told:
            current.append(field)
    return before, after


def _singles(spec: FormSpec) -> list[Field]:
    """Single fields that the title and the head line do not show."""
    return [
        field
        for field in spec.fields
        if field.printed
        and _is_single(field)
        and field.slug not in _IN_HEAD
        and f"{{{field.slug}}}" not in spec.title
    ]


def _is_single(field: Field) -> bool:
    return field.type not in ("rows", "photo", "sign", "seal", "print")


def _lines_of_fields(paper: Paper, fields: Sequence[Field], size: float = SMALL) -> None:
    """`label:value` beside each other; long texts have lines of their own."""
    line: list[str] = []
    for field in fields:
        shown = _dated(field.slug) if field.type == "date" else _roomy(field.slug)
        if field.type in ("choice", "multi") and 0 < len(field.choices) <= _BOXES_IN_LINE:
            shown = tag(f"{field.slug}_boxes")
        text = f"{field.label}:{shown}"
        if field.type == "longtext":
            if line:
                paper.line("　　".join(line), size=size, align="left", after=2)
            line = []
            paper.line(text, size=size, align="left", after=2)
        else:
            line.append(text)
        if len(line) == 3:
            paper.line("　　".join(line), size=size, align="left", after=2)
            line = []
    if line:
        paper.line("　　".join(line), size=size, align="left", after=2)


def _signatures(paper: Paper, signs: Sequence[Field], size: float) -> None:
    for first in range(0, len(signs), 3):
        row = [f"{_short(field.label)}:{SIGNATURE}" for field in signs[first : first + 3]]
        paper.line("　　".join(row), size=size, align="left", before=5, after=2)


def _seals(
    paper: Paper, seals: Sequence[Field], width: float, size: float = SMALL, height: float = 40
) -> None:
    if not seals:
        return
    grid = paper.grid([width / len(seals)] * len(seals), border="nil")
    grid.row(
        *(
            value(f"{{{{ {field.slug} }}}}\n(盖章)\n年　　月　　日", size=size, vertical="bottom")
            for field in seals
        ),
        height=height,
    )


def _body_line(paper: Paper, line: str, size: float, after: float) -> None:
    """A paragraph of a letter; `[slug]` before it: only when that field is filled.

    On a blank form, which has no case number, it stands there for the pen.
    """
    condition = _CONDITION.match(line)
    text = line[condition.end() :] if condition else line
    indent = "" if text.endswith(("：", ":")) else "　　"
    if condition:
        paper.line(f"{{%p if {condition[1]} or not case_no %}}")
    paper.line(indent + _tags(text), size=size, align="left", after=after)
    if condition:
        paper.line("{%p endif %}")


def _signature_cell(field: Field | None) -> Any:
    if field is None:
        return value("")
    return value(f"{_short(field.label)}:\n{SIGNATURE}", size=12, align="left")


def _short(text: str) -> str:
    return text if "签" in text or "按印" in text else f"{text}签字"


def _roomy(slug: str) -> str:
    return "{{ " + f"{slug} or '{'_' * 8}'" + " }}"


def _dated(slug: str) -> str:
    return "{{ " + f'{slug} or "{_BLANK_DATE}"' + " }}"


def _tags(line: str) -> str:
    """`{name}` as a tag; blank values leave room for the pen."""
    return _WORD.sub(lambda match: "{{ " + f'{match[1]} or "{SIGNATURE}"' + " }}", line)


def _broken(text: str, most: int) -> str:
    """A label over two lines when it is too long for one."""
    if len(text) <= most or "\n" in text:
        return text
    middle = -(-len(text) // 2)
    return f"{text[:middle]}\n{text[middle:]}"


def _title_size(title: str, most: float = 22, width: float = 165) -> float:
    """The largest size at which the title stands in one line."""
    characters = len(_WORD.sub("　" * 3, title))
    return next(
        (size for size in (22, 20, 18, 16) if size <= most and characters * size * 0.353 <= width),
        15,
    )
