"""Meetings, relief, ledgers, directories, ages, certificates, clues."""

import datetime as dt

import pytest

from minzheng.inspection.checks.alike import sketch_of
from minzheng.inspection.checks.lists import (
    age_bands_wrong,
    certificates_ended,
    directories_differ,
    funds_below_nothing,
    is_the_same,
    meetings_irregular,
    minutes_alike,
    not_yet_helped,
    problems_left_open,
    relief_sheets_irregular,
)
from tests.inspection.checks.made_papers import A, C, asked, record, scan, told, village

SAID = "村民代表提出，该户残疾多年、老伴体弱，儿子务工收入低，应当纳入；另一户有车，不符合条件。"


def meeting(cases=(), **more: str):
    given = {"group_total": "18", "present": "15", "chair_post": "钟宝镇民政办主任", "photo": "x",
             "case_no": "DB-103200-2018-0001", "scheme": "低保"}  # fmt: skip
    return record("COM-04", "2018-05-16", cases, "cases", **(given | more))


def votes(yes: int, no: int, passed: str = "通过"):
    return [
        {"c_name": "测试甲", "c_yes": str(yes), "c_no": str(no), "c_abs": "0", "c_pass": passed}
    ]


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (meeting(votes(15, 0)), None),
        (meeting(present="11"), "不到2/3"),
        (meeting(group_total="12", present="12"), "应不少于15人"),
        (meeting(votes(15, 2)), "票数共17"),
        (meeting(votes(9, 6)), "同意9票"),
        (meeting(votes(9, 6, "未通过")), None),
        (meeting(chair_post="旧城村支书"), "不是镇干部"),
        (meeting(photo=""), "没有会议照片"),
    ],
)
def test_a_meeting_keeps_its_rules(paper, words):
    """Numbers, votes, chair, photo; the shares are the registry's."""
    found = told(meetings_irregular(village(paper), asked("meetings_irregular")))
    assert [words in what for _, what in found] == ([True] if words else [])


@pytest.mark.parametrize(
    ("said", "place", "count"),
    [
        (SAID, "红星村", 1),
        (SAID, "旧城村", 0),
        (SAID[:20] + "另有一户住房漏雨，子女都在外地，多年没有回来过。", "红星村", 0),
    ],
)
def test_two_villages_do_not_speak_alike(said, place, count):
    """Word for word is a doubt; a village may repeat itself."""
    minutes = [
        meeting(discussion=SAID, sketch=sketch_of(SAID)),
        meeting(discussion=said, sketch=sketch_of(said), village=place, case_no="DB-2"),
    ]
    found = told(minutes_alike(minutes, asked("meetings_irregular")))
    assert len(found) == count
    assert not found or "几乎相同" in found[0][1]


@pytest.mark.parametrize(("made_up", "count"), [("2018年5月21日", 0), ("2018年5月22日", 1)])
def test_an_emergency_is_made_up_for_in_time(made_up, count):
    """By the day the sheet names."""
    sheet = record(
        "LS-02", "2018-05-07", name="测试甲", supp_due="2018年5月21日", supp_date=made_up
    )
    found = list(relief_sheets_irregular(village(sheet), asked("relief_irregular")))
    assert len(found) == count


@pytest.mark.parametrize(("amount", "count"), [("1000.00", 0), ("1000.01", 1)])
def test_a_town_gives_no_more_than_it_may(amount, count):
    """By the limit its sheet names."""
    sheet = record("LS-03", "2018-05-07", name="测试甲", ok_amount=amount, town_limit="1000.00")
    assert len(list(relief_sheets_irregular(village(sheet), asked("relief_irregular")))) == count


@pytest.mark.parametrize(("balance", "count"), [("0.00", 0), ("-200.00", 1)])
def test_a_fund_is_never_below_nothing(balance, count):
    """Row by row."""
    sheet = record("LS-05", "2018-06-30", [{"d": "2018年6月2日", "balance": balance}], village="")
    assert len(list(funds_below_nothing([sheet], asked("relief_irregular")))) == count


def directory(*items: tuple[str, str]):
    rows = [{"title": title, "archive_no": number} for title, number in items]
    return record("ZH-04", "2018-12-01", rows, dossier="低保", year="2018", box_no="3")


@pytest.mark.parametrize(
    ("items", "words"),
    [
        (
            [("旧城村低保审核公示单", "D-0001"), ("测试甲申请书", "D-0002")],
            ["没有找到：测试甲申请书"],
        ),
        ([("旧城村低保审核公示单", "D-0001")], []),
        ([("审核公示单", "D-0001"), ("审核公示单", "D-0001")], ["重号"]),
        ([("审核公示单", "D-0001"), ("审核公示单", "D-0003")], ["缺0002号"]),
        ([("审核公示单", "D-0001"), ("审核公示单", "D-20180516")], []),
    ],
)
def test_a_directory_and_its_box_agree(items, words):
    """Titles by their ends; numbers without gap or repetition."""
    titles = {("DB", "2018"): ["低保审核公示单"]}
    found = told(
        directories_differ(village(directory(*items)), titles, asked("boxes_and_directories"))
    )
    assert [word in what for (_, what), word in zip(found, words, strict=True)] == [True] * len(
        words
    )
    assert is_the_same("测试甲最低生活保障申请书", "最低生活保障申请书")
    assert not is_the_same("甲", "甲")


def ledger(status: str, day: str = "2018-06-30", **more: str):
    row = {"problem_no": "ZB-1", "village": "旧城村", "status": status, "deadline": "2018年7月31日",
           "measure": "修屋"}  # fmt: skip
    return record("ZF-03", day, [row | more], village="")


