"""Scans are taken apart in a child process: a hostile one can be stopped and crashes alone."""

from archive_indexer.errors import ReadingFailedError
from archive_indexer.reading.pool import ReadingPool
from minzheng.inbox.cut_file import CutJob, cut_file, try_to_cut
from minzheng.inbox.errors import CannotLayError

_SECONDS = 120.0
_MEMORY_MIB = 500
_STOPPED = "这份扫描件拆开时用时或内存过多，已停止。请作为一整件处理，或重新扫描。"


class CuttingChild:
    """One child, started when a scan is first taken apart."""

    def __init__(self, seconds: float = _SECONDS, memory_mib: int = _MEMORY_MIB) -> None:
        self._pool = ReadingPool(try_to_cut, 1, seconds, memory_mib)

    def cut(self, job: CutJob) -> None:
        """Write pages of a scan; a whole scan is copied right here.

        Raises:
            CannotLayError: the scan cannot be taken apart within the limits.
            OSError: the disk is full, or cannot be reached.
        """
        if job.is_whole:
            cut_file(job)
            return
        try:
            failure = self._pool.run(job)
        except ReadingFailedError as error:
            raise CannotLayError(_STOPPED) from error
        if isinstance(failure, Exception):
            raise failure

    def stop(self) -> None:
        """End the child."""
        self._pool.stop()
