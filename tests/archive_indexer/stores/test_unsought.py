"""Columns that are compared and never sought by."""

import pytest
from django.db import connection
from django.db.models.lookups import Exact

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.unsought import Unsought

pytestmark = pytest.mark.django_db


def test_a_hidden_column_compares_as_it_does():
    """What it finds is the same."""
    for state in ("indexed", "failed"):
        ArchivedFile.objects.create(path=state, state=state, town="钟宝镇")
    rows = ArchivedFile.objects.filter(Exact(Unsought("state"), "indexed"))
    assert [one.path for one in rows] == ["indexed"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite chooses so")
def test_its_index_is_not_chosen():
    """A village's papers are sought by the village."""
    named = ArchivedFile.objects.filter(town="钟宝镇", village="旧城村").order_by()
    plan = named.filter(Exact(Unsought("state"), "indexed")).explain()
    assert "state" not in plan
    assert "papers_by_case" in plan
