"""What a browser posts becomes answers by slug."""

import pytest
from django.http import QueryDict

from minzheng.web.forms.posted_answers import (
    address_name,
    as_choice,
    first_rows,
    read_post,
    row_name,
)
from minzheng.web.gate.office import forms


def post(**fields: str | list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_blank_rows_are_left_out_and_counted():
    """The page shows as many rows again; only those with something in them are answers."""
    given = {"members-0-m_name": "测试甲", "members-1-m_name": " ", "members-2-m_name": "测试乙"}
    posted = read_post(forms().form("DB-01"), post(**given))
    assert [row["m_name"] for row in posted.answers["members"]] == ["测试甲", "测试乙"]
    assert posted.rows_shown["members"] == 3


def test_only_fields_of_the_form_are_read():
    """Neither invented names nor computed fields; an empty case number is none."""
    posted = read_post(forms().form("DB-01"), post(name="测试甲", x="1", age="9", case_no=" "))
    assert posted.answers["name"] == "测试甲"
    assert not {"x", "age", "case_no"} & set(posted.answers)


def test_several_choices_are_a_list():
    """One ticked box, too."""
    spec = next(one for one in forms().forms if any(part.type == "multi" for part in one.fields))
    slug = next(part.slug for part in spec.fields if part.type == "multi")
    assert read_post(spec, post(**{slug: ["甲"]})).answers[slug] == ["甲"]
    assert read_post(spec, post()).answers[slug] == []


def test_a_row_far_down_is_a_row():
    """Rows need not begin at 0; a number too long for any table is none."""
    given = {"members-9-m_name": "测试甲", "members-99999-m_name": "测试乙"}
    posted = read_post(forms().form("DB-01"), post(**given))
    assert [row["m_name"] for row in posted.answers["members"]] == ["测试甲"]


@pytest.mark.parametrize(
    ("address", "name"),
    [("phone", "phone"), ("members[0].m_name", row_name("members", 0, "m_name"))],
)
def test_a_problem_finds_its_input(address, name):
    """By the name the browser knows."""
    assert address_name(address) == name


APPLICANT = {"name": "测试甲", "id_no": "11010519491231002X", "health": "健康"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"members-0-m_name": ""}, ("测试甲", "11010519491231002X", "健康", "无")),
        ({"members-0-m_name": "测试乙"}, ("测试乙", "11010519491231002X", "健康", "无")),
        ({"members-0-m_health": "残疾"}, ("测试甲", "11010519491231002X", "残疾", "无")),
    ],
)
def test_the_first_row_comes_from_the_applicant(row, expected):
    """Where it was left blank; a choice is the one that says the same."""
    given = {**APPLICANT, "labor": "无（未成年/老年）", **row, "members-1-m_name": "测试丙"}
    first, second = read_post(forms().form("DB-01"), post(**given)).answers["members"]
    assert tuple(first[one] for one in ("m_name", "m_id", "m_health", "m_labor")) == expected
    assert second["m_id"] == ""


def test_no_row_comes_where_the_page_had_none():
    """A table taken over from the case is not posted."""
    assert read_post(forms().form("DB-01"), post(**APPLICANT)).answers["members"] == []


def test_which_columns_are_the_applicants_is_told_by_the_check():
    """A form without such a check has none."""
    found = first_rows(forms().form("DB-01"))
    assert found == {
        "members": {"m_name": "name", "m_id": "id_no", "m_health": "health", "m_labor": "labor"}
    }
    assert first_rows(forms().form("GS-01")) == {}


def test_a_choice_that_nothing_begins_with_is_left_to_the_clerk():
    """Nothing is guessed."""
    columns = next(one for one in forms().form("DB-01").fields if one.slug == "members").columns
    labor = next(one for one in columns if one.slug == "m_labor")
    assert [as_choice(labor, text) for text in ("有", "无（老年）", "不知道")] == ["有", "无", ""]
