"""Files of a cabinet say of which village they are, who took them, when."""

import datetime as dt

import pytest

from minzheng.accounts.areas import Area
from minzheng.web.cabinets.cabinet_files import CabinetFiles
from minzheng.web.cabinets.cabinets_shown import ShownCabinet
from minzheng.web.gate.office import county


@pytest.fixture
def files(papers):
    """Of 旧城村's cabinet, nothing numbered yet."""
    shown = ShownCabinet(county().places.by_short_code("103200"), Area())
    return CabinetFiles(shown, "测试员（县级经办）", dt.datetime(2026, 8, 1, 9, 30))


def test_a_list_tells_where_it_is_from(files):
    """On every page."""
    told = files.missing()
    assert told.mark.startswith("测试员（县级经办） 于 2026-08-01 09:30 导出")
    assert "钟宝镇旧城村" in told.heading[0]
    assert told.rows[0][1] == "低保"


def test_a_file_is_called_by_village_and_day(files):
    """As it is saved."""
    made = files.make("labels", "docx")
    assert made.name == "旧城村格位标签_20260801.docx"


def test_what_is_of_boxes_needs_boxes(files):
    """The rest does without."""
    assert files.make("covers", "docx") is None
    assert files.make("whole", "xlsx") is not None
    assert files.knows("all", "zip")
    assert not files.knows("all", "docx")
