"""Dated entries of a table: every mistake at once."""

import datetime as dt
from pathlib import Path

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.registry_entries import (
    find_overlaps,
    holds_on,
    read_entries,
    read_tables,
)
from tests.county.tables import written

ENTRY = '[[limit]]\nname = "甲"\nfrom = 2018-01-01\n'


@pytest.fixture
def file(tmp_path):
    return tmp_path / "limits.toml"


def wrong_fields(file, *, keys=("name",), numbers=()):
    with pytest.raises(RegistryError) as caught:
        read_entries(file, "limit", keys, numbers)
    return [problem.field for problem in caught.value.problems]


def test_entries_are_read_as_they_stand(file):
    """Another table of the file is not looked at."""
    file.write_text(f'{ENTRY}amount = "5"\n[[other]]\nname = 5\n', encoding="utf-8")
    (entry,) = read_entries(file, "limit", ("name",))
    assert entry == {"name": "甲", "from": dt.date(2018, 1, 1), "amount": "5"}
    assert read_entries(file, "none", ("name",)) == []


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('name = ""', "name"),
        ("name = 5", "name"),
        ("from = 2018", "from"),
        ('to = "2019-01-01"', "to"),
        ('amount = "二百"', "amount"),
        ('month_amount = ""', "month_amount"),
        ("count = -1", "count"),
        ("count = 1.5", "count"),
        ("count = true", "count"),
    ],
)
def test_each_mistake_is_named_by_its_key(file, line, field):
    """Texts, whole numbers, days and amounts."""
    entry = {"name": 'name = "甲"', "from": "from = 2018-01-01", "count": "count = 0"}
    entry[line.partition(" ")[0]] = line
    file.write_text("[[limit]]\n" + "\n".join(entry.values()), encoding="utf-8")
    assert wrong_fields(file, numbers=("count",)) == [field]


def test_mistakes_of_all_entries_come_together(file):
    """With the number of the entry, and the file."""
    file.write_text('[[limit]]\nfrom = 2018-01-01\n[[limit]]\nname = "乙"\n', encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        read_entries(file, "limit", ("name",))
    first, second = map(str, caught.value.problems)
    assert first.startswith("limits.toml 第 1 个 [[limit]]：name 没有填写")
    assert second.startswith("limits.toml 第 2 个 [[limit]]：from 读到的是 None")


def test_mistakes_of_several_tables_come_together_and_once(file):
    """A file that is no TOML is told once, not once a table."""
    tables = {"limit": (("name",), ()), "other": (("title",), ())}
    file.write_text("[[limit]]\nfrom = 2018-01-01\n[[other]]\nfrom = 2018-01-01\n")
    with pytest.raises(RegistryError) as caught:
        read_tables(file, tables)
    assert [problem.field for problem in caught.value.problems] == ["name", "title"]
    file.write_text("[[limit", encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        read_tables(file, tables)
    assert len(caught.value.problems) == 1
    file.write_text(ENTRY, encoding="utf-8")
    assert [len(entries) for entries in read_tables(file, tables).values()] == [1, 0]


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2017-12-31", False), ("2018-01-01", True), ("2018-12-31", True), ("2019-01-01", False)],
)
def test_an_entry_holds_on_its_first_and_last_day(day, holds):
    """And on none before or after."""
    entry = {"from": dt.date(2018, 1, 1), "to": dt.date(2018, 12, 31)}
    assert holds_on(entry, dt.date.fromisoformat(day)) is holds
    assert holds_on({"from": entry["from"]}, dt.date(2999, 1, 1))


@pytest.mark.parametrize(
    ("second", "overlaps"),
    [
        ({"name": "甲", "from": dt.date(2019, 1, 1)}, False),
        ({"name": "甲", "from": dt.date(2018, 12, 31)}, True),
        ({"name": "甲", "from": dt.date(2017, 1, 1)}, True),
        ({"name": "甲", "from": dt.date(2017, 1, 1), "to": dt.date(2017, 12, 31)}, False),
        ({"name": "乙", "from": dt.date(2018, 5, 1)}, False),
    ],
)
def test_two_of_one_name_must_not_hold_on_one_day(file, second, overlaps):
    """Nobody knew which of them counts."""
    first = {"name": "甲", "from": dt.date(2018, 1, 1), "to": dt.date(2018, 12, 31)}
    found = list(find_overlaps(file, [first, second], ("name",)))
    assert bool(found) is overlaps
    assert all(problem.where == "limits.toml 第 2 个" for problem in found)


D = dt.date


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ((1, 2), (3, 4), 0), ((1, 2), (2, 3), 1), ((3, 4), (1, 2), 0), ((2, 3), (1, 2), 1),
        ((1, 9), (3, 4), 1), ((3, 4), (1, 9), 1),
    ],
)  # fmt: skip
def test_entries_of_one_name_may_follow_but_not_overlap(first, second, count):
    """Whichever stands first; another name does not matter."""
    entries = [
        {"name": name, "from": D(2018, 1, start), "to": D(2018, 1, end)}
        for name, (start, end) in (("甲", first), ("甲", second), ("乙", (1, 9)))
    ]
    assert len(list(find_overlaps(Path("x.toml"), entries, ("name",)))) == count


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("n = 0", []), ("n = -1", ["n"]), ("n = true", ["n"]), ("n = 1.5", ["n"]),
        ('n = 1\namount = "295"', []), ('n = 1\namount = "x"', ["amount"]),
        ("n = 1\nto = 2018-12-31", []), ('n = 1\nto = "x"', ["to"]),
    ],
)  # fmt: skip
def test_the_numbers_of_an_entry_are_whole_and_not_negative(tmp_path, line, fields):
    """Days are days, amounts are amounts."""
    text = f'[[x]]\nname = "甲"\nfrom = 2018-01-01\n{line}\n'
    file = written(tmp_path, "x.toml", text) / "x.toml"
    try:
        read_entries(file, "x", ("name",), ("n",))
        found = []
    except RegistryError as error:
        found = [problem.field for problem in error.problems]
    assert found == fields
