"""A full disk and a database somebody else holds: named, on every page, with what to do."""

import errno
import shutil

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from minzheng.database import faults
from minzheng.database.faults import Fault, causes
from minzheng.web.gate.office import config
from minzheng.web.gate.refusals import refuse_program

_RETRY_SECONDS = "30"
#: Below this a write that failed for no stated reason failed for want of room.
_NO_ROOM_BYTES = 1024 * 1024
FULL, BUSY, READ_ONLY = Fault.FULL, Fault.BUSY, Fault.READ_ONLY
BROKEN, DAMAGED, AWAY = Fault.BROKEN, Fault.DAMAGED, Fault.AWAY
_CHECK = "刚才这一步可能没有完成，恢复后请先核对，再决定要不要重做。"
_TOLD: dict[str, tuple[str, str]] = {
    FULL: ("磁盘已满", f"存放数据的磁盘已满，写不进去。请管理员腾出空间。{_CHECK}"),
    BUSY: (
        "数据库正被占用",
        "数据库正被别的程序占用（如备份或数据库查看工具），等了很久仍写不进去。"
        f"请稍后再试；一直这样，请管理员关掉占用它的程序。{_CHECK}",
    ),
    READ_ONLY: (
        "数据写不进去",
        f"数据文件夹或磁盘只读，写不进去。请管理员检查文件夹权限和磁盘。{_CHECK}",
    ),
    BROKEN: (
        "磁盘读写出错",
        f"读写数据文件时出错，磁盘可能有故障。请管理员尽快检查磁盘并备份。{_CHECK}",
    ),
    DAMAGED: (
        "数据库已损坏",
        f"数据库文件已损坏。请管理员停下服务，运行 minzheng repair。{_CHECK}",
    ),
    AWAY: (
        "数据库连不上",
        f"存放数据的服务器暂时连不上，连上后自动恢复。请稍后再试；一直这样，请找管理员。{_CHECK}",
    ),
}
#: Of several machines with one data folder: nothing is written beside the share.
SHARE_AWAY = (
    "共享文件夹没有连上",
    f"这台机器连不上存放数据的共享文件夹，连上后自动恢复。请稍后再试；一直这样，请找管理员。{_CHECK}",
)
_BY_ERRNO = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EIO: BROKEN,
}


def fault_of(error: BaseException | None) -> str:
    """What of disk or database stood behind a failure; empty when something else did."""
    for one in causes(error):
        fault = faults.fault_of(one) or _of_system(one)
        if fault:
            return _for_want_of_room(fault)
    return ""


def say_fault(fault: str) -> tuple[str, str, int] | None:
    """Title, sentence and status for a fault."""
    told = _TOLD.get(fault)
    return (*told, 503) if told else None


def answer_fault(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The answer to a failure of disk or database; None to any other.

    It asks the database nothing, not even who is signed in, and keeps no session: nobody
    waits for the same lock twice.
    """
    told = say_fault(fault_of(error))
    if told is None:
        return None
    if hasattr(request, "session"):
        request.session.modified = False
    title, what, status = told
    if request.path.startswith("/api/"):
        response = refuse_program(what, status)
    elif request.headers.get("HX-Request"):
        response = render_part(title, what, status)
    else:
        response = whole_page(title, what, status)
    response["Retry-After"] = _RETRY_SECONDS
    return response


def whole_page(title: str, what: str, status: int) -> HttpResponse:
    """A page that says what is wrong, and asks nothing for it."""
    context = {"office": config(), "title": title, "what": what}
    return HttpResponse(render_to_string("error.html", context), status=status)


def render_part(title: str, what: str, status: int) -> HttpResponse:
    """The same above a page that asked for a part of itself; what was typed stays."""
    context = {"title": title, "what": what}
    response = HttpResponse(render_to_string("fault_notice.html", context), status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#signed-out", "innerHTML"
    return response


def _of_system(error: BaseException) -> str:
    return _BY_ERRNO.get(error.errno or 0, "") if isinstance(error, OSError) else ""


def _for_want_of_room(fault: str) -> str:
    """SQLite says of some failures for want of room only that they were failures."""
    if fault != BROKEN:
        return fault
    try:
        is_full = shutil.disk_usage(config().data_folder).free < _NO_ROOM_BYTES
    except OSError:
        return fault
    return FULL if is_full else fault
