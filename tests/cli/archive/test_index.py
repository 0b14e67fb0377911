"""`minzheng index`: the folder it is given, and what it says at the end."""

import pytest

from archive_indexer.errors import ArchiveFolderError
from archive_indexer.stores.service_state import Report
from minzheng.cli.archive.index import _below, describe


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    (folder / "钟宝镇" / "旧城村").mkdir(parents=True)
    return folder


@pytest.mark.parametrize(("folder", "below"), [("", ""), ("钟宝镇/旧城村", "钟宝镇/旧城村/")])
def test_a_folder_of_the_archive_is_a_prefix_of_its_paths(archive, folder, below):
    """The archive itself is all of them."""
    assert _below(archive / folder, archive) == below


def test_a_link_counts_where_it_leads(archive, tmp_path):
    """Archives are often reached by another name."""
    (tmp_path / "link").symlink_to(archive)
    assert _below(tmp_path / "link" / "钟宝镇", archive) == "钟宝镇/"


@pytest.mark.parametrize(
    ("folder", "said"), [("..", "不在档案文件夹"), ("none", "不是文件夹，或者不存在")]
)
def test_another_folder_is_refused(archive, folder, said):
    """With what to do."""
    with pytest.raises(ArchiveFolderError, match=said):
        _below(archive / folder, archive)


def test_a_file_is_no_folder(archive):
    """A single scan is not asked for by itself."""
    (archive / "a.pdf").touch()
    with pytest.raises(ArchiveFolderError, match="不是文件夹"):
        _below(archive / "a.pdf", archive)


def test_a_walk_is_told_in_figures():
    """Trouble and failures with where to look further."""
    plain = describe(Report(found=9, changed=3, indexed=3, gone=1))
    assert plain == "共 9 个文件；新增或变化 3，已入库 3，未能识别 0，已不在 1。"
    packed = describe(Report(found=9, changed=3, indexed=3, indexed_inside=40, failed_inside=2))
    assert "已入库 3，未能识别 0" in packed
    assert "压缩包、邮件里另有 40 件已入库，2 件未能识别。" in packed
    told = describe(Report(found=9, failed=2, trouble="网络盘不在"))
    assert "\n注意：网络盘不在。" in told
    assert told.endswith("用 minzheng coverage 看未能识别的文件和原因。")
