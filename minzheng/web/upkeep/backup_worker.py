"""The thread that makes backups when they are asked for or due, each in a process of its own.

`minzheng backup` does the work and writes down how it went: on the pages nothing waits for it,
and a backup that dies takes nothing along.
"""

import logging
import os
import subprocess
import sys
import threading

from django.utils import timezone

from archive_indexer.upkeep.backup_news import backup_news, note_backup
from minzheng.county.settings.all_settings import Config
from minzheng.web.upkeep.backup_plan import Now, is_check_due, is_due, what_goes_on

log = logging.getLogger(__name__)
_LOOK_SECONDS = 5.0
_STOP_SECONDS = 10.0


class BackupWorker:
    """Looks every few seconds until it is stopped."""

    def __init__(self, config: Config, seconds: float = _LOOK_SECONDS) -> None:
        self._config, self._seconds = config, seconds
        self._ended = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._work, name="backup", daemon=True)

    def start(self) -> None:
        """Begin; a backup that the last service did not end has failed."""
        if what_goes_on(backup_news(self._config.data_folder)) == Now.RUNNING:
            self._fail("备份到一半，服务停了")
        self._thread.start()

    def stop(self) -> None:
        """End, a backup under way as well: what it laid already is used by the next."""
        self._ended.set()
        if self._process is not None:
            self._process.terminate()
        self._thread.join(_STOP_SECONDS)

    def look(self) -> bool:
        """Make a backup if it is asked for or due; whether it was."""
        news, now = backup_news(self._config.data_folder), timezone.localtime()
        is_asked = what_goes_on(news) == Now.ASKED
        if self._config.backup_folder is None:
            if is_asked:
                self._fail("没有写备份放在哪个文件夹")
            return False
        is_planned = self._config.backup_key_file.is_file()  # without a key it could only fail
        if not is_asked and not (is_planned and is_due(news, self._config.backup_clock, now)):
            return False
        self._back_up()
        return True

    def _back_up(self) -> None:
        data = self._config.data_folder
        note_backup(data, "begun", str(self._config.backup_folder))
        ended = self._run()
        if what_goes_on(backup_news(data)) == Now.RUNNING:  # it could not say so itself
            self._fail(f"备份程序中断（返回 {ended}）")
        elif ended == 0 and is_check_due(backup_news(data), timezone.localtime()):
            self._run("--check")

    def _run(self, *more: str) -> int:
        command = [
            *(sys.executable, "-m", "minzheng.cli.main", "--config", str(self._config.file)),
            *("backup", str(self._config.backup_folder), *more),
        ]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,  # nobody is there to be asked for a passphrase
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONUTF8": "1"},
        )
        ended = self._process.wait()
        self._process = None
        return ended

    def _fail(self, why: str) -> None:
        log.error("the backup was not made")
        note_backup(self._config.data_folder, "failed", why)

    def _work(self) -> None:
        while not self._ended.wait(self._seconds):
            try:
                self.look()
            except Exception:
                log.exception("the backup could not be looked after")
