"""Specs that were found right are not looked at again while nothing changed."""

import os
from types import SimpleNamespace

import pytest

from filler.errors import CatalogueError
from filler.spec import checked_specs
from filler.spec.checked_specs import checked_catalogue
from filler.spec.form_catalogue import open_catalogue
from filler.word.form_template import spec_as_json
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.external.files import found_right

WHOLE, ASKED = "every spec read", "read when asked"


@pytest.fixture
def start(tmp_path, monkeypatch):
    """A start over a folder of two files; how the forms were read."""
    templates, registry, program = (tmp_path / name for name in ("forms", "registry", "program"))
    for folder in (templates, registry, program):
        folder.mkdir()
    (templates / "DB-01.toml").write_text("right", encoding="utf-8")
    (templates / "DB-01.docx").write_bytes(b"a template")
    (registry / "laws.toml").write_text("right", encoding="utf-8")
    (program / "check.py").write_text("right", encoding="utf-8")

    def read_all(config, county):
        if (templates / "DB-01.toml").read_text(encoding="utf-8") == "wrong":
            raise CatalogueError([])
        return WHOLE

    monkeypatch.setattr(checked_specs, "TEMPLATES_FOLDER", templates)
    monkeypatch.setattr(checked_specs, "_CHECKING", (program,))
    monkeypatch.setattr(checked_specs, "catalogue_of", read_all)
    monkeypatch.setattr(checked_specs, "open_catalogue", lambda *_: ASKED)
    monkeypatch.setattr(checked_specs, "county_facts", lambda *_: None)
    config, county = (
        SimpleNamespace(data_folder=tmp_path / "data"),
        SimpleNamespace(folder=registry),
    )
    return lambda: checked_catalogue(config, county)


def test_the_second_start_reads_what_is_asked_for(start, tmp_path):
    """What is remembered is for nobody else's eyes."""
    assert [start(), start(), start()] == [WHOLE, ASKED, ASKED]
    assert (tmp_path / "data" / "checked_specs").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "file", ["forms/DB-01.toml", "forms/new.toml", "registry/laws.toml", "program/check.py"]
)
def test_after_any_change_everything_is_looked_at(start, tmp_path, file):
    """A spec, a table, the program: once more, and then it is known."""
    start()
    (tmp_path / file).write_text("right, too", encoding="utf-8")
    assert [start(), start()] == [WHOLE, ASKED]


def test_a_word_template_that_is_gone_is_noticed(start, tmp_path):
    """What it holds is looked at when it is used."""
    start()
    (tmp_path / "forms/DB-01.docx").write_bytes(b"another one")
    assert start() == ASKED
    (tmp_path / "forms/DB-01.docx").unlink()
    assert start() == WHOLE


def test_a_wrong_spec_is_refused_at_every_start(start, tmp_path):
    """Nothing is remembered of it."""
    start()
    (tmp_path / "forms/DB-01.toml").write_text("wrong", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CatalogueError):
            start()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owner of this kind")
def test_what_somebody_else_wrote_does_not_count(start, tmp_path, monkeypatch):
    """Everything is looked at as if nothing were remembered."""
    start()
    owner = (tmp_path / "data" / "checked_specs").stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    monkeypatch.setattr(found_right, "_ROOT", owner + 2)
    assert start() == WHOLE


def test_a_start_that_cannot_remember_is_none_the_worse(start, tmp_path):
    """A folder stands in the way."""
    (tmp_path / "data" / "checked_specs").mkdir(parents=True)
    assert [start(), start()] == [WHOLE, WHOLE]


def test_forms_read_when_asked_are_the_same(catalogue):
    """As every one that is read at once, with what they take over from one another."""
    opened = open_catalogue(TEMPLATES_FOLDER, catalogue.facts)
    assert sorted(opened.by_id) == sorted(catalogue.by_id)
    for form_id in ("DB-01", "COM-09", "TK-04"):
        assert spec_as_json(opened.form(form_id)) == spec_as_json(catalogue.form(form_id))
    assert (opened.taking_over, opened.offers, opened.months, opened.personal) == (
        catalogue.taking_over, catalogue.offers, catalogue.months, catalogue.personal,
    )  # fmt: skip
