"""A clerk's texts become typed values; what is unreadable is told with its address."""

from decimal import Decimal
from pathlib import Path

import pytest

from filler.form.forms import Call, Field, FormSpec, Section
from filler.values.read_answers import is_blank, read_answers, typed_derived, under_slugs
from tests.filler.one_rule import form_of

COLUMNS = (Field("name", "姓名", "text"), Field("paid", "金额", "money", default="5"),
           Field("seq", "序号", "int", derived=Call("seq")))  # fmt: skip
FIELDS = (
    Field("town", "镇", "text", default="钟宝镇"),
    Field("amount", "金额", "money"),
    Field("copy", "同上", "text", default="{town}"),
    Field("sum", "合计", "money", derived=Call("row_sum", ("rows", "paid"))),
    Field("rows", "各行", "rows", columns=COLUMNS),
    Field("sign", "签字", "sign"),
)
SPEC = FormSpec("XX-01", "表", "1", "制式", "L-TABLE", "", (Section("", FIELDS),), Path("x"))


def told(answers):
    return [(problem.where, problem.field) for problem in read_answers(SPEC, answers)[1]]


def test_answers_become_values_by_slug_or_label():
    """Blank ones take a plain default; one that speaks of other fields waits."""
    data, problems = read_answers(SPEC, {"金额": "12.5", "case_no": " db-1 ", "form_id": "XX-01"})
    assert not problems
    assert data.values == {"town": "钟宝镇", "amount": Decimal("12.5"), "copy": None}
    assert data.case_no == "DB-1"


def test_blank_rows_are_no_rows():
    """Others are typed, cell by cell."""
    rows = [{"姓名": "甲", "paid": "1"}, {"name": " ", "paid": ""}, {"name": "乙"}]
    data, problems = read_answers(SPEC, {"rows": rows})
    assert not problems
    assert data.rows["rows"] == (
        {"name": "甲", "paid": Decimal(1)}, {"name": "乙", "paid": Decimal(5)},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"amount": "多"}, ("金额", "amount")),
        ({"amuont": "1"}, ("填写内容", "amuont")),
        ({"rows": "甲"}, ("各行", "rows")),
        ({"rows": ["甲"]}, ("各行", "rows")),
        ({"rows": [{"name": "甲"}, {"paid": "多"}]}, ("各行第 2 行金额", "rows[1].paid")),
        ({"rows": [{"nmae": "甲"}]}, ("各行第 1 行", "rows[0].nmae")),
    ],
)
def test_what_cannot_be_read_is_told_where_it_stands(answers, problem):
    """By label for people, by address for the page."""
    assert told(answers) == [problem]


def test_labels_become_slugs_and_nothing_else_changes():
    """In rows, too."""
    given = {"镇": "甲", "rows": [{"姓名": "乙", "x": 1}, 3], "other": 2}
    assert under_slugs(SPEC, given) == {
        "town": "甲", "rows": [{"name": "乙", "x": 1}, 3], "other": 2,
    }  # fmt: skip


def test_answers_of_derived_fields_are_found():
    """To be compared with what is computed."""
    given = {"sum": "9", "rows": [{"name": ""}, {"name": "甲", "seq": "2"}]}
    found = [(field.slug, where, address, answer)
             for field, where, address, answer in typed_derived(SPEC, given)]  # fmt: skip
    assert found == [("sum", "合计", "sum", "9"), ("seq", "各行第 1 行序号", "rows[0].seq", "2")]


@pytest.mark.parametrize(
    ("answer", "is_so"),
    [(None, True), ("", True), (" ", True), ([], True), ((), True), ("0", False), (0, False)],
)
def test_what_counts_as_blank(answer, is_so):
    """A nought is an answer."""
    assert is_blank(answer) == is_so


@pytest.mark.parametrize(
    ("answer", "is_table"),
    [
        ([{"c": "甲"}], True), ([], True), ("", True), (None, True), (({"c": "甲"},), True),
        ("甲", False), ({"c": "甲"}, False), (["甲"], False), ([{"c": "甲"}, "乙"], False),
    ],
)  # fmt: skip
def test_a_table_is_answered_row_by_row(answer, is_table):
    """Nothing is a table without rows; half a table is none."""
    table = Field("t", "表", "rows", columns=(Field("c", "列", "text"),))
    data, wrong = read_answers(form_of(table), {"t": answer})
    assert [one.field for one in wrong] == ([] if is_table else ["t"])
    assert len(data.rows["t"]) == (len(answer) if is_table and answer else 0)


def test_blank_rows_and_answers_are_passed_over():
    """A default stands where nothing was answered."""
    table = Field("t", "表", "rows", columns=(Field("c", "列", "int"), Field("d", "注", "text")))
    town = Field("town", "镇", "text", default="钟宝镇")
    data, wrong = read_answers(form_of(table, town), {"t": [{"c": ""}, {"c": "1"}], "town": " "})
    assert wrong == ()
    assert data.rows["t"] == ({"c": 1, "d": None},)
    assert data.values["town"] == "钟宝镇"
    _, wrong = read_answers(form_of(table), {"t": [{"c": "", "d": None}, {"c": "甲"}]})
    assert [(one.where, one.field) for one in wrong] == [("表第 1 行列", "t[0].c")]


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"town": "钟宝镇", "镇": "城关镇"}, ("镇", "town")),
        ({"镇": "城关镇", "town": "钟宝镇"}, ("镇", "town")),
        ({"rows": [{"name": "甲", "姓名": "乙"}]}, ("各行第 1 行", "rows[0].name")),
        ({"各行": [{"name": "乙"}], "rows": [{"name": "甲"}]}, ("各行", "rows")),
    ],
)
def test_a_label_never_wins_over_its_own_slug(answers, problem):
    """Both at once with different answers are a mistake, before and after renaming."""
    assert told(answers) == [problem]
    assert told(under_slugs(SPEC, answers)) == [problem]
    assert under_slugs(SPEC, answers).get("town", "钟宝镇") == "钟宝镇"


def test_a_label_beside_its_slug_may_say_the_same():
    """Then it is one answer."""
    answers = {"town": "钟宝镇", "镇": "钟宝镇"}
    assert under_slugs(SPEC, answers) == {"town": "钟宝镇"}
    assert told(answers) == []
