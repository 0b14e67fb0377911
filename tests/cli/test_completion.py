"""`minzheng completion`: the script, run by bash itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from minzheng.cli.completion import bash_script
from minzheng.cli.main import main
from minzheng.cli.parser import COMMANDS, build_parser


def completed(tmp_path, *words):
    """What bash offers for the last word."""
    script = tmp_path / "minzheng.bash"
    script.write_text(bash_script(build_parser()), encoding="utf-8")
    asked = (
        f'source {script}; COMP_WORDS=(minzheng "$@"); COMP_CWORD=$#; _minzheng; '
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", asked, "bash", *words], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_commands_are_completed(tmp_path):
    """All of them, or those that begin so, after options of their own too."""
    assert set(completed(tmp_path, "")) == set(COMMANDS)
    offered = completed(tmp_path, "re")
    assert sorted(offered) == ["rebuild-index", "reissue", "repair", "restore"]
    assert completed(tmp_path, "--config", "my.toml", "bat") == ["batch"]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["fill", "DB-0"], ["DB-00", "DB-01", "DB-02", "DB-03", "DB-04", "DB-05"]),
        (["fill", "--pdf", "COM-03"], ["COM-03", "COM-03S"]),
        (["roster", "ET-08"], ["ET-08"]),
        (["roster", "et-0"], [f"ET-0{at}" for at in range(9)]),
        (["check-template", "--form", "GL-06"], ["GL-06"]),
        (["fill", "--te"], ["--template-answers"]),
        (["fill", "DB-01", "--answers", "a.toml", "--o"], ["--out"]),
        (["search", "--order", ""], ["best", "date", "path"]),
        (["account", "re"], ["reset-password", "revoke-tokens"]),
        (["search", "--limit", ""], []),
        (["--ver"], ["--version"]),
    ],
)
def test_what_may_stand_there_is_offered(tmp_path, words, offered):
    """Form ids, choices, options; nothing where anything may be typed."""
    assert completed(tmp_path, *words) == offered


def test_files_are_left_to_the_shell(tmp_path):
    """Which knows names with spaces: nothing is offered in their place."""
    assert completed(tmp_path, "batch", "ZF-01", "") == []
    assert completed(tmp_path, "fill", "DB-01", "--answers", "") == []


def test_the_help_gives_the_line_that_works_from_everywhere(capsys):
    """A shell starts in the home folder: with the whole path."""
    assert main(["completion", "--help"]) == 0
    told = "".join(capsys.readouterr().out.split())
    assert f'eval"$({Path(sys.executable).with_name("minzheng")}completion)"' in told
    assert "~/.bashrc" in told


def test_the_command_prints_the_script(capsys):
    """To be evaluated, or laid where bash looks for it."""
    assert main(["completion"]) == 0
    assert capsys.readouterr().out == bash_script(build_parser())
