"""A village with papers, and its card."""

import pytest

from archive_indexer.models import ArchivedFile
from tests.registers.records import issue, scan

CARD = {
    "location": "村务大厅", "installed": "2018-05-01", "layers": "5", "slots": "15",
    "keeper": "测试甲", "map": [{"slot": "A1", "dossier": "低保", "boxes": "1"}],
}  # fmt: skip


@pytest.fixture
def papers(db) -> list[ArchivedFile]:
    """Two papers of 旧城村 that wait for their numbers, one of 民主村, one of a child."""
    return [
        scan("DB-103200-2018-0001", "DB-01", year="2018", person="测试甲"),
        scan("DB-103200-2018-0001", "DB-02", year="2018", person="测试甲"),
        scan("DB-103201-2018-0001", "DB-01", year="2018", village="民主村"),
        scan("ET-103200-2018-0001", "ET-01", year="2018", title="孤儿申请"),
    ]


@pytest.fixture
def card(db):
    """The card of 旧城村's cabinet."""
    return issue("ZH-01", 1, CARD, texts={"cabinet_no": "MZ-610927103200"})
