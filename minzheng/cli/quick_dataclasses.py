"""Dataclasses whose methods are compiled when they are first called, as far as they ever are.

Python 3.11 compiles six functions a frozen dataclass while a module is loaded, which was a twelfth
of a command's start; a command compares and prints few of its hundreds of classes. Python 3.13
compiles them in one go, so that nothing of this is needed there.
"""

import dataclasses
import sys
from collections.abc import Callable, Sequence
from dataclasses import FrozenInstanceError
from types import ModuleType
from typing import Any

_Method = Callable[..., Any]
_ONE_BY_ONE = (3, 11)
#: What makes a method, and which; empty: it is told.
_MAKING = {"_repr_fn": "__repr__", "_hash_fn": "__hash__", "_cmp_fn": ""}


def make_methods_later(module: ModuleType) -> None:
    """Of every class that `dataclasses` makes from here on."""
    later = {making: _later(getattr(module, making), name) for making, name in _MAKING.items()}
    vars(module).update(later, _frozen_get_del_attr=_refusing)


def _later(make: Callable[..., _Method], name: str) -> Callable[..., _Method]:
    """What gives, in place of a method, one that has itself replaced when it is called."""

    def give(*told: Any, **named: Any) -> _Method:
        called = name or str(told[0])

        def method(self: Any, *given: Any) -> Any:
            made = make(*told, **named)
            made.__qualname__ = method.__qualname__
            for one in type(self).__mro__:
                if vars(one).get(called) is method:
                    setattr(one, called, made)
            return made(self, *given)

        method.__name__ = called
        return method

    return give


def _refusing(cls: Any, fields: Sequence[Any], _: Any) -> tuple[_Method, _Method]:
    """What a frozen class does when somebody sets or deletes something; no need to compile it."""
    names = frozenset(one.name for one in fields)

    def __setattr__(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return __setattr__, __delattr__


def _is_known() -> bool:
    """Whether this Python makes them as it is known to; another is left alone."""
    return sys.version_info[:2] == _ONE_BY_ONE and all(
        hasattr(dataclasses, one) for one in (*_MAKING, "_frozen_get_del_attr")
    )


if _is_known():
    make_methods_later(dataclasses)
