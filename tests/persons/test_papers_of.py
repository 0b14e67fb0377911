"""Scans in which a person was found."""

from archive_indexer.index.full_text_index import FullTextIndex
from minzheng.persons.papers_of import BY_CASE, pages_of, papers_of
from minzheng.web.gate.office import config, county
from tests.persons.conftest import ID, NAME, OTHER_ID, WHOM, put_paper

CASE = "DB-103200-2018-0001"


def test_number_name_filing_and_path_find_a_paper(db):
    """In whatever spelling; of people of one name only the one, others are asked about."""
    put_paper("钟宝镇", "旧城村", "证号 110105-19491231-002X", "a" * 64, name="甲")
    put_paper("钟宝镇", "旧城村", f"户主 {NAME} 三组", "b" * 64, name="乙", case_no=CASE)
    put_paper("钟宝镇", "旧城村", f"户主 {NAME} 五组", "c" * 64, name="丙")
    put_paper("钟宝镇", "旧城村", f"{NAME} {OTHER_ID}", "d" * 64, name="丁")
    put_paper("钟宝镇", "旧城村", "照片", "e" * 64, name=f"{NAME} 入户", dossier="DB")
    put_paper("钟宝镇", "旧城村", f"{NAME} {ID}\n测试赵六 {OTHER_ID}", "f" * 64, name="名册")
    index = FullTextIndex(config().data_folder / "index")
    found = {one.sha256[0]: one for one in papers_of(WHOM, index, {CASE}, county())}
    assert set(found) == {"a", "b", "c", "e", "f"}
    assert {key for key, one in found.items() if one.is_sure} == {"a", "b", "f"}
    assert found["b"].because == BY_CASE
    assert {key for key, one in found.items() if one.names_others} == {"c", "f"}
    assert found["f"].told["页"] == "1"


def test_pages_come_in_their_order(db):
    """With their numbers."""
    put_paper("钟宝镇", "旧城村", "甲", "a" * 64)
    assert pages_of("a" * 64, "钟宝镇") == [(1, "甲")]
