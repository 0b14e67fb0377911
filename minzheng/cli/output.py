"""Files a command writes: the folder is asked first, a file is whole or not there."""

from pathlib import Path

from minzheng.county.errors import MinzhengError
from minzheng.external.files.whole_file import write_whole


class OutputFolderError(MinzhengError):
    """要存到的文件夹不存在。"""


def refuse_unwritable(file: Path) -> None:
    """Ask before a number is given: an issued document must reach its clerk.

    Raises:
        OutputFolderError: the folder a file shall go to does not exist.
    """
    if not file.absolute().parent.is_dir():
        raise OutputFolderError(
            f"文件夹 {file.absolute().parent} 不存在，没有生成文件。先建好文件夹。"
        )


def write_file(file: Path, data: bytes) -> None:
    """Write a file, whole or not at all."""
    refuse_unwritable(file)
    write_whole(file, data)
