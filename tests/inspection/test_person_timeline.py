"""People of one name are kept apart, and what is missing is seen."""

import datetime as dt
from dataclasses import replace

import pytest

from minzheng.county.county import read_county
from minzheng.inspection.case_steps import CaseStep, Proof
from minzheng.inspection.person_timeline import (
    BY_CASE,
    BY_VILLAGE,
    cases_of,
    follow_person,
    with_standings,
)
from minzheng.inspection.standings import Standing, Subject
from minzheng.inspection.traces import Trace

A, B = "11010519491231002X", "440524188001010014"
COUNTY = read_county()
TODAY = dt.date(2026, 11, 23)


def scan(number: int, text: str, **more: str) -> Trace:
    place = {"town": "钟宝镇", "village": "旧城村", "dossier": "DB"} | more
    return Trace("扫描件", number, f"第{number}件", text, **place)


def test_two_people_of_one_name_are_two():
    """Told apart by the ID number beside the name."""
    traces = [scan(1, f"测试甲 {A}"), scan(2, f"测试甲 {B}"), scan(3, f"测试甲 {A}")]
    people = follow_person("测试甲", traces, COUNTY, TODAY)
    assert [(one.id_no, len(one.traces)) for one in people] == [(A, 2), (B, 1)]


def test_a_paper_without_id_goes_to_the_only_one_in_its_village():
    """And is marked as not certain."""
    traces = [
        scan(1, f"测试甲 {A}"),
        scan(2, "测试甲 情况属实"),
        scan(3, "测试甲", village="红星村"),
    ]
    people = follow_person("测试甲", traces, COUNTY, TODAY)
    assert [[one.number for one in person.traces] for person in people] == [[1, 2], [3]]
    assert [one.because for one in people[0].traces] == ["", BY_VILLAGE]


def test_missing_steps_are_seen():
    """An application and an approval of 2018 without anything between; later no vote is needed."""
    old = [
        scan(1, "", form_id="DB-01"),
        scan(2, "2018年5月7日", form_id="DB-02"),
    ]
    (person,) = follow_person("测试甲", old, COUNTY, TODAY)
    (line,) = person.cases
    assert line.gaps == ("授权", "调查", "评议", "公示", "发放", "复核")
    assert [(step.name, step.papers) for step in line.steps][:2] == [("申请", 1), ("授权", 0)]
    (person,) = follow_person("测试甲", [scan(1, "2022年5月7日", form_id="DB-01")], COUNTY, TODAY)
    assert "评议" not in person.cases[0].gaps


def test_a_name_on_a_photo_alone_opens_no_case():
    """No gap without an application, an approval or the like."""
    (person,) = follow_person("测试甲", [scan(1, "测试甲")], COUNTY, TODAY)
    assert person.cases == ()


def test_somebody_elses_paper_is_a_mention():
    """Who surveyed a household has applied for nothing; a roster speaks of everybody on it."""
    traces = [
        scan(1, f"申请人 测试乙 {B} 2018年4月2日" + "。" * 200 + "调查人 测试甲", form_id="COM-03",
             person="测试乙", case_no="DB-103200-2018-0001"),
        scan(2, f"测试甲 {A}", form_id="DB-03", person="测试乙", year="2018"),
    ]  # fmt: skip
    (person,) = follow_person("测试甲", traces, COUNTY, TODAY)
    assert [(one.number, one.kind) for one in person.traces] == [(1, "mention"), (2, "list")]
    assert person.id_no == A
    assert "调查" in person.cases[0].gaps


def test_who_only_signed_a_list_has_no_case():
    """A list opens one when the ID number stands beside the name."""
    roster = {"dossier": "GL", "form_id": "GL-02", "year": "2018"}
    (signed,) = follow_person("测试甲", [scan(1, "制表:测试甲", **roster)], COUNTY, TODAY)
    (listed,) = follow_person("测试甲", [scan(1, f"测试甲 {A}", **roster)], COUNTY, TODAY)
    assert signed.cases == ()
    assert listed.cases[0].gaps == ("申请", "公示", "复核")


def test_pages_of_a_case_go_to_its_person():
    """By the number in their code, though they bear no ID; into one entry of the timeline."""
    case = {"case_no": "DB-103200-2018-0001", "year": "2018", "form_id": "COM-03"}
    traces = [
        scan(1, f"测试甲 {A}", person="测试甲", **case),
        scan(2, "屋面漏雨", **case),
        scan(3, f"测试甲 {B}"),
    ]
    assert cases_of("测试甲", traces[:1], COUNTY) == {case["case_no"]}
    first, second = follow_person("测试甲", traces, COUNTY, TODAY)
    assert [(one.number, one.because) for one in first.traces] == [(1, ""), (2, BY_CASE)]
    assert [one.number for one in second.traces] == [3]
    ((year, (bundle,)),) = first.by_year
    assert (year, bundle.first.number, len(bundle.others)) == ("2018", 1, 1)


def test_two_people_of_one_name_in_two_villages_stay_two():
    """Without any ID number, too."""
    people = follow_person("测试甲", [scan(1, ""), scan(2, "", village="红星村")], COUNTY, TODAY)
    assert [one.places for one in people] == [("钟宝镇旧城村",), ("钟宝镇红星村",)]


