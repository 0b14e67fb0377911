"""The log of what people did: append-only, chained, and proved whole."""

import datetime as dt
import hashlib
import hmac
import importlib
import json
import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from minzheng.accounts.audit_log import Action, AuditLog, Deed, Verdict, entries_of
from minzheng.accounts.models import AppendOnlyError, AuditEntry, AuditHead

pytestmark = pytest.mark.django_db

TABLE = AuditEntry._meta.db_table


@pytest.fixture
def log(tmp_path, django_capture_on_commit_callbacks):
    """A log with five entries."""
    kept = AuditLog(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            kept.record(deed(f"文件 {number}"))
    return kept


def deed(what: str) -> Deed:
    return Deed("zhang", "检查人员", "127.0.0.1", Action.VIEW, what)


def shorten(count: int = 1) -> None:
    """The newest entries gone, as somebody does it who has the database."""
    by_force(f"DELETE FROM {TABLE} WHERE number > (SELECT MAX(number) FROM {TABLE}) - {count}")


def by_force(statement: str) -> None:
    """As somebody would who has the database itself: without our triggers."""
    with connection.cursor() as cursor:
        of_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS audit_entry_unchanged{of_table}")
        cursor.execute(f"DROP TRIGGER IF EXISTS audit_entry_kept{of_table}")
        cursor.execute(statement)


def test_an_untouched_log_is_whole(log):
    """Every entry is counted, none complained of."""
    assert log.verify().count == 5
    assert log.verify().problems == ()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"UPDATE {TABLE} SET what = '别的' WHERE number = 3", "第 3 条被改动"),
        (f"UPDATE {TABLE} SET person = 'li' WHERE number = 5", "第 5 条被改动"),
        (f"DELETE FROM {TABLE} WHERE number = 2", "第 2 至 2 条被删除"),
        (f"DELETE FROM {TABLE} WHERE number = 1", "第 1 至 1 条被删除"),
        (f"DELETE FROM {TABLE} WHERE number >= 4", "末尾被截去：应有第 5 条，现到第 3 条"),
        (f"DELETE FROM {TABLE}", "末尾被截去：应有第 5 条，现到第 0 条"),
    ],
)
def test_a_change_a_gap_and_a_cut_end_show(log, statement, said):
    """Whoever has the database cannot hide what was done."""
    by_force(statement)
    assert any(said in problem for problem in log.verify().problems)


def test_a_cut_end_still_shows_after_new_entries(log, django_capture_on_commit_callbacks):
    """The next entry does not close the gap."""
    by_force(f"DELETE FROM {TABLE} WHERE number >= 4")
    with django_capture_on_commit_callbacks(execute=True):
        log.record(deed("后来"))
    assert "第 4 至 5 条被删除。" in log.verify().problems


def test_a_lost_or_forged_head_shows(log, tmp_path):
    """The file that keeps the end cannot be taken away or written anew."""
    file = tmp_path / "audit_head.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"last": 5', '"last": 3'), encoding="utf-8")
    assert "audit_head.json" in log.verify().problems[0]
    file.unlink()
    assert "audit_head.json" in log.verify().problems[0]


HEAD_ROW = f"DELETE FROM {AuditHead._meta.db_table}"


@pytest.mark.parametrize("after", [0, 3], ids=["at once", "after new entries"])
@pytest.mark.parametrize(
    "take",
    [
        lambda file: file.unlink(),
        lambda file: (file.unlink(), by_force(HEAD_ROW)),
        lambda file: by_force(HEAD_ROW),
        lambda file: (shorten(2), file.unlink()),
        lambda file: (shorten(2), by_force(HEAD_ROW)),
        lambda file: (shorten(2), file.unlink(), by_force(HEAD_ROW)),
        lambda file: (shorten(5), file.unlink(), by_force(HEAD_ROW)),
        lambda file: (shorten(5), file.write_text("{}"), by_force(HEAD_ROW)),
    ],
)
def test_a_head_taken_away_is_said_for_ever(
    log, tmp_path, django_capture_on_commit_callbacks, take, after
):
    """Whoever cuts the end and takes the heads away is seen, also when the log goes on."""
    take(tmp_path / "audit_head.json")
    for number in range(after):
        with django_capture_on_commit_callbacks(execute=True):
            AuditLog(tmp_path).record(deed(f"后来 {number}"))
    assert AuditLog(tmp_path).verify().problems != ()
    assert not log.look_at_end().is_whole or after


