"""Logs tell the administrator what happened, and nothing about people."""

import json
import logging
from pathlib import Path

import pytest
from setuptools import find_packages

from minzheng.cli.log_files import describe_error, start_logging
from minzheng.county.config import PROJECT_FOLDER

OURS = ["minzheng*", "filler*", "archive_indexer*"]
NAME, NUMBER = "测试甲", "11010519491231002X"


@pytest.fixture
def log(tmp_path: Path):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    start_logging(tmp_path, "service")
    yield lambda: (tmp_path / "log" / "service.jsonl").read_text(encoding="utf-8")
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_line_is_an_object_with_known_keys(log):
    """Time, level, place, message, and figures that were given on purpose."""
    logging.getLogger("archive_indexer.x").warning(
        "files altered", extra={"count": 2, "path": f"{NAME}.jpg"}
    )
    line = json.loads(log())
    assert (line["levelname"], line["message"], line["count"]) == ("WARNING", "files altered", 2)
    assert "path" not in line


@pytest.mark.parametrize(
    "package",
    find_packages(str(PROJECT_FOLDER), include=["minzheng*", "filler*", "archive_indexer*"]),
)
def test_our_own_messages_are_written_in_full(log, package):
    """Whichever of our rooms speaks."""
    logging.getLogger(f"{package}.x").warning("%d files altered", 2)
    assert json.loads(log())["message"] == "2 files altered"


def test_an_error_is_its_class_and_its_lines(log):
    """The message of an error holds the file's name; it is not written."""
    try:
        Path(f"/none/{NAME}{NUMBER}.pdf").read_bytes()
    except OSError:
        logging.getLogger("archive_indexer.x").exception("a file could not be indexed")
    assert "FileNotFoundError at " in log()
    assert "test_log_files.py" in log()
    assert NAME not in log()
    assert NUMBER not in log()


def test_other_libraries_speak_without_values(log):
    """What they fill in may be anything."""
    logging.getLogger("django.request").warning("Not Found: %s", f"/search?q={NAME}")
    logging.getLogger("pypdf2").error(f"cannot read {NAME}")
    assert "Not Found: %s" in log()
    assert NAME not in log()


def test_an_unexpected_error_on_the_command_line_is_described_alike():
    """The same rule holds for what ends a command."""
    try:
        raise ValueError(NAME)
    except ValueError as error:
        told = describe_error(error)
    assert "ValueError" in told
    assert NAME not in told
