"""Reading happens in child processes: a hostile file can be stopped and crashes alone."""

import multiprocessing
import os
import queue
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from archive_indexer.documents import Extraction
from archive_indexer.errors import ReadingFailedError

ReadFile = Callable[[Path], Extraction]
_START_SECONDS = 120.0
_context = multiprocessing.get_context("spawn")


def _work(pipe: Connection, read_file: ReadFile) -> None:
    """Serve one parent until its end of the pipe closes."""
    if hasattr(os, "nice"):
        os.nice(5)
    pipe.send("ready")
    while True:
        try:
            file = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(read_file(file))


class _Reader:
    """One child process."""

    def __init__(self, read_file: ReadFile) -> None:
        self._pipe, theirs = _context.Pipe()
        self._process = _context.Process(target=_work, args=(theirs, read_file), daemon=True)
        self._process.start()
        theirs.close()
        self._receive(_START_SECONDS)

    def read(self, file: Path, seconds: float) -> Extraction:
        """Read a file within a time limit."""
        try:
            self._pipe.send(file)
        except OSError as error:
            raise ReadingFailedError("识别进程中断，稍后再试。") from error
        result = self._receive(seconds)
        if not isinstance(result, Extraction):
            raise ReadingFailedError
        return result

    def stop(self) -> None:
        """End the child at once."""
        self._pipe.close()
        self._process.kill()
        self._process.join(10)

    def _receive(self, seconds: float) -> object:
        try:
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise ReadingFailedError("识别进程中断，可能是文件损坏或内存不足。") from error
        raise ReadingFailedError(f"识别超过 {seconds:.0f} 秒，已停止。")


class ReadingPool:
    """As many children as files are read at once; each is started when first needed."""

    def __init__(self, read_file: ReadFile, count: int, seconds: float) -> None:
        self._read_file = read_file
        self._seconds = seconds
        self._idle: queue.SimpleQueue[_Reader | None] = queue.SimpleQueue()
        for _ in range(count):
            self._idle.put(None)
        self._count = count

    def read(self, file: Path) -> Extraction:
        """Read a file in an idle child; a child that fails is replaced.

        Raises:
            ReadingFailedError: the child crashed or took too long.
        """
        reader = self._idle.get()
        try:
            reader = reader or _Reader(self._read_file)
            return reader.read(file, self._seconds)
        except ReadingFailedError:
            if reader is not None:
                reader.stop()
            reader = None
            raise
        finally:
            self._idle.put(reader)

    def stop(self) -> None:
        """End all children."""
        for _ in range(self._count):
            reader = self._idle.get()
            if reader is not None:
                reader.stop()
