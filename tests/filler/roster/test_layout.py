"""Header rows are found, wherever they stand."""

from pathlib import Path

import pytest

from filler.form.forms import Call, Field, FormSpec, Section
from filler.roster.layout import find_tables, missing_columns
from filler.roster.read_spreadsheet import Sheet
from filler.roster.roster import TableLayout


@pytest.fixture
def spec(catalogue):
    return catalogue.form("ZF-01")


def table(spec, *rows, name="名单", merged=()):
    (found,) = find_tables(spec, [Sheet(name, rows, merged=merged)])
    return found


def test_the_header_may_stand_below_titles(spec):
    """The row that matches best is it."""
    found = table(spec, ("2018年花名册",), (), ("姓名", "身份证号"), ("测试甲", "1"))
    assert found.field is None
    assert found.layout.header_row == 3
    assert found.layout.columns == {"name": 1, "id_no": 2}
    assert found.layout.headings == {"name": "姓名", "id_no": "身份证号"}


def test_a_sheet_is_the_table_it_is_called_by(spec):
    """应享与已享 is the table of policies though it has few columns."""
    found = table(spec, ("所属序号", "政策", "应享"), name="应享与已享")
    assert found.field is not None
    assert found.field.label == "应享与已享"


@pytest.mark.parametrize("rows", [(), ((),), (("甲", "乙"),), (("姓名", "甲"),)])
def test_a_sheet_that_matches_nothing_is_left_out(spec, rows):
    """One known heading alone is chance."""
    assert find_tables(spec, [Sheet("别的", rows)]) == ()


@pytest.mark.parametrize("name", ["填写说明", "选项", "核对结果"])
def test_our_own_sheets_hold_no_records(spec, name):
    """Whatever stands in them."""
    assert find_tables(spec, [Sheet(name, (("姓名", "身份证号"),))]) == ()


def test_further_down_only_a_clear_header_is_one(spec):
    """Below a preface of thirty rows; a record that looks like one is none."""
    blank = ((),) * 29
    assert len(find_tables(spec, [Sheet("名单", (*blank, ("姓名", "身份证号")))])) == 1
    assert find_tables(spec, [Sheet("名单", (*blank, (), ("姓名", "身份证号")))]) == ()
    header = ("姓名", "身份证号", "联系电话", "走访方式")
    (found,) = find_tables(spec, [Sheet("名单", (*blank * 3, header, ("测试甲", "1", "2", "3")))])
    assert found.layout.header_row == 88


def test_the_upper_of_two_equal_headers_is_it(spec):
    """The lower is the same header again, and no row above it is lost."""
    rows = (("姓名", "身份证号"), ("测试甲", "1"), ("姓名", "身份证号"), ("测试乙", "2"))
    found = table(spec, *rows)
    assert found.layout.header_row == 1
    assert found.repeated == {2}
    assert found.end == 4


def test_a_block_below_with_other_headings_is_a_table_of_its_own(spec):
    """Its columns are its own; the better one does not hide the one above it."""
    rows = (
        ("姓名", "身份证号"), ("测试甲", "1"), ("二组",),
        ("身份证号", "联系电话", "姓名"), ("2", "3", "测试乙"),
    )  # fmt: skip
    first, second = find_tables(spec, [Sheet("名单", rows)])
    assert (first.layout.columns, first.end) == ({"name": 1, "id_no": 2}, 2)
    assert second.layout.columns == {"id_no": 1, "phone": 2, "name": 3}
    assert (second.titles, second.layout.header_row) == ((2,), 4)


def test_required_fields_without_a_column_are_named(spec):
    """Once each, as the template calls them."""
    missing = list(missing_columns(spec, table(spec, ("姓名", "身份证号")).layout))
    assert "联系电话" in missing
    assert "姓名" not in missing
    assert len(missing) == len(set(missing))


def test_a_merged_heading_counts_for_all_its_columns(spec):
    """A group's name above the headings does not hide them."""
    found = table(
        spec,
        ("户主情况", "", "联系电话"),
        ("姓名", "身份证号", ""),
        merged=(((0, 0), (0, 1)), ((0, 2), (1, 2))),
    )
    assert found.layout.columns == {"name": 1, "id_no": 2, "phone": 3}


