"""What keepers decide on papers."""

import threading
from dataclasses import replace

import pytest
from django.db import connections

from archive_indexer.models import ArchivedFile, Correction
from minzheng.inbox import decisions
from minzheng.inbox.decisions import check_place, place_of
from minzheng.inbox.models import LaidFile, Paper
from tests.inbox.conftest import (
    BLANK,
    CASE,
    OTHER_CASE,
    coded,
    confirm_all,
    knowledge,
    numbers,
    original,
    plain,
    remarks,
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def known(desk):
    return knowledge()


def test_of_two_keepers_at_once_one_confirms(desk, known):
    """The other reads who was first; one copy is laid."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = desk.run()
    answers, start = [], threading.Barrier(2)

    def confirm(who):
        seen = Paper.objects.get(pk=paper.pk)
        start.wait()
        answers.append(decisions.confirm(seen, seen.version, who, known))
        connections.close_all()

    threads = [threading.Thread(target=confirm, args=(who,)) for who in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, answers)) == [0, 1]
    winner = Paper.objects.get().decided_by
    assert f"刚由 {winner} 处理为“已确认”" in str(max(answers, key=len)[0])
    desk.run()
    assert len(desk.in_archive()) == 1


def test_what_somebody_else_changed_must_be_seen_first(desk, known):
    """Nothing is decided on what is not there any more."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = desk.run()
    place = replace(place_of(paper), title="另一个题名")
    assert decisions.change_place(paper, 0, place) is None
    assert "刚被别人改过" in str(decisions.confirm(paper, 0, "乙", known)[0])
    assert "刚被别人改过" in str(decisions.refuse(paper, 0, "乙", "重复扫描"))


def test_a_changed_place_counts_and_says_who_said_it(desk, known):
    """The copy lies where the keeper said; slashes and dots do no harm."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = desk.run()
    place = replace(
        place_of(paper), village="民主村", dossier="TK", year="2019", title="../../协议:测试甲"
    )
    assert decisions.change_place(paper, 0, place) is None
    assert paper.guesses["dossier"]["because"] == "由经办人填写"
    assert decisions.confirm(paper, paper.version, "cunji", known) == []
    desk.run()
    (path,) = desk.in_archive()
    assert path.endswith("_钟宝镇_民主村/02_特困供养/2019/0001_协议 测试甲.pdf")


def test_what_a_keeper_said_holds_in_the_archive(desk, known):
    """Over our code, which says another village: the keeper saw the page."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = desk.run()
    place = replace(place_of(paper), village="民主村", year="2019")
    decisions.change_place(paper, 0, place)
    decisions.confirm(paper, paper.version, "cunji", known)
    desk.run()
    desk.index()
    filed = ArchivedFile.objects.get()
    assert (filed.village, filed.year, filed.dossier) == ("民主村", "2019", "DB")
    assert "cunji" in filed.filing["village"]["because"]
    assert Correction.objects.filter(field="dossier").exists() is False


def test_an_incomplete_place_is_refused_with_every_mistake(desk, known):
    """Each names what is missing and what to do."""
    desk.pdf("a.pdf", plain("收据"))
    (paper,) = desk.run()
    paper.title, paper.year = " .. ", "去年"
    problems = check_place(place_of(paper), known)
    assert [one.field for one in problems] == ["village", "dossier", "year", "title"]
    assert decisions.confirm(paper, 0, "cunji", known) != []
    assert Paper.objects.get().state == "待确认"


def test_a_paper_is_split_and_joined_again(desk, known):
    """Each half has its own suggestion; joined, the pages stand as before."""
    desk.pdf("a.pdf", coded("DB-01"), plain("残疾证复印件 2017年3月1日"), plain("第三页"))
    (paper,) = desk.run()
    assert decisions.split(paper, 0, 2, known) is None
    first, second = Paper.objects.order_by("pk")
    assert (numbers(first), numbers(second)) == ([1], [2, 3])
    assert (second.village, second.year) == ("旧城村", "2017")
    assert decisions.join(second, second.version, first) is None
    (joined,) = Paper.objects.all()
    assert numbers(joined) == [1, 2, 3]
    assert "前面没有别的页" in str(decisions.split(joined, joined.version, 1, known))


def test_a_torn_paper_joined_adds_up_again(desk, known):
    """The remark on the missing page goes when the page is there."""
    desk.pdf("a.pdf", coded("DB-02", page=1, of=2), coded("DB-01"), coded("DB-02", page=2, of=2))
    first, _, last = desk.run()
    assert "缺第 2 页" in remarks(first)
    assert decisions.join(last, 0, first) is None
    assert "缺第 2 页" not in remarks(Paper.objects.get(pk=first.pk))


def test_pages_are_put_in_order_left_out_and_taken_in(desk, known):
    """The file in the archive has just these pages, so ordered."""
    desk.pdf("a.pdf", coded("DB-02", page=2, of=2), coded("DB-02", page=1, of=2), BLANK, plain("x"))
    (paper,) = desk.run()
    scan = original()
    assert decisions.left_out(paper) == [(scan, 3)]
    order = {(scan.pk, 2): 1, (scan.pk, 1): 2, (scan.pk, 3): 9, (scan.pk + 7, 1): 3}
    assert decisions.reorder(paper, 0, order) is None
    assert numbers(paper) == [2, 1, 3]
    assert "先后不对" not in remarks(paper)
    assert decisions.left_out(paper) == [(scan, 4)]
    same = decisions.reorder(paper, 1, {(scan.pk, 2): 1, (scan.pk, 1): 1})
    assert "序号相同" in str(same)
    confirm_all()
    desk.run()
    assert LaidFile.objects.get().pages == [2, 1, 3]


def test_a_refusal_needs_a_reason_and_can_be_taken_back(desk, known):
    """While another paper of the scan still waits."""
    desk.pdf("a.pdf", coded("DB-01"), coded("DB-01", OTHER_CASE))
    paper = desk.run()[0]
    assert "没有写" in str(decisions.refuse(paper, 0, "cunji", " "))
    assert decisions.refuse(paper, 0, "cunji", "重复扫描") is None
    assert (paper.state, paper.reason, paper.decided_by) == ("不归档", "重复扫描", "cunji")
    assert decisions.take_back(paper, paper.version) is None
    assert Paper.objects.get(pk=paper.pk).state == "待确认"


def test_what_is_laid_cannot_be_taken_back(desk, known):
    """The archive is not changed by a click."""
    desk.pdf("a.pdf", coded("DB-01"))
    desk.run()
    confirm_all()
    (paper,) = desk.run()
    assert "不能撤回" in str(decisions.take_back(paper, paper.version))
    assert paper.case_no == CASE
