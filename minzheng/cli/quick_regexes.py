"""Patterns of our modules that are compiled when they are first asked, as far as they ever are.

Compiling was a sixth of a command's start: a class that holds all Chinese characters takes
milliseconds, and of some hundred and fifty patterns that are loaded a command asks a few.
"""

import re
import sys
from types import ModuleType
from typing import Any

#: Packages that only ask their patterns, and give none to anybody who looks what it is.
_OURS = frozenset({"archive_indexer", "filler", "minzheng"})
#: What is asked of a pattern: kept once it is compiled, so that it is found as on a pattern itself.
_ASKED = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class LaterPattern:
    """Stands for a pattern until something is asked of it; then it answers as that one does."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, asked: str) -> Any:
        """What the pattern has by that name: it is compiled here, once."""
        if asked.startswith("__"):  # what copying and the like look for, and a pattern has not
            raise AttributeError(asked)
        made = _compile_now(self.pattern, self._flags)
        vars(self).update({name: getattr(made, name) for name in _ASKED})
        return getattr(made, asked)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied, or sent to another process, it is the pattern itself."""
        return compile_at_once, (self.pattern, self._flags)


def compile_at_once(pattern: Any, flags: int) -> Any:
    """The pattern itself."""
    return _compile_now(pattern, flags)


def make_patterns_later(module: ModuleType) -> None:
    """Let a module's `compile` wait while a module of ours is loaded, and at no other time."""

    def compile_later(pattern: Any, flags: Any = 0) -> Any:
        caller = sys._getframe(1)
        is_loaded = caller.f_code.co_name == "<module>"
        if is_loaded and caller.f_globals["__name__"].partition(".")[0] in _OURS:
            return LaterPattern(pattern, flags)
        return _compile_now(pattern, flags)

    vars(module).update(compile=compile_later)


_compile_now = re.compile
make_patterns_later(re)
