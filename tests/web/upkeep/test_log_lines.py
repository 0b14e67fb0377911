"""The log of the services as people read it."""

import datetime as dt
import json
import os

import pytest

from minzheng.web.upkeep.log_lines import Asked, days_of, lines_of


@pytest.fixture
def folder(tmp_path):
    def put(name: str, *lines: dict[str, object]) -> None:
        text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines)
        (tmp_path / name).write_text(text, encoding="utf-8")

    put(
        "web.jsonl",
        {"asctime": "2026-07-01 08:00:00,1", "levelname": "INFO", "name": "a", "message": "begun"},
        {"asctime": "2026-07-02 08:00:00,1", "levelname": "ERROR", "name": "minzheng.a",
         "message": "unexpected", "exc_info": "OSError at a.py:1", "errno": 28},
        {"asctime": "2026-07-02 09:00:00,1", "levelname": "WARNING", "name": "django.request",
         "message": "%s: %s", "status_code": 404},
    )  # fmt: skip
    put(
        "service.jsonl",
        {"asctime": "2026-07-02 08:30:00,1", "levelname": "INFO", "message": "walked"},
    )
    put("web.jsonl.1", {"asctime": "2026-06-01 08:00:00,1", "levelname": "INFO", "message": "old"})
    old = dt.datetime(2026, 6, 1, 12).timestamp()
    os.utime(tmp_path / "web.jsonl.1", (old, old))
    with (tmp_path / "web.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"asctime": "2026-')
    return tmp_path


def test_all_services_stand_in_one_line_of_time(folder):
    """Newest first; half a line is none, an old log is not opened."""
    lines = lines_of(folder, Asked())
    assert [one.at[5:13] for one in lines] == ["07-02 09", "07-02 08", "07-02 08", "07-01 08"]
    assert [one.source for one in lines[:2]] == ["网页服务", "看守服务"]
    assert days_of(lines) == ["2026-07-02", "2026-07-01"]
    assert len(lines_of(folder, Asked(), most=2)) == 2


def test_what_a_line_says_is_said_in_words(folder):
    """What was answered, what went wrong, with its numbers."""
    answered, _, failed, _ = lines_of(folder, Asked())
    assert (answered.text, answered.level_word) == ("网页答复 404", "留意")
    assert (failed.text, failed.error) == ("unexpected（errno 28）", "OSError at a.py:1")


def test_what_was_refused_as_not_from_its_own_page_is_said_in_words(tmp_path):
    """Not with the holes that Django fills: what stands in them is never logged."""
    told = {"levelname": "WARNING", "name": "django.security.csrf",
            "message": "Forbidden (%s): %s", "status_code": 403}  # fmt: skip
    (tmp_path / "web.jsonl").write_text(json.dumps(told) + "\n", encoding="utf-8")
    (line,) = lines_of(tmp_path, Asked())
    assert line.text == "网页答复 403：不是从本页发来的，没有收"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (Asked(level="ERROR"), 1),
        (Asked(level="INFO"), 2),
        (Asked(source="service"), 1),
        (Asked(day=dt.date(2026, 7, 2)), 3),
        (Asked(day=dt.date(2026, 6, 1)), 1),
        (Asked(level="ERROR", source="service"), 0),
    ],
)
def test_lines_are_chosen_by_level_day_and_service(folder, asked, count):
    """A day of the past is read from the older logs."""
    assert len(lines_of(folder, asked)) == count


def test_no_log_yet_is_no_line(tmp_path):
    """Before the first start."""
    assert lines_of(tmp_path / "none", Asked()) == []
