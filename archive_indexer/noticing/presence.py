"""Is the archive really there, or did a share go away and leave an empty folder?"""

import os
from collections.abc import Iterable
from pathlib import Path

from archive_indexer.disk.file_names import as_shown, disk_path
from archive_indexer.errors import ArchiveFolderError


class Presence:
    """Tells a deleted file from a share that is away.

    Which folders are disks or shares of their own is remembered (`""` is the archive
    folder itself): one that is an ordinary folder now has lost its share, whatever lies in it.
    """

    def __init__(self, root: Path, mounts: Iterable[str] = ()) -> None:
        self._root = root
        self.mounts = set(mounts)

    def confirm_root(self) -> None:
        """Make sure that the archive folder can be read and is its own share still.

        Raises:
            ArchiveFolderError: it is not.
        """
        if "" in self.mounts and not self._is_mount(""):
            raise ArchiveFolderError(
                f"网络盘没有连上：{self._root} 现在只是一个空的挂载点。"
                "已有索引保持不变，连上后会自动继续。"
            )
        try:
            with os.scandir(self._root) as entries:
                next(entries, None)
        except OSError as error:
            raise ArchiveFolderError(
                f"档案文件夹 {self._root} 读不到（{error.strerror or error}）。"
                "请检查网络盘是否连上；恢复后会自动继续。"
            ) from error

    def lost_mounts(self) -> tuple[str, ...]:
        """Folders of the archive whose share is away."""
        return tuple(sorted(m for m in self.mounts if m and not self._is_mount(m)))

    def confirm_gone(self, path: str) -> None:
        """Make sure that a file that is not found was deleted, and not its share lost.

        Raises:
            ArchiveFolderError: nothing may be concluded.
        """
        self.confirm_root()
        with os.scandir(self._root) as entries:
            if next(entries, None) is None:
                raise ArchiveFolderError("档案文件夹是空的，可能是网络盘断开。")
        for mount in self.lost_mounts():
            if path.startswith(f"{mount}/"):
                raise ArchiveFolderError(f"“{as_shown(mount)}”的网络盘没有连上。")

    def learn(self, mounts: Iterable[str]) -> bool:
        """Remember the shares a walk saw; gives whether any is new."""
        seen = {*mounts, *([""] if self._is_mount("") else [])}
        is_new = not seen <= self.mounts
        self.mounts |= seen
        return is_new

    def forget_lost(self) -> None:
        """People say that the archive is as it should be: what was a share is none now."""
        self.mounts = {m for m in self.mounts if self._is_mount(m)}

    def _is_mount(self, folder: str) -> bool:
        return os.path.ismount(disk_path(self._root.resolve(), folder))
