"""What lies in the inbox folder, and putting away what is done with."""

import os
from pathlib import Path, PurePosixPath

from archive_indexer.disk.file_names import as_key, disk_path
from archive_indexer.disk.identify import Signature, signature_of
from archive_indexer.errors import ArchiveFolderError
from archive_indexer.extract.kind import find_kind
from archive_indexer.noticing.folder_walk import is_ignored, walk
from minzheng.external.files.file_rights import make_shared_folder
from minzheng.inbox.errors import InboxFolderError

FILED, REFUSED = "已归档", "不归档"
#: What comes through the pages lies in a folder of this name, by day.
UPLOADED = "网页上传"
_HEAD_BYTES = 4096
_READ_KINDS = ("pdf", "picture")
_PACKED = "收件箱不拆压缩包。请解压后把里面的扫描件放进来"
_NO_SCAN = "名叫图片或 PDF，里面却不是：没有拍好，或没有传全、复制全。请重新拍照、扫描"
_CALLED_SCANS = frozenset({
    ".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".heif",
})  # fmt: skip
_OTHER = "收件箱只收扫描件（PDF、图片）。这种文件请直接放进档案文件夹"


def look(inbox: Path) -> dict[str, Signature]:
    """Every file that waits in the inbox, without what is done with.

    Raises:
        InboxFolderError: the folder cannot be read.
    """
    files: dict[str, Signature] = {}
    try:
        with os.scandir(inbox) as entries:
            for entry in entries:
                name = as_key(entry.name)
                if is_ignored(name) or name in (FILED, REFUSED):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    files |= walk(inbox, name).files
                elif entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    files[name] = (status.st_size, status.st_mtime_ns)
    except (OSError, ArchiveFolderError) as error:
        reason = getattr(error, "strerror", "") or str(error)
        raise InboxFolderError(
            f"收件箱文件夹 {inbox} 读不到（{reason}）。"
            "请建好这个文件夹，或检查网络盘是否连上；恢复后会自动继续。"
        ) from error
    return files


def looks_of(inbox: Path, path: str) -> Signature | None:
    """Size and time of one file; None when it is not there or may not be looked at."""
    try:
        return signature_of(disk_path(inbox, path))
    except OSError:
        return None


def folder_of(path: str) -> str:
    """The folder of a file within the inbox; empty at its top."""
    parent = str(PurePosixPath(path).parent)
    return "" if parent == "." else parent


def reason_to_ignore(file: Path) -> str:
    """Why a file is left where it is; empty for a scan."""
    with file.open("rb") as stream:
        kind = find_kind(stream.read(_HEAD_BYTES), file)
    if kind.reason:
        return kind.reason
    if kind.family in _READ_KINDS:
        return ""
    if kind.family == "packed":
        return _PACKED
    return _NO_SCAN if file.suffix.lower() in _CALLED_SCANS else _OTHER


def free_place(inbox: Path, folder: str, day: str, path: str) -> str:
    """Where a scan is put away: the day, its own path, a number where that is taken."""
    own = PurePosixPath(path)
    place, number = PurePosixPath(folder, day, own), 1
    while os.path.lexists(disk_path(inbox, str(place))):
        number += 1
        place = PurePosixPath(folder, day, own.parent, f"{own.stem}({number}){own.suffix}")
    return str(place)


def put_away(inbox: Path, path: str, place: str) -> None:
    """Move a scan within the inbox.

    Raises:
        OSError: the inbox cannot be written.
    """
    target = disk_path(inbox, place)
    make_shared_folder(target.parent)
    disk_path(inbox, path).rename(target)
