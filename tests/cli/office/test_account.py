"""Accounts and the audit log from the machine itself."""

import re
from argparse import Namespace

import pytest
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from minzheng.accounts.keeping import last_factor_end, last_reset
from minzheng.accounts.models import ApiToken, AuditEntry, Grant, Person, Role
from minzheng.accounts.second_factor import confirm, is_on
from minzheng.accounts.tokens import issue_token, person_of
from minzheng.cli.deeds import machine_user
from minzheng.cli.main import main
from minzheng.cli.office import account, audit
from minzheng.cli.parser import ACCOUNT_ACTIONS, build_parser
from minzheng.county.errors import MinzhengError
from minzheng.web.gate.office import config
from tests.accounts.phone import code_at

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    return account.run(build_parser().parse_args(["account", *words]), config())


def test_every_action_is_there():
    """The parser's list and the command's are one."""
    assert set(ACCOUNT_ACTIONS) == set(account.ACTIONS)


def test_an_account_is_made_listed_and_disabled(capsys):
    """With a password that keeps the rules and must be changed."""
    run("add", "liulan", "--role", "村级专管员", "--town", "钟宝镇", "--village", "旧城村")
    password = re.search(r"第一个密码：(\S+)", capsys.readouterr().out)[1]
    validate_password(password)
    person = Person.objects.get(username="liulan")
    assert person.check_password(password)
    assert person.must_change_password
    assert not person.withheld_dossiers
    run("list")
    assert "liulan" in capsys.readouterr().out
    run("disable", "liulan")
    assert not Person.objects.get(username="liulan").is_active
    told = list(AuditEntry.objects.order_by("number").values_list("what", flat=True))
    assert told == ["新建账号 liulan 村级专管员 钟宝镇旧城村", "停用账号 liulan"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "a"), "--role"),
        (("add", "a", "--role", "镇级经办"), "没有写镇"),
        (("add", "a", "--role", "镇级经办", "--town", "钟宝"), "写镇的全称"),
        (
            ("add", "a", "--role", "村级专管员", "--town", "城关镇", "--village", "旧城村"),
            "城关镇没有“旧城村”",
        ),
        (("add", "a", "--role", "检查人员", "--apart", "ET,XX"), "XX"),
        (("unlock", "nobody"), "没有账号 nobody"),
        (("disable",), "要写用户名"),
    ],
)
def test_a_mistake_is_explained(words, said):
    """And nothing is changed."""
    with pytest.raises(MinzhengError, match=said):
        run(*words)
    assert not Person.objects.exists()


def test_the_last_administrator_is_not_disabled():
    """Somebody must be able to mend it."""
    Person.objects.create_user("guanli", role=Role.ADMINISTRATOR)
    with pytest.raises(MinzhengError, match="最后一个"):
        run("disable", "guanli")


def test_keys_are_made_by_their_owner_alone(capsys):
    """The machine says where, with the options of before, too; it ends those there are."""
    person = Person.objects.create_user("platform")
    with pytest.raises(MinzhengError, match="本人登录网页"):
        run("token", "platform", "--name", "政务平台", "--days", "30")
    assert not ApiToken.objects.exists()
    key = issue_token(person, purpose="政务平台", days=30, issued_by="platform")
    run("revoke-tokens", "platform")
    assert person_of(key) is None


def test_what_is_done_on_the_machine_holds_and_is_told_to_the_auditor(capsys):
    """Somebody must be able to get in when nobody is there to agree."""
    run("add", "shenji", "--role", "审计员", "--name", "测试审")
    run("reset-password", "shenji")
    password = re.search(r"新密码：(\S+)", capsys.readouterr().out)[1]
    person = Person.objects.get()
    assert person.check_password(password)
    told = [(one.kind, one.is_waiting, one.asked_by) for one in Grant.objects.order_by("pk")]
    by = machine_user()
    assert told == [("新建账号", False, by), ("重设密码", False, by)]
    assert last_reset(person).by == by


def test_a_lost_phone_is_forgotten_on_the_machine(capsys):
    """An auditor's, too; without one that is said."""
    run("add", "shenji", "--role", "审计员", "--name", "测试审")
    person, now = Person.objects.get(), timezone.now()
    with pytest.raises(MinzhengError, match="没有启用手机验证码"):
        run("end-code", "shenji")
    confirm(person, code_at(person, now), now)
    run("end-code", "shenji")
    assert not is_on(person)
    assert "下次登录只要密码" in capsys.readouterr().out
    assert last_factor_end(person).by == machine_user()


def test_the_log_is_verified_by_a_command(capsys, tmp_path, django_capture_on_commit_callbacks):
    """Whole: 0. Tampered with: 1, and what was done."""
    folder = Namespace(data_folder=tmp_path, audit_months=12)
    with django_capture_on_commit_callbacks(execute=True):
        Person.objects.create_user("platform")
        account.run(build_parser().parse_args(["account", "unlock", "platform"]), folder)
    assert audit.run(Namespace(command="audit-verify", line=[]), folder) == 0
    assert audit.run(Namespace(command="audit-expire"), folder) == 0
    assert "已清理 0 条" in capsys.readouterr().out
    (tmp_path / "audit_head.json").write_text("{}", encoding="utf-8")
    assert audit.run(Namespace(command="audit-verify", line=[]), folder) == 1
    assert audit.run(Namespace(command="audit-expire"), folder) == 1
    assert "audit_head.json" in capsys.readouterr().out


def test_a_line_kept_on_paper_is_held_against_the_log(
    capsys, tmp_path, django_capture_on_commit_callbacks
):
    """The command prints it, and takes it back later."""
    folder = Namespace(data_folder=tmp_path, audit_months=12)
    with django_capture_on_commit_callbacks(execute=True):
        Person.objects.create_user("platform")
        account.run(build_parser().parse_args(["account", "unlock", "platform"]), folder)
    assert audit.run(build_parser().parse_args(["audit-verify"]), folder) == 0
    line = capsys.readouterr().out.strip().splitlines()[-1].rpartition("：")[2]
    words = ["audit-verify", "--line", line]
    assert audit.run(build_parser().parse_args(words), folder) == 0
    words[-1] = "9" + line
    assert audit.run(build_parser().parse_args(words), folder) == 1
    assert "现在没有" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["account", "fly"], ["account", "list", "--days", "0"]])
def test_wrong_usage_is_explained(words, capsys):
    """In Chinese, status 2."""
    assert main(words) == 2
    assert "命令写得不对" in capsys.readouterr().err
