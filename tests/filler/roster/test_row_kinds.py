"""Every row of a sheet is something, and the sum of all is the number of rows."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filler.roster.layout import find_tables
from filler.roster.read_roster import read_roster
from filler.roster.read_spreadsheet import Sheet
from filler.roster.roster import RowKind, account_for
from filler.roster.row_kinds import counts_columns, kinds_of_rows, last_row, notes_of_rows
from tests.filler.roster.sheets import as_xlsx
from tests.filler.rosters import PEOPLE

HEADER = ("序号", "姓名", "身份证号", "联系电话", "走访方式", "家庭人口")
RECORD = ("1", "测试甲", PEOPLE[0], "13991500001", "入户", 3)


@pytest.fixture
def spec(catalogue):
    return catalogue.form("ZF-01")


@pytest.fixture
def kind_of(spec):
    """The kind of a row that stands at the end of a list."""

    def run(*row, merged=()):
        sheet = Sheet("名单", (HEADER, RECORD, row), merged=merged)
        (table,) = find_tables(spec, [sheet])
        return kinds_of_rows(table, spec)[2]

    return run


@pytest.mark.parametrize(
    "row",
    [
        ("合计", "", "5人"),
        ("合计：",),
        ("合计5人",),
        ("过次页", "", "3人"),
        ("承前页：", "", "", 5),
        ("合  计（人）", "", 5),
        ("小计：", "", "", 5),
        ("总 计",),
        ("本页合计",),
        ("共计5户",),
        ("", "合计", "", "", "", 12),
        ("", "", "合计：共 3 户"),
        ("中坝村合计", "", "", "", "", 3),
        ("全镇合计（户）", 5, "", "", "", 12),
        ("一组小计", 3),
        ("二组小计：3人", "", "", "", "", 3),
        ("旧城村合计（12户）",),
        ("合计（大写）：玖人",),
        ("总人数：5",),
        ("Ｔｏｔａｌ", "", "", "", "", 3),
        ("累计", "5户", "12人", "", "", 3),
    ],
)
def test_a_sum_is_no_household_however_it_is_spelt(kind_of, row):
    """In the first cell or under a heading."""
    assert kind_of(*row) is RowKind.TOTAL


@pytest.mark.parametrize(
    "row",
    [
        ("备注：本表一式三份，村、镇、县各存一份。",),
        ("填表人：测试王五", "", "", "审核人：测试李四"),
        ("注：1.年龄以身份证为准。",),
        ("填表说明：按户填写",),
        ("", "制表：测试王", "", "审核：测试李", "日期：2018年5月31日"),
        ("", "", "", "（盖章）"),
        ("", "村委会（盖章）", "", "镇政府（盖章）", "年  月  日"),
        ("说明",),
        ("本表一式三份，村镇县各存一份",),
        ("二组",),
        ("", "以下空白"),
        ("制表人：测试甲", "", "审核：测试乙", "", "2018年6月1日"),
        ("", "（必填）", "（必填）", "（必填）", "（必填）"),
        ("例：1", "测试张三", "61092719xxxxxxxxxx", "139xxxxxxxx", "入户", 3),
        ("示例", "测试张三", PEOPLE[1], "13991500002", "入户", 3),
    ],
)
def test_notes_and_signatures_at_the_end_are_no_household(kind_of, row):
    """Whatever column they stand in."""
    assert kind_of(*row) is RowKind.NOTE


@pytest.mark.parametrize(
    "row",
    [
        ("2", "测试乙"), (2, "测试乙"), ("", "测试乙", PEOPLE[1]), ("", "", PEOPLE[1]),
        ("2", "测试乙", "", "13991500002"), ("", "合计", PEOPLE[1], "13991500002", "入户", 3),
        ("", "测试乙", "", "", "入户", 3), ("2", "测试乙", "", "2018年6月1日", "入户"),
        ("2", "例真", "", "13991500002", "入户"),
    ],
)  # fmt: skip
def test_a_household_that_was_only_begun_is_read(kind_of, row):
    """It is refused with what is missing, and not taken for a note."""
    assert kind_of(*row) is RowKind.READ


@pytest.mark.parametrize("row", [(), ("", " ", "\u200b"), ("2",), (2, "", "")])
def test_rows_numbered_in_advance_are_empty(spec, row):
    """A number alone is no household; the list goes on below."""
    sheet = Sheet("名单", (HEADER, row, RECORD))
    (table,) = find_tables(spec, [sheet])
    assert kinds_of_rows(table, spec)[1] is RowKind.EMPTY


def test_a_groups_name_merged_over_columns_is_no_household(spec):
    """二组 between two households, in the column of names."""
    rows = (HEADER, RECORD, ("", "二组"), RECORD)
    sheet = Sheet("名单", rows, merged=(((2, 1), (2, 4)),))
    (table,) = find_tables(spec, [sheet])
    assert kinds_of_rows(table, spec)[2] is RowKind.NOTE


def test_what_was_not_read_is_told_with_rows_and_words(spec):
    """Each kind in one sentence, the first ones named."""
    rows = (HEADER, RECORD, ("合计", 1), HEADER, RECORD, *[("小计", 1)] * 7, ("备注：无",))
    sheet = Sheet("名单", rows)
    (table,) = find_tables(spec, [sheet])
    texts = [note.text for note in notes_of_rows(sheet, kinds_of_rows(table, spec))]
    assert texts[0] == "表头又出现了一次，下面接着读：第 4 行“序号”"
    assert texts[1].startswith("合计行没有读：第 3 行“合计”、第 6 行“小计”")
    assert texts[1].endswith("等 8 行")
    assert texts[2] == "当作说明或签名，没有读：第 13 行“备注：无”"


def test_the_last_row_is_the_last_in_which_something_stands():
    """Formatted but empty rows below are none; a cell that could not be computed is."""
    sheet = Sheet("名单", (("a",), (), ("b",), ("",), (" ",)))
    assert last_row(sheet) == 3
    marks = dataclasses.replace(sheet.marks, faults={(4, 0): "公式出错"})
    assert last_row(dataclasses.replace(sheet, marks=marks)) == 5


def test_an_account_adds_up():
    """Kinds without rows are not told."""
    account = account_for("名单", [RowKind.READ, RowKind.HEADER, RowKind.READ])
    assert (account.rows, dict(account.counts)) == (3, {RowKind.HEADER: 1, RowKind.READ: 2})


OTHER = ("姓名", "联系电话", "身份证号", "家庭人口")


@st.composite
def rosters(draw):
    """Sheets as people make them, and the people who stand in them."""
    people, sheets, hidden = [], [], []
    for number in range(draw(st.integers(1, 2))):
        header, rows = HEADER, [("2018年花名册",)] * draw(st.integers(0, 2))
        rows.append(header)
        for _ in range(draw(st.integers(1, 12))):
            what = draw(
                st.sampled_from(["person"] * 6 + ["again", "other", "sum", "blank", "note"])
            )
            if what == "person":
                name = f"测试{chr(0x4E00 + len(people))}"
                people.append(name)
                told = {
                    "姓名": name,
                    "身份证号": PEOPLE[len(people) % 5],
                    "联系电话": "13991500001",
                }
                told |= {"序号": str(len(people)), "走访方式": "入户", "家庭人口": "3"}
                rows.append(tuple(told[heading] for heading in header))
            elif what in ("again", "other"):
                header = header if what == "again" else OTHER if header == HEADER else HEADER
                rows += [("二组花名册",), header] if draw(st.booleans()) else [header]
            else:
                rows.append({"sum": ("小计", "5人"), "blank": (), "note": ("备注：无",)}[what])
        sheets.append((f"名单{number}", tuple(rows)))
        hidden.append(draw(st.sets(st.integers(2, len(rows)), max_size=3)))
    return people, sheets, hidden


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rosters())
def test_nobody_is_lost_whatever_a_sheet_looks_like(spec, made):
    """Repeated and other headers, sums, notes, blanks, two sheets, hidden rows."""
    people, sheets, hidden = made
    if not people:
        return
    roster = read_roster(as_xlsx(sheets, hidden), "名单.xlsx", spec)
    assert [record.answers["name"] for record in roster.records] == people
    assert [record.answers["id_no"] for record in roster.records] == [
        PEOPLE[(at + 1) % 5] for at in range(len(people))
    ]
    rows = {name: max(at + 1 for at, row in enumerate(rows) if any(row)) for name, rows in sheets}
    assert {account.sheet: account.rows for account in roster.accounts} == rows
    read = sum(account.counts.get(RowKind.READ, 0) for account in roster.accounts)
    assert read == len(people)


@pytest.mark.parametrize("text", ["一、新增（3人）", "退出人员", "以下人员由村委会上报"])
def test_the_heading_of_a_part_may_stand_among_the_names(spec, text):
    """Nobody merged it; a name alone stays somebody."""
    heads = ("姓名", "身份证号", "联系电话", "走访方式")
    record = ("测试甲", PEOPLE[0], "13991500001", "入户")
    for alone, kind in ((text, RowKind.NOTE), ("测试乙", RowKind.READ)):
        sheet = Sheet("名单", (heads, record, (alone,), record))
        (table,) = find_tables(spec, [sheet])
        assert kinds_of_rows(table, spec)[2] is kind


@pytest.mark.parametrize(
    ("texts", "does"),
    [
        (("栏次", "1", "2", "3"), True),
        (("甲", "乙", "1", "2", "3"), True),
        (("1", "2", "3", "4.0"), True),
        (("甲", "乙", "丙", "丁", "1", "2"), True),
        (("甲", "丙", "乙", "1", "2"), False),
        (("1", "2", "3"), False),
        (("1", "2", "4", "5"), False),
        (("3", "测试甲", "1", "2"), False),
    ],
)
def test_a_row_that_numbers_the_columns_is_no_record(texts, does):
    """栏次 below a header."""
    assert counts_columns(texts) is does
