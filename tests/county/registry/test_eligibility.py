"""Who may get what: registry/eligibility.toml."""

import datetime as dt

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.eligibility import load_eligibility

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
