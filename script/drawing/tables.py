"""L-TABLE and L-MINUTES: sections of pairs, tables, opinions, seals and photos."""

from collections.abc import Iterator, Sequence

from docx.document import Document

from filler.form.forms import Field, FormSpec, Section
from script.drawing.forms.rosters import draw_roster
from script.drawing.forms.sheets import DENSE_ROW, IN_HEAD, Drawing, draw_head, draw_title
from script.drawing.marks import draw_opinion, draw_photos, draw_seals
from script.drawing.pairs import PAIRS, PORTRAIT, SIX, fill_beside_portrait, fill_pairs
from script.drawing.paper import Paper, label
from script.drawing.people import PEOPLE, draw_continuation, draw_people
from script.drawing.wording import SMALL, with_tags

_WIDTH = 170.0
_KINDS = {"rows": "table", "photo": "photo", "seal": "seal"}
Group = tuple[str, list[Field]]


def draw_table(spec: FormSpec, drawing: Drawing) -> Document:
    """A form of one or two pages."""
    paper = Paper(210, 297, (20, 20, 25, 20))
    draw_title(paper, spec)
    draw_head(paper, spec)
    fields = {field.slug: field for field in spec.fields}
    for line in drawing.heading:
        paper.line(with_tags(line, fields), size=SMALL, align="left", after=3)
    has_portrait = any(field.label == PORTRAIT for field in spec.fields)
    for number, section in enumerate(spec.sections):
        if section.title in drawing.new_page:
            paper.page_break()
        _Part(paper, spec, drawing).draw(section, has_portrait=has_portrait and number == 0)
    if "members" in fields:
        draw_continuation(paper, with_supporters="supporters" in fields)
    return paper.finish()


class _Part:
    """One titled part of a form."""

    def __init__(self, paper: Paper, spec: FormSpec, drawing: Drawing) -> None:
        self.paper, self.spec, self.drawing = paper, spec, drawing

    def draw(self, section: Section, *, has_portrait: bool) -> None:
        fields = [field for field in section.fields if _stands_here(field)]
        title = section.title if len(self.spec.sections) > 1 else ""
        for kind, group in _grouped(fields):
            if kind == "pairs":
                self._pairs(title, group, has_portrait)
                title, has_portrait = "", False
            elif kind == "opinion":
                title, grid = "", self.paper.grid((24, _WIDTH - 24))
                draw_opinion(grid, group, self.drawing.opinion_height)
            elif kind == "seal":
                draw_seals(self.paper, group, _WIDTH, border="single")
            elif kind == "photo":
                draw_photos(self.paper, group, _WIDTH, self.drawing.photo)
            else:
                self._rows(group[0])
                title = "" if title in group[0].label else title
            self.paper.gap()

    def _pairs(self, title: str, fields: list[Field], has_portrait: bool) -> None:
        grid, rows = self.paper.grid(SIX), self.drawing.rows
        if title:
            grid.row(label(title, 6, SMALL), height=7, header=True)
        rest = fill_beside_portrait(grid, fields, rows) if has_portrait else fields
        fill_pairs(grid, rest, PAIRS, rows)

    def _rows(self, table: Field) -> None:
        if table.slug not in PEOPLE:
            height = 7.5 if self.drawing.row >= DENSE_ROW else 7
            draw_roster(self.paper, table, _WIDTH, 10, height, title=table.label)
            return
        title, widths, columns = PEOPLE[table.slug]
        has_sheet = any(field.slug == "members" for field in self.spec.fields)
        part = f"{table.slug}_first" if has_sheet else table.slug
        draw_people(self.paper, title, part, widths, columns)


def _stands_here(field: Field) -> bool:
    return field.printed and field.slug not in IN_HEAD and field.label != PORTRAIT


def _grouped(fields: Sequence[Field]) -> Iterator[Group]:
    """Fields that stand together: pairs, an opinion with its seal, seals, photos, a table."""
    groups: list[Group] = []
    for field in _opinions_apart(fields):
        kind = "opinion" if isinstance(field, list) else _KINDS.get(field.type, "pairs")
        if kind in ("table", "opinion") or not groups or groups[-1][0] != kind:
            groups.append((kind, []))
        groups[-1][1].extend(field if isinstance(field, list) else [field])
    return iter(groups)


def _opinions_apart(fields: Sequence[Field]) -> Iterator[Field | list[Field]]:
    """A run of longtext, signatures, date and seal is an opinion cell."""
    opinion: list[Field] = []
    for field in fields:
        if field.type == "longtext":
            yield from opinion
            opinion = [field]
        elif opinion and field.type in ("sign", "date", "print"):
            opinion.append(field)
        elif opinion and field.type == "seal":
            yield [*opinion, field]
            opinion = []
        else:
            yield from opinion
            opinion = []
            yield field
    yield from opinion
