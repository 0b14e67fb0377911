"""`minzheng doctor`: all that a supporter would ask."""

from argparse import Namespace

import pytest

from minzheng.cli.office import doctor
from minzheng.cli.office.doctor import run
from minzheng.cli.office.examined_machine import Finding, State

FINE = Finding("程序", "minzheng 0.1.0")
NOTED = Finding("RAR 压缩包", "打不开", State.NOTE, "装 bsdtar")
WRONG = Finding("数据库", "已损坏", State.BAD, "minzheng repair")


@pytest.mark.parametrize(
    ("findings", "status", "summed"),
    [
        ([FINE], 0, "看过 1 项，都好。"),
        ([FINE, NOTED], 0, "看过 2 项，要处理 0 项，注意 1 项。"),
        ([NOTED, WRONG], 1, "看过 2 项，要处理 1 项，注意 1 项。"),
    ],
)
def test_it_ends_with_a_sum_and_a_status(findings, status, summed, monkeypatch, capsys):
    """1 when something must be mended."""
    monkeypatch.setattr(doctor, "examine_machine", lambda config: findings[:1])
    monkeypatch.setattr(doctor, "examine_data", lambda config: findings[1:2])
    monkeypatch.setattr(doctor, "examine_sign_in", lambda config: findings[2:])
    assert run(Namespace(), None) == status
    assert summed in capsys.readouterr().out


def test_a_line_says_what_is_and_what_to_do(monkeypatch, capsys):
    """What is well says nothing more."""
    monkeypatch.setattr(doctor, "examine_machine", lambda config: [FINE])
    monkeypatch.setattr(doctor, "examine_data", lambda config: [WRONG])
    monkeypatch.setattr(doctor, "examine_sign_in", lambda config: [])
    run(Namespace(), None)
    told = capsys.readouterr().out
    assert "程序：minzheng 0.1.0\n" in told
    assert "数据库：【要处理】已损坏\n    怎么办：minzheng repair\n" in told
    assert "可以原样发给技术支持" in told
