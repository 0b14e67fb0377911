"""A thread of its own tells that a program lives, whatever else that program waits for."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from django.db import Error as DatabaseFailure
from django.db import close_old_connections, connections

_log = logging.getLogger(__name__)


class Heartbeat:
    """Beats from when it is begun until it is ended; a server that is away is passed over."""

    def __init__(self, beat: Callable[[], bool], seconds: float) -> None:
        """`beat` says whether whoever hears it still knows us."""
        self._beat, self._seconds = beat, seconds
        self._ended = threading.Event()
        self._is_lost = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    @property
    def is_lost(self) -> bool:
        """Whether nobody knows us any more: we were silent for too long."""
        return self._is_lost.is_set()

    def begin(self) -> None:
        """Beat from now on."""
        self._thread.start()

    def end(self) -> None:
        """Beat no more."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _go_on(self) -> None:
        while not self._ended.wait(self._seconds):
            try:
                if not self._beat():
                    self._is_lost.set()
            except DatabaseFailure:
                _log.warning("nobody hears the heartbeat")
                with suppress(DatabaseFailure):
                    close_old_connections()
        connections.close_all()
