"""Outside programs with a time limit."""

import itertools
import subprocess
import sys
import time
from pathlib import Path

import pytest

from minzheng.external import run_program as run_program_module
from minzheng.external.run_program import ProgramFailedError, run_program, seconds_worked


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


def test_complaints_are_no_part_of_the_answer():
    """A version stood behind a warning of a folder that cannot be written."""
    said = "import sys; print('warning', file=sys.stderr); print('LibreOffice 7.4')"
    assert run_program([sys.executable, "-c", said], 10) == "LibreOffice 7.4\n"


@pytest.mark.parametrize(
    ("worked", "is_left_alone"),
    [
        ((0.01, 0.02, 0.03, 0.04), True),  # others have the processors
        ((0.01, 0.01), False),  # it hangs
        ((0.0,), False),  # it never began, or nobody counts
        ((0.01, 9.0), False),  # it worked its time
    ],
)
def test_a_program_is_given_time_while_it_works(monkeypatch, worked, is_left_alone):
    """The time that others take of the same processors is not its own."""
    told = itertools.chain(worked, itertools.repeat(worked[-1]))
    growing = (one + (number / 1e6 if is_left_alone else 0) for number, one in enumerate(told))
    monkeypatch.setattr(run_program_module, "seconds_worked", lambda session: next(growing))
    command = [
        sys.executable,
        "-c",
        f"import time; time.sleep(1.5 if {is_left_alone} else 60)",
    ]
    if is_left_alone:
        assert run_program(command, 0.2) == ""
    else:
        with pytest.raises(ProgramFailedError, match="没有完成，已停止"):
            run_program(command, 0.2)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="Linux tells how long it worked")
def test_what_its_children_work_is_counted():
    """LibreOffice works in one."""
    loop = "import time\nwhile time.process_time() < 0.3: pass\ninput()"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {loop!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", child], stdin=subprocess.PIPE, start_new_session=True
    ) as process:
        while seconds_worked(process.pid) < 0.15:  # ticks count less than its own clock
            assert process.poll() is None
        process.communicate(b"\n")
    assert seconds_worked(process.pid) == 0
