"""Who may get what: registry/eligibility.toml."""

import datetime as dt

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.eligibility import load_eligibility
from tests.county.tables import written

DAY = dt.date(2018, 5, 7)
ELIGIBILITY = load_eligibility()


@pytest.mark.parametrize(
    ("use", "kind", "level", "severe"),
    [
        ("特困", "视力", "一级", True),
        ("特困", "视力", "二级", False),
        ("特困", "肢体", "二级", True),
        ("特困", "精神", "三级", True),
        ("重度残疾人护理补贴", "听力", "二级", True),
        ("重度残疾人护理补贴", "肢体", "三级", False),
        ("没有的用处", "肢体", "一级", False),
    ],
)
def test_what_counts_as_severe_depends_on_its_use(use, kind, level, severe):
    """特困 asks for more than the care allowance does."""
    assert ELIGIBILITY.is_severe(use, kind, level, DAY) == severe


def test_benefits_exclude_one_another():
    """An orphan may get the care allowance, not the living allowance."""
    held = ("孤儿基本生活费", "其他")
    assert ELIGIBILITY.excluded_by("困难残疾人生活补贴", held, DAY) == ("孤儿基本生活费",)
    assert ELIGIBILITY.excluded_by("重度残疾人护理补贴", held, DAY) == ()
    assert ELIGIBILITY.family_classes("困难残疾人生活补贴", DAY) == ("低保", "低保边缘")
    assert ELIGIBILITY.family_classes("重度残疾人护理补贴", DAY) is None


@pytest.mark.parametrize(("age", "band"), [(69, ""), (70, "70-79周岁"), (100, "100周岁以上")])
def test_bands_hold_both_ends(age, band):
    """Below the first there is none."""
    assert ELIGIBILITY.band_of("高龄补贴", age, DAY) == band


def test_reasons_over_a_limit_hold_on_their_days():
    """A form may offer those of all times; the day knows its own."""
    days = (dt.date(2026, 6, 30), dt.date(2026, 7, 1))
    before, since = (ELIGIBILITY.over_reasons("低保审批", "收入", day) for day in days)
    single, hard = "低保边缘家庭重病重残单人户", "低保边缘家庭中确有特殊困难人员"
    assert [one.name for one in before] == [single]
    assert [one.name for one in since] == [single, hard]
    assert len(ELIGIBILITY.reason_names("低保审批", "收入")) == 3
    (cars,) = (
        one for one in ELIGIBILITY.asset_limits("低保审批", DAY) if one.is_none and "车" in one.name
    )
    assert cars.fields == ("vehicle",)
    assert ELIGIBILITY.asset_limits("低保审批", dt.date(2000, 1, 1)) == ()


def test_every_mistake_is_named(tmp_path):
    """In every table at once."""
    days = 'from = 2018-01-01\nsource = "文件"\n'
    (tmp_path / "eligibility.toml").write_text(
        f'[[severe]]\nuse = "特困"\ntypes = "肢体"\nlevels = ["一级"]\n{days}'
        f'[[band]]\nscheme = "高龄"\nname = "甲"\nleast = 80\nmost = 70\n{days}'
        f"[[excludes]]\nheld = []\n{days}"
    )
    with pytest.raises(RegistryError) as wrong:
        load_eligibility(tmp_path)
    assert [problem.field for problem in wrong.value.problems] == ["types", "benefit", "least"]


D = dt.date


BENEFITS = '[[{}]]\nbenefit = "甲"\n{}\nfrom = 2018-01-01\nto = 2018-12-31\nsource = "文件"\n'


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (BENEFITS.format("family", 'classes = ["低保"]'), []),
        (BENEFITS.format("family", "classes = []"), ["classes"]),
        (BENEFITS.format("family", "classes = [1]"), ["classes"]),
        (BENEFITS.format("family", 'classes = "低保"'), ["classes"]),
        (BENEFITS.format("band", 'scheme = "甲"\nname = "乙"\nleast = 70\nmost = 70'), []),
        (BENEFITS.format("band", 'scheme = "甲"\nname = "乙"\nleast = 70\nmost = 69'), ["least"]),
        (BENEFITS.format("band", 'scheme = "甲"\nname = "乙"\nleast = 0\nmost = 69'), []),
        (BENEFITS.format("band", 'scheme = "甲"\nname = "乙"\nleast = true\nmost = 69'), ["least"]),
    ],
)  # fmt: skip
def test_a_list_of_conditions_holds_words(tmp_path, text, fields):
    """And a band has its ends in order."""
    folder = written(tmp_path, "eligibility.toml", text)
    try:
        load_eligibility(folder)
        found = []
    except RegistryError as error:
        found = [problem.field for problem in error.problems]
    assert found == fields


