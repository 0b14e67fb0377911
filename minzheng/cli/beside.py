"""A process beside another: started again when it dies, and gone when the other is."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from minzheng.county.settings.all_settings import Config

_RESTART_SECONDS = 5.0
_STOP_SECONDS = 20.0
_ORDERLY_SECONDS = 5.0  #: to end in order once the other is gone


class Beside:
    """A command of this program as a process of its own.

    `first_line` is what it is told through the pipe that also tells it of our end.
    """

    def __init__(self, config: Config, *words: str, first_line: bytes = b"") -> None:
        self._command = [
            *(sys.executable, "-m", "minzheng.cli.main"),
            *("--config", str(config.file), *words),
        ]  # fmt: skip
        self._first_line = first_line
        self._ended = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, daemon=True)

    def start(self) -> None:
        """Start it, and start it again whenever it dies."""
        self._thread.start()

    def stop(self) -> None:
        """End it and do not start it again."""
        self._ended.set()
        if self._process is not None:
            self._process.terminate()
        self._thread.join(_STOP_SECONDS)
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    def _keep_running(self) -> None:
        while not self._ended.is_set():
            with subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,  # it ends when our end of this closes
                stdout=subprocess.DEVNULL,
                env=os.environ | {"PYTHONUTF8": "1"},
            ) as self._process:
                self._tell_first_line(self._process)
                self._process.wait()
            self._ended.wait(_RESTART_SECONDS)

    def _tell_first_line(self, process: "subprocess.Popen[bytes]") -> None:
        if process.stdin is not None and self._first_line:
            with suppress(BrokenPipeError):  # it died at once
                process.stdin.write(self._first_line + b"\n")
                process.stdin.flush()


def stop_with_parent(handle: int, stop: Callable[[], None]) -> None:
    """Let `stop` be called when the process that started us is gone, and end soon after.

    The system closes the other's end of the pipe however it died, and whenever: also before
    anybody could ask who the parent is, and while a long file is being read.
    """

    def listen() -> None:
        # Not by the stream: whoever waits in it holds its lock when the program ends.
        while os.read(handle, 4096):
            pass
        stop()
        time.sleep(_ORDERLY_SECONDS)
        os._exit(1)  # a kill at any moment loses nothing, a lock that stays does

    threading.Thread(target=listen, daemon=True).start()
