"""Failures of the inbox.

InboxError
├── InboxFolderError   the inbox folder cannot be read; nothing is concluded from it
├── OriginalGoneError  a scan is not in the inbox any more, or was changed there
└── CannotLayError     a paper cannot be laid into the archive just now
"""

from minzheng.county.errors import MinzhengError


class InboxError(MinzhengError):
    """收件箱出现故障。"""


class InboxFolderError(InboxError):
    """收件箱文件夹读不到。请检查文件夹是否已建好、网络盘是否连上；恢复后会自动继续。"""


class OriginalGoneError(InboxError):
    """原件已不在收件箱里，或内容已被改动。请把原件放回原处。"""


class CannotLayError(InboxError):
    """暂时放不进档案文件夹，稍后会再试。"""