def test_a_kill_between_row_and_file_is_no_damage(log, django_capture_on_commit_callbacks):
    """The file may be one entry behind; the row is committed with the entry."""
    with django_capture_on_commit_callbacks(execute=False):
        log.record(deed("断电"))
    assert log.verify().problems == ()
    with django_capture_on_commit_callbacks(execute=True):
        log.record(deed("再开机"))
    assert log.verify() == Verdict(7, ())


def test_a_first_deed_that_was_rolled_back_is_no_damage(tmp_path):
    """A full disk at the first start leaves a key and an empty head, no alarm."""
    log = AuditLog(tmp_path)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        log.record(deed("没成"))
        raise ZeroDivisionError
    assert AuditLog(tmp_path).verify() == Verdict(0, ())


def test_the_log_of_the_version_before_goes_on(log, tmp_path, django_capture_on_commit_callbacks):
    """Its head is a file only, sealed without a row."""
    file = tmp_path / "audit_head.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    key = (tmp_path / "audit_key").read_bytes()
    seal = hmac.new(key, json.dumps(kept["head"]).encode(), hashlib.sha256).hexdigest()
    file.write_text(json.dumps({"head": kept["head"], "seal": seal}), encoding="utf-8")
    by_force(HEAD_ROW)
    assert log.verify() == Verdict(5, ())
    with django_capture_on_commit_callbacks(execute=True):
        log.record(deed("升级后"))
    assert log.verify() == Verdict(6, ())
    assert AuditHead.objects.count() == 1


def test_a_folder_put_back_shows_against_a_line_kept_outside(
    log, tmp_path, django_capture_on_commit_callbacks
):
    """Rows, heads and key all old: only what was printed tells."""
    old = AuditHead.objects.get().kept, (tmp_path / "audit_head.json").read_text()
    with django_capture_on_commit_callbacks(execute=True):
        log.record(deed("事后"))
    line = log.line()
    assert log.check_line(line) == ""
    shorten()
    AuditHead.objects.update(kept=old[0])
    (tmp_path / "audit_head.json").write_text(old[1])
    assert log.verify().problems == ()
    assert "现在没有" in log.check_line(line)
    with django_capture_on_commit_callbacks(execute=True):
        log.record(deed("另一件"))
    assert "不同" in log.check_line(line)


@pytest.mark.parametrize("line", ["", "abc", "5", "5 2026", "5 2026-11-28 17:30 XYZ", "٥ a"])
def test_a_line_that_is_none_says_how_one_looks(log, line):
    """People type it from paper."""
    assert "留存行" in log.check_line(line)


def test_entries_whose_time_ran_out_leave_their_line_right(log, django_capture_on_commit_callbacks):
    """What the law lets go is no loss."""
    line, later = log.line(), timezone.now() + dt.timedelta(days=400)
    with django_capture_on_commit_callbacks(execute=True):
        log.record(deed("一年以后"), now=later)
    by_force("SELECT 1")  # the database's clock cannot be put on a year
    with django_capture_on_commit_callbacks(execute=True):
        log.expire(12, now=later)
    assert log.check_line(line) == ""


