"""Reading happens in child processes: a hostile file can be stopped and crashes alone."""

import logging
import multiprocessing
import os
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from archive_indexer.documents import Extraction
from archive_indexer.errors import ReaderNotStartedError, ReadingFailedError
from minzheng.external.process_memory import give_back_memory, memory_mib

ReadFile = Callable[[Path], Extraction]
Job = Callable[[Any], object]  #: what a child does with whatever it is sent
_START_SECONDS = 120.0
_LOOK_SECONDS = 0.25  #: between looks at a child's memory
_log = logging.getLogger(__name__)
_context = multiprocessing.get_context("spawn")
TOTAL_MIB = 1500  #: the service itself takes up to 390, with ten million characters in hand
QUICK_MIB = 300  #: a reader without models takes 160; what needs more goes to the scans
LARGEST_MIB = 850  #: a page of the largest size that is read takes up to 740
_USUAL_MIB = 400  #: a reader with its models, between two pages; up to 320 between two files


@dataclass
class MemoryShare:
    """The memory of all readers as it was last seen; safe for many threads."""

    total_mib: int = TOTAL_MIB
    _held: dict[int, int] = field(default_factory=dict)  #: process id → MiB
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def must_stop(self, process_id: int, mib: int) -> bool:
        """Note what a busy reader holds; whether it is the one that has to make room."""
        with self._lock:
            self._held[process_id] = mib
            return sum(self._held.values()) > self.total_mib and mib == max(self._held.values())

    def forget(self, process_id: int) -> None:
        """A reader has ended."""
        with self._lock:
            self._held.pop(process_id, None)


