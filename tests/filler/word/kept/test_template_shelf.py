"""Compiled templates of earlier runs: the same, or none."""

import json
import shutil
from dataclasses import replace
from functools import cache

import pytest

from filler.word import form_template
from filler.word.compiled_template import CompiledTemplate
from filler.word.form_template import keep_compiled, load_template
from filler.word.kept import template_shelf
from filler.word.kept.template_shelf import TemplateShelf
from filler.word.proving.trial_prints import trial_contexts

CODE = "MZ:COM-00:V0:-"


@pytest.fixture
def made(monkeypatch):
    """How many templates were compiled from the beginning, beside those of all other tests."""
    made = []
    beside = cache(form_template._compile.__wrapped__)
    monkeypatch.setattr(form_template, "_compile", beside)

    def compiled(*given, **named):
        made.append(given[1])
        return CompiledTemplate(*given, **named)

    monkeypatch.setattr(form_template, "CompiledTemplate", compiled)
    yield made
    keep_compiled(None)


@pytest.fixture
def load(catalogue, tmp_path):
    """A run of its own that needs one template."""

    def loaded(form_id="DB-01"):
        keep_compiled(TemplateShelf(tmp_path / "kept"))
        return load_template(catalogue.form(form_id))

    return loaded


def _printed(template: CompiledTemplate) -> list[bytes]:
    names = template.names
    trials = trial_contexts(
        names.used, names.words, template.photos.names, (), 2, annexes=template.annexes.labels
    )
    return [template.render(trial, CODE, {"0" * 64: b"a photo"}) for trial in trials]


def test_the_second_run_compiles_nothing(load, made, tmp_path):
    """What is kept is for nobody else's eyes, and holds no code."""
    before, after = load(), load()
    assert made == ["DB-01.docx"]
    assert _printed(before) == _printed(after)
    file = tmp_path / "kept" / "DB-01.json"
    assert file.stat().st_mode & 0o077 == 0
    assert json.loads(file.read_bytes().partition(b"\n")[2])


def test_another_template_is_compiled(catalogue, made, tmp_path):
    """Though it is called the same and was as large; and it takes the place of the old one."""
    spec = catalogue.form("DB-01")
    shutil.copy(spec.docx, tmp_path / "DB-01.docx")
    one = replace(spec, docx=tmp_path / "DB-01.docx")
    for _ in range(2):
        keep_compiled(TemplateShelf(tmp_path / "kept"))
        load_template(one)
    assert len(made) == 1
    data = bytearray((tmp_path / "DB-01.docx").read_bytes())
    data[10] ^= 1  # the time of the first member
    (tmp_path / "DB-01.docx").write_bytes(bytes(data))
    for _ in range(2):
        keep_compiled(TemplateShelf(tmp_path / "kept"))
        load_template(one)
    assert len(made) == 2
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["DB-01.json"]


def test_another_spec_is_compiled(catalogue, made, tmp_path):
    """What a template must print stands in it."""
    spec = catalogue.form("DB-01")
    for title in (spec.title, "另一个名称", "另一个名称"):
        keep_compiled(TemplateShelf(tmp_path / "kept"))
        load_template(replace(spec, title=title))
    assert len(made) == 2


def test_another_program_compiles_again(load, made, monkeypatch):
    """Or other libraries."""
    load()
    monkeypatch.setattr(template_shelf, "_program", lambda: b"another")
    load()
    load()
    assert len(made) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data.replace(b"w:document", b"w:dokument", 1),
        lambda data: data.partition(b"\n")[0],
        lambda data: b"\xff\xfe" + data,
    ],
)
def test_a_file_cut_off_or_changed_is_none(load, made, tmp_path, spoil):
    """It is compiled from the beginning and kept again."""
    before = load()
    file = tmp_path / "kept" / "DB-01.json"
    file.write_bytes(spoil(file.read_bytes()))
    assert _printed(load()) == _printed(before)
    load()
    assert len(made) == 2


def test_where_nothing_can_be_written_it_is_compiled_each_time(load, made, tmp_path):
    """A folder that is none."""
    (tmp_path / "kept").write_text("", encoding="utf-8")
    load()
    load()
    assert len(made) == 2


def test_without_a_shelf_nothing_is_kept(catalogue, made, tmp_path, monkeypatch):
    """As in the service and in a batch."""
    monkeypatch.chdir(tmp_path)
    keep_compiled(None)
    load_template(catalogue.form("DB-01"))
    assert made == ["DB-01.docx"]
    assert not list(tmp_path.iterdir())


def test_the_program_is_looked_at_where_it_lies():
    """Of a folder that is not there nothing would ever change."""
    assert all((folder / "__init__.py").is_file() for folder in template_shelf._PROGRAM)
