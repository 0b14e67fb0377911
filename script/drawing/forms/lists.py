"""L-LIST and L-NOTICE: rosters across the page, notices for the publicity column."""

from docx.document import Document

from filler.form.forms import FormSpec
from script.drawing.forms.rosters import draw_roster
from script.drawing.forms.sheets import Drawing, around_tables, draw_head, draw_lines, fields_of
from script.drawing.marks import draw_photos, draw_seals, draw_signatures
from script.drawing.paper import SONG_TITLE, Paper
from script.drawing.wording import SMALL, names_in, with_tags

_ACROSS = 267.0


def draw_list(spec: FormSpec, drawing: Drawing) -> Document:
    """A roster or ledger on A4 across."""
    paper = Paper(297, 210, (15, 15, 24, 15))
    paper.line("{{ title }}", font=SONG_TITLE, size=18, align="center", after=4)
    draw_head(paper, spec, SMALL)
    before, after = around_tables(spec)
    draw_lines(paper, before)
    for table in fields_of(spec, "rows"):
        draw_roster(paper, table, _ACROSS, 9, drawing.row - 1.5)
        paper.gap(4)
    draw_lines(paper, after)
    draw_signatures(paper, fields_of(spec, "sign"), SMALL)
    draw_seals(paper, fields_of(spec, "seal"), _ACROSS, height=34)
    photos = fields_of(spec, "photo")
    if photos:
        paper.gap(4)
        draw_photos(paper, photos, _ACROSS, drawing.photo)
    return paper.finish()


def draw_notice(spec: FormSpec, drawing: Drawing) -> Document:
    """A notice on A4, or A3 for what hangs for a quarter."""
    is_large = drawing.paper == "A3"
    page = (297, 420) if is_large else (210, 297)
    paper = Paper(*page, (25, 20, 25, 20))
    paper.line("{{ title }}", font=SONG_TITLE, size=32 if is_large else 22, align="center", after=8)
    size = 14 if is_large else 12
    fields = {field.slug: field for field in spec.fields}
    for line in drawing.heading:
        paper.line(with_tags(line, fields), size=size + 1, align="center", after=4)
    for line in drawing.body:
        paper.line("　　" + with_tags(line, fields), size=size + 2, align="left", after=4)
    before, after = around_tables(spec, names_in(*drawing.body, *drawing.heading))
    draw_lines(paper, before, size)
    for table in fields_of(spec, "rows"):
        draw_roster(paper, table, paper.type_width, *((12, 9) if is_large else (10, 8)))
        paper.gap(6)
    draw_lines(paper, after, size)
    draw_signatures(paper, fields_of(spec, "sign"), size)
    draw_seals(paper, fields_of(spec, "seal"), paper.type_width, size + 1)
    return paper.finish()
