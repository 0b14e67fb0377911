"""Papers as the checks read them, kept."""

import datetime as dt

import pytest

from archive_indexer.documents import TextLine
from archive_indexer.models import ArchivedFile
from minzheng.inspection.models import ReadPaper
from minzheng.inspection.paper_store import (
    count_read,
    find_changes,
    forget_read,
    names_read,
    papers_of_forms,
    papers_of_village,
    people_read,
    read_changes,
    rules_of,
    villages_read,
)
from tests.inspection.checks.made_papers import A
from tests.inspection.made.laid_papers import TOWN, VILLAGE, Desk, county

pytestmark = pytest.mark.django_db
_BOX = (0.4, 0.4, 0.6, 0.42)


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path, dt.date(2018, 7, 5))


def read():
    rules = rules_of(county())
    return list(read_changes(find_changes(rules), county(), rules))


def test_what_is_new_is_read_and_what_is_gone_is_dropped(desk):
    """Each tells whose papers they were."""
    file = desk.file("DB-03", f"2018年6月花名册\n1 测试甲 {A} 245.00")
    desk.file("", "没有认出是哪张表")
    issued = desk.issue("COM-04")
    touched = read()
    assert {place for one in touched for place in one.places} == {(TOWN, VILLAGE)}
    assert names_read({"测试甲", "2018年6月花名册"}) == {"测试甲"}
    assert touched[1].people == {A} and touched[0].minutes
    assert len(find_changes(rules_of(county()))) == 0
    assert count_read() == 2 and villages_read() == [(TOWN, VILLAGE)]
    ArchivedFile.objects.filter(pk=file.pk).update(present=False)
    (gone,) = read()
    assert gone.people == {A} and list(people_read()) == []
    assert [one.issued for one in ReadPaper.objects.all()] == [issued.pk]


def test_a_file_that_is_filed_elsewhere_is_read_anew(desk):
    """Its old village hears of it, and its new one."""
    file = desk.file("DB-03", f"1 测试甲 {A} 245.00")
    read()
    ArchivedFile.objects.filter(pk=file.pk).update(village="红星村")
    (touched,) = read()
    assert touched.places == {(TOWN, VILLAGE), (TOWN, "红星村")}
    assert papers_of_village(TOWN, VILLAGE) == []
    (paper,) = papers_of_village(TOWN, "红星村")
    assert paper.rows[0]["id_no"] == A and paper.number == file.pk


def test_a_person_has_all_mentions_in_the_county(desk):
    """Asked by number, or everybody in turn."""
    desk.file("DB-03", f"1 测试甲 {A} 245.00")
    desk.file("DB-03", f"1 测试甲 {A} 245.00", village="红星村")
    desk.file("BZ-01", f"姓名 测试甲 身份证号 {A}\n死亡日期 2018年5月5日")
    read()
    ((number, mentions),) = people_read([A])
    assert number == A
    assert {(one.paper.form_id, one.paper.village) for one in mentions} == {
        ("DB-03", VILLAGE), ("DB-03", "红星村"), ("BZ-01", VILLAGE),
    }  # fmt: skip
    assert list(people_read(["x"])) == []
    assert len(papers_of_forms("DB-03")) == 2 and papers_of_forms("DB-03", town="城关镇") == []


def test_papers_come_by_day_and_first_those_without_one(desk):
    """On every database: what is told of them goes in this order."""
    for count in (1, 2, 3):
        desk.file("DB-03", f"{count} 测试甲 {A} 24{count}.00")
    read()
    first, second, third = ReadPaper.objects.order_by("pk").values_list("pk", flat=True)
    for pk, day in ((first, dt.date(2018, 6, 2)), (second, dt.date(2018, 6, 1)), (third, None)):
        ReadPaper.objects.filter(pk=pk).update(day=day)
    ((_, mentions),) = people_read([A])
    days = [None, dt.date(2018, 6, 1), dt.date(2018, 6, 2)]
    assert [one.paper.day for one in mentions] == days
    assert [one.day for one in papers_of_village(TOWN, VILLAGE)] == days
    assert [one.day for one in papers_of_forms("DB-03")] == days


def test_what_was_read_of_a_person_is_forgotten(desk):
    """Of papers that name the number, and of documents that were blanked."""
    issued = desk.issue("BZ-01")
    desk.file("DB-03", f"1 测试甲 {A} 245.00")
    kept = desk.file("DB-03", "1 测试乙 440524198001010014 245.00")
    read()
    forget_read(A, [issued.pk])
    assert [one.file for one in ReadPaper.objects.all()] == [kept.pk]
    assert len(find_changes(rules_of(county()))) == 2


def test_a_notice_is_read_for_what_it_must_not_say(desk):
    """A number, a disease of the registry; seals and empty places are seen."""
    desk.file("GS-03", f"公布单\n1 测试甲 {A} 肺癌 245.00", seals=1, unsigned=("经办人",))
    read()
    (paper,) = papers_of_forms("GS-03")
    assert paper.text("leaks") == f"个人号码：{A}；病名：癌"
    assert (paper.looks.seals, paper.looks.unsigned, paper.looks.is_pictured) == (
        1,
        ("经办人",),
        True,
    )


def test_what_a_scan_says_otherwise_than_was_issued_is_kept_beside_it(desk):
    """Of several editions of a document the one it is likest counts; others' papers do not."""
    issued = desk.issue("DB-02")
    name, amount = issued.texts["name"], issued.texts["month_amount"]
    same = desk.scan(issued, reads=(name, amount, issued.texts["id_no"]))
    changed = desk.scan(issued, reads=(name, "9.99", issued.texts["id_no"]))
    strange = desk.file("DB-02", case_no="DB-103200-2018-0999", lines=(TextLine("9.99", _BOX),))
    read()
    kept = {one.number: one.text("unlike") for one in papers_of_village(TOWN, VILLAGE)}
    assert kept[same.pk] == kept[strange.pk] == ""
    assert kept[changed.pk] == "金额||9.99"
    texts = issued.texts | {"month_amount": "9.99"}
    issued.pk, issued.texts = None, texts  # another edition
    issued.save()
    ReadPaper.objects.all().delete()
    read()
    kept = {one.number: one.text("unlike") for one in papers_of_village(TOWN, VILLAGE)}
    assert kept[changed.pk] == ""


def test_a_scan_is_asked_for_what_its_form_prints(desk):
    """A value that is read nowhere on it is told; one that is printed nowhere is not missed."""
    issued = desk.issue("DB-02")
    shown = [text for text in issued.texts.values() if isinstance(text, str) and text]
    lost = issued.texts["phone"]
    whole = desk.scan(issued, reads=tuple(shown))
    lacking = desk.scan(issued, reads=tuple(one for one in shown if one != lost))
    read()
    kept = {one.number: one.text("unlike") for one in papers_of_village(TOWN, VILLAGE)}
    assert kept[whole.pk] == ""
    assert kept[lacking.pk] == f"未见|{lost}|"


def test_a_date_that_stands_on_a_scan_as_another_is_told(desk):
    """Where it stood, and read nowhere else."""
    issued = desk.issue("DB-02")
    shown = [text for text in issued.texts.values() if isinstance(text, str) and text]
    day = issued.texts["pub_start"]
    other = day.replace("2018", "2019")
    changed = desk.scan(issued, reads=tuple(other if one == day else one for one in shown))
    read()
    papers = papers_of_village(TOWN, VILLAGE)
    kept = {one.number: one.text("unlike") for one in papers if one.is_scan}
    assert kept == {changed.pk: f"日期|{day}|{other}"}
