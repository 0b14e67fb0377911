"""Rules over the rows of a list: each word on both sides of its edge."""

import datetime as dt

import pytest

from filler.rules.lists import village_in_town
from tests.filler.one_rule import case, refused, said, scope_of

D = dt.date

DAY = D(2018, 5, 7)

HOUSE = {"town": "钟宝镇", "village": "旧城村"}


def rows(*texts, **columns):
    """Rows of one column, or one row of several."""
    return [columns] if columns else [{"a": text} for text in texts]


#: Call, addresses refused (none when it is silent), the fields.
CHECKED = [
    case("state_needs(rows, state, 已销号=who+when)", "rows[0].when",
         rows=rows(state="已销号", who="甲", when="")),
    case("state_needs(rows, state, 已销号=who+when)", "",
         rows=rows(state="已销号", who="甲", when="今")),
    case("state_needs(rows, state, 已销号=who+when)", "", rows=rows(state="登记", who="", when="")),
    case("column_differs(rows, a, b)", "rows[0].a", rows=rows(a="甲", b="甲")),
    case("column_differs(rows, a, b)", "", rows=rows(a="甲", b="乙")),
    case("column_differs(rows, a, b)", "", rows=rows(a="", b="")),
    case("column_differs(rows, a, keeper)", "rows[0].a", rows=rows("甲"), keeper="甲"),
    case("first_row_is(rows, a, name)", "rows[0].a", rows=rows("乙", "甲"), name="甲"),
    case("first_row_is(rows, a, name)", "", rows=rows("甲", "乙"), name="甲"),
    case("first_row_is(rows, a, name)", "", rows=[], name="甲"),
    case("first_row_is(rows, a, name)", "", rows=rows("乙"), name=""),
    case("unique(rows, a)", "rows[2].a", rows=rows("甲", "乙", "甲")),
    case("unique(rows, a)", "", rows=rows("甲", "乙", "", "")),
    case("rows_filled_if(rows, kind, 停发, d)", "rows[0].d", rows=rows(kind="停发", d=None)),
    case("rows_filled_if(rows, kind, 停发, d)", "", rows=rows(kind="停发", d=DAY)),
    case("rows_filled_if(rows, kind, 停发, d)", "", rows=rows(kind="增发", d=None)),
    case("rows_villages_in_towns(rows)", "rows[1].village",
         rows=[HOUSE, {"town": "曾家镇", "village": "旧城村"}]),
    case("rows_villages_in_towns(rows)", "", rows=[HOUSE, {"town": "曾家镇", "village": ""}]),
]  # fmt: skip

#: What a check says, where its words depend on the form.
SAID = [
    case("rows_villages_in_towns(rows)", "rows第 1 行：曾家镇没有旧城村",
         rows=[{"town": "曾家镇", "village": "旧城村"}]),
]  # fmt: skip


@pytest.mark.parametrize("one", CHECKED, ids=str)
def test_a_check_speaks_beyond_its_edge_and_not_before(one):
    """Where the fault is, and nothing when all is right."""
    assert " ".join(refused(one)) == one.expected


@pytest.mark.parametrize("one", SAID, ids=str)
def test_a_check_says_what_is_wrong_and_what_to_do(one):
    """In words that fit the form."""
    assert any(one.expected in words for words in said(one)), said(one)


#: The fields, what is wrong with the place and what to do; nothing when it is right.
PLACES = [
    ({"town": "曾家镇", "village": "旧城村"}, "村：曾家镇没有旧城村。旧城村属钟宝镇，改正镇或村。"),
    ({"town": "曾家镇", "village": "没有的村"}, "村：曾家镇没有没有的村。从名单中选村。"),
    (HOUSE, ""),
    ({"town": "", "village": "旧城村"}, ""),
    ({"town": "钟宝镇", "village": ""}, ""),
]


@pytest.mark.parametrize(("place", "words"), PLACES)
def test_a_village_lies_in_its_town(place, words):
    """Of every form, without being told."""
    found = village_in_town(scope_of(case("", "", **place)))
    assert [str(problem) for problem in found] == ([words] if words else [])
