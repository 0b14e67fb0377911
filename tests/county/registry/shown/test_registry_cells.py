"""A table of the registry as cells that people edit, and back."""

import datetime as dt
import tomllib

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.registry.shown.registry_cells import (
    Change,
    Kind,
    WrongCellError,
    apply,
    grids_of,
    is_editable,
    read,
)
from minzheng.county.registry.shown.registry_guide import FILES

TEXT = """\
# 说明
[[standard]]
scheme = "低保"
month_amount = "295.00"
from = 2018-01-01
laws = ["甲", "乙"]
parts = { a = 1 }

[[standard]]
scheme = "特困"
month_amount = "500.00"
from = 2018-01-01
to = 2020-12-31
level = 3
is_new = true
"""


def test_columns_are_told_by_what_stands_in_them():
    """Money, days, numbers, words; what is none of these can be seen only."""
    (grid,) = grids_of("standards.toml", TEXT)
    assert {one.key: one.kind for one in grid.columns} == {
        "scheme": Kind.TEXT, "month_amount": Kind.MONEY, "from": Kind.DAY, "laws": Kind.LIST,
        "parts": Kind.FIXED, "to": Kind.DAY, "level": Kind.WHOLE, "is_new": Kind.YES_NO,
    }  # fmt: skip
    assert grid.title == "标准"
    assert grid.rows[0]["laws"] == "甲、乙"
    assert grid.rows[1] == {
        "scheme": "特困", "month_amount": "500.00", "from": "2018-01-01", "to": "2020-12-31",
        "level": "3", "is_new": "是",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.MONEY, "480", "480.00"),
        (Kind.MONEY, "￥1,480.5元", "1480.50"),
        (Kind.MONEY, "４８０元/月", "480.00"),
        (Kind.WHOLE, "３", 3),
        (Kind.WHOLE, "3.0", 3),
        (Kind.DAY, "2026年7月1日", dt.date(2026, 7, 1)),
        (Kind.DAY, "2026.7.1", dt.date(2026, 7, 1)),
        (Kind.YES_NO, "√", True),
        (Kind.YES_NO, "否", False),
        (Kind.YES_NO, "false", False),
        (Kind.LIST, "甲、乙，丙；丁", ["甲", "乙", "丙", "丁"]),
        (Kind.TEXT, " 镇民发〔２０２６〕1号 ", "镇民发〔２０２６〕1号"),
        (Kind.MONEY, "  ", None),
    ],
)
def test_cells_are_read_as_people_type_them(kind, cell, value):
    """Full-width digits, units, dots and Chinese dates."""
    assert read(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Kind.MONEY, "四百多"), (Kind.MONEY, "-1"), (Kind.WHOLE, "3.5"), (Kind.WHOLE, "-1"),
        (Kind.DAY, "2026-02-30"), (Kind.DAY, "明年"), (Kind.YES_NO, "也许"),
    ],
)  # fmt: skip
def test_what_a_cell_cannot_hold_is_refused(kind, cell):
    """With what to write."""
    with pytest.raises(WrongCellError):
        read(kind, cell)


def test_one_amount_changes_and_nothing_else():
    """What is typed as it stood stays as it is written."""
    cells = {"scheme": "低保", "month_amount": "300", "laws": "甲、乙", "parts": "别的"}
    text, problems = apply("x.toml", TEXT, [Change("standard", 0, cells)])
    assert problems == []
    assert text == TEXT.replace('"295.00"', '"300.00"')


def test_a_blank_cell_takes_its_key_away():
    """The end of an entry that holds again."""
    text, _ = apply("x.toml", TEXT, [Change("standard", 1, {"to": ""})])
    assert text == TEXT.replace("to = 2020-12-31\n", "")


def test_several_changes_count_the_rows_as_they_were():
    """A row ends, a new one follows it, another goes."""
    changes = [
        Change("standard", 0, {"to": "2026-06-30"}),
        Change("standard", 0, {"scheme": "低保", "from": "2026-07-01"}, is_new=True),
        Change("standard", 0, {"scheme": "低保二", "from": "2027-07-01"}, is_new=True),
        Change("standard", 1),
    ]
    text, problems = apply("x.toml", TEXT, changes)
    told = [(one["scheme"], str(one["from"])) for one in tomllib.loads(text)["standard"]]
    assert problems == []
    assert told == [("低保", "2018-01-01"), ("低保", "2026-07-01"), ("低保二", "2027-07-01")]
    assert tomllib.loads(text)["standard"][0]["to"] == dt.date(2026, 6, 30)


def test_every_mistake_is_told_with_its_place():
    """And nothing is changed."""
    changes = [
        Change("standard", 0, {"from": "去年", "month_amount": "多"}),
        Change("standard", 1, {"level": "三"}, is_new=True),
    ]
    text, problems = apply("x.toml", TEXT, changes)
    assert text == TEXT
    assert [one.where for one in problems] == [
        "标准 第 1 行“自”", "标准 第 1 行“元/月”", "标准 新加的一行“哪一级”",
    ]  # fmt: skip


CSV = '\ufefftown,village,mark\r\n甲镇,一村,\r\n甲镇,二村,"编码暂编,待核"\r\n'


def test_a_csv_changes_in_its_record_only():
    """Its mark of UTF-8 and its line ends stay."""
    new = Change("", 0, {"town": "甲镇", "village": "新,村"}, is_new=True)
    text, _ = apply("x.csv", CSV, [Change("", 1, {"mark": ""}), new])
    assert text == '\ufefftown,village,mark\r\n甲镇,一村,\r\n甲镇,"新,村",\r\n甲镇,二村,\r\n'
    assert apply("x.csv", CSV, [Change("", 0)])[0] == CSV.replace("甲镇,一村,\r\n", "")
    first = apply("x.csv", "a\n1", [Change("", 0, {"a": "2"}, is_new=True)])[0]
    assert first == "a\n1\n2\n"


@pytest.mark.parametrize("name", [one.name for one in FILES if is_editable(one.name)])
def test_every_table_of_the_county_can_be_edited(name):
    """A text of a row is changed, and changed back: the file is as it was, to the letter."""
    text = (REGISTRY_FOLDER / name).read_bytes().decode()
    grids = grids_of(name, text)
    assert grids
    for grid in grids:
        number = len(grid.rows) - 1
        texts = [one.key for one in grid.columns if one.kind == Kind.TEXT]
        key = next(one for one in texts if grid.rows[number].get(one))
        before = grid.rows[number][key]
        changed, problems = apply(name, text, [Change(grid.table, number, {key: "别的"})])
        assert problems == []
        assert changed != text
        assert apply(name, changed, [Change(grid.table, number, {key: before})])[0] == text


def test_lists_of_words_have_no_columns():
    """They are edited as a file."""
    assert not is_editable("synonyms.txt")
    assert grids_of("synonyms.txt", "甲=乙") == grids_of("x.toml", "a = [") == []
