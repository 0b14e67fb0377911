"""L-LETTER and L-AGREE: notices to citizens, agreements and letters of authority."""

import re

from docx.document import Document

from filler.form.forms import Field, FormSpec
from script.drawing.forms.rosters import draw_roster
from script.drawing.forms.sheets import Drawing, draw_head, draw_title, fields_of, singles
from script.drawing.marks import draw_parties, draw_seal_at_right, draw_seals
from script.drawing.pairs import fill_pairs
from script.drawing.paper import SONG_TITLE, Paper
from script.drawing.wording import CASE_NO, SMALL, dated, names_in, with_tags

_CONDITION = re.compile(r"\[(\w+)(?:=(\w+))?( only)?\]")
_BLANK_DATE = "年　　月　　日"


def draw_letter(spec: FormSpec, drawing: Drawing) -> Document:
    """存根 above a line with 骑缝章, the letter below, with what proves its delivery."""
    paper = Paper(210, 297, (22, 26, 22, 28))
    fields = {field.slug: field for field in spec.fields}
    paper.line("{{ title }}（存根）", font=SONG_TITLE, size=15, align="center", after=3)
    draw_head(paper, spec, SMALL)
    for line in drawing.heading:
        paper.line(with_tags(line, fields), size=11, align="left")
    cut = "…" * 10 + "（骑缝处盖章）" + "…" * 10
    paper.line(cut, size=SMALL, align="center", before=6, after=8)
    draw_title(paper, spec, width=156)
    told = names_in(*drawing.body, *drawing.heading)
    paper.line(_number(fields.get("notice_no")), size=12, align="right", after=6)
    for line in drawing.body:
        _body_line(paper, line, spec, 14, after=4)
    _only_if(paper, f"[{drawing.rows_if}]" if drawing.rows_if else "")
    for table in fields_of(spec, "rows"):
        draw_roster(paper, table, paper.type_width, 10)
        paper.gap(4)
    if drawing.rows_if:
        paper.line("{%p endif %}")
    date = dated(drawing.dated) if drawing.dated else _BLANK_DATE
    draw_seal_at_right(paper, fields_of(spec, "seal"), paper.type_width, 14, date)
    paper.gap(4)
    rest = [*singles(spec, (*told, "notice_no")), *fields_of(spec, "sign")]
    if rest:
        fill_pairs(paper.grid((24, 54, 24, 54)), rest, 2, drawing.rows)
    return paper.finish()


def _number(field: Field | None) -> str:
    """镇民受字〔2018〕1号, or room to write it."""
    if field is None or field.derived is None:
        return CASE_NO
    return "{{ " + f'{field.slug} or "{field.derived.args[0]}〔　　　〕　　　号"' + " }}"


def draw_agreement(spec: FormSpec, drawing: Drawing) -> Document:
    """Clauses, those who sign, the day, the seals."""
    paper = Paper(210, 297, (25, 24, 22, 26))
    fields = {field.slug: field for field in spec.fields}
    draw_title(paper, spec, width=160, after=8)
    draw_head(paper, spec)
    for line in drawing.heading:
        paper.line(with_tags(line, fields), size=12, align="left", after=1)
    for line in drawing.body:
        _body_line(paper, line, spec, 13, after=2)
    rest = singles(spec, names_in(*drawing.body, *drawing.heading))
    days = [field for field in rest if field.type == "date"]
    others = [field for field in rest if field not in days]
    if others:
        fill_pairs(paper.grid((24, 55, 24, 57)), others, 2, drawing.rows)
        paper.gap(4)
    for table in fields_of(spec, "rows"):
        draw_roster(paper, table, paper.type_width, 10, 12)
        paper.gap(6)
    draw_parties(paper, fields_of(spec, "sign", "print"), paper.type_width)
    for day in days:
        paper.line(f"{day.label}:{dated(day.slug)}", size=12, align="right", before=6, after=2)
    draw_seals(paper, fields_of(spec, "seal"), paper.type_width, 13, height=38)
    return paper.finish()


def _body_line(paper: Paper, line: str, spec: FormSpec, size: float, after: float) -> None:
    """A paragraph of a letter, perhaps with a condition before it."""
    text = _only_if(paper, line)
    indent = "" if text.endswith(("：", ":")) else "　　"
    fields = {field.slug: field for field in spec.fields}
    paper.line(indent + with_tags(text, fields), size=size, align="left", after=after)
    if text != line:
        paper.line("{%p endif %}")


def _only_if(paper: Paper, line: str) -> str:
    """Begins what stands only when `[slug]` is filled, or `[slug=word]`; the line without it.

    On a blank form, which has no case number, it stands there for the pen; `[slug only]` does not.
    """
    condition = _CONDITION.match(line)
    if condition is None:
        return line
    slug, word, only = condition.groups()
    test = f'{slug} == "{word}"' if word else slug
    paper.line(f"{{%p if {test}{'' if only else ' or not case_no'} %}}")
    return line[condition.end() :]
