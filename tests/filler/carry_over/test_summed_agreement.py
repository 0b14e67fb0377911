"""A year's ledger against the approvals of its people."""

from decimal import Decimal

import pytest

from filler.fill_form import Corrected, read_form
from filler.form.form_data import Refused
from filler.spec.taken_from import find_wrong_takes, read_taking_over
from tests.filler.conftest import TODAY

FENG = {"name": "测试冯有财", "id_no": "610927196602030152", "class": "因病致贫"}
ONE = {"times": 1, "total": "46600.00", "self_paid": "18640.00", "aid": "8100.00"}
#: A second stay of the same year, without the rest of the insurance: 2,000 borne, 1,500 counted.
SECOND = {
    "apply_date": "2018-09-03", "admit_date": "2018-08-06", "discharge_date": "2018-08-20",
    "total_cost": "5000.00", "med_ins_paid": "3000.00", "big_ins_paid": "0",
    "eligible_cost": "1500.00", "year_paid": "8100.00", "times_year": "1",
    "v_date": "2018-09-12", "t_date": "2018-09-14", "b_date": "2018-09-20",
}  # fmt: skip


@pytest.fixture
def approve(fill, answers_of):
    """Issues approvals of one person; the numbers of their cases."""

    def run(*others):
        made = [fill("YL-01", answers_of("YL-01") | one) for one in others]
        assert not [one.problems for one in made if isinstance(one, Refused)]
        return [one.case_no for one in made]

    return run


@pytest.fixture
def ledger(fill, answers_of):
    """Issues a ledger whose first row is of one person."""

    def run(as_of="2018-12-28", person=FENG, **cells):
        row = person | ONE | cells
        return fill("YL-06", answers_of("YL-06") | {"as_of": as_of, "rows": [row]})

    return run


def fields(made):
    """The cells that were refused; none when it was issued."""
    return [one.field for one in made.problems] if isinstance(made, Refused) else []


def told(made):
    """What stands behind the rows' figures, as far as it is only to be looked at."""
    return [str(one) for one in made.warnings if "本年" in str(one)]


def test_the_sums_of_the_year_pass(approve, ledger):
    """One approval, and as much as it says."""
    approve({})
    made = ledger()
    assert fields(made) == []
    assert told(made) == []


def test_every_figure_of_the_rule_is_refused_when_it_is_another(approve, catalogue, ledger):
    """More and less of each column that registry/copies.toml adds up, and of the count too few."""
    approve({})
    rule = next(one for one in catalogue.taking_over.listed if one.summed)
    assert rule.to == "YL-06"
    for own in rule.summed:
        for change in (Decimal("0.01"), Decimal("-0.01")):
            made = ledger(**{own: str(Decimal(ONE[own]) + change)})
            assert fields(made) == [f"rows[0].{own}"], own
            assert "文书号 1" in str(made.problems[0])
    assert "rows[0].times" in fields(ledger(times=0))


def test_a_second_approval_of_the_year_is_added(approve, ledger):
    """Its first sums alone are too little, and it was counted once too seldom."""
    approve({}, SECOND | {"case_no": "新案件"})
    short = ledger()
    assert fields(short)[0] == "rows[0].times"
    assert "文书号 1" in str(short.problems[0])
    assert "文书号 2" in str(short.problems[0])
    both = {"times": 2, "total": "51600.00", "self_paid": "20640.00"}
    assert fields(ledger(**both, aid="8850.00")) == []
    assert fields(ledger(**both, aid="8850.01")) == ["rows[0].aid"]


def test_what_was_settled_at_the_hospital_may_come_on_top(approve, ledger):
    """It needs no application: counted more often it may be more, never less, and that is said."""
    approve({})
    more = ledger(times=2, total="47240.00", self_paid="19280.00", aid="8400.00")
    assert fields(more) == []
    assert ["多出的不在系统中" in one for one in told(more)] == [True]
    assert fields(ledger(times=2, total="46599.99")) == ["rows[0].total"]


def test_only_approvals_of_the_year_until_its_day_count(approve, ledger):
    """The year after, its sums are of others; the day before, the person has none at all."""
    approve({})
    assert fields(ledger("2019-12-28", aid="100.00")) == []
    assert fields(ledger("2018-05-28", aid="100.00")) == ["rows[0].id_no"]


def test_who_was_approved_and_is_left_out_is_pointed_out(approve, ledger):
    """By the paper, not by the name."""
    approve({})
    other = {"name": "测试吴德才", "id_no": "610927193804120136", "class": "特困"}
    made = ledger(person=other)
    assert fields(made) == []
    assert [one for one in told(made) if "没有列入" in one and "文书号 1" in one]


def test_a_corrected_approval_says_which_ledger_it_contradicts(
    approve, ledger, catalogue, store, answers_of
):
    """A bill of one yuan more: the sums of the ledger are no longer its."""
    (case_no,) = approve({})
    assert fields(ledger()) == []

    def warned(**other):
        read = read_form(
            catalogue.form("YL-01"), answers_of("YL-01") | other, today=TODAY,
            catalogue=catalogue, history=store, corrects=Corrected(1, case_no),
        )  # fmt: skip
        return {one.field for one in read.warnings if "YL-06（文书号 2）" in str(one)}

    assert warned() == set()
    assert warned(total_cost="46601.00") == {"total_cost", "self_paid"}
    assert warned(total_cost="46601.00", b_date="2019-01-03") == set()


def test_a_rule_that_cannot_be_read_is_told(catalogue):
    """Columns and fields that are not there, and sums without their count."""
    entry = {"to": "YL-06", "rows": "rows", "from": "YL-01", "who": ["id_no"]}
    wrong = [
        {"summed": {"aid": "aid_amount"}},
        {"summed": {"aid": "nothing"}, "counted": "times", "as_of": "as_of", "approved": "b_date"},
        {"summed": {"no": "aid_amount"}, "counted": "times", "as_of": "as_of",
         "approved": "b_date"},
    ]  # fmt: skip
    for one in wrong:
        table = {"listed": [entry | one]}
        assert list(find_wrong_takes(read_taking_over(table), table, catalogue.by_id)), one
