"""Outside programs with a time limit."""

import sys
import time

import pytest

from minzheng.external.run_program import ProgramFailedError, run_program


def test_a_program_that_hangs_is_stopped_with_its_children():
    """It is over soon after its time."""
    sleep = "[sys.executable, '-c', 'import time; time.sleep(60)']"
    child = f"import subprocess, sys; subprocess.run({sleep})"
    start = time.monotonic()
    with pytest.raises(ProgramFailedError, match="没有完成"):
        run_program([sys.executable, "-c", child], 1)
    assert time.monotonic() - start < 20


def test_a_program_that_fails_is_a_failure():
    """Its exit status is named."""
    with pytest.raises(ProgramFailedError, match="返回 3"):
        run_program([sys.executable, "-c", "raise SystemExit(3)"], 10)
