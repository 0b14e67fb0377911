"""Run an outside program with a time limit; none is left behind."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

from minzheng.county.errors import MinzhengError

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
    """Run a program, if asked for without network, and give what it printed.

    Raises:
        ProgramFailedError: it failed, or took too long and was stopped with its children.
    """
    process = subprocess.Popen(
        [*_OFFLINE, *command] if is_offline and os.name == "posix" else command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**os.environ, **(environment or {})},
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        _stop(process)
        raise ProgramFailedError(f"{command[0]} 超过 {seconds:.0f} 秒没有完成，已停止。") from error
    if process.returncode:
        raise ProgramFailedError(f"{command[0]} 没有完成（返回 {process.returncode}）。")
    return output


def _stop(process: "subprocess.Popen[str]") -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()
