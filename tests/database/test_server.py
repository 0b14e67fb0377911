"""Whether a server can be used, in words."""

import psycopg
import pytest
from django.db import NotSupportedError, OperationalError, connection
from django.db.backends.base import base

from minzheng.database import server
from minzheng.database.errors import ServerAwayError, ServerUnfitError
from tests.database import on_server
from tests.database.on_server import needs_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place():
    """Where the connection leads, to be changed; afterwards it leads where it did."""
    kept = connection.settings_dict
    connection.close()
    connection.settings_dict = dict(kept)
    yield connection.settings_dict
    connection.close()
    connection.settings_dict = kept


def test_what_is_as_it_must_be_is_not_spoken_of():
    """Neither the embedded database, nor a server's."""
    server.confirm_usable()


def test_only_a_server_that_is_away_is_told_as_such(place):
    """In the middle of something, too, with where it is and what it said; without a password."""
    error = OperationalError("x")
    error.__cause__ = psycopg.OperationalError("tried\nserver closed the connection")
    place.update(USER="u", PORT=1)
    said = server.say_if_away(error)
    assert "连不上" in said
    assert "server closed the connection" in said
    assert "u@" in said
    assert server.say_if_away(OperationalError("x")) == ""
    assert server.say_if_away(ValueError("x")) == ""


@needs_server
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"PORT": 1}, "Connection refused"),
        ({"PASSWORD": "falsch"}, "password authentication failed"),
        ({"NAME": "nirgends"}, "does not exist"),
        ({"HOST": "nirgends.invalid"}, "连不上"),
    ],
)
def test_a_server_that_does_not_take_us_is_named_with_its_words(place, changed, said):
    """And what to look at; never the password."""
    place.update(changed)
    with pytest.raises(ServerAwayError) as refused:
        server.confirm_usable()
    assert said in str(refused.value)
    assert f"@{place['HOST']}:{place['PORT']}/{place['NAME']}" in str(refused.value)
    assert "请检查" in str(refused.value)
    assert place["PASSWORD"] not in str(refused.value)


@needs_server
def test_an_old_server_is_refused_with_both_versions(place, monkeypatch):
    """What the library asks for is what is said."""
    monkeypatch.setattr(connection.features, "minimum_database_version", (99, 3))
    with pytest.raises(ServerUnfitError, match=r"是 PostgreSQL 1\d\.\d+，太旧了，至少要 99\.3"):
        server.confirm_usable()


@needs_server
def test_a_command_that_did_not_ask_first_tells_of_an_old_server_too(place, monkeypatch):
    """Not every command begins with asking; the refusal comes with its first question."""
    monkeypatch.setattr(connection.features, "minimum_database_version", (99, 3))
    monkeypatch.setattr(base, "RAN_DB_VERSION_CHECK", set())
    with pytest.raises(NotSupportedError) as refused:
        connection.ensure_connection()
    connection.close()  # it may have been another connection
    assert "至少要 99.3" in server.say_if_unfit(refused.value)


def test_only_a_refused_server_is_told_as_old():
    """What a database cannot do has other reasons."""
    assert server.say_if_unfit(NotSupportedError("x")) == ""
    assert server.say_if_unfit(ValueError("x")) == ""


@needs_server
@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"encoding": "SQL_ASCII"}, "编码是 SQL_ASCII"),
        ({"more": "LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN'"}, "排序规则（locale）不是 C"),
    ],
)
def test_a_database_that_would_lose_papers_is_refused(place, made, said):
    """With the command that makes a right one; whatever its order is called."""
    try:
        on_server.server().make_database("unfit", **made)
    except RuntimeError as error:  # older than 15, or built without ICU
        assert "locale_provider" in str(error) or "ICU" in str(error)
        pytest.skip("this server makes no database of another order")
    place["NAME"] = "unfit"
    try:
        with pytest.raises(ServerUnfitError) as refused:
            server.confirm_usable()
    finally:
        connection.close()
        on_server.server().ask("DROP DATABASE unfit")
    assert said in str(refused.value)
    assert "createdb -T template0 -E UTF8 --locale=C" in str(refused.value)


@needs_server
def test_a_copy_that_takes_no_writing_is_refused(monkeypatch):
    """Found at the start, not at the first form."""
    asked = server.asked_of_database()
    monkeypatch.setattr(server, "asked_of_database", lambda: (asked[0], True))
    with pytest.raises(ServerUnfitError, match="只读的备机"):
        server.confirm_usable()
