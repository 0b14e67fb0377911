"""Several machines answer pages with one data folder: the main one begins a run, others join it.

Whoever joins must have both in common with it, the folder and the tables; a copy of either is
found out at the start. A share that goes away later is told on every page, before anything is
written where it was.
"""

import time
from collections.abc import Callable

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from minzheng.county.settings.all_settings import Config
from minzheng.external.shared_folder import (
    NotJoinedError,
    begin_run,
    confirm_joined,
    is_there,
    sign_of_run,
)
from minzheng.web.gate.office import config
from minzheng.web.gate.refusals import refuse_program
from minzheng.web.gate.run_key import share_run_key
from minzheng.web.gate.storage_faults import SHARE_AWAY, render_part, whole_page

_SIGN = "run"
_LOOK_SECONDS = 1.0
_OTHER_TABLES = (
    "数据文件夹 {folder} 和数据库不是同一套：里面的运行记录不是主机现在的。请检查 [database] url 和"
    " [archive] data_folder 是不是和主机的一样、是不是一份拷贝；主机正在启动的，等它就绪再试。"
)


def lead_run(config: Config) -> None:
    """Begin a run that other machines may join."""
    begin_run(config.data_folder)
    caches["default"].set(_SIGN, sign_of_run(config.data_folder), None)
    share_run_key(config.data_folder)


def join_run(config: Config) -> None:
    """Answer with the key of the main machine's run.

    Raises:
        NotJoinedError: folder or tables are not those of the main machine.
    """
    confirm_joined(config.data_folder)
    if caches["default"].get(_SIGN) != sign_of_run(config.data_folder):
        raise NotJoinedError(_OTHER_TABLES.format(folder=config.data_folder))
    share_run_key(config.data_folder)


class SharedFolderFirst:
    """Middleware: answers nothing while the share of the data folder is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._seen_at = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look now and then, where there is a share at all."""
        if not config().is_one_of_many or self._is_there():
            return self.get_response(request)
        title, what = SHARE_AWAY
        if request.path.startswith("/api/"):
            return refuse_program(what, 503)
        if request.headers.get("HX-Request"):
            return render_part(title, what, 503)
        return whole_page(title, what, 503)

    def _is_there(self) -> bool:
        now = time.monotonic()
        if now >= self._seen_at + _LOOK_SECONDS and is_there(config().data_folder):
            self._seen_at = now
        return now < self._seen_at + _LOOK_SECONDS
