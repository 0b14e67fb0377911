"""Patterns that are compiled when they are first asked answer as Python's own."""

import copy
import pickle
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from minzheng.cli.quick_regexes import LaterPattern, make_patterns_later

_TOLD = r"(?P<a>[㐀-鿿])(\d*)"
_DEEDS: tuple[Callable[[Any], object], ...] = (
    lambda one: one.search("a村12组").group("a", 2),
    lambda one: one.match("村").span(),
    lambda one: one.match("a村", 1).span(),
    lambda one: one.fullmatch("村1村"),
    lambda one: one.split("甲1乙"),
    lambda one: one.findall("甲1乙"),
    lambda one: [found[0] for found in one.finditer("甲1乙")],
    lambda one: one.sub(r"<\2>", "甲1乙", count=1),
    lambda one: one.subn("", "甲1乙"),
    lambda one: (one.pattern, one.flags, one.groups, dict(one.groupindex)),
    lambda one: copy.deepcopy(one).findall("甲1乙"),
    lambda one: pickle.loads(pickle.dumps(one)).findall("甲1乙"),
)


def _loaded(name: str, source: str) -> dict[str, Any]:
    """What a module of such a name holds, with patterns that are made later."""
    module = ModuleType("re_of_a_start")
    make_patterns_later(module)
    held = {"__name__": name, "re": module}
    exec(compile(source, name, "exec"), held)
    return held


@pytest.mark.parametrize("deed", range(len(_DEEDS)))
def test_it_answers_as_pythons_own(deed):
    """Asked for the first time and again."""
    later, own = LaterPattern(_TOLD, 0), re.compile(_TOLD)
    assert [_DEEDS[deed](later) for _ in range(2)] == [_DEEDS[deed](own) for _ in range(2)]


def test_flags_are_kept():
    """A pattern that looks at no case looks at none when it is compiled later."""
    assert LaterPattern("A", re.IGNORECASE).match("a")


def test_only_patterns_of_our_modules_wait():
    """A library may look what kind of thing a pattern is, and is given a pattern."""
    assert isinstance(_loaded("filler.some", "one = re.compile('a')")["one"], LaterPattern)
    assert isinstance(_loaded("fillers", "one = re.compile('a')")["one"], re.Pattern)


def test_what_a_function_compiles_is_compiled_now():
    """A word of the county that is no pattern is refused where it is read."""
    held = _loaded("filler.some", "def make(told): return re.compile(told)")
    assert isinstance(held["make"]("a"), re.Pattern)
    with pytest.raises(re.error):
        held["make"]("(")


def test_a_wrong_pattern_is_refused_when_it_is_asked():
    """With the words of the library."""
    with pytest.raises(re.error):
        LaterPattern("(", 0).search("")
