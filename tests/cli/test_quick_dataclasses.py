"""Dataclasses whose methods are compiled when they are first called behave as Python's own."""

import dataclasses
import importlib.util
import inspect
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from minzheng.cli.quick_dataclasses import make_methods_later

pytestmark = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="other Pythons compile them in one go"
)


def _python_own(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The library's module, loaded once more: nothing was changed in it."""
    spec = importlib.util.spec_from_file_location(name, str(dataclasses.__file__))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def both(monkeypatch) -> tuple[list[type], list[type]]:
    """The same classes, as Python makes them and with methods made later."""
    own, quick = (
        _python_own(name, monkeypatch) for name in ("own_dataclasses", "quick_dataclasses")
    )
    make_methods_later(quick)
    return _classes(own), _classes(quick)


def _classes(module: ModuleType) -> list[type]:
    class Frozen:
        x: int
        y: str = "a"

    class Open:
        x: int

    class Below(Open):
        z: int = 2

    class Alone:
        pass

    class Itself:
        x: int

    class Hidden:
        x: int
        y: int = module.field(default=0, compare=False, repr=False)

    return [
        module.dataclass(frozen=True, slots=True, order=True)(Frozen),
        module.dataclass(frozen=True)(Hidden),
        module.dataclass(Open),
        module.dataclass(Below),
        module.dataclass(frozen=True)(Alone),
        module.dataclass(frozen=True, eq=False)(Itself),
    ]


_DEEDS: tuple[Callable[[Any, Any], object], ...] = (
    lambda one, other: repr(one),
    lambda one, other: one == other,
    lambda one, other: other == one,
    lambda one, other: one != other,
    lambda one, other: one == 3,
    lambda one, other: isinstance(hash(one), int) and hash(one) == hash(other),
    lambda one, other: one < other,
    lambda one, other: one >= other,
    lambda one, other: one < 3,
    lambda one, other: setattr(one, "x", 2),
    lambda one, other: delattr(one, "x"),
    lambda one, other: setattr(one, "unknown", 2),
    lambda one, other: inspect.signature(type(one)),
    lambda one, other: type(one).__match_args__,
    lambda one, other: [
        method.__qualname__.rpartition(".")[2]
        for name in ("__repr__", "__eq__", "__hash__", "__lt__", "__setattr__")
        if (method := vars(type(one)).get(name)) is not None
    ],
)


@pytest.mark.parametrize("deed", range(len(_DEEDS)))
@pytest.mark.parametrize("times", [1, 2])
def test_they_do_as_pythons_own_do(both, deed, times):
    """The first time and after, with equal ones and unlike ones; and refuse with the same words."""
    own, quick = both
    assert [_told(_DEEDS[deed], one, times) for one in own] == [
        _told(_DEEDS[deed], one, times) for one in quick
    ]


def _told(deed: Callable[[Any, Any], object], kind: type, times: int) -> list[str]:
    """What came of a deed done to pairs of one class."""
    some = (
        [kind(*given) for given in ((1,), (1,), (2,))]
        if inspect.signature(kind).parameters
        else [kind()] * 3
    )
    told = []
    for other in some[1:]:
        for _ in range(times):
            try:
                told.append(str(deed(some[0], other)))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is to be the same
                told.append(f"{type(error).__name__}: {error}")
    return told