@pytest.mark.parametrize(
    ("more", "about", "step"),
    [
        ({"title": "旧城村农村低保对象公示表", "form_id": "GS-01", "dossier": "GS"}, "DB", "公布"),
        ({"title": "公示单", "dossier": "GS"}, "GS", "公示"),
        ({"title": "旧城村低保户名单"}, "DB", "发放"),
        ({"title": "临时救助申请审批表", "dossier": "LS"}, "LS", "申请"),
        ({"title": "大走访入户记录", "dossier": "ZF"}, "ZF", "调查"),
        ({"title": "户口簿"}, "DB", ""),
    ],
)
def test_a_paper_tells_its_dossier_and_step(more, about, step):
    """By its form, else by its title; a notice by the dossier it names."""
    given = {"town": "钟宝镇", "village": "旧城村", "dossier": "DB"} | more
    title = given.pop("title")
    (person,) = follow_person("测试甲", [Trace("扫描件", 1, title, "", **given)], COUNTY, TODAY)
    assert (person.traces[0].about, person.traces[0].step) == (about, step)


def test_a_notice_fills_the_gap_of_the_case_it_names():
    """Publicity lies in a dossier of its own."""
    case = scan(1, f"测试甲 {A}", form_id="DB-01", year="2018", case_no="DB-103200-2018-0001")
    notice = Trace(
        "扫描件", 2, "旧城村低保公示单", f"测试甲 {A}", form_id="COM-05",
        dossier="GS", town="钟宝镇", village="旧城村", year="2018",
    )  # fmt: skip
    (person,) = follow_person("测试甲", [case, notice], COUNTY, TODAY)
    (line,) = person.cases
    assert "公示" not in line.gaps


def test_each_case_has_its_line():
    """What has no number goes to the case opened before it."""
    traces = [
        scan(1, f"测试甲 {A}", form_id="DB-01", year="2016", case_no="DB-103200-2016-0001"),
        scan(2, f"测试甲 {A}", form_id="DB-01", year="2018", case_no="DB-103200-2018-0001"),
        scan(3, f"测试甲 {A} 2017年3月1日", form_id="COM-07", year="2017"),
    ]
    (person,) = follow_person("测试甲", traces, COUNTY, TODAY)
    done = [[step.name for step in line.steps if step.papers] for line in person.cases]
    assert done == [["申请", "停发"], ["申请"]]


def test_a_copy_is_no_second_trace():
    """It is counted beside the first, and what is still there is shown."""
    traces = [
        scan(1, f"测试甲 {A}", sha256="a" * 64, present=False),
        scan(2, f"测试甲 {A}", sha256="a" * 64),
    ]
    (person,) = follow_person("测试甲", traces, COUNTY, TODAY)
    assert [(one.number, one.copies) for one in person.traces] == [(2, 1)]


def test_a_child_on_a_notice_is_told():
    """Though nothing else is missing."""
    forms = ("ET-01", "ET-05", "COM-05")
    traces = [scan(n, f"测试甲 {A}", form_id=form, dossier="ET") for n, form in enumerate(forms)]
    (person,) = follow_person("测试甲", traces, COUNTY, TODAY)
    assert person.cases[0].forbidden == ("COM-05",)


def standing(case_no: str = "", person: str = "测试甲", village: str = "旧城村") -> Standing:
    subject = Subject("钟宝镇", village, "DB", "2018", case_no, person)
    return Standing(subject, 1, (), (), (), (CaseStep("申请", "已归档", (Proof("申请"),) * 7),))


def test_the_cases_are_told_as_the_survey_tells_them():
    """By their number, else as the only person of that name in the village."""
    case = {"case_no": "DB-103200-2018-0001", "year": "2018", "form_id": "DB-01"}
    traces = [
        scan(1, f"测试甲 {A}", **case),
        scan(2, f"测试甲 {B}", dossier="TK", form_id="TK-01"),
        scan(3, "测试甲", village="红星村"),
    ]
    people = follow_person("测试甲", traces, COUNTY, TODAY)
    told = with_standings(
        people,
        [standing(case["case_no"]), standing("DB-103200-2018-0002"), standing(village="红星村"),
         standing(person="测试乙", village="红星村")],
    )  # fmt: skip
    papers = {
        one.id_no or one.places[0]: [
            (line.case_no, line.steps[0].papers) for line in one.cases if line.dossier == "DB"
        ]
        for one in told
    }
    assert papers == {A: [(case["case_no"], 7)], B: [], "钟宝镇红星村": [("", 7)]}


def test_printings_of_one_paper_are_one_entry_where_the_last_stands():
    """Another paper of the same form, and what was decided at last, have entries of their own."""
    draft = Trace(
        "出具文书", 7, "审批表（送审稿）", "", form_id="DB-02", dossier="DB", town="钟宝镇",
        village="旧城村", case_no="DB-103200-2026-0001", person="测试甲", id_no=A,
        day=dt.date(2026, 11, 20), waits_for="c", paper=7,
    )  # fmt: skip
    printed = [
        replace(draft, number=9, day=dt.date(2026, 11, 25)),
        replace(draft, number=8),
        draft,
        replace(draft, number=5, paper=5, day=dt.date(2026, 11, 22)),
        replace(draft, number=10, waits_for="", day=dt.date(2026, 11, 26)),
    ]
    (person,) = follow_person("测试甲", printed, COUNTY, TODAY)
    ((_, bundles),) = person.by_year
    told = [(one.first.number, [other.number for other in one.others]) for one in bundles]
    assert told == [(5, []), (9, [8, 7]), (10, [])]


def test_a_draft_proves_nothing_and_says_where_it_lies():
    """The page of a person says the same as that of the case."""
    sent = Trace(
        "出具文书", 7, "审批表（送审稿）", "", form_id="DB-02", dossier="DB", town="钟宝镇",
        village="旧城村", case_no="DB-103200-2026-0001", person="测试甲", id_no=A,
        day=dt.date(2026, 11, 20), waits_for="c",
    )  # fmt: skip
    (person,) = follow_person("测试甲", [sent], COUNTY, TODAY)
    (line,) = person.cases
    (step,) = (one for one in line.steps if one.name == "审批")
    assert step.told == "在办：送审稿在县民政局，2026-11-20 起"
    assert step.is_next