def test_entries_are_neither_changed_nor_deleted(log):
    """Not by the model, not by a query set, not by SQL."""
    entry = AuditEntry.objects.first()
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(what=""),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()
    for statement in (f"UPDATE {TABLE} SET what = ''", f"DELETE FROM {TABLE}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert log.verify().problems == ()


def test_numbers_of_people_are_not_kept(log):
    """What was searched stands there masked."""
    log.record(deed("查“11010519491231002X”"))
    assert AuditEntry.objects.first().what == "查“110105********002X”"


def test_halves_of_characters_do_not_stop_the_log(log):
    """A path may hold what no database keeps."""
    log.record(deed("坏\udce5名\0"))
    assert AuditEntry.objects.first().what == "坏?名"


def test_only_what_is_old_enough_goes(log, django_capture_on_commit_callbacks):
    """What is left is still proved whole; the first entries are known to have gone rightly."""
    later = timezone.now() + dt.timedelta(days=400)
    with django_capture_on_commit_callbacks(execute=True):
        log.record(deed("一年以后"), now=later)
    assert log.expire(12) == 0
    by_force("SELECT 1")  # the database's clock cannot be put on a year
    with django_capture_on_commit_callbacks(execute=True):
        assert log.expire(12, now=later) == 5
    assert log.verify().count == 1
    assert log.verify().problems == ()


def test_the_database_does_not_lose_a_young_entry(log):
    """Even the program's own command cannot, whatever clock it is told."""
    later = timezone.now() + dt.timedelta(days=400)
    with pytest.raises(DatabaseError), transaction.atomic():
        log.expire(12, now=later)
    assert AuditEntry.objects.count() == 5


@pytest.fixture
def emptied_afterwards(transactional_db):
    """The entries of a test that commits go with it, which the database would refuse."""
    yield
    if connection.vendor == "sqlite":
        by_force(f"DELETE FROM {TABLE}")
        guards = importlib.import_module("minzheng.accounts.migrations.0002_rights_tokens_audit")
        for statement in guards.SQLITE:
            with connection.cursor() as cursor:
                cursor.execute(statement)


@pytest.mark.usefixtures("emptied_afterwards")
@pytest.mark.django_db(transaction=True)
def test_eight_who_write_at_once_make_one_chain(tmp_path):
    """Every entry is there, in one order, from the first of a new log on."""
    logs = [AuditLog(tmp_path) for _ in range(8)]
    failures: list[Exception] = []

    def write(own: AuditLog) -> None:
        try:
            for number in range(13):
                own.record(deed(f"第 {number} 件"))
                if not own.look_at_end().is_whole:
                    failures.append(AssertionError("its end was not whole"))
        except Exception as error:  # noqa: BLE001  # it is what is asked for
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(own,)) for own in logs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
    assert AuditLog(tmp_path).verify() == Verdict(104, ())


@pytest.fixture
def of_counties(log, django_capture_on_commit_callbacks):
    """The same log, with entries of two counties behind."""
    with django_capture_on_commit_callbacks(execute=True):
        for county in ("平利县·", "镇坪县·", "平利县·"):
            log.record(Deed("li", "县级经办", "", Action.VIEW, "看", county=county))
    return log


def test_a_county_has_its_own_entries_of_one_chain(of_counties):
    """All stand in one row of seals; those of none stay with the whole."""
    assert of_counties.verify() == Verdict(8, ())
    assert [one.number for one in entries_of("平利县·").order_by("number")] == [6, 8]
    assert entries_of("").count() == entries_of("·").count() == 8
    assert of_counties.look_at_end("镇坪县·").count == 1
    assert of_counties.look_at_end("镇坪县·").is_whole
    assert of_counties.look_at_end("紫阳县·").at is None
    assert of_counties.line("镇坪县·").startswith("7 ")
    assert of_counties.check_line(of_counties.line("镇坪县·")) == ""


@pytest.mark.parametrize("county", ["", "镇坪县·"])
def test_an_entry_does_not_change_its_county(of_counties, county):
    """It is sealed with the rest, and so is that there is none."""
    by_force(f"UPDATE {TABLE} SET county = '{county}' WHERE number = 6")
    assert of_counties.verify().problems == ("第 6 条被改动。",)
    assert not of_counties.check_line(of_counties.line("平利县·"))


def test_entries_of_before_there_were_counties_are_sealed_as_then(log):
    """An old log, and one of an office of one county, is whole by the seals it has."""
    entry = AuditEntry.objects.get(number=2)
    told = [
        entry.number, entry.at.astimezone(dt.UTC).isoformat(), entry.person, entry.role,
        entry.address, entry.action, entry.what, entry.result, entry.previous,
    ]  # fmt: skip
    assert entry.digest == log._sign(json.dumps(told, ensure_ascii=False))


def test_the_county_comes_into_an_old_log_without_losing_its_guards():
    """The table is not written anew: entries and triggers stay, and both ways can be gone."""
    migration = importlib.import_module("minzheng.accounts.migrations.0015_county_of_entries")
    (added,) = migration.Migration.operations[0].database_operations
    AuditEntry.objects.create(
        number=1, at=timezone.now(), person="li", role="", address="", action="查看",
        what="旧的", result="成功", previous="", digest="d",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(added.reverse_sql)
        cursor.execute(added.sql)
    assert AuditEntry.objects.get().county == ""
    for statement in (f"UPDATE {TABLE} SET county = 'x'", f"DELETE FROM {TABLE}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
