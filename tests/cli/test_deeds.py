"""What is done from the machine itself is written down."""

import getpass

import pytest

from minzheng.accounts.audit_log import Action, AuditLog
from minzheng.accounts.models import AuditEntry
from minzheng.cli import deeds
from minzheng.cli.deeds import write_down
from minzheng.county.settings.all_settings import Config

pytestmark = pytest.mark.django_db


def test_a_deed_stands_under_the_machines_user(tmp_path, django_capture_on_commit_callbacks):
    """In the same log as the pages'; numbers masked, codes of villages legible."""
    config = Config(tmp_path / "config.toml", tmp_path / "archive", tmp_path)
    what = "查“11010519491231002X”，610927103200_旧城村"
    with django_capture_on_commit_callbacks(execute=True):
        write_down(config, Action.SEARCH, what, "未成")
    entry = AuditEntry.objects.get()
    assert entry.person == f"命令行 {getpass.getuser()}"
    assert (entry.address, entry.action, entry.result) == ("本机", Action.SEARCH, "未成")
    assert entry.what == "查“110105********002X”，610927103200_旧城村"
    assert AuditLog(tmp_path).verify().problems == ()


@pytest.mark.parametrize("trouble", [ImportError, KeyError, OSError])
def test_a_user_without_a_name_can_do_deeds(monkeypatch, trouble):
    """A service of Windows, a number without a name in a container."""

    def refuse():
        raise trouble

    monkeypatch.setattr(deeds.getpass, "getuser", refuse)
    assert deeds.machine_user() == "命令行"
