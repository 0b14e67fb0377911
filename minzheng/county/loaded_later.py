"""Modules that most runs of a command never need: loaded when something of one is asked for."""

import sys
from importlib import import_module
from typing import Any


class LoadedLater:
    """Stands for a module; whoever asks for something of it is given the module's own."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, asked: str) -> Any:
        """What the module has by that name, now: nothing is remembered here."""
        return getattr(sys.modules.get(self._name) or import_module(self._name), asked)
