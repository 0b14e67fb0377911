"""Where the paper stands: only what somebody wrote."""

import pytest

from archive_indexer.filing.paper_place import (
    GivenPlace,
    ItemMark,
    PaperPlace,
    Shelf,
    archive_no,
    find_paper_place,
    written_mark,
)

NUMBER = "J012-WS·2018-D10-DB-0001"
IN_VOLUME = "J012-WS·2018-D10-DB-0003-005"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("旧城村/01_低保/2018/0012_张三申请/1.jpg", "件 0012"),
        ("旧城村/2号柜/低保/第3盒/第12件 张三.pdf", "专柜 2 盒 3 件 12"),
        ("旧城村/专柜1/盒号０３/件0007.jpg", "专柜 1 盒 03 件 0007"),
        (f"钟宝镇/{NUMBER}.pdf", f"档号 {NUMBER} 件 0001"),
        (f"x/{IN_VOLUME}.pdf", f"档号 {IN_VOLUME} 卷 0003 件 005"),
        ("DB·2018-Y-0001/1.jpg", "档号 DB·2018-Y-0001 件 0001"),
        ("公示/0915-8822000 联系人.jpg", "未登记"),
        ("大走访/102件困难办理清单.xls", "未登记"),
        ("旧城村/01低保/2018年/张三/IMG_20180507_101523.jpg", "未登记"),
        ("2018_低保/盒饭发票.pdf", "未登记"),
        ("a.zip!/第2盒/3.jpg", "盒 2"),
    ],
)  # fmt: skip
def test_numbers_are_read_from_names(path: str, told: str):
    """Of folders, files and archive numbers; years, campaigns and photos are none."""
    assert find_paper_place(path, {}).numbers == told


def test_an_archive_number_of_the_filing_goes_before_the_path():
    """It was found on the paper or entered by the keeper."""
    filing = {
        "village": {"value": "旧城村", "confidence": 1.0, "because": "路径"},
        "archive_no": {"value": "J012-WS·2018-D10-DB-0009", "confidence": 1.0, "because": "人工"},
        "person": None,
    }
    place = find_paper_place("第1盒/0001_申请/1.jpg", filing, "低保")
    assert place == PaperPlace(
        village="旧城村",
        dossier="低保",
        archive_no="J012-WS·2018-D10-DB-0009",
        box="1",
        item="0009",
    )
    assert place.parts[0] == ("村", "旧城村")
    assert place.parts[-1] == ("专柜", "未登记")
    assert find_paper_place("1.jpg", {}).parts == (("村、专柜、专档、盒、件", "未登记"),)


def test_what_a_village_registered_completes_the_place():
    """A number in the path goes before the register."""
    shelf = Shelf("MZ-610927103200 村务大厅", {"低保": "1-01"}, {NUMBER: "3"})
    place = find_paper_place(f"低保/{NUMBER}.pdf", {}, "低保", shelf)
    assert place.numbers == f"专柜 MZ-610927103200 村务大厅 格位 1-01 档号 {NUMBER} 盒 3 件 0001"
    assert find_paper_place(f"第7盒/{NUMBER}.pdf", {}, "低保", shelf).box == "7"
    other = find_paper_place("低保/1.pdf", {}, "特困供养", shelf)
    assert other.numbers == "专柜 MZ-610927103200 村务大厅"


@pytest.mark.parametrize(
    ("path", "cabinet", "volume", "box", "item"),
    [
        ("旧城村/3号柜/第2卷/第4盒/0012_题名.jpg", "3", "2", "4", "0012"),
        ("柜号12/x.jpg", "12", "", "", ""),
        ("柜1234/x.jpg", "", "", "", ""), ("12345号盒/x.jpg", "", "", "", ""),
        ("盒5/第6件.jpg", "", "", "5", "6"),
        ("102件困难/x.jpg", "", "", "", ""), ("DB·2018-Y-0001.jpg", "", "", "", "0001"),
        ("DB·2018-Y-0003-005.jpg", "", "0003", "", "005"), ("0012题名/x.jpg", "", "", "", ""),
        ("0012_甲/0013_乙.jpg", "", "", "", "0013"), ("第1盒/第2盒/x.jpg", "", "", "2", ""),
    ],
)  # fmt: skip
def test_a_paper_stands_where_somebody_wrote_it(path, cabinet, volume, box, item):
    """The innermost name counts."""
    place = find_paper_place(path, None)
    assert (place.cabinet, place.volume, place.box, place.item) == (cabinet, volume, box, item)


def test_what_was_given_stands_where_nobody_wrote():
    """A written number goes before it."""
    given = GivenPlace("610927103200-WS·2018-D10-DB-0001", "2", "0001")
    told = find_paper_place("旧城村/低保/a.pdf", {}, "低保", given=given).numbers
    assert told == "档号 610927103200-WS·2018-D10-DB-0001 盒 2 件 0001"
    assert "盒 3 件 12" in find_paper_place("第3盒/第12件.pdf", {}, given=given).numbers


@pytest.mark.parametrize(
    ("path", "filing", "mark"),
    [
        ("旧城村/0012_张三申请/1.jpg", {}, ItemMark(12, "旧城村/0012_张三申请")),
        ("旧城村/第12件 张三.pdf", {}, ItemMark(12)),
        (f"旧城村/{NUMBER}/2.jpg", {}, ItemMark(1, NUMBER)),
        (f"x/{IN_VOLUME}.pdf", {}, ItemMark(5, IN_VOLUME)),
        ("a.pdf", {"archive_no": {"value": NUMBER}}, ItemMark(1, NUMBER)),
        ("旧城村/低保/a.pdf", {}, ItemMark()),
    ],
)
def test_a_paper_says_its_number_and_what_it_is_a_part_of(path, filing, mark):
    """Files in a folder with a number are one paper."""
    assert written_mark(path, filing) == mark


def test_an_archive_number_is_read_as_it_is_written():
    """DA/T 13: with the village's code until there is a 全宗号."""
    told = archive_no("610927103200", "2018", "D10", "DB", 7)
    assert told == "610927103200-WS·2018-D10-DB-0007"
    assert written_mark(f"{told}.pdf", {}).number == 7
