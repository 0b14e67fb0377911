"""docs/template_language.md says what is so: each of its examples is tried."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from filler.word.name_book import NameBook
from filler.word.tags import cell_tags
from tests.filler.word_files import add_table, new_document, saved, with_lines

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "template_language.md").read_text("utf-8")
_SAID_OF_CELL = re.compile(r'<w:(?:shd [^>]*w:fill|gridSpan w:val)="(\w+)"')
_ROW = re.compile(r"^\| `(.+?)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
WORDS = 1400  #: two printed pages


def rows(heading, until):
    """The examples of a part of the page."""
    part = PAGE[PAGE.index(heading) : PAGE.index(until) if until else len(PAGE)]
    return [tuple(cell.replace(r"\|", "|") for cell in row) for row in _ROW.findall(part)]


CELLS = rows("At the beginning of a cell", "## What a template may not say")
SAID = [*rows("## Fields", "At the beginning of a cell")]
REFUSED = rows("## What a template may not say", "")


def values(told):
    """`name=甲, members=乙/丙` as values of a form."""
    pairs = [pair.partition("=") for pair in told.split(", ")]
    texts = {name: value for name, _, value in pairs}
    members = [{"m_name": name} for name in texts.pop("members", "").split("/") if name]
    return {"name": "", "phone": "", "kind": "", **texts, "members": members}


@pytest.mark.parametrize(("tag", "told", "printed"), SAID)
def test_what_may_be_said_prints_what_the_page_says(tag, told, printed):
    """And passes the check, where no label is used."""
    data = saved(with_lines(tag))
    book = NameBook(frozenset(), {"姓名": ("name",)})
    made = CompiledTemplate(data, "x.docx", book).render(values(told))
    text = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)
    assert text == printed.strip()
    assert check_template(data, "x.docx").problems == ()


@pytest.mark.parametrize(("tag", "told", "gets"), CELLS)
def test_a_cell_is_what_its_tag_says(tag, told, gets):
    """Coloured, or as wide; its text is printed beside."""
    document = new_document()
    add_table(document, (tag, "二"))
    data = saved(document)
    assert check_template(data, "x.docx").problems == ()
    made = CompiledTemplate(data, "x.docx").render(values(told))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        text = archive.read("word/document.xml").decode()
    assert _SAID_OF_CELL.findall(text) == [gets]
    assert "测试甲" in text


def test_a_text_has_its_own_marks_printed():
    """In bold, underlined, struck through, red; all else as it stands."""
    data = saved(with_lines("意见：{{r opinion }}。"))
    assert check_template(data, "x.docx").problems == ()
    told = "同意**纳入**，__自六月起__，~~五月~~，==不得代领==，2*3"
    made = CompiledTemplate(data, "x.docx").render({"opinion": told})
    runs = [run for run in docx.Document(io.BytesIO(made)).paragraphs[0].runs if run.text]
    assert "".join(run.text for run in runs) == "意见：同意纳入，自六月起，五月，不得代领，2*3。"
    assert [run.text for run in runs if run.bold] == ["纳入"]
    assert [run.text for run in runs if run.underline] == ["自六月起"]
    assert [run.text for run in runs if run.font.strike] == ["五月"]
    assert [run.text for run in runs if run.font.color.rgb] == ["不得代领"]


@pytest.mark.parametrize("colour", [*"红橙黄绿蓝紫粉灰白", "浅灰"])
def test_every_colour_that_the_page_names_is_one(colour):
    """By its Chinese name."""
    assert colour in PAGE
    assert re.fullmatch("[0-9A-F]{6}", cell_tags.colour(colour))


@pytest.mark.parametrize(("tag", "told", "instead"), REFUSED)
def test_what_may_not_be_said_is_told_as_the_page_says(tag, told, instead):
    """By the check, with what to do."""
    problems = [str(one) for one in check_template(saved(with_lines(tag)), "x.docx").problems]
    assert any(told in problem for problem in problems)
    assert instead


def test_the_page_has_examples_of_everything():
    """And stays at two pages."""
    assert len(SAID) >= 12
    assert len(REFUSED) >= 10
    assert len(PAGE.split()) < WORDS


def test_what_is_said_of_docxtpls_scripts_adds_up():
    """So many as are named; `benchmarks.peers.docxtpl_scripts` tells which they are."""
    said = PAGE[PAGE.index("Of docxtpl's own test scripts") :]
    everything, same, differ, refused = map(int, re.findall(r"(?<= )(\d+)(?= [a-z])", said))
    assert everything == same + differ + refused
    named = [re.findall(r"`(\w+)`", part) for part in said.split("above:")[1].split("refused")]
    assert [len(names) for names in named] == [differ, refused]
