"""Kill -9 while papers are being laid: each lies in the archive once, whole."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil

from minzheng.county.config import PROJECT_FOLDER
from tests.running.kept.made_tables import lay_tables

_PAPERS, _KILLED_AFTER = 60, (2, 9, 17, 30)  #: files in the archive


def laid(folder: Path) -> list[Path]:
    """Files in the archive, drafts among them."""
    return [one for one in (folder / "archive").rglob("*") if one.is_file()]


def begin(forks: subprocess.Popen[str], what: str = "") -> psutil.Process:
    """One that lays, or that sets the table for so many papers."""
    return psutil.Process(int(told_by(forks, what)))


def end_of(forks: subprocess.Popen[str]) -> int:
    """How the one that was begun last ended, or was ended."""
    return int(told_by(forks, ""))


def told_by(forks: subprocess.Popen[str], asked: str) -> str:
    assert forks.stdin
    assert forks.stdout
    print(asked, file=forks.stdin, flush=True)
    return forks.stdout.readline()


def test_random_kills_lay_every_paper_once(tmp_path):
    """No draft stays, no number is left out or given twice; the scan is put away."""
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    lay_tables(tmp_path / "data")
    told = {
        "MINZHENG_CONFIG": str(tmp_path / "config.toml"),
        "DJANGO_SETTINGS_MODULE": "minzheng.web.settings",
    }
    chance = random.Random(7)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.inbox.laying_child"], cwd=PROJECT_FOLDER,
        env=os.environ | told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as forks:  # fmt: skip
        begin(forks, str(_PAPERS))
        assert end_of(forks) == 0
        for begun in _KILLED_AFTER:
            child = begin(forks)
            while len(laid(tmp_path)) < begun and child.status() != psutil.STATUS_ZOMBIE:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.02))
            child.kill()
            assert end_of(forks) == -signal.SIGKILL
            assert len(laid(tmp_path)) < _PAPERS
        begin(forks)
        assert end_of(forks) == 0
    files = laid(tmp_path)
    assert len(files) == _PAPERS
    assert not [one for one in files if one.name.startswith(".")]
    numbers = sorted(int(one.name[:4]) for one in files)
    assert numbers == list(range(1, _PAPERS + 1))
    assert Counter(one.read_bytes() for one in files).most_common(1)[0][1] == 1
    assert [one.name for one in (tmp_path / "收件箱").rglob("*.pdf")] == ["a.pdf"]
    assert not (tmp_path / "收件箱" / "a.pdf").exists()
