"""Run an outside program with a time limit; none is left behind.

On a busy machine it gets no processor for long: then it is given time while it still works.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from minzheng.county.errors import MinzhengError

_LOOK_AGAIN_SECONDS = 15.0
_OFFLINE = (sys.executable, "-m", "minzheng.external.offline")


class MissingProgramError(MinzhengError):
    """缺少需要的程序。"""


class ProgramFailedError(MinzhengError):
    """外部程序没有完成工作。"""


def find_program(*names: str) -> str | None:
    """The path of the first of these programs that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def run_program(
    command: Sequence[str],
    seconds: float,
    environment: Mapping[str, str] | None = None,
    *,
    is_offline: bool = False,
) -> str:
    """Run a program, if asked for without network, and give what it answered.

    What it complains of beside its answer is dropped: where a home cannot be written, LibreOffice
    says so before its version.

    Args:
        command: the program and its arguments.
        seconds: after which it is stopped; others' work on the same processors is not counted.
        environment: what it finds besides.
        is_offline: whether it may reach no network.

    Raises:
        ProgramFailedError: it failed, or took too long and was stopped with its children.
    """
    process = subprocess.Popen(
        [*_OFFLINE, *command] if is_offline and os.name == "posix" else command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        errors="replace",
        env={**os.environ, **(environment or {})},
        start_new_session=True,
    )
    output = _wait_for(process, seconds)
    if output is None:
        _stop(process)
        raise ProgramFailedError(f"{command[0]} 超过 {seconds:.0f} 秒没有完成，已停止。")
    if process.returncode:
        raise ProgramFailedError(f"{command[0]} 没有完成（返回 {process.returncode}）。")
    return output


def _wait_for(process: "subprocess.Popen[str]", seconds: float) -> str | None:
    """What it printed; None when it hangs, or has worked for too long."""
    worked, wait = 0.0, seconds
    while True:
        try:
            return process.communicate(timeout=wait)[0]
        except subprocess.TimeoutExpired:
            before, worked = worked, seconds_worked(process.pid)
            if not before < worked < seconds:
                return None
            wait = min(seconds, _LOOK_AGAIN_SECONDS)


def seconds_worked(session: int) -> float:
    """How long processors have worked for a program and its children; 0 where nobody counts."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(told[3]) == session:
            ticks += sum(map(int, told[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def _stop(process: "subprocess.Popen[str]") -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()
