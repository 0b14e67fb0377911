"""docs/template_language.md says what is so: each of its examples is tried."""

import io
import re
from pathlib import Path

import docx
import pytest

from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from filler.word.name_book import NameBook
from tests.filler.word_files import saved, with_lines

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "template_language.md").read_text("utf-8")
_ROW = re.compile(r"^\| `(.+?)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
WORDS = 1400  #: two printed pages


def rows(heading, until):
    """The examples of a part of the page."""
    part = PAGE[PAGE.index(heading) : PAGE.index(until) if until else len(PAGE)]
    return [(tag.replace(r"\|", "|"), *others) for tag, *others in _ROW.findall(part)]


SAID = rows("## Fields", "## What a template may not say")
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
