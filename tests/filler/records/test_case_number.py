"""Case numbers: dossier, village, year and running number."""

import pytest

from filler.records.case_number import case_prefix, find_case_problems, joined_case
from filler.values.derive import derive
from filler.values.read_answers import read_answers
from tests.filler.conftest import TODAY


@pytest.fixture
def scope(catalogue, answers_of):
    def run(form_id="DB-01", **changes):
        spec = catalogue.form(form_id)
        data, _ = read_answers(spec, answers_of(form_id) | changes)
        return derive(spec, data, catalogue.facts, TODAY)

    return run


def test_the_prefix_is_dossier_village_and_year(scope):
    """The year of the form's own day, not of today."""
    assert case_prefix(scope()) == "DB-103200-2018"


def test_a_shared_form_belongs_to_the_dossier_of_its_scheme(scope):
    """受理通知书 of 特困 is numbered with 特困."""
    assert case_prefix(scope("COM-02", scheme="低保")).startswith("DB-")
    assert case_prefix(scope("COM-02", scheme="特困供养")).startswith(("TK-", "ZH-"))


def test_a_form_of_a_town_or_of_nowhere(scope):
    """The town's code, or the whole county's."""
    town = case_prefix(scope(village=""))
    assert town.startswith("DB-")
    assert town != case_prefix(scope())
    assert case_prefix(scope(town="", village="")) == "DB-000000-2018"


@pytest.mark.parametrize(
    ("case_no", "words"),
    [
        ("", ""),
        ("DB-103200-2018-0001", ""),
        ("db-103200-2018-0001", ""),
        ("DB-103200-2017-0001", ""),
        ("DB-103200-2018-001", "不是案件编号"),
        ("DB-103200-2018-00001", "不是案件编号"),
        ("D-103200-2018-0001", "不是案件编号"),
        ("TK-103200-2018-0001", "不属本专档（DB）"),
        ("DB-100200-2018-0001", "不是本村的编号（103200）"),
    ],
)
def test_a_number_that_was_given_must_be_of_this_dossier_and_village(scope, case_no, words):
    """Not of this year: cases go on."""
    found = list(find_case_problems(scope(case_no=case_no)))
    assert [problem.field for problem in found] == (["case_no"] if words else [])
    assert all(words in problem.what for problem in found)


@pytest.mark.parametrize(
    ("number", "joined"),
    [
        ("DB-103200-2018-0001", "DB-103200-2018-0001"),
        (" db-103200-2018-0001 ", "DB-103200-2018-0001"),
        ("GS-103200-2018-0012", "GS-103200-2018-0012"),
        ("TK-103200-2018-0001", ""),
        ("DB-103201-2018-0001", ""),
        ("公示第3号", ""),
    ],
)
def test_a_report_joins_the_case_of_its_notice(scope, number, joined):
    """Of its own place, and of the scheme it names or of the notices."""
    report = scope("COM-06", notice_no=number)
    assert joined_case(report, "notice_no") == joined
    assert joined_case(report, "") == ""


@pytest.mark.parametrize(
    ("notice_no", "case_no", "told"),
    [
        ("DB-103200-2018-0001", "DB-103200-2018-0001", {}),
        ("DB-103200-2018-0001", "", {}),
        ("公示第3号", "DB-103200-2018-0002", {}),
        ("公示第3号", "", {}),
        ("DB-103200-2018-0001", "DB-103200-2018-0002", {"case_no": "只归一个编号"}),
        ("DB-103201-2018-0001", "", {"notice_no": "不是本村的编号"}),
        ("TK-103200-2018-0001", "", {"notice_no": "不属本专档（GS、DB）"}),
        ("公示第3号", "TK-103200-2018-0002", {"case_no": "不属本专档"}),
    ],
)
def test_a_report_stands_under_one_number(scope, notice_no, case_no, told):
    """That of its notice, or of the case it was opened from; never under two."""
    report = scope("COM-06", notice_no=notice_no, case_no=case_no)
    found = {one.field: one.what for one in find_case_problems(report, "notice_no")}
    assert found.keys() == told.keys()
    assert all(words in found[field] for field, words in told.items())
