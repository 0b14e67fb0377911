"""Which forms rest on which law, told on both sides."""

import dataclasses
import datetime as dt

import pytest

from filler.spec.laws_of_forms import find_unlike_forms, laws_of, schemes_decided, touched
from minzheng.county.registry.laws import Laws
from tests.shipped_forms import shipped_forms

CATALOGUE = shipped_forms()
LAWS = CATALOGUE.county.laws


def with_row(law_id: str, **changed: object) -> Laws:
    rows = (dataclasses.replace(one, **changed) if one.id == law_id else one for one in LAWS.all)
    return dataclasses.replace(LAWS, all=tuple(rows))


@pytest.mark.parametrize(
    ("form_id", "rests", "does_not"),
    [
        ("DB-00", {"jiuzhufa", "zanxing", "dibaoshenpi", "dibaoqueren"}, "tekunrending2021"),
        ("COM-07", {"jiuzhufa", "linshi", "tekunrending2021"}, "zaihai"),
        ("ZZ-00", {"cunwei2018", "cunwei2025"}, "jiuzhufa"),
    ],
)
def test_a_form_rests_on_what_it_prints_and_asks(form_id, rests, does_not):
    """By its work, by the schemes its field may name, by the law it asks for."""
    found = laws_of(CATALOGUE.form(form_id), LAWS)
    assert rests <= found
    assert does_not not in found


def test_rows_and_forms_agree():
    """What a row leaves out, names too much, or is not there at all is told."""
    assert list(find_unlike_forms(CATALOGUE.by_id, LAWS)) == []
    fewer = with_row("jiuzhufa", forms=LAWS.named("jiuzhufa").forms - {"COM-07"})
    assert [one.what for one in find_unlike_forms(CATALOGUE.by_id, fewer)] == ["forms 漏了 COM-07"]
    more = with_row("zaihai", forms=frozenset({"JZ-00", "JZ-02", "DB-01"}))
    (one,) = find_unlike_forms(CATALOGUE.by_id, more)
    assert "DB-01 并不依据" in one.what


def test_replacing_a_law_tells_what_rests_on_it():
    """Its forms and checks; rows that stay as they are tell nothing."""
    assert touched(LAWS, LAWS) == ()
    (told,) = touched(LAWS, with_row("cunwei2025", end=dt.date(2029, 12, 31)))
    assert told.startswith("换《中华人民共和国村民委员会组织法》（2025年修正），涉及文书")
    assert "GS-00" in told
    assert "公示天数·村务公开" in told
    assert "疑点核对" not in told
    changed = with_row("cunwei2025", end=dt.date(2029, 12, 31))
    (told,) = touched(LAWS, changed, CATALOGUE.county.checks.all)
    assert told.endswith("；疑点核对 2 项：C3 公示没有盖章的扫描件、C17 县、镇、村三级不一致")
    without = dataclasses.replace(LAWS, all=LAWS.all[1:])
    assert [one[:3] for one in touched(LAWS, without)] == ["换《中"]
    assert touched(without, LAWS) == touched(LAWS, without)


@pytest.mark.parametrize(
    ("form_id", "answers", "schemes"),
    [
        ("DB-02", {}, {"低保"}), ("LS-01", {}, {"临时救助"}), ("DB-01", {}, set()),
        ("COM-09", {}, {"低保", "特困"}), ("COM-09", {"scheme": "特困"}, {"特困"}),
    ],
)  # fmt: skip
def test_a_form_tells_of_which_scheme_it_holds_the_decision(form_id, answers, schemes):
    """What its answers say; where they say nothing yet, all it may be."""
    assert schemes_decided(CATALOGUE.form(form_id), answers) == schemes
