"""A value that is not there takes its words with it: no «元» without a figure on any form."""

import datetime as dt
import re
import tomllib
from functools import cache
from pathlib import Path

import jinja2
import pytest
from lxml import etree
from markupsafe import escape

from filler.form.form_data import FormData
from filler.values.derive import derive
from filler.values.read_answers import read_answers
from filler.word.page_texts import page_texts
from filler.word.proving.sample_rows import repeat_sample_rows
from filler.word.word_source import open_word, read_sources
from script.drawing.wording import counted, or_none
from tests.shipped_forms import shipped_forms

ANSWERS = Path(__file__).resolve().parent / "samples" / "answers"
TODAY = dt.date(2026, 11, 23)
CATALOGUE = shipped_forms()
FORMS = [spec.id for spec in CATALOGUE.forms]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GAP = "∅"  #: stands where a value is not there
VALUE = re.compile("⟦.*?⟧", re.DOTALL)  #: what is there, apart from the template's own words
#: A label may stand before a gap; after it only the end, or other gaps.
HARMLESS = re.compile(rf"([^{GAP}]*：)?[{GAP}\s]*")


#: Tables of what a household may not have.
OPTIONAL = ("extra_rows", "enjoyed", "house")


class Missing(str):
    """Untrue as a blank value is, and seen when it is printed."""

    __slots__ = ()

    def __bool__(self):
        return False


class Present(str):
    """Printed in brackets, and otherwise the value it is."""

    __slots__ = ()

    def __html__(self):
        return f"⟦{escape(str(self))}⟧"


def shown(texts):
    """The texts of a page, values and gaps to be told from the template's words."""
    return {
        name: [shown(row) for row in value] if isinstance(value, list) else marked(value)
        for name, value in texts.items()
    }


def marked(text):
    return Present(text) if text else Missing(GAP)


def needed(fields, answers):
    """Of a form's answers those that it cannot do without."""
    wanted = {field.slug: field for field in fields if field.required or field.required_if}
    return {
        slug: [needed(wanted[slug].columns, row) for row in answer]
        if isinstance(answer, list) and wanted[slug].type == "rows"
        else answer
        for slug, answer in answers.items()
        if slug in wanted
    }


@cache
def source_of(form_id):
    word = open_word(CATALOGUE.form(form_id).docx.read_bytes(), form_id)
    repeat_sample_rows(word.docx.element.body)
    source = read_sources(word)["word/document.xml"]
    return jinja2.Environment(autoescape=True).from_string(source)


def lines_of(form_id, data, case_no):
    """The paragraphs of a form, gaps shown; `case_no` is empty on a form for the pen."""
    spec = CATALOGUE.form(form_id)
    scope = derive(spec, data, CATALOGUE.facts, TODAY, is_blank=not case_no)
    texts = shown(page_texts(scope)) | {"case_no": case_no}
    return printed(source_of(form_id).render(texts))


def printed(xml):
    """The text of each paragraph."""
    for paragraph in etree.fromstring(xml.encode()).iter(f"{W}p"):
        marks = paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")
        yield "".join(mark.text or "\t" for mark in marks)


def dangling(lines):
    """Lines in which words stand beside a gap and mean nothing without it."""
    return [line for line in lines if GAP in line and not HARMLESS.fullmatch(VALUE.sub("", line))]


@pytest.mark.parametrize("form_id", FORMS)
def test_no_words_dangle_where_only_the_needed_is_filled(form_id):
    """Neither units nor halves of sentences; rows that nobody needs are blank or 无."""
    answers = tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8"))
    spec = CATALOGUE.form(form_id)
    data, _ = read_answers(spec, needed(spec.fields, answers))
    assert dangling(lines_of(form_id, data, "DB-2026-0001")) == []


@pytest.mark.parametrize("form_id", FORMS)
def test_a_form_for_the_pen_leaves_room_before_its_units(form_id):
    """A line or a space to write on, never a unit with nothing before it."""
    assert dangling(lines_of(form_id, FormData(), "")) == []


@pytest.mark.parametrize(
    "case",
    [
        ("增发 ∅ 元", True),
        ("每 ∅", True),
        ("∅ ㎡", True),
        ("自∅起至∅止", True),
        ("联系人：∅，电话：∅", True),
        ("电话：∅", False),
        ("结果：⟦□无异议 □有异议⟧　∅", False),
        ("⟦13991500001⟧∅", False),
        ("增发 ________ 元", False),
        ("∅ ∅", False),
        ("无", False),
    ],
)
def test_words_beside_a_gap_are_found(case):
    """A label may stand before a gap; anything else may not."""
    line, dangles = case
    assert bool(dangling([line])) == dangles


@pytest.mark.parametrize("form_id", ["DB-01", "DB-02", "COM-03"])
def test_a_row_of_things_nobody_has_says_none(form_id):
    """无 stands in the row of a filled form, never in that of a blank one."""
    spec = CATALOGUE.form(form_id)
    tables = {field.slug: field.min_rows for field in spec.fields if field.slug in OPTIONAL}
    answers = tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8"))
    kept = {slug: answer for slug, answer in answers.items() if slug not in tables}
    data, _ = read_answers(spec, kept)
    assert list(lines_of(form_id, data, "DB-2026-0001")).count("无") == sum(tables.values()) > 0
    assert list(lines_of(form_id, FormData(), "")).count("无") == 0


def test_a_figure_comes_with_its_words_or_not_at_all():
    """On a form for the pen with a line."""
    template = jinja2.Environment().from_string(counted("a", "增发 ", " 元") + or_none("b"))
    assert template.render(a="15.00", b="甲", case_no="1") == "增发 15.00 元甲"
    assert template.render(a="", b="", case_no="1") == "无"
    assert template.render(a="", b="", case_no="") == "增发 ________ 元"
