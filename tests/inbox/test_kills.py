"""Kill -9 while papers are being laid: each lies in the archive once, whole."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from minzheng.county.config import PROJECT_FOLDER
from tests.running.made_tables import lay_tables

_PAPERS, _KILLED_AFTER = 60, (2, 9, 17, 30)  #: files in the archive
#: Lays the table of a batch whose papers are all confirmed, in a database of its own.
_BEGIN = """
import django; django.setup()
from tests.inbox.conftest import Desk, coded, confirm_all
from minzheng.web.gate.office import config
desk = Desk(config())
for folder in (desk.inbox, desk.archive): folder.mkdir()
cases = [f"DB-103200-2018-{number:04d}" for number in range(1, %d)]
desk.pdf("a.pdf", *(coded("DB-01", case, text=case) for case in cases))
desk.run(); confirm_all()
"""


def laid(folder: Path) -> list[Path]:
    """Files in the archive, drafts among them."""
    return [one for one in (folder / "archive").rglob("*") if one.is_file()]


def test_random_kills_lay_every_paper_once(tmp_path):
    """No draft stays, no number is left out or given twice; the scan is put away."""
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    lay_tables(tmp_path / "data")
    run = {
        "cwd": PROJECT_FOLDER,
        "env": os.environ
        | {
            "MINZHENG_CONFIG": str(tmp_path / "config.toml"),
            "DJANGO_SETTINGS_MODULE": "minzheng.web.settings",
        },
    }
    subprocess.run([sys.executable, "-c", _BEGIN % (_PAPERS + 1)], **run, check=True)
    child = [sys.executable, "-m", "tests.inbox.laying_child"]
    chance = random.Random(7)
    for begun in _KILLED_AFTER:
        with subprocess.Popen(child, **run, stdout=subprocess.DEVNULL) as process:
            while len(laid(tmp_path)) < begun and process.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.02))
            process.kill()
        assert len(laid(tmp_path)) < _PAPERS
    subprocess.run(child, **run, check=True, stdout=subprocess.DEVNULL)
    files = laid(tmp_path)
    assert len(files) == _PAPERS
    assert not [one for one in files if one.name.startswith(".")]
    numbers = sorted(int(one.name[:4]) for one in files)
    assert numbers == list(range(1, _PAPERS + 1))
    assert Counter(one.read_bytes() for one in files).most_common(1)[0][1] == 1
    assert [one.name for one in (tmp_path / "收件箱").rglob("*.pdf")] == ["a.pdf"]
    assert not (tmp_path / "收件箱" / "a.pdf").exists()
