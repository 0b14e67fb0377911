"""Two printings of one document."""

import pytest

from filler.form.opinions import levels_of
from filler.form.printings import printing_of

WRITTEN = {"v": "2018-05-01", "t": "2018-05-02", "f": "2018-05-03", "c": "2018-05-04"}


def by(*levels, **other):
    """Answers in which these hands have given their day."""
    return {f"{level}_date": WRITTEN[level] for level in levels} | other


#: Form, answers, whom it waits for, what it is called.
WAITING = [
    ("DB-02", {}, "t", "送审稿"), ("DB-02", by("v"), "t", "送审稿"),
    ("DB-02", by("t"), "c", "送审稿"), ("DB-02", by("v", "t", "c"), "", "定稿"),
    ("DB-02", by("t", c_amount="285.62"), "", "定稿"),
    ("DB-02", by("t", spot_check="未抽查"), "c", "送审稿"),
    ("DB-02", by("t", spot_check="已抽查"), "", "定稿"),
    ("DB-02", by("t", c_date="  "), "c", "送审稿"),
    ("CB-01", {}, "t", "送审稿"), ("CB-01", by("t"), "f", "送审稿"),
    ("CB-01", by("t", "f"), "c", "送审稿"), ("CB-01", by("t", "f", "c"), "", "定稿"),
    ("LS-01", by("t"), "c", "送审稿"), ("LS-01", by("t", ok_amount="800"), "", "定稿"),
    ("LS-01", {}, "t", "送审稿"), ("LS-01", by("t", "c"), "", "定稿"),
    ("LS-03", by("v"), "t", "送审稿"), ("LS-03", by("v", "t"), "", "定稿"),
    ("ZZ-03", by(v_opinion="同意"), "", "定稿"), ("DB-01", {}, "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("form_id", "answers", "waits", "name"), WAITING)
def test_a_paper_waits_for_the_first_hand_that_has_not_written(
    catalogue, form_id, answers, waits, name
):
    """Wording that the form gives itself nobody has written."""
    printing = printing_of(catalogue.form(form_id), answers)
    assert (printing.waits_for, printing.name) == (waits, name)


def test_the_next_hands_part_is_blank(catalogue):
    """And all after it, what hangs on the decision too."""
    blank = printing_of(catalogue.form("DB-02"), by("t")).blank
    assert {"c_opinion", "c_date", "c_amount", "spot_check", "cert_no"} <= blank
    assert not {"t_date", "v_opinion", "name"} & blank
    assert "ok_amount" in printing_of(catalogue.form("LS-01"), by("t")).blank
    assert not printing_of(catalogue.form("DB-02"), by("c")).blank


def test_every_form_with_opinions_has_both_printings(catalogue):
    """Found by their fields: blank it waits for somebody, written by all it is decided."""
    for spec in catalogue.forms:
        levels = levels_of(spec)
        if levels:
            everything = {f"{one}_{part}": "2018-05-04" for one in levels
                          for part in ("opinion", "date")}  # fmt: skip
            assert printing_of(spec, {}).is_draft, spec.id
            assert printing_of(spec, everything).name == "定稿", spec.id
