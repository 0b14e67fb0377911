"""Doubts kept under their key, and what people said of each."""

import datetime as dt
from dataclasses import replace

import pytest

from minzheng.accounts.areas import Area
from minzheng.inspection.doubts import Cited, Doubt
from minzheng.inspection.finding_store import (
    Said,
    count_findings,
    findings_in,
    has_changed,
    in_doubt,
    keep_found,
    let_go_others,
    papers_of,
    say,
    shared_place,
)
from minzheng.inspection.models import Finding

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 7, 5, 9, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=3)
PAPER = Cited("出具", 7, "DB-02", "审批表", "钟宝镇", "旧城村", "DB", "DB-1", (("金额", "1.00"),))
DOUBT = Doubt(
    "amounts_differ", ("1",), "测试甲", "甲 与 乙 不一致", (PAPER,), "钟宝镇", "旧城村", "DB",
    "2018", "DB-1",
)  # fmt: skip
UNIT = "村|钟宝镇|旧城村"


def test_a_doubt_is_kept_once_and_goes_with_its_papers():
    """Nobody spoke of it: there is nothing to keep."""
    keep_found({UNIT: [DOUBT]}, NOW)
    keep_found({UNIT: [replace(DOUBT, papers=(replace(PAPER, number=9),))]}, LATER)
    (one,) = Finding.objects.all()
    assert (one.first_found, one.papers[0]["number"], one.state) == (NOW, 9, "待核实")
    assert papers_of(one) == (replace(PAPER, number=9),)
    keep_found({"村|钟宝镇|红星村": []}, LATER)
    assert Finding.objects.count() == 1
    keep_found({UNIT: []}, LATER)
    assert not Finding.objects.exists()


def test_what_was_said_stays_and_a_change_is_told():
    """The latest holds, the history is kept; gone and back again."""
    keep_found({UNIT: [DOUBT]}, NOW)
    one = Finding.objects.get()
    say(one, Said("不属实", "原件上是 1 元"), "甲", NOW)
    say(one, Said("已整改", "已更正", "文书 12"), "乙", LATER)
    one.refresh_from_db()
    assert (one.state, [verdict.by for verdict in one.verdicts.all()]) == ("已整改", ["乙", "甲"])
    assert not has_changed(one)
    other = replace(DOUBT, papers=(replace(PAPER, says=(("金额", "2.00"),)),))
    keep_found({UNIT: [other]}, LATER)
    one.refresh_from_db()
    assert has_changed(one) and one.verdicts.first().facts != one.facts
    keep_found({UNIT: []}, LATER)
    one.refresh_from_db()
    assert one.gone_at == LATER and not in_doubt(Finding.objects.all()).exists()
    keep_found({UNIT: [DOUBT]}, LATER)
    one.refresh_from_db()
    assert one.gone_at is None and one.state == "已整改" and not has_changed(one)


@pytest.mark.parametrize(
    ("before", "amount", "is_kept"),
    [
        ("批准1.00元 与 花名册2.00元 不一致", "1.00", True),
        ("批准1.00元 与 花名册3.00元 不一致", "1.00", False),
        ("批准1.00元 与 花名册2.00元 不一致", "9.00", False),
    ],
)
def test_other_words_for_the_same_are_no_change(before, amount, is_kept):
    """What was judged under the sentence of an earlier version stays judged."""
    old = replace(DOUBT, what=before, papers=(replace(PAPER, says=(("金额", amount),)),))
    keep_found({UNIT: [old]}, NOW)
    Finding.objects.update(facts="0" * 32)
    one = Finding.objects.get()
    say(one, Said("属实"), "甲", NOW)
    keep_found({UNIT: [replace(DOUBT, what="批准1.00元，花名册2.00元")]}, LATER)
    one.refresh_from_db()
    assert one.what.startswith("批准1.00元，")
    assert has_changed(one) is not is_kept


def test_after_all_was_looked_at_the_rest_is_gone():
    """Whoever found it."""
    other = replace(DOUBT, subject=("2",))
    keep_found({UNIT: [DOUBT], "人|x": [other]}, NOW)
    let_go_others({DOUBT.key}, LATER)
    assert [one.key for one in Finding.objects.all()] == [DOUBT.key]


def test_who_may_see_all_papers_sees_the_doubt():
    """A town's paper belongs to its village by its row; a hidden dossier hides it."""
    town_list = replace(PAPER, village="", form_id="CB-07", dossier="CB")
    other_town = replace(PAPER, town="城关镇", village="蔬菜村")
    doubts = [
        replace(DOUBT, papers=(PAPER, town_list)),
        replace(DOUBT, subject=("2",), papers=(PAPER, replace(PAPER, village="红星村"))),
        replace(DOUBT, subject=("3",), papers=(PAPER, other_town)),
        replace(DOUBT, subject=("4",), papers=(PAPER, replace(PAPER, form_id="ET-01"))),
    ]
    assert [shared_place(one) for one in doubts] == [
        ("钟宝镇", "旧城村"), ("钟宝镇", ""), ("全县", ""), ("钟宝镇", "旧城村"),
    ]  # fmt: skip
    keep_found({UNIT: doubts}, NOW)

    def seen(**area: object) -> int:
        return findings_in(Area(**area)).count()

    assert seen() == 4 and seen(town="钟宝镇") == 3
    assert seen(town="钟宝镇", village="旧城村") == 2
    assert seen(town="钟宝镇", village="旧城村", forbidden=frozenset({"ET"})) == 1
    assert seen(is_nothing=True) == seen(town="城关镇") == 0


def test_they_are_counted_by_check_and_state():
    """Those that papers still show."""
    keep_found(
        {UNIT: [DOUBT, replace(DOUBT, subject=("2",)), replace(DOUBT, check="held_twice")]}, NOW
    )
    say(Finding.objects.filter(check_id="amounts_differ").first(), Said("属实"), "甲", NOW)
    counts = count_findings(Finding.objects.all())
    assert counts.total == {"待核实": 2, "属实": 1}
    assert counts.of(["amounts_differ", "none"]) == {"待核实": 1, "属实": 1}