@pytest.mark.parametrize("merged", [((0, 2), (0, 3)), ((2, 0), (2, 1)), ((0, 1), (1, 1))])
def test_cells_merged_beyond_what_is_filled_change_nothing(spec, merged):
    """A spreadsheet may merge where nothing was written."""
    found = table(spec, ("姓名", "身份证号"), ("测试甲", "1"), merged=(merged,))
    assert found.layout.columns == {"name": 1, "id_no": 2}


def fields_form(*fields):
    return FormSpec("XX-01", "表", "1", "制式", "L-TABLE", "", (Section("", fields),), Path("x"))


A, B = Field("a", "甲项", "text"), Field("b", "乙项", "text")
TABLE = Field(
    "rows", "各项", "rows", columns=(Field("c", "丙项", "text"), Field("d", "丁项", "text"))
)
FORM = fields_form(A, B, TABLE)


def found_as(spec, *rows, name="名单", merged=()):
    """The header row and the columns of the one table of a sheet; none."""
    found = find_tables(spec, [Sheet(name, rows, merged=merged)])
    if not found:
        return None
    (one,) = found
    return (one.field.slug if one.field else "", one.layout.header_row, dict(one.layout.columns))


@pytest.mark.parametrize(
    ("rows", "name", "found"),
    [
        ([("甲项", "乙项")], "名单", ("", 1, {"a": 1, "b": 2})),
        ([("丙项", "丁项")], "名单", ("rows", 1, {"c": 1, "d": 2})),
        ([("甲项", "丙项", "丁项")], "名单", ("rows", 1, {"c": 2, "d": 3})),
        ([("甲项", "乙项", "丙项")], "名单", ("", 1, {"a": 1, "b": 2})),
        ([("甲项", "乙项", "丙项", "丁项")], "各项", ("rows", 1, {"c": 3, "d": 4})),
        ([("甲项", "乙项", "丙项", "丁项", "户主身份证号")], "名单", ("rows", 1, {"c": 3, "d": 4})),
        ([("甲项",)], "名单", None), ([("丙项",)], "名单", None), ([("丙项",)], "各项", None),
        ([("甲项", "乙项"), ("甲项", "乙项")], "名单", ("", 1, {"a": 1, "b": 2})),
        ([("甲项", "乙项"), ("甲项", "x")], "名单", ("", 1, {"a": 1, "b": 2})),
        ([("甲项", "乙项", "甲项")], "名单", ("", 1, {"a": 1, "b": 2})),
        ([(1, "甲项", "乙项")], "名单", ("", 1, {"a": 2, "b": 3})),
    ],
)  # fmt: skip
def test_a_sheet_is_the_table_it_matches_best(rows, name, found):
    """By its columns, its name and whether it names heads; the first of equal rows."""
    assert found_as(FORM, *rows, name=name) == found


def test_a_form_of_one_field_is_known_by_it():
    """There are no two."""
    assert found_as(fields_form(A), ("甲项",)) == ("", 1, {"a": 1})
    assert found_as(fields_form(A), ("乙项",)) is None


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([("户主", "户主", "人"), ("姓名", "电话", "姓名")], {"own": 1, "phone": 2, "other": 3}),
        ([("户主", "", "人"), ("姓名", "电话", "姓名")], {"own": 1, "phone": 2, "other": 3}),
        ([("户主",), ("姓名", "电话")], {"own": 1, "phone": 2}),
        ([("姓名", "电话")], None),
    ],
)  # fmt: skip
def test_the_group_above_tells_headings_apart(rows, columns):
    """The first row has none above it."""
    own, phone = Field("own", "姓名", "text"), Field("phone", "电话", "text")
    other = Section("人", (Field("other", "姓名", "text"),))
    sections = (Section("户主", (own, phone)), other)
    spec = FormSpec("XX-01", "表", "1", "制式", "L-TABLE", "", sections, Path("x"))
    found = found_as(spec, *rows)
    assert (found[2] if found else None) == columns


