"""What a browser posts becomes answers by slug."""

import pytest
from django.http import QueryDict

from minzheng.web.forms.posted_answers import address_name, read_post, row_name
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
