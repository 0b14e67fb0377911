"""What all parts of a run need."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.running.kept.made_once import made_by_one

PROJECT = Path(__file__).resolve().parents[3]
#: Makes a file unless it is there by then, and says whether it did; waits until all have begun.
_MAKE = """
import sys
from pathlib import Path
from tests.running.kept.made_once import made_by_one
file = Path(sys.argv[1])
print(flush=True)
sys.stdin.read()
with made_by_one(file):
    if not file.exists():
        file.write_text("made")
        print("made")
"""


def test_of_several_who_ask_one_makes_it(tmp_path: Path):
    """The others find it there."""
    command = [sys.executable, "-c", _MAKE, str(tmp_path / "kept" / "a")]
    asked = [
        subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for one in asked:
        assert one.stdout is not None
        one.stdout.readline()
    with ThreadPoolExecutor(3) as pool:
        said = list(pool.map(lambda one: one.communicate()[0], asked))
    assert sorted(said) == ["", "", "made\n"]


def test_one_who_fails_lets_the_next_in(tmp_path: Path):
    """Who finds nothing there makes it."""
    with pytest.raises(OSError, match="no room"), made_by_one(tmp_path / "a"):
        raise OSError("no room")
    with made_by_one(tmp_path / "a"):
        assert not (tmp_path / "a").exists()
