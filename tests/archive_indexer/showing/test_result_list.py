"""查档结果清单 as data, as a Word document and as a workbook."""

from dataclasses import replace

import pytest

from archive_indexer.showing.result_list import ResultList
from tests.archive_indexer.showing.listed import ID, SHA, hit, make_list, rows_of


@pytest.fixture
def listed() -> ResultList:
    return make_list()


def test_a_row_tells_all_of_a_file():
    """Numbers in title and path are masked; what is known of the paper's place is told."""
    (row,) = rows_of(hit(f"旧城村/第3盒/0012_{ID}/1.jpg"))
    assert row.title == "测试甲 110105********002X"
    assert row.path == "旧城村/第3盒/0012_110105********002X/1.jpg"
    assert (row.village, row.dossier, row.year, row.form_id) == ("旧城村", "低保", "2018", "DB-01")
    assert (row.day, row.pages, row.state) == ("2018-05-07", "2、3", "现存")
    assert row.place == "盒 3 件 0012"
    assert row.sha256 == SHA


def test_numbers_are_in_full_when_unmasked():
    """And only then."""
    (row,) = rows_of(hit("a.jpg"), hide=str)
    assert row.title == f"测试甲 {ID}"


@pytest.mark.parametrize(
    ("more", "name", "said"),
    [
        ({"day": 20180500}, "day", "2018-05"),
        ({"day": 20180000}, "day", "2018"),
        ({"day": 0}, "day", ""),
        ({"pages": ()}, "pages", "—"),
        ({"pages": tuple(range(1, 41))}, "pages", "1、2、3、4、5、6、7、8、9、10、11、12 等 40 页"),
        ({"present": False}, "state", "曾存在 2026-03-05"),
        ({"title": ""}, "title", "a.jpg"),
        ({"village": ""}, "village", "钟宝镇"),
    ],
)
def test_what_is_less_known_is_told_as_it_is(more, name, said):
    """A month without a day, a village that nobody named."""
    (row,) = rows_of(hit("a.jpg", **more))
    assert getattr(row, name) == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "查到 2 件，全部列出"),
        ({"total": 9}, "查到 9 件，清单至多列 2 件，其余未列"),
        ({"total": 9, "is_chosen": True}, "查到 9 件，选列 2 件"),
        ({"left_out": 1}, "查到 2 件，全部列出；另有 1 件曾存在，未列"),
    ],
)
def test_the_list_says_what_it_leaves_out(listed, more, said):
    """Nobody takes a cut list for a whole one."""
    assert replace(listed, **more).count_said == said


def test_the_reason_for_full_numbers_stands_on_the_list(listed):
    """Else it says that they are masked."""
    assert dict(listed.heading)["号码"] == "已遮盖"
    unmasked = replace(listed, unmasked_for="核对发放")
    assert dict(unmasked.heading)["号码"] == "完整显示，事由：核对发放"
