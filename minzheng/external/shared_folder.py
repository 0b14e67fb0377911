"""What the machines that answer pages together share through the data folder of theirs.

The main machine begins a run: a file that says by which program, with the key of the run. The
others join it. That the file is there tells that the share is, and not the empty folder on which
it was to be put.
"""

import base64
import hashlib
import json
import secrets
from pathlib import Path

from minzheng.county.errors import MinzhengError
from minzheng.county.shipped import program_version
from minzheng.external.files.whole_file import write_whole

RUN = "run.json"  #: in the data folder; no backup holds it
_KEY_BYTES = 32
_NOT_THERE = (
    "数据文件夹 {folder} 里没有主机的运行记录。请检查：共享文件夹有没有连上，[archive] data_folder "
    '是不是主机用的同一个；主机（[web] machine = "main"）有没有启动过。然后再启动这一台。'
)
_OTHER_PROGRAM = "这台机器的程序是 {mine} 版，主机的是 {theirs} 版。请装成同一版，再启动这一台。"


class NotJoinedError(MinzhengError):
    """这台机器和主机用的不是同一个数据文件夹。"""


def begin_run(data_folder: Path) -> None:
    """Begin a run that others may join; what was made with the key before means nothing now."""
    key = base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()
    told = json.dumps({"program": program_version(), "key": key})
    write_whole(data_folder / RUN, told.encode(), is_private=True)


def confirm_joined(data_folder: Path) -> None:
    """Make sure that there is a run to be joined, of the same program.

    Raises:
        NotJoinedError: there is not.
    """
    theirs = _read(data_folder)["program"]
    if theirs != program_version():
        raise NotJoinedError(_OTHER_PROGRAM.format(mine=program_version(), theirs=theirs))


def is_there(data_folder: Path) -> bool:
    """Whether the share is."""
    return (data_folder / RUN).is_file()


def key_of_run(data_folder: Path) -> bytes:
    """The key of the run that was begun last."""
    return base64.b64decode(_read(data_folder)["key"])


def sign_of_run(data_folder: Path) -> str:
    """By which the run is known without its key: the tables hold it, too."""
    return hashlib.sha256(b"run " + key_of_run(data_folder)).hexdigest()


def _read(data_folder: Path) -> dict[str, str]:
    try:
        told: dict[str, str] = json.loads((data_folder / RUN).read_bytes())
    except (OSError, ValueError) as error:
        raise NotJoinedError(_NOT_THERE.format(folder=data_folder)) from error
    return told
