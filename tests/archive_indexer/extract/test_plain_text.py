"""Text files in the encodings that villages have."""

from pathlib import Path

import pytest

from archive_indexer.extract.extract_pages import extract_pages
from tests.archive_indexer.extract.made_files import LIMITS, put

TRADITIONAL = "鎮坪縣農村最低生活保障申請書，申請人測試甲，家庭人口三人，因病致貧。"


def test_traditional_text_in_big5_is_read(tmp_path: Path):
    """Files from elsewhere are not read as rare GBK characters."""
    file = put(tmp_path, "a.txt", TRADITIONAL.encode("big5"))
    assert extract_pages(file, LIMITS).pages[0].text == TRADITIONAL


def test_a_csv_is_rows_of_cells(tmp_path: Path):
    """A comma is no part of a name, a quoted one is part of its cell."""
    file = put(tmp_path, "a.csv", '姓名,住址\n测试甲,"旧城村,三组"\n'.encode("gb18030"))
    extraction = extract_pages(file, LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("csv", "姓名 住址\n测试甲 旧城村,三组")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_files_are_read_in_their_encoding(tmp_path: Path, encoding: str):
    """UTF-8, GB18030 and UTF-16 with and without its mark are told apart."""
    file = put(tmp_path, "a.txt", "测试甲的说明材料\n第二行".encode(encoding))
    assert extract_pages(file, LIMITS).pages[0].text == "测试甲的说明材料\n第二行"
