"""Rows of lists and the cases they speak of."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from filler.carry_over.list_agreement import _name, _sums
from filler.carry_over.standing_cases import StandingCase
from filler.form.form_data import Refused

D = dt.date


@pytest.mark.parametrize(
    ("name", "plain"),
    [("测试甲（乙）", "测试甲"), ("测试甲", "测试甲"), ("测试（一）", "测试（一）")],
)
def test_a_namesake_is_known_without_the_suffix(name, plain):
    """（乙） tells two of one name apart on a notice."""
    assert _name(name) == plain


def test_what_is_due_is_a_sum_of_months_in_a_row():
    """None before the first, none after the day, each at the amount of its month."""
    approval = SimpleNamespace(scope=SimpleNamespace(text={"sum": "100"}.get))
    case = StandingCase(approval, D(2018, 5, 7), since={"sum": [(D(2018, 8, 1), "30")]})
    sums = _sums(case, "sum", D(2018, 6, 1), D(2018, 8, 20))
    assert sums == {Decimal(one) for one in (100, 200, 230, 130, 30)}
    assert _sums(case, "sum", D(2018, 6, 1), D(2018, 5, 31)) == set()


@pytest.fixture
def notice(fill, answers_of):
    """Issues a payment notice of one row."""

    def run(**cells):
        row = {"name": "测试周桂兰", "group_no": 3, "persons": 2, "amount": "285.62"} | cells
        return fill("GS-04", answers_of("GS-04") | {"rows": [row]})

    return run


def test_who_has_no_case_is_pointed_out(notice):
    """A household of before the system is paid as before."""
    made = notice()
    assert [one.field for one in made.warnings] == ["rows[0].name"]


@pytest.mark.parametrize(
    ("cells", "field"),
    [({"persons": 3}, "persons"), ({"group_no": 4}, "group_no"), ({"amount": "285.63"}, "amount")],
)
def test_each_column_must_be_what_the_case_says(fill, answers_of, notice, cells, field):
    """Persons, group and amount."""
    fill("DB-02", answers_of("DB-02"))
    assert not isinstance(notice(), Refused)
    refused = notice(**cells)
    assert [one.field for one in refused.problems] == [f"rows[0].{field}"]


@pytest.mark.parametrize(("persons", "is_refused"), [(1, False), (2, True)])
def test_what_is_of_one_person_is_of_one_person(fill, answers_of, persons, is_refused):
    """The table says so of a scheme: no paper of the case tells how many."""
    fill("GL-01", answers_of("GL-01"))
    row = {"name": "测试赵明义", "group_no": 3, "persons": persons, "amount": "50.00"}
    day = {"scheme": "高龄补贴", "pay_date": D(2018, 6, 15)}
    made = fill("GS-04", answers_of("GS-04") | day | {"rows": [row]})
    assert isinstance(made, Refused) is is_refused
    assert not is_refused or [one.field for one in made.problems] == ["rows[0].persons"]


@pytest.mark.parametrize(("day", "is_told"), [(D(2018, 6, 30), True), (D(2018, 9, 30), False)])
def test_a_quarter_before_the_first_month_is_pointed_out(fill, answers_of, day, is_told):
    """June is the first month: of the second quarter one month is due, of the third all three."""
    approved = fill("GL-01", answers_of("GL-01"))
    assert not isinstance(approved, Refused)
    row = {"group_no": 3, "name": "测试赵明义", "id_no": "610927194803060113",
           "bank_no": "6217000000000000012"}  # fmt: skip
    made = fill("GL-02", answers_of("GL-02") | {"as_of": day, "rows": [row]})
    assert not isinstance(made, Refused), [str(one) for one in made.problems]
    assert ("rows[0].quarter" in {one.field for one in made.warnings}) == is_told


@pytest.mark.parametrize(
    ("scheme", "fields"),
    [("高龄补贴", []), ("低保", ["obj_id"]), ("特困", ["obj_id"])],
)
def test_a_row_is_set_beside_the_case_of_its_own_scheme(fill, answers_of, scheme, fields):
    """Of somebody with one benefit a relative files no other."""
    fill("GL-01", answers_of("GL-01"))
    row = {
        "obj_rel": "父母", "obj_name": "测试赵明义", "obj_id": "610927194803060113",
        "obj_addr": "旧城村三组", "obj_size": 1, "obj_month": "50.00", "obj_start": "2018-06",
        "obj_scheme": scheme,
    }  # fmt: skip
    days = {"fill_date": D(2018, 7, 2), "visit_date": D(2018, 7, 4), "t_date": D(2018, 7, 5),
            "c_date": D(2018, 7, 9)}  # fmt: skip
    made = fill("COM-08", answers_of("COM-08") | days | {"objects": [row]})
    assert not isinstance(made, Refused)
    assert [
        one.field.rpartition(".")[2] for one in made.warnings if "objects" in one.field
    ] == fields


def test_of_namesakes_the_one_that_agrees_is_meant(fill, answers_of, notice):
    """Another household of the same name does not speak against it."""
    fill("DB-02", answers_of("DB-02"))
    members = [dict(row) for row in answers_of("DB-02")["members"]]
    members[0]["m_id"] = "610927195304120016"
    other = {"id_no": "610927195304120016", "group_no": 5, "members": members[:1],
             "inc_total": "1200"}  # fmt: skip
    assert not isinstance(
        fill("DB-02", answers_of("DB-02") | other | {"c_amount": "195.00"}), Refused
    )
    assert not isinstance(notice(), Refused)
    assert not isinstance(notice(group_no=5, persons=1, amount="195.00"), Refused)
    assert isinstance(notice(group_no=5, amount="195.00"), Refused)


def test_the_survey_binds_the_list_of_those_to_be_judged(fill, answers_of):
    """As many people as were found at home."""
    fill("COM-03", answers_of("COM-03"))
    row = {"name": "测试周桂兰", "group_no": 3, "hh_size": 3, "insured": 2, "amount": "285.62"}
    refused = fill("COM-05", answers_of("COM-05") | {"rows": [row]})
    assert [one.field for one in refused.problems] == ["rows[0].hh_size"]
