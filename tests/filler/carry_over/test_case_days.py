"""A paper of a case is not of a day before its application."""

import pytest

from filler.fill_form import read_form
from tests.filler.conftest import TODAY


@pytest.mark.parametrize(
    "given",
    [
        ("COM-04", "meet_date", "2018-04-02", True),
        ("COM-04", "meet_date", "2018-04-03", False),
        ("COM-05", "pub_start", "2018-01-02", True),
        ("COM-05", "pub_start", "2018-04-18", False),
        ("COM-07", "decide_date", "2018-04-02", True),
    ],
)
def test_an_early_day_is_told_with_both_places(given, catalogue, store, fill, answers_of):
    """The day before is too early, the day itself is not."""
    form_id, slug, day, is_told = given
    begun = fill("DB-01", answers_of("DB-01") | {"apply_date": "2018-04-03"})
    answers = answers_of(form_id) | {slug: day, "case_no": begun.case_no}
    read = read_form(catalogue.form(form_id), answers, today=TODAY, catalogue=catalogue,
                     history=store)  # fmt: skip
    told = [str(one) for one in read.warnings if "早于DB-01（文书号 1）“申请日期”" in str(one)]
    assert bool(told) == is_told
    alone = read_form(catalogue.form(form_id), answers | {"case_no": ""}, today=TODAY,
                      catalogue=catalogue, history=store)  # fmt: skip
    assert not any("早于DB-01" in str(one) for one in alone.warnings)
