"""Failures of the archive.

ArchiveError
├── ArchiveFolderError   the archive folder cannot be read; nothing is concluded from it
├── FileChangingError    a file changes while it is read; tried again later
├── FileGoneError        a file is no longer there
├── ReadingFailedError   reading took too long or crashed; tried again, then recorded
├── IndexBrokenError     the full-text index cannot be read; it can be rebuilt
└── AlreadyRunningError  another service holds the archive
"""

from county.errors import MinzhengError


class ArchiveError(MinzhengError):
    """档案索引出现故障。"""


class ArchiveFolderError(ArchiveError):
    """档案文件夹读不到。请检查网络盘是否连上、文件夹是否有读取权限；恢复后会自动继续。"""


class FileChangingError(ArchiveError):
    """文件还在变化，稍后再读。"""


class FileGoneError(ArchiveError):
    """文件已不在原处。"""


class ReadingFailedError(ArchiveError):
    """识别超时或中断，稍后再试。"""


class IndexBrokenError(ArchiveError):
    """全文索引已损坏或版本不符。请运行 minzheng rebuild-index 重建，不需要重新识别。"""


class AlreadyRunningError(ArchiveError):
    """档案索引服务正在运行，新放入的文件会自动入库，不用再运行一次。"""
