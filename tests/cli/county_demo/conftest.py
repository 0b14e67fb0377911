"""The small county, laid once for all tests of this folder."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import transaction

from minzheng.cli.county_demo.lay_county import LaidCounty
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.registers.count_rows import Count, count_places
from minzheng.registers.read_registers import ReadRegisters
from minzheng.registers.register_file import load_registers
from tests.cli.county_demo.laid import TODAY, lay_small
from tests.web.conftest import sign_in

__all__ = ["sign_in"]

_FOLDER = Path(__file__).parent
_laid = ExitStack()  #: the transaction in which the county lies


class States:
    """Registers of the small county: how many rows stand on a document, by state."""

    def __init__(self, laid: LaidCounty) -> None:
        catalogue = laid.desk.catalogue
        table = load_registers(REGISTRY_FOLDER, catalogue.by_id, catalogue.county.terms)
        self._read = ReadRegisters(table, catalogue.by_id, catalogue.facts)

    def __call__(self, name: str) -> Counter[str]:
        return Counter(row.state for row in self._rows(name) if row.document)

    def whole(self, name: str) -> Count:
        """All rows together."""
        register = self._read.registers.named(name)
        return count_places(self._rows(name), register).whole

    def _rows(self, name: str):
        return self._read.rows(self._read.registers.named(name), TODAY)


@pytest.fixture(scope="session")
def small_county(django_db_setup, django_db_blocker, tmp_path_factory) -> LaidCounty:
    """Laid in six seconds; each test gives back what it changed, the last one all of it."""
    _laid.enter_context(django_db_blocker.unblock())
    _laid.enter_context(transaction.atomic())
    _laid.callback(transaction.set_rollback, True)
    return lay_small(tmp_path_factory.mktemp("issued"))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """No test of another folder finds the county in its database."""
    if nextitem is None or _FOLDER not in nextitem.path.parents:
        _laid.close()


@pytest.fixture(scope="session")
def registers(small_county) -> States:
    """Read once; a test that writes must read its own."""
    return States(small_county)


@pytest.fixture(autouse=True)
def _one_after_the_other(db) -> None:
    """Tests with a database come before those without: so no other folder's stand between."""


@pytest.fixture
def states(registers, db) -> States:
    """The registers, with the database open."""
    return registers
