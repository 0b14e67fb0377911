"""What lies in a cabinet is told by the index alone."""

import pytest

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.archived_files import mark_gone
from minzheng.cabinets.cabinet import period_label
from tests.registers.records import issue, scan


def test_items_stand_in_the_order_of_the_dossiers(cabinet):
    """With their archive numbers."""
    assert [one.archive_no for one in cabinet.items] == [
        "610927103200-WS·2018-D10-DB-0001", "610927103200-WS·2018-D10-DB-0002",
        "610927103200-WS·2018-D10-DB-0003", "610927103200-WS·2018-D10-GS-0001",
    ]  # fmt: skip


def test_boxes_hold_what_fits(cabinet):
    """Two pages each here."""
    told = [(one.dossier, one.number, one.first, one.last, one.pages) for one in cabinet.boxes]
    assert told == [("DB", 1, 1, 2, 2), ("DB", 2, 3, 3, 1), ("GS", 1, 1, 1, 1)]
    assert {one.year for one in cabinet.boxes} == {"2018"}
    assert {one.period for one in cabinet.boxes} == {"10年"}
    assert len(cabinet.boxes_of("DB")) == 2


def test_an_author_is_whose_seal_closes_the_form(cabinet):
    """Of an application without one it is whom it is about."""
    authors = {one.title: one.author for one in cabinet.items}
    assert authors["［测试甲最低生活保障申请书］"] == "测试甲"
    assert authors["［测试甲最低生活保障审核审批（确认）表］"] == "镇坪县民政局"


def test_a_title_that_was_made_up_stands_in_brackets(cabinet):
    """One on the paper stands as it is (DA/T 22)."""
    assert {one.title[0] for one in cabinet.items_in("DB")} == {"［"}
    assert cabinet.items_in("GS")[0].title == "低保公示表〔2018〕3号"


def test_the_day_of_a_paper_issued_here_is_that_of_its_record(cabinet, read, village):
    """Not the last day that it names; two papers with one code tell none."""
    day = {one.archive_no: one.day for one in cabinet.items}
    file = ArchivedFile.objects.get(pk=cabinet.items[3].file)
    assert day[cabinet.items[3].archive_no] != "20180630"
    number = int(file.case_no.rpartition("-")[2])
    issue(file.form_id, number, {"as_of": "2018-06-30"})
    dated = read.of(village)
    assert dated.items[3].day == "20180630"
    assert [one.undated for one in dated.boxes][-1] == 0
    issue(file.form_id, number, {"as_of": "2018-09-30"}, sha256="9" * 64)
    assert read.of(village).items[3].day == day[cabinet.items[3].archive_no]


def test_what_waits_is_told_apart(cabinet, read, village):
    """A new paper, and one without a year, which no number fits."""
    scan("DB-103200-2018-0007", "DB-01", year="2018")
    scan("DB-103200-2018-0008", "DB-01")
    found = read.of(village)
    assert [one.case_no for one in found.unnumbered] == ["DB-103200-2018-0007"]
    assert [one.case_no for one in found.unfiled] == ["DB-103200-2018-0008"]
    assert found.items == cabinet.items


def test_a_paper_that_is_gone_leaves_its_line(cabinet, read, village):
    """No number is missing in the catalogue (DA/T 70)."""
    mark_gone(ArchivedFile.objects.get(pk=cabinet.items[1].file).path)
    found = read.of(village)
    assert [one.number for one in found.items] == [one.number for one in cabinet.items]
    assert found.items[1].remark == "空号：原件已不在"
    assert found.items[1].title == cabinet.items[1].title


def test_a_paper_that_was_filed_elsewhere_says_where(cabinet, read, village):
    """Its line stays."""
    file = ArchivedFile.objects.get(pk=cabinet.items[0].file)
    ArchivedFile.objects.filter(pk=file.pk).update(dossier="TK")
    found = read.of(village)
    assert found.items[0].remark == "空号：改归特困供养2018"
    assert [one.pk for one in found.unnumbered] == [file.pk]


@pytest.mark.parametrize(
    ("now", "remark"),
    [
        ({"dossier": "ET"}, "空号：已改归别处"), ({"village": "民主村"}, "空号：已改归别处"),
        ({"state": "withheld"}, "空号：个人信息已处理"),
    ],
)  # fmt: skip
def test_what_may_not_be_told_is_not_told(cabinet, read, village, now, remark):
    """Neither where a paper is now nor what it is."""
    ArchivedFile.objects.filter(pk=cabinet.items[0].file).update(**now)
    first = read.of(village, frozenset({"ET"})).items[0]
    assert (first.remark, first.title, first.author, first.file) == (remark, "［不在这里］", "", 0)


def test_another_number_on_the_paper_is_told(db, read, number, village):
    """Two papers with one number: the second was given the next."""
    for name in ("第1件", "第01件"):
        file = scan("DB-103200-2018-0001", "DB-01", [name], year="2018", person=name)
        ArchivedFile.objects.filter(pk=file.pk).update(path=f"旧城村/{name}.pdf", sha256=name)
    number()
    assert [one.remark for one in read.of(village).items] == ["", "纸上写 0001"]


def test_forbidden_dossiers_are_not_there(cabinet, read, village):
    """Neither their items nor what waits."""
    scan("ET-103200-2018-0001", "ET-01", year="2018")
    found = read.of(village, frozenset({"ET", "DB"}))
    assert {one.dossier for one in found.items} == {"GS"}
    assert found.unnumbered == ()


@pytest.mark.parametrize(("period", "label"), [("Y", "永久"), ("D10", "10年"), ("D30", "30年")])
def test_periods_are_called_as_on_a_box(period, label):
    """The choices of ZH-06."""
    assert period_label(period) == label
