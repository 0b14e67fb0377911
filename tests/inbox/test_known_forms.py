"""What is known of all forms: read once, and anew when one was replaced."""

import shutil
from pathlib import Path

import pytest

from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.inbox import known_forms as module
from minzheng.inbox.known_forms import known_forms


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder of one form and of what all share."""
    form = next(TEMPLATES_FOLDER.glob("*/DB-01.toml"))
    shutil.copytree(TEMPLATES_FOLDER / "shared", tmp_path / "shared")
    (tmp_path / "db").mkdir()
    for file in (form, form.with_suffix(".docx")):
        shutil.copy(file, tmp_path / "db")
    return tmp_path


def test_all_that_is_known_of_a_form_is_told_by_its_id(few):
    """What asks for signatures, where answers stand, what is printed, what it is known by."""
    known = known_forms(few)
    assert known.marks["DB-01"].title in known.prints["DB-01"]
    assert known.signs["DB-01"]
    assert known.sign_rows["DB-01"]
    assert any(cell.kind == "id" for cell in known.layouts["DB-01"])


def test_forms_are_read_once_whoever_asks(few, monkeypatch):
    """For each county of several, and when its tables changed."""
    first = known_forms(few)
    monkeypatch.setattr(module, "form_files", None)
    assert known_forms(few) is first


def test_a_form_that_was_replaced_is_read_anew(few):
    """By its title, here; also one that came."""
    known_forms(few)
    spec = few / "db" / "DB-01.toml"
    title = 'title = "另一张表"\nid = "DB-01"\n'
    spec.write_text(title, encoding="utf-8")
    (few / "db" / "DB-99.toml").write_text('title = "新表"\nid = "DB-99"\n', encoding="utf-8")
    marks = known_forms(few).marks
    assert (marks["DB-01"].title, marks["DB-99"].title) == ("另一张表", "新表")
