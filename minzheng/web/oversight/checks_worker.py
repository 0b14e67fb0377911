"""The thread that keeps the checks up to date beside the pages."""

import logging
import threading

from django.db import close_old_connections, connection
from django.utils import timezone

from minzheng.inspection.sweep import how_far
from minzheng.web.oversight.doubts_deeds import checks_office, sweep_now

log = logging.getLogger(__name__)
_LOOK_SECONDS = 60.0
_STOP_SECONDS = 15.0


def sweep_if_due() -> bool:
    """Look at what is new, or at everything on a new day; whether there was anything."""
    swept = how_far(checks_office(timezone.now()))
    if swept.is_whole and not swept.waiting:
        return False
    sweep_now()
    return True


class ChecksWorker:
    """The thread that sweeps until it is stopped."""

    def __init__(self, seconds: float = _LOOK_SECONDS) -> None:
        self._seconds = seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="checks", daemon=True)

    def start(self) -> None:
        """Begin; what a stopped sweep left is looked at."""
        self._thread.start()

    def stop(self) -> None:
        """End; a sweep under way goes on after the next start."""
        self._ended.set()
        self._thread.join(_STOP_SECONDS)

    def _work(self) -> None:
        while not self._ended.wait(self._seconds):
            close_old_connections()
            try:
                sweep_if_due()
            except Exception:
                log.exception("the checks could not be brought up to date")
        connection.close()
