"""Every test run has a config and a data folder of its own, made before Django starts."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.running.in_memory import temporary_files_in_memory
from tests.running.kept.made_tables import lay_tables

_place = temporary_files_in_memory()
_folder = Path(tempfile.mkdtemp(prefix="minzheng-test-"))
atexit.register(shutil.rmtree, _place or _folder, ignore_errors=True)
_GARBAGE = (10_000, 20, 20)
#: Set by tests/database/on_server.py, when the tables are to lie on a server.
_settings = os.environ.get("MINZHENG_TEST_SETTINGS", "")
(_folder / "config.toml").write_text(_settings, encoding="utf-8")
os.environ["MINZHENG_CONFIG"] = str(_folder / "config.toml")
# Commands that tests start find what Python compiled, as users' do: some hundred processes.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Garbage is looked for a tenth as often: of a test of pages a twentieth went into that.
gc.set_threshold(*_GARBAGE)

# On a busy machine an example takes long, and so does finding one: nothing is wrong with either.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


def pytest_collection_finish() -> None:
    """What was imported stays to the end: garbage is not looked for in it again and again."""
    gc.freeze()


def pytest_unconfigure() -> None:
    """At the end it is let go as ever: libraries tell of what they still hold."""
    gc.unfreeze()


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The forms that are read from answers while a test runs, by id, in turn."""
    from filler import fill_form  # noqa: PLC0415  # only after the config above is laid

    real, read = fill_form.read_answers, list[str]()

    def count(spec, answers):
        read.append(spec.id)
        return real(spec, answers)

    monkeypatch.setattr(fill_form, "read_answers", count)
    return read


@pytest.fixture(scope="session", autouse=True)
def _passwords_hashed_without_delay() -> None:
    """A hash takes a quarter of a second on purpose; a village of accounts took minutes."""
    from django.conf import settings  # noqa: PLC0415  # only after the config above is laid

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Tests use a database file, as the product does: in memory, threads lock one another out."""
    from django.conf import settings  # noqa: PLC0415  # only after the config above is laid

    name = "test" if _settings else str(lay_tables(_folder, "test.sqlite3"))
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The file was laid with its tables made, and goes with its folder."""
    return not _settings


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """What a test that commits leaves is removed: on a server the log, too, here alone."""
    from django.db import connection  # noqa: PLC0415  # only after the config above is laid

    from tests.running.emptied_tables import keep_what_migrations_wrote  # noqa: PLC0415

    with django_db_blocker.unblock():
        keep_what_migrations_wrote()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER audit_entry_not_emptied ON accounts_auditentry")


@pytest.fixture(autouse=True)
def _log_as_empty_as_the_database() -> None:
    """The head of the audit log outlives the test whose entries were rolled back."""
    for name in ("audit_head.json", "audit_key"):
        (_folder / "data" / name).unlink(missing_ok=True)
