"""Forms that are not finished, kept for who types them."""

import datetime as dt
from dataclasses import replace

import pytest

from filler.models import Draft, Issued
from filler.records.drafts import (
    Typed,
    drafts_of,
    is_of_another,
    issued_from,
    keep_typed,
    note_issued,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 29, 9, 0, tzinfo=dt.UTC)
TYPED = Typed("a" * 16, "DB-01", "li", "", {"name": "测试甲"}, {"members": 2})


def later(seconds: int) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


def test_a_page_is_kept_once_as_it_stands_last():
    """One row a page; the last word counts."""
    assert keep_typed(TYPED, NOW)
    assert keep_typed(replace(TYPED, answers={"name": "测试乙"}, is_checked=True), later(5))
    draft = Draft.objects.get()
    assert (draft.answers, draft.rows_shown) == ({"name": "测试乙"}, {"members": 2})
    assert (draft.is_checked, draft.saved_at) == (True, later(5))


@pytest.mark.parametrize(("answers", "is_checked"), [({"name": "测试甲"}, True), ({}, False)])
def test_what_comes_late_leaves_a_page_checked_as_it_stands(answers, is_checked):
    """Typed and checked in one go, the message of the typing comes behind: the list stays."""
    keep_typed(replace(TYPED, is_checked=True), NOW)
    keep_typed(replace(TYPED, answers=answers), later(1))
    assert Draft.objects.get().is_checked == is_checked


@pytest.mark.parametrize("other", [{"by": "wang"}, {"form_id": "DB-02"}])
def test_a_page_of_somebody_else_is_not_written_over(other):
    """Nor one of another form."""
    keep_typed(TYPED, NOW)
    assert not keep_typed(replace(TYPED, answers={}, **other), later(5))
    assert Draft.objects.get().answers == {"name": "测试甲"}


@pytest.mark.parametrize(
    ("other", "is_another"), [({}, False), ({"by": "wang"}, True), ({"form_id": "DB-02"}, True)]
)
def test_a_page_belongs_to_one_form_of_one_person(other, is_another):
    """Of which nothing is kept belongs to nobody."""
    asked = replace(TYPED, **other)
    assert not is_of_another(asked.token, asked.form_id, asked.by)
    keep_typed(TYPED, NOW)
    assert is_of_another(asked.token, asked.form_id, asked.by) is is_another


@pytest.fixture
def document() -> int:
    """One that was issued."""
    issued_at = {"form_id": "DB-01", "version": "1", "case_no": "DB-103200-2018-0001"}
    return Issued.objects.create(**issued_at, file_name="x.docx", answers={}, issued_by="li").pk


def test_what_was_issued_is_erased_and_not_brought_back_by_a_late_message(document):
    """Who goes on typing on the same page begins a new draft."""
    other = replace(TYPED, answers={"name": "测试乙"})
    keep_typed(TYPED, NOW)
    note_issued(replace(TYPED, by="wang"), document, later(1))
    assert Draft.objects.get().answers == {"name": "测试甲"}
    note_issued(TYPED, document, later(1))
    assert Draft.objects.get().answers == {}
    assert not drafts_of("li", NOW).exists()
    assert not keep_typed(other, later(20))
    assert keep_typed(other, later(21))
    assert drafts_of("li", NOW).get().answers == {"name": "测试乙"}


def test_what_stands_in_the_document_is_never_kept_again(document):
    """However late it comes: it is no unfinished form."""
    keep_typed(TYPED, NOW)
    note_issued(TYPED, document, later(1))
    assert not keep_typed(TYPED, later(90_000))
    assert not drafts_of("li", NOW).exists()


def test_the_same_page_sent_again_is_told_of_its_document(document):
    """The same answers from the same page by the same person; not of a document stopped since."""
    keep_typed(TYPED, NOW)
    assert issued_from(TYPED) is None
    note_issued(TYPED, document, later(1))
    assert issued_from(replace(TYPED, is_checked=True)) == document
    others = [{"answers": {}}, {"token": "b" * 16}, {"by": "wang"}, {"form_id": "DB-02"}]
    assert [issued_from(replace(TYPED, **other)) for other in others] == [None] * 4
    Issued.objects.update(stopped_at=NOW)
    assert issued_from(TYPED) is None


def test_a_page_filled_anew_is_a_new_one(document):
    """Even when the same is written again at last: somebody worked on it since."""
    keep_typed(TYPED, NOW)
    note_issued(TYPED, document, later(1))
    keep_typed(replace(TYPED, answers={"name": "测试乙"}), later(60))
    keep_typed(TYPED, later(70))
    assert issued_from(TYPED) is None


def test_each_finds_the_own_the_latest_first():
    """Neither another's nor what is too old."""
    keep_typed(TYPED, NOW)
    keep_typed(replace(TYPED, token="b" * 16), later(9))
    keep_typed(replace(TYPED, token="c" * 16, by="wang"), later(9))
    assert [one.token[0] for one in drafts_of("li", NOW)] == ["b", "a"]
    assert [one.token[0] for one in drafts_of("li", later(1))] == ["b"]
