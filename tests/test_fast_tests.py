"""What `script/test --fast` runs."""

import pytest

from script.fast_tests import ALWAYS, PROJECT, Minute, files_for


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("minzheng/web/forms/fill.py", ["tests/web/forms/test_fill.py"]),
        ("filler/rules/check.py", ["tests/filler/rules/test_check.py"]),
        ("minzheng/web/forms/pages/fill.html", ["tests/web/forms/test_fill.py"]),
        ("tests/county/test_config.py", ["tests/county/test_config.py"]),
        ("tests/county/__init__.py", []),
        ("templates/01_dibao/DB-01.toml", ["tests/filler/spec/test_form_catalogue.py"]),
        ("script/golden.py", []),
        ("README.md", []),
    ],
)
def test_what_was_changed_is_tested_first(changed, tests):
    """By its name; what always runs comes behind it."""
    assert files_for([changed]) == [*tests, *(one for one in ALWAYS if one not in tests)]


def test_what_always_runs_is_there():
    """A file that was renamed would be left out unsaid."""
    assert [one for one in ALWAYS if not (PROJECT / one).is_file()] == []


def test_nothing_begins_when_the_minute_is_over():
    """And it is counted."""
    over, running = Minute(-1), Minute(60)
    with pytest.raises(pytest.skip.Exception):
        over.pytest_runtest_setup()
    running.pytest_runtest_setup()
    assert (over.left_out, running.left_out) == (1, 0)
