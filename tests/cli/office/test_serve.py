"""`minzheng serve`: what it says at its start."""

from dataclasses import replace

import pytest

from minzheng.accounts.models import Person
from minzheng.cli.office import serve
from minzheng.county.config import current_config

pytestmark = pytest.mark.django_db


def test_without_accounts_it_says_how_to_make_the_first(capsys):
    """Nobody could sign in otherwise, and no page would say why."""
    serve._announce(current_config(), ())
    assert "account add" in capsys.readouterr().out


def test_with_accounts_it_says_nothing_of_them(capsys):
    """Neither names nor passwords."""
    Person.objects.create_user("someone")
    serve._announce(current_config(), ())
    shown = capsys.readouterr().out
    assert "account add" not in shown
    assert "someone" not in shown


@pytest.mark.parametrize(("host", "is_said"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_it_says_when_pages_are_not_encrypted(capsys, host, is_said):
    """On the terminal, as on every page."""
    serve._announce(replace(current_config(), host=host), ())
    assert ("没有加密" in capsys.readouterr().out) is is_said
