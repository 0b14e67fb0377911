"""How long papers are kept."""

import datetime as dt
import shutil

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.retention import Keeping, find_faults, load_grounds, load_retention


def test_the_longest_period_of_a_dossier_holds():
    """A paper does not tell of which material it is; permanent is longest."""
    retention = load_retention()
    dibao, village = retention.of("DB"), retention.of("ZZ")
    assert (dibao.years, dibao.start, dibao.label) == (10, "终止", "10 年")
    assert (village.years, village.label, village.ends(1990)) == (None, "永久", None)
    assert retention.of("XX") is None


def test_years_count_from_the_year_after():
    """Ten years after 2015 are over with 2025."""
    assert Keeping("DB", "材料", 10, "形成", "").ends(2015) == dt.date(2026, 1, 1)


def test_the_grounds_are_those_of_the_law():
    """Each with its article."""
    grounds = load_grounds()
    assert len(grounds) == 5
    assert all("第四十七条" in one.basis for one in grounds)


def test_a_table_of_the_version_before_is_read(tmp_path):
    """Without the column 起算, and without the grounds: a case must have ended."""
    shutil.copytree(REGISTRY_FOLDER, tmp_path / "registry")
    folder = tmp_path / "registry"
    (folder / "personal_data.toml").unlink()
    text = "dossier,material,period,basis,mark\nDB,甲,D10,乙,\n"
    (folder / "retention.csv").write_text(text, encoding="utf-8")
    retention = load_retention(folder)
    assert retention.of("DB").start == "终止"
    assert retention.grounds == ()


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ({"period": "D10", "start": "形成"}, 0), ({"period": "Y"}, 0),
        ({"period": "D0"}, 1), ({"period": "10年", "start": "昨天"}, 2),
    ],
)  # fmt: skip
def test_mistakes_are_named(row, count):
    """With what may be written."""
    assert len(list(find_faults(2, row))) == count


def test_a_wrong_table_is_refused(tmp_path):
    """Naming the row."""
    (tmp_path / "retention.csv").write_text("dossier,material,period,basis,mark\nDB,甲,D,乙,\n")
    with pytest.raises(RegistryError, match="第 2 行"):
        load_retention(tmp_path)
