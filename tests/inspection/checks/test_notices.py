"""What is made public: seals, days, photos, words, levels."""

import pytest

from minzheng.inspection.checks.notices import (
    kind_of,
    levels_differ,
    notices_tell_too_much,
    notices_too_short,
    notices_without_seal,
)
from minzheng.inspection.checks.papers import Looks
from tests.inspection.checks.made_papers import asked, record, scan, told, village

NOTICE = {"case_no": "DB-103200-2018-0005", "scheme": "低保"}
STAMPED, BARE = Looks(is_pictured=True, seals=1), Looks(is_pictured=True)


@pytest.mark.parametrize(
    ("looks", "words"), [(STAMPED, None), (BARE, "扫描件上没有章"), (None, "没有扫描件")]
)
def test_a_notice_comes_back_with_a_seal(looks, words):
    """After so many days; one that hangs since yesterday need not yet."""
    papers = [record("COM-05", "2018-05-17", pub_start="2018年5月17日", **NOTICE)]
    if looks:
        papers.append(scan("COM-05", "2018-05-17", looks=looks, case_no=NOTICE["case_no"]))
    found = told(notices_without_seal(village(*papers), asked("notices_without_seal")))
    assert [words in what for _, what in found] == ([True] if words else [])
    fresh = record("COM-05", "2018-11-20", **NOTICE)
    assert not list(notices_without_seal(village(fresh), asked("notices_without_seal")))


def report(down: str, **more: str):
    given = {"post_date": "2018年5月17日", "down_date": down, "notice_no": NOTICE["case_no"],
             "photo_near": "a", "photo_far": "b", "photo_time": "2018年5月18日", "scheme": "低保",
             "case_no": "GS-103200-2018-0001"}  # fmt: skip
    return record("COM-06", "2018-05-17", **(given | more))


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (report("2018年5月24日"), []),
        (report("2018年5月23日"), ["只有 6 天"]),
        (report("2018年5月24日", photo_time="2018年6月1日"), ["照片是2018年6月1日拍的"]),
        (report("2018年5月24日", photo_far=""), ["照片只有1张，应有2张"]),
    ],
)
def test_a_notice_hangs_long_enough_and_is_photographed(paper, words):
    """The notice itself is shown beside its report."""
    notice = record("COM-05", "2018-05-17", **NOTICE)
    found = list(notices_too_short(village(notice, paper), asked("notices_too_short")))
    assert [word in one.what for one, word in zip(found, words, strict=True)] == [True] * len(words)
    assert all([paper.form_id for paper in one.papers] == ["COM-06", "COM-05"] for one in found)


def test_photos_glued_on_paper_are_photos():
    """Of a report that was scanned; a notice without report tells its own days."""
    bare = report("2018年5月24日", photo_near="", photo_far="")
    glued = scan("COM-06", looks=BARE, case_no="GS-103200-2018-0001")
    assert list(notices_too_short(village(bare, glued), asked("notices_too_short"))) == []
    days = {"pub_start": "2018年5月17日", "pub_end": "2018年5月20日"}
    alone = scan("COM-05", "2018-05-17", **NOTICE, **days)
    ((_, what),) = told(notices_too_short(village(alone), asked("notices_too_short")))
    assert "只有 3 天" in what


def test_a_notice_tells_no_numbers_and_no_child():
    """Who may not see children's papers is not told of this doubt."""
    child = record("ET-01", "2018-05-07", id_no="610927201207110068", name="测试小梅")
    notice = record("GS-03", "2018-05-17", [{"name": "测试小梅"}, {"name": "测试甲"}], **NOTICE,
                    leaks="个人号码：6109270000；病名：癌")  # fmt: skip
    clean = record("GS-03", "2018-05-18", [{"name": "测试甲"}], case_no="DB-103200-2018-0006")
    here = village(child, notice, clean)
    (one,) = notices_tell_too_much(here, asked("notices_tell_too_much"))
    assert "不得公示的内容：个人号码、病名、儿童的姓名" in one.what
    assert one.dossier == "ET"
    assert kind_of("公示的姓名", "测试小梅") == "儿童的姓名"


@pytest.mark.parametrize(
    ("n", "fixed", "count"), [("3", "", 0), ("4", "", 1), ("4", "2018年7月9日", 0)]
)
def test_three_levels_are_one(n, fixed, count):
    """What was mended is no doubt; other villages' rows are theirs."""
    row = {"village": "旧城村", "fixed": fixed, "v_hh": "2", "v_n": n, "v_a": "600.00"}
    row |= {f"{level}_{slug}": value for level in "ct"
            for slug, value in (("hh", "2"), ("n", "3"), ("a", "600.00"))}  # fmt: skip
    other = row | {"village": "红星村", "v_n": "9"}
    sheet = record(
        "GS-09", "2018-06-30", [row, other], village="", scheme="低保", month="2018年6月"
    )
    found = told(levels_differ(village(sheet), asked("levels_differ")))
    assert len(found) == count
    assert not found or "县2户3人600元" in found[0][1]


@pytest.mark.parametrize(("total", "count"), [("3", 0), ("4", 1)])
def test_a_roster_and_the_notice_of_its_month_add_up_alike(total, count):
    """Another month is another sum."""
    roster = record("DB-03", "2018-06-30", sum_hh="2", sum_person="3", sum_amount="600.00")
    notice = record("GS-01", "2018-06-20", scheme="低保", total_hh="2", total_person=total,
                    total_amount="600.00")  # fmt: skip
    later = record("GS-01", "2018-09-20", scheme="低保", total_person="9")
    found = told(levels_differ(village(roster, notice, later), asked("levels_differ")))
    assert len(found) == count
    assert not found or "花名册3人 与 公示表4人" in found[0][1]
