"""`minzheng audit-verify` and `audit-expire`."""

import datetime as dt
from argparse import Namespace

import pytest

from minzheng.accounts.audit_log import Action, AuditLog, Deed
from minzheng.accounts.models import AuditEntry
from minzheng.cli.office.audit import run
from minzheng.county.settings.all_settings import Config
from tests.accounts.test_audit_log import TABLE, by_force

pytestmark = pytest.mark.django_db
OLD = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def call(tmp_path, django_capture_on_commit_callbacks):
    """The command on a log of two old entries and a new one."""
    config = Config(tmp_path / "config.toml", tmp_path / "archive", tmp_path)
    log = AuditLog(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        for number, at in enumerate((OLD, OLD, None)):
            log.record(Deed("zhang", "", "本机", Action.VIEW, f"第{number}件"), at)

    def run_it(command: str) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return run(Namespace(command=command, line=[]), config)

    return run_it


def test_a_whole_log_is_said_to_be_whole(call, capsys):
    """With how many entries were compared."""
    assert call("audit-verify") == 0
    assert "逐条核对了 3 条" in capsys.readouterr().out


def test_what_is_older_than_the_settings_ask_goes(call, capsys):
    """And that is written down, too."""
    assert call("audit-expire") == 0
    assert "已清理 2 条；12 个月以内的全部保留" in capsys.readouterr().out
    kept = list(AuditEntry.objects.order_by("number").values_list("what", flat=True))
    assert kept == ["第2件", "清理 12 个月以前的审计记录 2 条"]


def test_a_log_that_was_touched_is_told_and_not_cleared(call, capsys):
    """What is left of it is evidence."""
    by_force(f"UPDATE {TABLE} SET what = '别的' WHERE number = 2")
    assert call("audit-verify") == 1
    told = capsys.readouterr().out
    assert "第 2 条被改动" in told
    assert "保留数据库和数据文件夹原状" in told
    assert call("audit-expire") == 1
    assert "不能清理" in capsys.readouterr().out
    assert AuditEntry.objects.count() == 3
