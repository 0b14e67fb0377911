"""The first version of any template, from its spec and layout class (domain report 3.5).

A spec may hold a table `[drawing]`, which only this drawing reads (see `sheets.Drawing`);
`{slug}` in its lines stands for a field. What a person later changes in Word is what counts.
"""

from collections.abc import Callable

from docx.document import Document

from filler.form.forms import FormSpec
from script.drawing.forms.letters import draw_agreement, draw_letter
from script.drawing.forms.lists import draw_list, draw_notice
from script.drawing.forms.sheets import Drawing, singles
from script.drawing.paper import SONG_TITLE, Paper, value
from script.drawing.tables import draw_table
from script.drawing.wording import with_tags


def draw(spec: FormSpec, drawing: Drawing) -> Document:
    """The template of a form."""
    return _LAYOUTS[spec.layout](spec, drawing)


def _draw_cover(spec: FormSpec, drawing: Drawing) -> Document:
    """A box cover: big lines in a frame."""
    paper = Paper(210, 297, (30, 25, 25, 30))
    fields = {field.slug: field for field in spec.fields}
    grid = paper.grid((155,))
    grid.row(value(""), height=18)
    for line in drawing.heading:
        grid.row(value(with_tags(line, fields), size=20), height=16)
    grid.row(value("{{ title }}", size=30, font=SONG_TITLE), height=60)
    for field in singles(spec):
        grid.row(value(f"{field.label}:{{{{ {field.slug} }}}}", size=18, align="left"), height=15)
    grid.row(value(""), height=12)
    for line in drawing.body:
        paper.line(with_tags(line, fields), size=12, align="left", before=4)
    return paper.finish()


_LAYOUTS: dict[str, Callable[[FormSpec, Drawing], Document]] = {
    "L-TABLE": draw_table,
    "L-MINUTES": draw_table,
    "L-LIST": draw_list,
    "L-NOTICE": draw_notice,
    "L-LETTER": draw_letter,
    "L-AGREE": draw_agreement,
    "L-COVER": _draw_cover,
}
