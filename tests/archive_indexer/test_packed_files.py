"""Files inside packed ones are filed, found, left as traces and read again like any other."""

import zipfile
from functools import partial

import pytest

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_writer import rebuild_index
from archive_indexer.models import ArchivedFile, Content
from archive_indexer.service import Service
from archive_indexer.stores import contents
from archive_indexer.stores.archived_files import known_files
from archive_indexer.stores.waiting_list import try_again
from tests.archive_indexer.conftest import KNOWN

pytestmark = pytest.mark.django_db(transaction=True)
PACK = "钟宝镇/旧城村/资料2018.zip"


@pytest.fixture
def packed(village):
    """The village with a reader that reads packed files, too."""
    village.reads = []

    def read(file):
        village.reads.append(file.name)
        return extract_pages(file, Limits())

    village.service = partial(Service, village.config, lambda _: None, KNOWN, read)
    return village


def pack(village, members: dict[str, str], name: str = PACK) -> None:
    file = village.archive / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w") as package:
        for inside, text in members.items():
            package.writestr(zipfile.ZipInfo(inside), text)


def test_a_file_inside_is_found_by_its_own_path(packed):
    """archive.zip!/name, with its own place in the archive."""
    pack(packed, {"临时救助/测试甲.txt": "测试甲的申请", "低保/乙.txt": "测试乙的申请"})
    packed.run()
    assert packed.paths("测试甲的申请") == [f"{PACK}!/临时救助/测试甲.txt"]
    row = ArchivedFile.objects.get(path=f"{PACK}!/临时救助/测试甲.txt")
    assert (row.village, row.dossier, row.state) == ("旧城村", "LS", "indexed")
    assert ArchivedFile.objects.get(path=f"{PACK}!/低保/乙.txt").dossier == "DB"


def test_nothing_of_it_is_read_twice(packed):
    """A second run, a copy of the packed file and the same file outside it need no reading."""
    pack(packed, {"乙.txt": "测试乙的申请"})
    packed.run()
    pack(packed, {"乙.txt": "测试乙的申请"}, "钟宝镇/旧城村/副本.zip")
    packed.write("钟宝镇/旧城村/乙.txt", "测试乙的申请")
    before = len(packed.reads)
    packed.run()
    assert packed.reads[before:] == []
    assert len(packed.paths("测试乙的申请")) == 3


def test_what_was_taken_out_of_it_is_a_trace(packed):
    """A packed file that was packed anew."""
    pack(packed, {"甲.txt": "测试甲的申请", "乙.txt": "测试乙的申请"})
    packed.run()
    pack(packed, {"乙.txt": "测试乙的申请"})
    packed.run()
    assert packed.paths("测试甲的申请") == []
    assert packed.traces("测试甲的申请") == [f"{PACK}!/甲.txt"]
    assert packed.paths("测试乙的申请") == [f"{PACK}!/乙.txt"]


def test_all_in_a_deleted_one_are_traces(packed):
    """They are still found, marked as gone."""
    pack(packed, {"甲.txt": "测试甲的申请"})
    packed.write("钟宝镇/旧城村/别的.txt", "别的文件")
    packed.run()
    (packed.archive / PACK).unlink()
    packed.run()
    assert packed.traces("测试甲的申请") == [f"{PACK}!/甲.txt"]


def test_a_moved_one_takes_its_files_along(packed):
    """No trace is left at the old place, and nothing is read."""
    pack(packed, {"甲.txt": "测试甲的申请"})
    packed.run()
    (packed.archive / "牛头店镇/前进村").mkdir(parents=True)
    (packed.archive / PACK).rename(packed.archive / "牛头店镇/前进村/a.zip")
    packed.run()
    assert packed.paths("测试甲的申请") == ["牛头店镇/前进村/a.zip!/甲.txt"]
    assert packed.traces("测试甲的申请") == []
    assert len(packed.reads) == 1


def test_one_that_cannot_be_read_is_told_apart_and_tried_again(packed):
    """The others are found; a retry reads the packed file again."""
    pack(packed, {"坏.pdf": "%PDF-1.4 x", "乙.txt": "测试乙的申请"})
    packed.run()
    failed = ArchivedFile.objects.get(state="failed")
    assert failed.path == f"{PACK}!/坏.pdf"
    assert "已损坏" in failed.reason
    assert packed.paths("测试乙的申请") == [f"{PACK}!/乙.txt"]
    assert try_again([failed]) == 1
    packed.run()
    assert len(packed.reads) == 2


def test_a_raised_rule_reaches_files_inside(packed, monkeypatch):
    """The packed file is read again though the rule for packed files is as it was."""
    pack(packed, {"乙.txt": "测试乙的申请"})
    packed.run()
    monkeypatch.setattr("archive_indexer.stores.contents.RULES", {"txt": 99})
    packed.run()
    assert len(packed.reads) == 2
    assert Content.objects.filter(rules="txt=99").count() == 1


def test_a_kill_before_the_index_was_written_is_made_good(packed):
    """A file inside that is not in the index makes the packed one not done."""
    pack(packed, {"乙.txt": "测试乙的申请"})
    packed.run()
    ArchivedFile.objects.filter(path=f"{PACK}!/乙.txt").update(state="waiting")
    assert known_files()[PACK][1] is False
    packed.run()
    assert known_files()[PACK][1] is True
    assert len(packed.reads) == 1


def test_the_index_is_made_again_with_them(packed):
    """Without reading."""
    pack(packed, {"乙.txt": "测试乙的申请"})
    packed.run()
    rebuild_index(FullTextIndex(packed.config.data_folder / "index"), lambda _: None)
    assert packed.paths("测试乙的申请") == [f"{PACK}!/乙.txt"]
    assert len(packed.reads) == 1


def test_the_way_to_a_file_inside_is_kept(packed):
    """So that it can be taken out and shown."""
    pack(packed, {"甲.txt": "测试甲", "b/乙.txt": "测试乙的申请"})
    packed.run()
    sha256 = ArchivedFile.objects.get(path=PACK).sha256
    assert contents.steps_to(sha256, "b/乙.txt") == (1,)
    with pytest.raises(LookupError):
        contents.steps_to(sha256, "没有.txt")
