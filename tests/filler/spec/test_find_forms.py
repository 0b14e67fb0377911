"""Forms are found by what a clerk remembers of them."""

import pytest

from filler.spec.find_forms import find_forms, nearest_forms
from tests.shipped_forms import shipped_forms


@pytest.fixture(scope="module")
def catalogue():
    return shipped_forms()


def found(catalogue, wanted):
    names = {one.code: one.short_name for one in catalogue.county.dossiers.all}
    return [one.id for one in find_forms(catalogue.forms, wanted, names)]


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("DB-01", ["DB-01"]),
        ("db01", ["DB-01"]),
        ("ＤＢ—０１", ["DB-01"]),
        ("最低生活保障申请书", ["DB-01"]),
        ("低保 申请书", ["DB-01", "ZF-09"]),
        ("申请书 低保", ["DB-01", "ZF-09"]),
        ("低保申请", ["DB-01", "ZF-09"]),
        ("（确认） 低保", ["DB-02", "ZF-10"]),
        ("gsd", ["COM-05"]),
        ("gongshidan", ["COM-05"]),
        ("COM-03S", ["COM-03S"]),
    ],
)
def test_words_initials_and_ids_find_a_form(catalogue, wanted, first):
    """Of either width, in either case, with or without the dash."""
    assert found(catalogue, wanted) == first


def test_a_number_finds_the_forms_of_that_number(catalogue):
    """With or without its nought."""
    ids = found(catalogue, "1")
    assert {"DB-01", "GL-01", "COM-01"} <= set(ids)
    assert ids == found(catalogue, "01")
    assert all(one.endswith("-01") for one in ids)


def test_initials_with_gaps_find_what_has_them_in_order(catalogue):
    """`dbsq` for 低保 … 申请书; three letters would be in nearly every name."""
    assert "DB-01" in found(catalogue, "dbsq")
    assert found(catalogue, "xyz") == []


def test_every_word_must_fit(catalogue):
    """One of them is not enough."""
    assert found(catalogue, "低保 优抚") == []
    assert len(found(catalogue, "")) == len(catalogue.forms)


def test_somebody_who_found_none_is_told_the_nearest(catalogue):
    """By name or id; nothing when nothing is alike."""
    assert "DB-03" in [one.id for one in nearest_forms(catalogue.forms, "低保对像花名册")]
    assert "DB-09" not in catalogue.by_id
    assert nearest_forms(catalogue.forms, "DB-09")
    assert nearest_forms(catalogue.forms, "qqqq") == []
