"""A village with papers in its cabinet."""

import datetime as dt

import pytest

from archive_indexer.stores.item_numbers import Keeping, give_numbers
from filler.spec.form_catalogue import Catalogue, load_catalogue
from minzheng.cabinets.cabinet import Cabinet, ReadCabinets
from tests.registers.records import COUNTY_SEAL, scan

TODAY = dt.date(2026, 8, 1)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """All forms with the county they rest on."""
    return load_catalogue()


@pytest.fixture
def read(catalogue) -> ReadCabinets:
    """Reads cabinets of the county."""
    return ReadCabinets(catalogue.county, catalogue.by_id, "镇坪县")


@pytest.fixture
def number():
    """Numbers what waits in 旧城村."""
    keeping = Keeping({"DB": "D10", "GS": "D10", "ET": "D10"}, 2)
    return lambda: give_numbers("钟宝镇", "旧城村", keeping, "测试员")


@pytest.fixture
def village(catalogue):
    """旧城村."""
    return catalogue.county.places.village("旧城村", "钟宝镇")


@pytest.fixture
def cabinet(db, read, number, village) -> Cabinet:
    """Three papers of 低保 and one notice, numbered."""
    for at, form_id in ((1, "DB-01"), (1, "DB-02"), (2, "DB-01")):
        scan(f"DB-103200-2018-{at:04d}", form_id, year="2018", person="测试甲")
    scan("GS-103200-2018-0009", "GS-01", [COUNTY_SEAL], year="2018", title="低保公示表〔2018〕3号")
    number()
    return read.of(village)
