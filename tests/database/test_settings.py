"""How Django reaches the tables."""

from pathlib import Path

from minzheng.county.config import load_config
from minzheng.database.settings import database_settings


def settings_of(folder: Path, text: str) -> dict:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return database_settings(load_config(folder / "config.toml"))


def test_without_an_address_they_are_a_file_of_the_data_folder(tmp_path: Path):
    """With one writer at a time, and nothing acknowledged that is not on the disk."""
    settings = settings_of(tmp_path, "")
    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["NAME"] == tmp_path / "data" / "minzheng.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in settings["OPTIONS"]["init_command"]


def test_an_address_gives_every_part_of_it(tmp_path: Path):
    """Also how the way is encrypted; nobody waits for ever, neither for a server nor a lock."""
    settings = settings_of(
        tmp_path, '[database]\nurl = "postgresql://u:p%40@h:6000/d?sslmode=verify-full"\n'
    )
    asked = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
    assert [settings[one] for one in asked] == ["d", "h", 6000, "u", "p@"]
    assert settings["OPTIONS"]["sslmode"] == "verify-full"
    assert settings["OPTIONS"]["connect_timeout"] > 0
    assert "lock_timeout=30s" in settings["OPTIONS"]["options"]
