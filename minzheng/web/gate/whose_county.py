"""Of which county whoever is looking is: what every page knows of the county is of that one.

Where one installation serves several, an account of a county, a town or a village has the places,
tables, forms and registers of its county, and no other's. Whoever stands above them may choose
one; until then all are looked at together. In an office of one county nothing of this is asked.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Generic, TypeVar

from minzheng.external.files.changed_files import MadeOfFiles

Made = TypeVar("Made")
#: Asked only when needed: who is signed in may not have been looked up yet.
_whose: ContextVar[Callable[[], str] | None] = ContextVar("whose_county", default=None)


@contextmanager
def looked_at_in(whose: Callable[[], str]) -> Iterator[None]:
    """Meanwhile the county is the one that is said when somebody asks."""
    token = _whose.set(whose)
    try:
        yield
    finally:
        _whose.reset(token)


def county_in_view() -> str:
    """The county (`平利县·`) that is looked at; nothing when it is all of them."""
    whose = _whose.get()
    return whose() if whose else ""


class MadeForCounty(Generic[Made]):
    """What `make` makes of files for the county that is looked at; of each once."""

    def __init__(self, make: Callable[[], Made], *folders: Path, scope: Callable[[], str]) -> None:
        self._make, self._folders, self._scope = make, folders, scope
        self._made: dict[str, MadeOfFiles[Made]] = {}
        self._lock = threading.Lock()

    def now(self) -> Made:
        """What was made of the files as they are, for whoever is looking."""
        scope = self._scope()
        with self._lock:
            made = self._made.get(scope)
            if made is None:
                made = self._made[scope] = MadeOfFiles(self._make, *self._folders)
        return made.now()