@pytest.mark.parametrize(
    ("merged", "columns"),
    [
        (((0, 0), (0, 1)), {"own": 1, "phone": 2}), (((0, 0), (0, 0)), {"own": 1}),
        (((0, 0), (5, 1)), None), (((1, 0), (1, 1)), {"own": 1}), (((7, 0), (8, 0)), {"own": 1}),
        (((0, 7), (0, 8)), {"own": 1}),
    ],
)  # fmt: skip
def test_a_merged_group_covers_its_columns(merged, columns):
    """And nothing beyond; one that covers the headings hides them."""
    own, phone = Field("own", "姓名", "text"), Field("phone", "电话", "text")
    o, p = Field("o", "姓名", "text"), Field("p", "电话", "text")
    sections = (Section("户主", (own, phone)), Section("人", (o, p)))

    sections = (Section("户主", (Field("own", "姓名", "text"), Field("phone", "电话", "text"))),
                Section("人", (Field("o", "姓名", "text"), Field("p", "电话", "text"))),
                )  # fmt: skip
    spec = FormSpec("XX-01", "表", "1", "制式", "L-TABLE", "", sections, Path("x"))
    sheet = Sheet("名单", (("户主", ""), ("姓名", "电话")), merged=(merged,))
    row = find_tables(spec, [sheet])
    assert (dict(row[0].layout.columns) if row else None) == (
        columns if columns and len(columns) > 1 else None
    )


@pytest.mark.parametrize(
    ("change", "is_missing"),
    [({}, True), ({"required": False}, False), ({"default": "甲"}, False),
     ({"derived": Call("x")}, False), ({"type": "sign"}, False), ({"type": "rows"}, False)],
)  # fmt: skip
def test_only_what_must_be_typed_is_missed(change, is_missing):
    """What has a default, is computed or signed needs no column."""
    field = Field(**{"slug": "z", "label": "必项", "type": "text", "required": True} | change)
    layout = TableLayout("名单", 1, {"a": 1})
    assert list(missing_columns(fields_form(A, field), layout)) == (["必项"] if is_missing else [])
    assert list(missing_columns(fields_form(field), TableLayout("名单", 1, {"z": 1}))) == []


def test_headings_of_the_line_above_stand_over_empty_cells(catalogue):
    """Of two header lines that nobody merged downwards."""
    rows = (
        ("高龄补贴登记表",),
        ("序号", "镇", "村", "老年人", "", "受益账户", ""),
        ("", "", "", "姓名", "身份证号", "户名", "账号"),
        (1, "钟宝镇", "旧城村", "测试甲", "1", "测试甲", "2"),
    )
    merged = (((1, 3), (1, 4)), ((1, 5), (1, 6)))
    found = table(catalogue.form("GL-01"), *rows, merged=merged)
    assert found.layout.header_row == 3
    assert found.layout.columns == {
        "town": 2, "village": 3, "name": 4, "id_no": 5, "bank_holder": 6, "bank_no": 7,
    }  # fmt: skip


def test_a_record_above_lends_no_headings(spec):
    """A header again below it, with an empty cell."""
    rows = (
        ("姓名", "身份证号", "镇"),
        ("测试甲", "610927195304120016", "村"),
        ("姓名", "身份证号", ""),
        ("测试乙", "2", ""),
    )
    *_, last = find_tables(spec, [Sheet("名单", rows)])
    assert "village" not in last.layout.columns


def test_a_short_list_alone_is_the_list_itself(catalogue):
    """Of its three columns a table of members has as many."""
    spec = catalogue.form("DB-01")
    heads = ("序号", "姓名", "身份证号", "电话")
    assert table(spec, heads, (1, "测试甲", "1", "2")).field is None
    joined = ("户主身份证号", "姓名", "身份证号", "关系")
    assert table(spec, joined, ("1", "测试乙", "2", "配偶")).field is not None
    who = ("编号", "姓名", "身份证号", "与户主关系")
    assert table(spec, who, (1, "测试乙", "2", "配偶")).field is not None
    assert table(spec, who, (1, "测试甲", "2", "户主")).field is None
