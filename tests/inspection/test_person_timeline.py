"""People of one name are kept apart, and what is missing is seen."""

import datetime as dt

import pytest

from county.completeness import load_completeness
from inspection.person_timeline import Trace, find_gaps, follow_person, id_beside, latest_day

A, B = "11010519491231002X", "440524188001010014"
SCHEMES = load_completeness()


def scan(number: int, text: str, **more: str) -> Trace:
    place = {"town": "钟宝镇", "village": "旧城村", "dossier": "DB"} | more
    return Trace("扫描件", number, f"第{number}件", text, **place)


def test_two_people_of_one_name_are_two():
    """Told apart by the ID number beside the name."""
    traces = [scan(1, f"测试甲 {A}"), scan(2, f"测试甲 {B}"), scan(3, f"测试甲 {A}")]
    people = follow_person("测试甲", traces, SCHEMES)
    assert [(one.id_no, len(one.traces)) for one in people] == [(A, 2), (B, 1)]


def test_a_paper_without_id_goes_to_the_only_one_in_its_village():
    """And is marked as not certain."""
    traces = [
        scan(1, f"测试甲 {A}"),
        scan(2, "测试甲 情况属实"),
        scan(3, "测试甲", village="红星村"),
    ]
    people = follow_person("测试甲", traces, SCHEMES)
    assert [[one.number for one in person.traces] for person in people] == [[1, 2], [3]]
    assert [one.is_certain for one in people[0].traces] == [True, False]


def test_in_a_list_the_number_behind_the_name_counts():
    """Not the one of the row above."""
    text = f"测试乙 {B} 三组\n测试甲 {A} 二组"
    assert id_beside("测试甲", text) == A
    assert id_beside("测试乙", text) == B
    assert id_beside("测试丙", text) == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("出生1949年12月31日 申请日期 2018年4月2日", dt.date(2018, 4, 2)),
        ("2018-04-02 至 2018.5.7", dt.date(2018, 5, 7)),
        ("没有日期", None),
    ],
)
def test_the_latest_day_is_the_papers(text, day):
    """Whatever was born before."""
    assert latest_day(text) == day


def test_missing_steps_are_seen():
    """An application and an approval of 2018 without anything between; later no vote is needed."""
    old = [
        scan(1, "", form_id="DB-01"),
        scan(2, "2018年5月7日", form_id="DB-02"),
    ]
    (person,) = follow_person("测试甲", old, SCHEMES)
    assert person.gaps[0].steps == ("授权", "调查", "评议", "公示", "发放", "复核")
    (person,) = follow_person("测试甲", [scan(1, "2022年5月7日", form_id="DB-01")], SCHEMES)
    assert "评议" not in person.gaps[0].steps


def test_a_name_on_a_photo_alone_opens_no_case():
    """No gap without an application, an approval or the like."""
    assert find_gaps([scan(1, "测试甲")], SCHEMES) == ()
