"""The tables as a whole, wherever they lie."""

from pathlib import Path

import pytest
from django.db import connection

from minzheng.database.tables import tables_of

pytestmark = pytest.mark.django_db


def test_they_are_told_by_what_they_lie_in(tmp_path: Path):
    """As a backup names it."""
    tables = tables_of(tmp_path)
    assert tables.kind == connection.vendor
    assert (
        tables.file_name
        == {"sqlite": "minzheng.sqlite3", "postgresql": "minzheng.dump"}[connection.vendor]
    )