DATED = 'from = 2018-01-01\nto = 2018-12-31\nsource = "文件"\n'


@pytest.mark.parametrize(
    ("day", "is_held"),
    [("2017-12-31", False), ("2018-01-01", True), ("2018-12-31", True), ("2019-01-01", False)],
)
def test_a_condition_holds_from_its_first_to_its_last_day(tmp_path, day, is_held):
    """In each of the tables."""
    on = D.fromisoformat(day)
    rules = load_eligibility(written(tmp_path, "eligibility.toml", (
        f'[[severe]]\nuse = "甲"\ntypes = ["肢体"]\nlevels = ["一级"]\n{DATED}'
        f'[[family]]\nbenefit = "甲"\nclasses = ["低保"]\n{DATED}'
        f'[[excludes]]\nbenefit = "甲"\nheld = ["乙"]\n{DATED}'
        f'[[band]]\nscheme = "甲"\nname = "老"\nleast = 70\nmost = 79\n{DATED}')))  # fmt: skip
    assert rules.is_severe("甲", "肢体", "一级", on) == is_held
    assert rules.family_classes("甲", on) == (("低保",) if is_held else None)
    assert rules.excluded_by("甲", ("乙", "丙"), on) == (("乙",) if is_held else ())
    bands = [rules.band_of("甲", number, on) for number in (69, 70, 79, 80)]
    assert bands == (["", "老", "老", ""] if is_held else [""] * 4)
    assert not rules.is_severe("甲", "视力", "一级", on)
    assert not rules.is_severe("甲", "肢体", "二级", on)
    assert not rules.is_severe("乙", "肢体", "一级", on)
    assert rules.family_classes("乙", on) is None
    assert rules.band_of("乙", 70, on) == ""


def test_every_decision_with_reasons_of_income_is_known_by_its_use():
    """What a form may offer: the reasons of all times."""
    assert {"低保审批", "特困审批", "低保复核"} <= {*ELIGIBILITY.uses}
    assert len(ELIGIBILITY.reason_names("特困审批", "收入")) == 2


LINE = (
    '[[line]]\nuse = "甲"\nkind = "乙"\n{}\nfrom = 2018-01-01\nto = 2018-12-31\nsource = "文件"\n'
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("percent = 150", (150, False, "")),
        ('percent = 1\nmark = "示例"', (1, False, "示例")),
        ("none = true", (0, True, "")),
        ("percent = 0", None),
        ("percent = true", None),
        ('percent = "150"', None),
        ("none = false", None),
        ("percent = 150\nnone = true", None),
        ("", None),
    ],
)
def test_an_income_line_is_a_percentage_or_none(tmp_path, text, line):
    """One of them, and on its days alone."""
    folder = written(tmp_path, "eligibility.toml", LINE.format(text))
    if line is None:
        with pytest.raises(RegistryError) as wrong:
            load_eligibility(folder)
        assert [one.field for one in wrong.value.problems] == ["percent"]
        return
    rules = load_eligibility(folder)
    found = rules.income_line("甲", "乙", D(2018, 12, 31))
    assert found
    assert (found.percent, found.is_none, found.mark) == line
    assert rules.income_line("甲", "乙", D(2019, 1, 1)) is None
    assert rules.income_line("甲", "丙", D(2018, 12, 31)) is None
    assert rules.income_line("丙", "乙", D(2018, 12, 31)) is None


def test_two_income_lines_of_a_day_are_refused(tmp_path):
    """Nobody knew which holds."""
    folder = written(tmp_path, "eligibility.toml", LINE.format("percent = 150") * 2)
    with pytest.raises(RegistryError, match="重叠"):
        load_eligibility(folder)


def test_the_law_asks_no_income_in_an_emergency():
    """Of either law; what the county has to set is marked."""
    for day in (DAY, D(2026, 8, 3)):
        urgent = ELIGIBILITY.income_line("临时救助", "急难型", day)
        assert urgent
        assert urgent.is_none
        assert not urgent.mark
        costly = ELIGIBILITY.income_line("临时救助", "支出型", day)
        assert costly
        assert costly.mark == "示例"
