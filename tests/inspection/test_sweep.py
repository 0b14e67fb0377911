"""The checks over the fixture village, again and again."""

import datetime as dt
import threading

import pytest

from archive_indexer.models import ArchivedFile, Content
from archive_indexer.stores.contents import content_of, keep_content
from filler.models import Issued
from minzheng.inspection import sweep
from minzheng.inspection.finding_store import Said, has_changed, say
from minzheng.inspection.models import Finding, ReadPaper, ReadPerson, Sweep
from minzheng.inspection.sweep import Office, bring_up_to_date, how_far
from tests.inspection.made.fixture_village import CLEAN, DEAD, EXPECTED, TODAY, WRONG, lay_village
from tests.inspection.made.laid_papers import Desk, catalogue, county

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 7, 5, 9, tzinfo=dt.UTC)


def office(today: dt.date = TODAY) -> Office:
    return Office(county(), catalogue(), today, NOW)


def _whose(one: Finding, notices: dict[str, str]) -> str:
    """Whose household a doubt is of: by its name, its notice, the names on its papers."""
    said = [value for paper in one.papers for _, value in paper["says"]]
    numbers = {paper["case_no"] for paper in one.papers} | set(said)
    of_notice = [name for name, number in notices.items() if number in numbers]
    named = [name for name in EXPECTED if name == one.about or name in said]
    return (named or of_notice or [one.about])[0]


def test_the_fixture_village_and_what_becomes_of_its_doubts(tmp_path):
    """Ten households, nine doubts: each its rule, the clean one silent; states stay."""
    desk = Desk(tmp_path, TODAY)
    notices = lay_village(desk)
    swept = bring_up_to_date(office())
    found = {_whose(one, notices): one.check_id for one in Finding.objects.all()}
    assert found == EXPECTED
    assert Finding.objects.count() == len(EXPECTED)
    assert CLEAN.name not in "".join(one.what + one.about for one in Finding.objects.all())
    assert swept.is_whole and how_far(office()).waiting == 0
    _every_doubt_can_be_verified()
    _states_survive_all_that_is_read_again(desk)


def _every_doubt_can_be_verified():
    for one in Finding.objects.all():
        assert one.what.endswith("请核实")
        assert one.papers and all(paper["says"] for paper in one.papers)
        assert (one.town, one.village) == ("钟宝镇", "旧城村")
        assert one.state == "待核实"


def _states_survive_all_that_is_read_again(desk: Desk):
    dead = Finding.objects.get(check_id="paid_after_death")
    say(dead, Said("属实", "到村核实，5月19日去世"), "核实人", NOW)
    keys = set(Finding.objects.values_list("key", flat=True))
    # Read again by newer rules: other numbers, the same words.
    for content in Content.objects.all():
        read = content_of(content.pk)
        keep_content(content.pk, read)
    assert how_far(office()).waiting == ArchivedFile.objects.count()
    bring_up_to_date(office())
    assert set(Finding.objects.values_list("key", flat=True)) == keys
    # All that was read is thrown away, as after a restore without it.
    ReadPerson.objects.all().delete()
    ReadPaper.objects.all().delete()
    Sweep.objects.all().delete()
    bring_up_to_date(office())
    dead.refresh_from_db()
    assert set(Finding.objects.values_list("key", flat=True)) == keys
    assert (dead.state, dead.verdicts.get().by) == ("属实", "核实人")
    assert not has_changed(dead)
    _a_changed_paper_is_told(desk, dead)


def _a_changed_paper_is_told(desk: Desk, dead: Finding):
    text = f"2018年7月花名册\n1 {DEAD.name} {DEAD.id_no} 1 1 B类 195.00\n"
    desk.file("DB-03", text, title="2018年7月发放花名册", case_no="DB-103200-2018-0078")
    assert how_far(office()).waiting == 1
    bring_up_to_date(office())
    dead.refresh_from_db()
    assert "2018年6月、2018年7月" in dead.what
    assert has_changed(dead) and dead.state == "属实"
    # Papers taken away: what was verified stays and says so, what was not is gone.
    ArchivedFile.objects.filter(form_id__in=("DB-03", "GS-01")).update(present=False)
    Issued.objects.filter(form_id="DB-03").update(stopped_at=NOW)
    bring_up_to_date(office())
    dead.refresh_from_db()
    assert dead.gone_at is not None and dead.state == "属实"
    assert not Finding.objects.filter(about=WRONG.name, check_id="amounts_differ").exists()


def test_a_correction_takes_the_place_of_what_it_corrects(tmp_path):
    """Only the newest edition is read; what waits for a hand is not."""
    desk = Desk(tmp_path, TODAY)
    first = desk.issue("BZ-01")
    bring_up_to_date(office())
    assert list(ReadPaper.objects.values_list("issued", flat=True)) == [first.pk]
    second = desk.issue("BZ-01", note="再次登记。")
    Issued.objects.filter(pk=second.pk).update(corrects=first.pk, edition=2)
    waiting = desk.issue("GL-03")
    Issued.objects.filter(pk=waiting.pk).update(waits_for="t")
    bring_up_to_date(office())
    assert list(ReadPaper.objects.values_list("issued", flat=True)) == [second.pk]


def test_a_large_heap_is_left_to_whoever_has_time(tmp_path):
    """A page that is waited for reads so many and no more."""
    desk = Desk(tmp_path, TODAY)
    for _ in range(3):
        desk.file("DB-01", "姓名 测试甲 ")
    left = bring_up_to_date(office(), most=2)
    assert (left.waiting, left.is_whole) == (3, False)
    assert not ReadPaper.objects.exists()
    assert bring_up_to_date(office(), most=3).is_whole


def test_a_sweep_that_was_stopped_is_made_up_for(tmp_path, monkeypatch):
    """Papers that were read and not looked at are found by the next one."""
    desk = Desk(tmp_path, TODAY)
    bring_up_to_date(office())
    desk.file("BZ-01", f"姓名 测试甲 身份证号 {DEAD.id_no}\n死亡日期 2018年5月5日")
    desk.file("DB-03", f"2018年6月花名册\n1 测试甲 {DEAD.id_no} 245.00")
    with monkeypatch.context() as stopped:
        stopped.setattr(sweep, "keep_found", lambda found, now: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring_up_to_date(office())
    assert ReadPaper.objects.count() == 2 and not how_far(office()).is_whole
    assert bring_up_to_date(office()).is_whole
    assert Finding.objects.filter(check_id="paid_after_death").exists()


def test_a_page_does_not_wait_for_a_sweep_under_way(monkeypatch):
    """It shows what there is, and says that more is coming."""
    busy = threading.Lock()
    monkeypatch.setattr(sweep, "_one_at_a_time", busy)
    with busy:
        assert not bring_up_to_date(office(), most=300).is_whole
    assert bring_up_to_date(office(), most=300).is_whole


def test_another_day_looks_at_all_again(tmp_path):
    """Terms end by themselves: nothing new came, and a notice is too old now."""
    desk = Desk(tmp_path, TODAY)
    notice = desk.issue("COM-05", pub_start="2018-06-20")
    bring_up_to_date(office())
    assert not Finding.objects.filter(check_id="notices_without_seal").exists()
    bring_up_to_date(office(dt.date(2018, 7, 30)))
    (one,) = Finding.objects.filter(check_id="notices_without_seal")
    assert one.case_no == notice.case_no
