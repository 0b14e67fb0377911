"""Two fields in one column, one field in several."""

import io

import openpyxl
import pytest

from filler.form.forms import Field
from filler.roster.columns import form_headings
from filler.roster.composed import (
    choices_apart,
    day_apart,
    fields_together,
    have_numbers,
    joined,
    part_of,
    surname_apart,
    ticked,
)
from filler.roster.read_roster import read_roster
from filler.values.read_value import WrongValueError
from tests.filler.roster.sheets import as_xlsx
from tests.filler.rosters import PEOPLE


@pytest.fixture
def spec(catalogue):
    return catalogue.form("GL-01")


@pytest.fixture
def known(spec):
    return form_headings(spec)


@pytest.fixture
def read(spec):
    """The answers of a sheet's records, and what is told of it."""

    def run(*rows):
        roster = read_roster(as_xlsx([("名单", rows)]), "名单.xlsx", spec)
        told = [note.text for note in roster.notes if not note.is_problem]
        return [dict(one.answers) for one in roster.records], told, roster

    return run


@pytest.mark.parametrize(
    ("heading", "slugs"),
    [
        ("姓名及身份证号", ("name", "id_no")), ("姓名、联系电话", ("name", "phone")),
        ("姓名\n公民身份号码", ("name", "id_no")), ("姓名（身份证号）", ("name", "id_no")),
        ("姓名身份证号码", ("name", "id_no")), ("村组", ("village", "group_no")),
        ("镇/村/组", ("town", "village", "group_no")), ("身份证号", ()), ("联系人电话", ()),
        ("开户行及账号", ()), ("姓名及年龄", ()), ("联系人", ()),
    ],
)  # fmt: skip
def test_headings_of_two_fields(known, heading, slugs):
    """Only such as a text tells apart."""
    assert fields_together(heading, known) == slugs


@pytest.mark.parametrize(
    "text",
    [
        f"测试甲 {PEOPLE[0]}", f"测试甲（{PEOPLE[0]}）", f"测试甲\n身份证号：{PEOPLE[0]}",
        f"{PEOPLE[0]}测试甲", f"测试甲{PEOPLE[0][:6]} {PEOPLE[0][6:14]} {PEOPLE[0][14:]}",
    ],
)  # fmt: skip
def test_a_name_and_its_number(known, text):
    """In either order, with or without words and brackets."""
    both = ("name", "id_no")
    assert part_of(text, "name", both, known.fields) == "测试甲"
    assert part_of(text, "id_no", both, known.fields) == PEOPLE[0]


def test_what_is_not_there_is_not_made_up(known):
    """A name alone has no number; of two numbers none is chosen."""
    both = ("name", "id_no")
    assert part_of("测试甲", "id_no", both, known.fields) == ""
    with pytest.raises(WrongValueError, match="2 个身份证号"):
        part_of(f"测试甲 {PEOPLE[0]} {PEOPLE[1]}", "id_no", both, known.fields)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("旧城村三组", {"village": "旧城村", "group_no": "三组"}),
        ("旧城村第3村民小组", {"village": "旧城村", "group_no": "第3村民小组"}),
        ("3", {"group_no": "3"}), ("旧城村", {"village": "旧城村"}),
    ],
)  # fmt: skip
def test_a_village_and_its_group(known, text, said):
    """Each may be missing."""
    slugs = ("village", "group_no")
    found = {slug: part_of(text, slug, slugs, known.fields) for slug in slugs}
    assert {slug: one for slug, one in found.items() if one} == said


def test_names_in_two_columns_and_days_in_three():
    """Beside one another; a blank day stays blank."""
    assert surname_apart(("序号", "姓", " 名 ")) == (2, 3)
    assert surname_apart(("姓", "别名")) is None
    assert day_apart(("姓名", "年", "月", "日"), 2)
    assert not day_apart(("姓名", "年", "月"), 2)
    assert joined(["欧阳", "兰"]) == "欧阳兰"
    assert joined(["2025", "5月", "7"]) == "2025年5月7日"
    assert joined(["", "", ""]) == ""


def test_numbers_beside_most_names_make_a_column_of_both():
    """Numbers alone do not: somebody typed them into the wrong column."""
    assert have_numbers([f"测试甲 {PEOPLE[0]}", f"测试乙({PEOPLE[1]})", "测试丙"])
    assert not have_numbers(["测试甲", "测试乙"])
    assert not have_numbers(list(PEOPLE))


def test_a_list_with_names_and_numbers_in_one_cell_is_read(read):
    """With the heading of both, and without; what was done is told."""
    first, told, _ = read(("姓名及身份证号", "电话"), (f"测试甲 {PEOPLE[0]}", "13991500001"))
    assert first == [{"name": "测试甲", "id_no": PEOPLE[0], "phone": "13991500001"}]
    assert told == ["“姓名及身份证号”一列里写了姓名、身份证号，分开读入"]
    second, _, _ = read(("姓名", "电话"), (f"测试甲（{PEOPLE[0]}）", "13991500001"))
    assert second == first


def test_a_list_with_names_and_days_apart_is_read(read):
    """The line of 年, 月, 日 is no person."""
    rows = (("姓", "名", "身份证号", "申请日期", "申请日期", "申请日期"),
            ("", "", "", "年", "月", "日"),
            ("欧阳", "测", PEOPLE[0], 2025, 5, 7), ("李", "试", PEOPLE[1], "", "", ""))  # fmt: skip
    answers, _, roster = read(*rows)
    assert answers == [
        {"name": "欧阳测", "id_no": PEOPLE[0], "apply_date": "2025-05-07"},
        {"name": "李试", "id_no": PEOPLE[1]},
    ]
    assert roster.accounts[0].rows == 4


def test_a_hidden_column_gives_way_to_one_that_is_seen(spec):
    """Numbers of last year that somebody hid; the clerk is told."""
    book = openpyxl.Workbook()
    book.active.append(["姓名", "身份证号", "联系电话", "电话"])
    book.active.append(["测试甲", PEOPLE[0], "13900000000", "13991500001"])
    book.active.column_dimensions["C"].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    roster = read_roster(stream.getvalue(), "名单.xlsx", spec)
    assert roster.records[0].answers["phone"] == "13991500001"
    assert any("已读 D1 那一列" in note.text for note in roster.notes)


@pytest.mark.parametrize(
    ("below", "columns", "is_apart"),
    [
        (("", "留守", "独居"), (2, 3), True),
        (("", "留守", "留守"), (2, 3), False),
        (("", "留守", "其他"), (2, 3), False),
        (("", "留守"), (2,), False),
        (("",), (2, 3), False),
    ],
)
def test_choices_have_columns_of_their_own_below_one_heading(below, columns, is_apart):
    """Each of them named once."""
    field = Field("kind", "老人类型", "choice", choices=("留守", "独居", "空巢"))
    assert choices_apart(below, columns, field) == is_apart


def test_what_is_ticked_is_chosen():
    """Anything else but a tick or a free box is told."""
    assert ticked(["√", "", "×"], ["留守", "独居", "空巢"]) == "留守"
    assert ticked(["", "√", "1"], ["留守", "独居", "空巢"]) == "独居、空巢"
    with pytest.raises(WrongValueError, match="“待定”不是勾"):
        ticked(["待定", ""], ["留守", "独居"])
