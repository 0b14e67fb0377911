"""A form is handed the functions, the facts and the history it needs."""

import datetime as dt
from decimal import Decimal

from filler.form.case_history import PastForm
from filler.form.form_data import FormData
from filler.values.derive import DERIVATIONS, derive

TODAY = dt.date(2026, 11, 23)
ROWS = {"rows": ({"name": "测试甲", "insured": 2, "month_amount": Decimal("295.00")},
                 {"name": "测试乙", "insured": 1, "month_amount": Decimal("100.50")})}  # fmt: skip


class OneLetter:
    """A letter was written before."""

    def with_unseen(self):
        return self

    def issued_for(self, form_id, case_no="", id_no="", where=None):
        return (PastForm(form_id, case_no, {}),)


def test_a_form_computes_with_every_derivation(catalogue):
    """Counts and sums of GS-01."""
    scope = derive(catalogue.form("GS-01"), FormData({}, ROWS), catalogue.facts, TODAY)
    assert (scope.value("total_hh"), scope.value("total_person")) == (2, 3)
    assert scope.value("total_amount") == Decimal("395.50")


def test_a_blank_form_computes_no_figures(catalogue):
    """They are left for the pen."""
    spec = catalogue.form("GS-01")
    blank = derive(spec, FormData({}, ROWS), catalogue.facts, TODAY, is_blank=True)
    assert (blank.value("total_hh"), blank.value("total_amount")) == (None, None)
    assert blank.value("tpl_ver") == spec.version


def test_history_is_handed_in_apart_from_the_county(catalogue):
    """The second letter of a case says so; without history it is the first."""
    spec = catalogue.form("COM-02")
    data = FormData({"notice_date": dt.date(2018, 5, 7)}, {}, "DB-103200-2018-0001")
    first = derive(spec, data, catalogue.facts, TODAY)
    second = derive(spec, data, catalogue.facts, TODAY, OneLetter())
    assert first.text("notice_no") == "镇民受字〔2018〕1号"
    assert second.text("notice_no") == "镇民受字〔2018〕1-2号"


def test_derivations_are_found_by_name():
    """Each knows its function and its arguments."""
    word = DERIVATIONS["age_on"]
    assert [(one.kind.name, one.is_optional) for one in word.arguments] == [
        ("slug", False), ("slug", True),
    ]  # fmt: skip