PROVED = {"evidence": "照片", "verifier": "测试乙", "verify_date": "2018年7月2日"}


@pytest.mark.parametrize(
    ("papers", "today", "words"),
    [
        ([ledger("整改中")], dt.date(2018, 7, 31), None),
        ([ledger("整改中")], dt.date(2018, 8, 1), "状态“整改中”"),
        ([ledger("已销号", **PROVED)], dt.date(2018, 8, 1), None),
        (
            [ledger("已销号", evidence="照片", verifier="测试乙")],
            dt.date(2018, 8, 1),
            "没有验收日期",
        ),
        ([ledger("整改中"), ledger("已销号", "2018-09-30", **PROVED)], dt.date(2018, 12, 1), None),
    ],
)
def test_a_problem_is_closed_in_its_term_and_proved(papers, today, words):
    """As the latest ledger tells."""
    found = list(problems_left_open(papers, asked("problems_left_open", today)))
    assert [words in one.what for one in found] == ([True] if words else [])
    assert all((one.town, one.village) == ("钟宝镇", "旧城村") for one in found)


def elders(*rows: dict[str, str], day: str = "2018-06-30"):
    return record("GL-02", day, rows)


@pytest.mark.parametrize(("band", "count"), [("70-79岁", 1), ("", 0)])
def test_a_band_is_the_ages(band, count):
    """Of somebody who is not old enough for it, too; a list that names none tells nothing."""
    row = {"name": "测试甲", "id_no": "610927193804120136"} | ({"band": band} if band else {})
    assert len(list(age_bands_wrong(village(elders(row)), asked("age_bands_wrong")))) == count


def test_who_is_old_enough_is_listed():
    """Known by other papers, alive, and on no list."""
    old = record("DB-03", "2018-06-30", [{"head": "测试丁", "id_no": "610927194501120037"}])
    young = record("DB-03", "2018-05-30", [{"head": "测试乙", "id_no": C}])
    ((about, _),) = told(age_bands_wrong(village(elders(), old, young), asked("age_bands_wrong")))
    assert about == "测试丁"
    dead = record("BZ-01", "2018-06-01", id_no="610927194501120037", name="测试丁")
    assert not list(age_bands_wrong(village(elders(), old, dead), asked("age_bands_wrong")))
    listed = elders({"name": "测试丁", "id_no": "610927194501120037"})
    assert not list(age_bands_wrong(village(listed, old), asked("age_bands_wrong")))


@pytest.mark.parametrize(("until", "count"), [("2018年12月2日", 1), ("2018年12月3日", 0)])
def test_a_certificate_goes_on(until, count):
    """A newer one takes its place; who was stopped needs none."""
    paper = record("CB-01", "2018-05-07", id_no=A, name="测试甲", cert_valid_to=until)
    newer = record("CB-05", "2018-11-07", id_no=A, name="测试甲", cert_valid_to="2028年1月1日")
    assert len(list(certificates_ended(village(paper), asked("certificates_ended")))) == count
    assert not list(certificates_ended(village(paper, newer), asked("certificates_ended")))


@pytest.mark.parametrize(("level", "count"), [("二级", 0), ("一级", 1)])
def test_a_level_is_the_certificates(level, count):
    """Its last sign tells it."""
    row = {"name": "测试甲", "id_no": A, "dis_cert": f"{A}42", "dis_level": level, "kind": "护理"}
    found = told(
        certificates_ended(
            village(record("CB-04", "2018-06-30", [row])), asked("certificates_ended")
        )
    )
    assert len(found) == count


def visit(should: str = "是", has: str = "否"):
    row = {"p_name": "低保", "p_should": should, "p_has": has}
    return record("ZF-01", "2018-05-07", [row], "policies", id_no=A, name="测试甲",
                  visit_date="2018年5月7日")  # fmt: skip


@pytest.mark.parametrize(
    ("papers", "today", "count"),
    [
        ([visit()], dt.date(2018, 7, 6), 0),
        ([visit()], dt.date(2018, 7, 7), 1),
        ([visit(has="是")], dt.date(2018, 7, 7), 0),
        ([visit(), record("DB-01", "2018-06-01", id_no=A, name="测试甲")], dt.date(2018, 7, 7), 0),
        ([visit(), record("DB-01", "2017-06-01", id_no=A, name="测试甲")], dt.date(2018, 7, 7), 1),
    ],
)
def test_who_should_have_it_has_applied(papers, today, count):
    """After the visit, within the days of the registry."""
    assert len(list(not_yet_helped(village(*papers), asked("not_yet_helped", today)))) == count


@pytest.mark.parametrize(
    ("kind", "level", "count"), [("生活", "一级", 1), ("两项", "一级", 0), ("生活", "三级", 0)]
)
def test_the_severely_disabled_are_nursed(kind, level, count):
    """Who has the living subsidy alone may have the other, too."""
    row = {"name": "测试甲", "id_no": A, "kind": kind, "dis_level": level}
    here = village(record("CB-04", "2018-06-30", [row]))
    assert len(list(not_yet_helped(here, asked("not_yet_helped")))) == count


def test_a_scan_of_a_meeting_tells_its_numbers():
    """Without a photo's field nobody says that there is none."""
    paper = scan("COM-04", "2018-05-16", group_total="18", present="9")
    ((_, what),) = told(meetings_irregular(village(paper), asked("meetings_irregular")))
    assert "实到9人" in what and "照片" not in what