def readers_that_fit(wanted: int) -> int:
    """How many readers of scans have room for their usual work."""
    return max(1, min(wanted, (TOTAL_MIB - QUICK_MIB) // _USUAL_MIB))


def scan_limit_mib(readers: int) -> int:
    """What one of so many readers may hold; more than its part only while others hold less."""
    return max(LARGEST_MIB, (TOTAL_MIB - QUICK_MIB) // readers)


def idle_limit_mib(readers: int) -> int:
    """What one of so many readers may keep between two files."""
    return (TOTAL_MIB - QUICK_MIB) // readers


def _work(pipe: Connection, do: Job) -> None:
    """Serve one parent until its end of the pipe closes."""
    if hasattr(os, "nice"):
        os.nice(5)
    pipe.send("ready")
    while True:
        try:
            asked = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_done(do, asked))
        give_back_memory()


def _done(do: Job, asked: object) -> object:
    """What was done, or why not: an exception is told and does not end the child."""
    try:
        return do(asked)
    except OSError as error:
        return _Refused(error.errno, error.strerror or str(error))
    except MemoryError:
        return ReadingFailedError("识别时内存不足，已停止。请以 300 dpi 重新扫描，或拆分。")
    except Exception as error:  # noqa: BLE001  # the edge of a child: readers fail in every way
        _log.exception("a reader could not do what it was asked")
        return ReadingFailedError(f"识别时出现意外错误（{type(error).__name__}），已停止。")


@dataclass(frozen=True, slots=True)
class _Refused:
    """The disk did not give what a child asked for."""

    number: int | None
    why: str


class _Reader:
    """One child process."""

    def __init__(self, do: Job, share: MemoryShare) -> None:
        self._share = share
        self._pipe, theirs = _context.Pipe()
        self._process = _context.Process(target=_work, args=(theirs, do), daemon=True)
        try:
            self._process.start()
            theirs.close()
            self._receive(_START_SECONDS)
        except (ReadingFailedError, OSError) as error:
            self.stop()
            raise ReaderNotStartedError from error

    def run(self, asked: object, seconds: float, memory_limit_mib: int) -> object:
        """Have something done within limits of time and memory."""
        try:
            self._pipe.send(asked)
        except OSError as error:
            raise ReadingFailedError("识别进程中断，稍后再试。") from error
        done = self._receive(seconds, memory_limit_mib)
        if isinstance(done, _Refused):
            raise OSError(done.number, done.why)
        if isinstance(done, ReadingFailedError):
            raise _NotDoneError(str(done))
        return done

    def stop(self) -> None:
        """End the child at once."""
        self._pipe.close()
        if self._process.pid is not None:
            self._process.kill()
            self._process.join(10)
        self._share.forget(self._process.pid or 0)

    def memory_mib(self) -> int:
        """What the child holds."""
        return memory_mib(self._process.pid or 0)

    def _receive(self, seconds: float, memory_limit_mib: int = 0) -> object:
        end = time.monotonic() + seconds
        try:
            while (left := end - time.monotonic()) > 0:
                if self._pipe.poll(min(left, _LOOK_SECONDS)):
                    return self._pipe.recv()
                self._check_memory(memory_limit_mib)
        except (EOFError, OSError) as error:
            raise ReadingFailedError("识别进程中断，可能是文件损坏或内存不足。") from error
        raise ReadingFailedError(f"识别超过 {seconds:.0f} 秒，已停止。")

    def _check_memory(self, limit_mib: int) -> None:
        if not limit_mib:
            return
        held = self.memory_mib()
        if held > limit_mib:
            raise ReadingFailedError(
                f"识别占用内存超过 {limit_mib} MB，已停止。请以 300 dpi 重新扫描，或拆分。"
            )
        if self._share.must_stop(self._process.pid or 0, held):
            raise _CrowdedError


class _CrowdedError(ReadingFailedError):
    """几个文件同时识别时内存不够，稍后单独识别。"""


class _NotDoneError(ReadingFailedError):
    """没有识别成，读它的进程还在。"""


class ReadingPool:
    """As many children as files are read at once; each is started when first needed."""

    def __init__(
        self,
        do: Job,
        count: int,
        seconds: float,
        memory_limit_mib: int = 0,
        share: MemoryShare | None = None,
    ) -> None:
        self._memory_limit_mib = memory_limit_mib or scan_limit_mib(count)
        self._idle_limit_mib = idle_limit_mib(count)
        self._share = share or MemoryShare()
        self._do = do
        self._seconds = seconds
        # The last that was busy first: one that has its models is not passed over for a new one.
        self._idle: queue.LifoQueue[_Reader | None] = queue.LifoQueue()
        for _ in range(count):
            self._idle.put(None)
        self._count = count
        self._alone = threading.Lock()

    def read(self, asked: object) -> Extraction:
        """Read a file, asked for as the job of the children wants it, in an idle one.

        Raises:
            ReaderNotStartedError: no child could be started.
            ReadingFailedError: the child crashed or took too much time or memory.
        """
        result = self.run(asked)
        if not isinstance(result, Extraction):
            raise ReadingFailedError
        return result

    def run(self, asked: object) -> object:
        """Have something done by an idle child; a child that fails is replaced.

        Raises:
            ReadingFailedError: the child crashed or took too much time or memory.
        OSError: the disk did not give what is to be read.
        """
        try:
            return self._run_in(self._idle.get(), asked)
        except _CrowdedError:
            return self._run_alone(asked)

    @property
    def is_cold(self) -> bool:
        """Whether no child waits for the next file: it would have to be started first."""
        return not any(self._idle.queue)

    def stop(self) -> None:
        """End all children."""
        self._empty()

    def _run_alone(self, asked: object) -> object:
        """Have something done while nothing else is, with the memory of all."""
        with self._alone:
            self._empty()
            try:
                return self._run_in(None, asked)
            finally:
                for _ in range(self._count - 1):
                    self._idle.put(None)

    def _run_in(self, reader: _Reader | None, asked: object) -> object:
        try:
            reader = reader or self._start()
            result = reader.run(asked, self._seconds, self._memory_limit_mib)
            if reader.memory_mib() > self._idle_limit_mib:
                reader.stop()
                reader = None
            return result
        except (_NotDoneError, OSError):
            raise  # the child lives and reads the next file
        except ReadingFailedError:
            if reader is not None:
                reader.stop()
            reader = None
            raise
        finally:
            self._idle.put(reader)

    def _start(self) -> _Reader:
        """Start a child; a second time where a busy machine let the first one down."""
        try:
            return _Reader(self._do, self._share)
        except ReaderNotStartedError:
            return _Reader(self._do, self._share)

    def _empty(self) -> None:
        """Take all places, when they are free, and end the children in them."""
        for _ in range(self._count):
            reader = self._idle.get()
            if reader is not None:
                reader.stop()
