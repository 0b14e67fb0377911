"""Modules that are loaded when something of one is asked for."""

import sys

import pytest

from minzheng.county.loaded_later import LoadedLater


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A module that nobody has loaded."""
    (tmp_path / "seldom_needed.py").write_text("WORD = '低保'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield LoadedLater("seldom_needed")
    sys.modules.pop("seldom_needed", None)


def test_it_is_loaded_with_the_first_thing_asked_of_it(module):
    """And not before."""
    assert "seldom_needed" not in sys.modules
    assert module.WORD == "低保"
    assert "seldom_needed" in sys.modules


def test_it_has_what_the_module_has_now(module):
    """Nothing is remembered."""
    assert module.WORD == "低保"
    sys.modules["seldom_needed"].WORD = "特困"
    assert module.WORD == "特困"


def test_what_the_module_does_not_have_is_refused_as_by_the_module(module):
    """With its name."""
    with pytest.raises(AttributeError, match="seldom_needed"):
        _ = module.OTHER
