"""Rows of a TOML file change where they stand; all else stays to the letter."""

import datetime as dt
import tomllib

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.toml_rows import UnusualRowError, add_entry, change_entry, remove_entry

TEXT = """\
# 保障标准
# 第二行

[[standard]]
scheme = "低保"
month_amount = "295.00"   # 文件里写 3540 元/年
from = 2018-01-01
to = 2018-12-31

# 特困另算
[[standard]]
scheme = "特困"
words = [
  "甲",  # 第一
  "乙",
]

[[law]]
id = "a"
[law.articles]
DB = "第一条"

# 末尾
[other]
x = 1
"""
FIRST = {
    "scheme": "低保", "month_amount": "295.00",
    "from": dt.date(2018, 1, 1), "to": dt.date(2018, 12, 31),
}  # fmt: skip


def test_one_value_changes_in_its_line():
    """The comment behind it stays."""
    new = change_entry(TEXT, "standard", 0, FIRST | {"month_amount": "300.00"})
    assert new == TEXT.replace('"295.00"', '"300.00"')


def test_a_key_comes_and_goes():
    """Behind the last key of the entry; before the comment that belongs to the next."""
    without = {key: value for key, value in FIRST.items() if key != "to"}
    new = change_entry(TEXT, "standard", 0, without | {"mark": '引"号\\', "is_new": True})
    assert 'from = 2018-01-01\nmark = "引\\"号\\\\"\nis_new = true\n\n# 特困另算\n' in new
    assert "to =" not in new


def test_a_value_over_several_lines_is_replaced_whole_or_kept_whole():
    """A list with comments stays as it is until it says something else."""
    second = {"scheme": "特困", "words": ["甲", "乙"]}
    kept = change_entry(TEXT, "standard", 1, second | {"scheme": "特困人员"})
    assert '  "甲",  # 第一\n' in kept
    new = change_entry(TEXT, "standard", 1, second | {"words": ["丙"]})
    assert 'words = ["丙"]\n\n[[law]]' in new


def test_tables_inside_an_entry_stay():
    """New keys stand before them."""
    new = change_entry(TEXT, "law", 0, {"id": "a", "articles": {"DB": "第一条"}, "title": "法"})
    assert 'id = "a"\ntitle = "法"\n[law.articles]\nDB = "第一条"\n' in new


def test_an_entry_is_added_behind_another():
    """And before all."""
    new = add_entry(TEXT, "standard", 0, {"scheme": "新", "from": dt.date(2027, 1, 1), "n": 3})
    told = '[[standard]]\nscheme = "新"\nfrom = 2027-01-01\nn = 3\n'
    assert f"to = 2018-12-31\n\n{told}\n# 特困另算\n" in new
    assert f'# 第二行\n\n{told}\n[[standard]]\nscheme = "低保"' in add_entry(
        TEXT, "standard", -1, {"scheme": "新", "from": dt.date(2027, 1, 1), "n": 3}
    )
    last = add_entry("[[a]]\nx = 1", "a", 0, {"x": 2})
    assert last == "[[a]]\nx = 1\n\n[[a]]\nx = 2\n"


def test_an_entry_is_taken_out_with_its_tables():
    """The comments around it stay."""
    new = remove_entry(TEXT, "law", 0)
    assert "law" not in new
    assert "# 末尾" in new
    assert "# 特困另算" in remove_entry(TEXT, "standard", 1)
    assert remove_entry("[[a]]\nx = 1\n\n[[a]]\nx = 2\n", "a", 0) == "[[a]]\nx = 2\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda: change_entry("a = [{x = 1}]\n", "a", 0, {"x": 2}),
        lambda: change_entry('[[a]]\n"x" = 1\n', "a", 0, {"x": 2}),
        lambda: change_entry(TEXT, "law", 0, {"id": "a", "articles": {"DB": "第二条"}}),
        lambda: add_entry("a = []\n", "a", -1, {"x": 2}),
        lambda: add_entry("[[a]]\nx = 1\n", "a", 0, {"x": 1.5}),
    ],
)
def test_what_is_written_otherwise_is_refused(change):
    """Never a file that says something else than was meant."""
    with pytest.raises(UnusualRowError):
        change()


@pytest.mark.parametrize("file", sorted(REGISTRY_FOLDER.glob("*.toml")), ids=lambda one: one.name)
def test_every_row_of_every_table_can_be_changed_added_and_taken_out(file):
    """A row changed and changed back is the file as it was."""
    text = file.read_text(encoding="utf-8")
    for table, entries in tomllib.loads(text).items():
        if not isinstance(entries, list):
            continue
        number = len(entries) // 2
        entry = entries[number]
        key = next(name for name, value in entry.items() if isinstance(value, str))
        changed = change_entry(text, table, number, entry | {key: "别的"})
        assert len(changed.splitlines()) == len(text.splitlines())
        assert change_entry(changed, table, number, entry) == text
        plain = {name: value for name, value in entry.items() if isinstance(value, str)}
        longer = add_entry(text, table, number, plain)
        assert tomllib.loads(longer)[table][number + 1] == plain
        assert remove_entry(longer, table, number + 1) == text
