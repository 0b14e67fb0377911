"""Failures of the archive.

ArchiveError
├── ArchiveFolderError   the archive folder cannot be read; nothing is concluded from it
├── FileChangingError    a file changes while it is read; tried again later
├── FileGoneError        a file is no longer there
├── ReadingFailedError   reading took too long or crashed; tried again, then recorded
│   └── ReaderNotStartedError  no reader starts; no file is to blame, nothing goes on
├── PageNotShownError    a page cannot be made into a picture; its file is damaged or gone
├── NeedsSlowLaneError   a file cannot be read in an instant; it waits among the scans
├── IndexLockedError     another program writes the index; tried again
├── IndexBrokenError     the full-text index cannot be read; it can be rebuilt
│   ├── IndexNotMadeError  the server holds none yet
│   └── IndexAwayError     the search server cannot be reached; tried again
├── DatabaseBrokenError  the database is damaged; `minzheng repair` saves what can be saved
├── DiskFullError        the data folder's disk is full
├── BackupError          a backup cannot be made or laid back
│   └── WrongKeyError    the key or passphrase is another one's
├── OtherTermsError      a worker reads by other rules than the service; it reads nothing
├── NotSharedError       nobody lets workers read: the service does not share, or never ran
├── NoWorkerError        what waits is read by workers, and none is there
└── AlreadyRunningError  another service holds the archive
    ├── OthersServeError    other machines show the pages of it
    └── AlreadyServedError  another service shows the pages of this data folder
"""

from minzheng.county.errors import MinzhengError


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


class ReaderNotStartedError(ReadingFailedError):
    """识别进程启动不了，没有识别任何文件。请检查程序文件夹的读取权限、剩余内存，详情见日志。"""


class PageNotShownError(ArchiveError):
    """这一页显示不出来：文件已损坏或移走，或没有这一页。"""


class NeedsSlowLaneError(ArchiveError):
    """文件需要逐页识别，已排入识别队列。"""


class IndexLockedError(ArchiveError):
    """另一个程序正在写全文索引，稍后再试。"""


class IndexBrokenError(ArchiveError):
    """全文索引损坏或版本不符。看守服务会自动重建，也可运行 minzheng rebuild-index。"""


class IndexNotMadeError(IndexBrokenError):
    """服务器上还没有全文索引。启动看守服务会自动建立，也可运行 minzheng rebuild-index。"""


class IndexAwayError(IndexBrokenError):
    """检索服务器连不上，连上后自动继续，数据没有丢。请检查 [search] 的地址、服务器和网络。"""


class DatabaseBrokenError(ArchiveError):
    """数据库已损坏。请停止服务，运行 minzheng repair，能救的都会救回，再从备份和档案补齐。"""


class DiskFullError(ArchiveError):
    """磁盘已满，没有全部入库。请腾出空间后重试；已识别的内容不会丢，也不会重新识别。"""


class BackupError(ArchiveError):
    """备份没有做成。"""


class WrongKeyError(BackupError):
    """口令或钥匙不对，备份没有打开。"""


class OtherTermsError(ArchiveError):
    """这台机器的程序或设置和看守服务的不同，没有识别任何文件。"""


class NotSharedError(ArchiveError):
    """看守服务没有让别的机器帮着识别。请在看守服务那台的 config.toml 里设 [reading] queue。"""


class NoWorkerError(ArchiveError):
    """要逐页识别的文件已排队，但没有一台机器在运行 minzheng worker。启动后会自动识别、入库。"""


class AlreadyRunningError(ArchiveError):
    """档案索引服务正在运行，新放入的文件会自动入库，不用再运行一次。"""


class BeingUpgradedError(AlreadyRunningError):
    """另一个程序正在升级数据库，等了五分钟还没有完成。请稍后再试。"""


class OthersServeError(AlreadyRunningError):
    """别的机器上还有网页服务在用这些数据。请先停下它们，再运行。"""


class AlreadyServedError(AlreadyRunningError):
    """已有一个网页服务（serve）在用这个数据文件夹。请用已启动的那个，或先停下它再试。"""
