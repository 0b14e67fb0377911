"""Files go to the readers of their lane, and over to the other one when need be."""

from pathlib import Path

import pytest

from archive_indexer.documents import Extraction
from archive_indexer.errors import ReadingFailedError
from archive_indexer.filing.classify import Known
from archive_indexer.service import Service
from archive_indexer.stores import waiting_list
from archive_indexer.stores.waiting_list import Lane
from minzheng.county.county import read_county


@pytest.mark.django_db(transaction=True)
def test_a_file_too_large_for_the_quick_lane_is_read_among_the_scans(village, monkeypatch):
    """Its reader was stopped for its memory: it has not failed, and is found."""
    lanes, refused = [], []
    put_back = waiting_list.put_back

    def note(paths: list[str], lane: Lane = Lane.QUICK) -> None:
        lanes.append(lane)
        put_back(paths, lane)

    def read(file: Path) -> Extraction:
        if not refused:
            refused.append(file)
            raise ReadingFailedError("识别占用内存超过 300 MB，已停止。")
        return village.read(file)

    monkeypatch.setattr(waiting_list, "put_back", note)
    village.write("大表.txt", "测试大表")
    Service(village.config, lambda _: None, Known(read_county()), read).run_once()
    assert Lane.SCAN in lanes
    assert village.paths("测试大表") == ["大表.txt"]
