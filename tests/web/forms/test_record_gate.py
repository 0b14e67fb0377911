"""Whether an account may be told of an issued document."""

import ast
from pathlib import Path

import pytest

from filler.models import Issued
from filler.records.photo_takers import note_taker
from minzheng.accounts.areas import Area
from minzheng.web.forms.record_gate import (
    code_of,
    gate_of,
    may_see,
    may_see_any,
    may_see_photo,
    may_see_whole,
    names_strange_photo,
)

SOURCES = Path(__file__).resolve().parents[3]
#: Who may reach documents out of sight: the histories themselves and the one question.
SHA = "ab" * 32
PHOTO = f"photo:{SHA}:40x30"
WHOLE = {"filler/form/case_history.py", "filler/records/asked_history.py"}


@pytest.mark.parametrize(
    ("place", "form_id", "case_no", "username", "sees"),
    [
        (Area(), "DB-01", "DB-103200-2018-0001", "zhang", True),
        (Area("钟宝镇", "旧城村"), "DB-01", "DB-103200-2018-0001", "zhang", True),
        (Area("钟宝镇", "民主村"), "DB-01", "DB-103200-2018-0001", "zhang", False),
        (Area("钟宝镇", "民主村"), "DB-01", "DB-103200-2018-0001", "li", True),
        (Area(forbidden=frozenset({"ET"})), "COM-03", "ET-103200-2018-0001", "li", False),
        (Area(forbidden=frozenset({"ET"})), "ET-01", "DB-103200-2018-0001", "li", False),
        (Area(is_nothing=True), "DB-01", "DB-103200-2018-0001", "zhang", False),
    ],
)
def test_a_document_is_seen_in_its_area_or_by_its_maker(place, form_id, case_no, username, sees):
    """Never one of a dossier one does not see, by its case or by its form."""
    answers = {"town": "钟宝镇", "village": "旧城村"}
    one = Issued(form_id=form_id, case_no=case_no, issued_by="li", answers=answers)
    assert may_see(one, place, username) is sees
    assert gate_of(place, username)(one) is sees


@pytest.mark.parametrize(
    ("place", "username", "whole", "one"),
    [
        (Area(), "zhang", True, True),
        (Area("钟宝镇", "旧城村"), "zhang", False, True),
        (Area("钟宝镇", "旧城村"), "li", True, True),
        (Area("城关镇"), "zhang", False, False),
        (Area(forbidden=frozenset({"DB"})), "zhang", False, False),
    ],
)
def test_a_case_is_seen_whole_in_part_or_not(  # noqa: PLR0917 # one column a word
    db, django_assert_num_queries, place, username, whole, one
):
    """By as many questions, however many documents it has."""
    case_no = "DB-103200-2018-0001"
    for village, by in (("旧城村", "zhao"), ("民主村", "li")):
        answers = {"town": "钟宝镇", "village": village}
        Issued.objects.create(form_id="DB-01", case_no=case_no, issued_by=by, answers=answers)
    with django_assert_num_queries(2):
        assert may_see_whole(case_no, place, username) is whole
        assert may_see_any(case_no, place, username) is one


def test_a_case_without_documents_hides_none_and_shows_none(db):
    """Nothing was issued under its number."""
    assert may_see_whole("DB-103200-2018-0002", Area(), "zhang")
    assert not may_see_any("DB-103200-2018-0002", Area(), "zhang")


def test_a_name_begins_with_its_dossier():
    """Forms and cases alike."""
    assert (code_of("ET-01"), code_of("DB-103200-2018-0001"), code_of("")) == ("ET", "DB", "")


def test_nobody_goes_round_the_gate():
    """`.with_unseen()` is called by histories only; rules use `ask_whole`."""
    callers = {
        file.relative_to(SOURCES).as_posix()
        for room in ("filler", "minzheng")
        for file in (SOURCES / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "with_unseen"
    }
    assert callers == WHOLE


@pytest.mark.parametrize(
    ("answers", "place", "username", "sees"),
    [
        ({"photo": PHOTO}, Area(), "zhang", True),
        ({"photo": PHOTO}, Area("钟宝镇", "旧城村"), "zhang", True),
        ({"photo": PHOTO}, Area("钟宝镇", "民主村"), "zhang", False),
        ({"photo": PHOTO}, Area("钟宝镇", "民主村"), "taker", True),
        ({"remark": SHA}, Area(), "li", False),
        ({"remark": f"见 {PHOTO}"}, Area(), "li", False),
        ({}, Area(), "li", False),
    ],
)
def test_a_photo_is_seen_by_who_sent_it_or_sees_its_document(db, answers, place, username, sees):
    """A hash that somebody wrote into an answer of their own opens nothing."""
    note_taker(PHOTO, "taker")
    place_of = {"town": "钟宝镇", "village": "旧城村"}
    Issued.objects.create(form_id="COM-03", issued_by="li", answers=answers | place_of)
    assert may_see_photo(SHA, place, username) is sees
    assert names_strange_photo({"rows": [{"x": PHOTO}]}, place, username) is not sees
    assert not names_strange_photo({"x": SHA}, place, username)
