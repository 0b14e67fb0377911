"""What can be typed after `minzheng`."""

import importlib
import re

import pytest

from minzheng.accounts.models import Role
from minzheng.cli.office.account import ACTIONS
from minzheng.cli.parser import ACCOUNT_ACTIONS, COMMANDS, GROUPS, build_parser, translate_error
from minzheng.county.settings.all_settings import ROLES


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_run_and_is_explained(name, capsys):
    """Its module has a `run`; its help is Chinese."""
    module = importlib.import_module("minzheng.cli." + COMMANDS[name][0])
    assert callable(module.run)
    with pytest.raises(SystemExit) as stop:
        build_parser().parse_args([name, "--help"])
    assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"用法：minzheng {name}")
    assert COMMANDS[name][1] in shown
    assert "show this help" not in shown


def test_the_parser_knows_the_roles_and_actions_there_are():
    """It is built before Django knows its models."""
    assert set(ROLES) == set(Role.values)
    assert set(ACCOUNT_ACTIONS) == set(ACTIONS)


@pytest.mark.parametrize(
    ("said", "chinese"),
    [
        ("the following arguments are required: 表号", "还需要写：表号"),
        ("unrecognized arguments: -x", "不认识：-x"),
        ("argument --out: expected one argument", "--out 后面要写一个值"),
        ("argument words: expected at least one argument", "words 后面至少要写一个值"),
        (
            "argument --role: invalid choice: '县长' (choose from 'a')",
            "--role 没有 '县长' 这一种",
        ),
        ("argument --pdf: ignored explicit argument 'x'", "--pdf 后面不带值，却写了 'x'"),
        ("argument --limit: invalid int value: 'x'", "--limit 的值 'x' 不对"),
        ("argument --year: 应为四位年份", "--year：应为四位年份"),
        ("something else", "something else"),
    ],
)
def test_what_argparse_says_is_said_in_chinese(said, chinese):
    """A sentence nobody foresaw is left as it is."""
    assert translate_error(said) == chinese


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "还需要写"),
        (["fill"], "还需要写：表号"),
        (["nothing"], "没有 'nothing' 这一种"),
        (["search", "低保", "--limit", "0"], "应为 1–10000 的整数"),
        (["search", "低保", "--unmask", "x"], "事由应有 4 至 120 个字"),
        (["account", "fly"], "没有 'fly' 这一种"),
        (["serve", "--fast"], "不认识：--fast"),
    ],
)
def test_a_mistake_on_the_command_line_is_told(words, said, capsys):
    """With status 2 and where to read more."""
    with pytest.raises(SystemExit) as stop:
        build_parser().parse_args(words)
    assert stop.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("命令写得不对：")
    assert said in told
    assert "--help 看说明" in told


def test_settings_may_be_named_before_or_after_the_command():
    """Where it was named last counts; not named is none."""
    parser = build_parser()
    assert str(parser.parse_args(["--config", "a.toml", "coverage"]).config) == "a.toml"
    assert str(parser.parse_args(["coverage", "--config", "b.toml"]).config) == "b.toml"
    assert parser.parse_args(["coverage"]).config is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bacth", "ZF-01"], "没有 'bacth' 这一种，是否为 batch"),
        (["check_template", "a.docx"], "是否为 check-template"),
        (["account", "ad"], "是否为 add"),
        (["zzz"], "没有 'zzz' 这一种。"),
    ],
)
def test_a_mistyped_word_is_told_with_the_nearest(words, said, capsys):
    """Where one is near."""
    with pytest.raises(SystemExit):
        build_parser().parse_args(words)
    assert said in capsys.readouterr().err


def test_the_version_is_told(capsys):
    """Whoever reports a fault is asked for it."""
    with pytest.raises(SystemExit) as stop:
        build_parser().parse_args(["--version"])
    assert stop.value.code == 0
    assert re.fullmatch(r"minzheng \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_the_help_lists_every_command_once_below_its_group(capsys):
    """Whoever looks for a command looks for what it does."""
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(COMMANDS)
    with pytest.raises(SystemExit):
        build_parser().parse_args(["--help"])
    shown = capsys.readouterr().out
    told = [line.split()[0] for line in shown[shown.index("命令:") :].splitlines() if line.strip()]
    wanted = [one for heading, names in GROUPS.items() for one in (heading, *names)]
    assert [one for one in told if one in wanted] == wanted
