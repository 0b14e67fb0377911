"""docs/requirements.md: all 45, each with a page, form or command and a test that exist."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver

from filler.spec.form_catalogue import load_catalogue
from minzheng.cli.parser import COMMANDS

PROJECT = Path(__file__).parents[1]
_ROW = re.compile(r"^\| (R-\d\d) \|(.+)\|(.+)\|(.+)\|$", re.MULTILINE)
ROWS = _ROW.findall((PROJECT / "docs" / "requirements.md").read_text(encoding="utf-8"))
_FORM = re.compile(r"[A-Z]{2,3}-\d\d[A-Z]?")


@pytest.fixture(scope="module")
def addresses() -> list[str]:
    """The addresses of all pages, as Django writes them."""
    return [str(one.pattern) for one in get_resolver().url_patterns]


def test_every_requirement_is_there_once():
    """In order."""
    assert [one[0] for one in ROWS] == [f"R-{number:02}" for number in range(1, 46)]


@pytest.fixture(scope="module")
def forms():
    """All forms by their number."""
    return load_catalogue().by_id


@pytest.mark.parametrize(("number", "where"), [(one[0], one[2]) for one in ROWS])
def test_what_does_it_exists(number, where, addresses, forms):
    """Forms, pages, commands: at least one of them, and none that is not."""
    named = re.findall(r"`([^`]+)`", where)
    assert named
    for one in named:
        if _FORM.fullmatch(one):
            assert one in forms
        elif one.startswith("/"):
            assert _is_address(one[1:], addresses), one
        else:
            assert one.split()[1] in COMMANDS


@pytest.mark.parametrize(("number", "shown"), [(one[0], one[3]) for one in ROWS])
def test_what_shows_it_exists(number, shown):
    """A file of tests, or one test of it."""
    (named,) = re.findall(r"`([^`]+)`", shown)
    file, _, name = named.partition("::")
    text = (PROJECT / file).read_text(encoding="utf-8")
    assert f"def {name or 'test_'}" in text, named


def _is_address(path: str, addresses: list[str]) -> bool:
    """Whether a page has it, or begins with it and goes on with what it is of."""
    if path.startswith("registers/") and path != "registers/":
        register = f'id = "{path.removeprefix("registers/")}"'
        return register in (PROJECT / "registry/registers.toml").read_text(encoding="utf-8")
    return path in addresses or any(
        one.startswith(f"{path}<") for one in addresses if path.endswith("/")
    )
