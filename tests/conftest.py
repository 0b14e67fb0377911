"""Every test run has a config and a data folder of its own, made before Django starts."""

import os
import sys
import tempfile
from pathlib import Path

import pytest

_folder = Path(tempfile.mkdtemp(prefix="minzheng-test-"))
(_folder / "config.toml").write_text("", encoding="utf-8")
os.environ["MINZHENG_CONFIG"] = str(_folder / "config.toml")
# Commands that tests start find what Python compiled, as users' do: some hundred processes.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


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


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Tests use a database file, as the product does: in memory, threads lock one another out."""
    from django.conf import settings  # noqa: PLC0415  # only after the config above is laid

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(_folder / "test.sqlite3")


@pytest.fixture(autouse=True)
def _log_as_empty_as_the_database() -> None:
    """The head of the audit log outlives the test whose entries were rolled back."""
    for name in ("audit_head.json", "audit_key"):
        (_folder / "data" / name).unlink(missing_ok=True)
