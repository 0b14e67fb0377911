"""All forms are read and checked at start."""

import shutil

import pytest

from filler.errors import CatalogueError, UnknownFormError
from filler.spec import form_catalogue
from filler.spec.form_catalogue import load_catalogue
from filler.word.form_template import load_template
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.errors import Problem

WRONG = """
id = "XX-01"
title = "试表{nobody}"
version = "1"
kind = "制式"
layout = "L-WRONG"
sections = 1
checks = ["unique(name.x)", "not_there()"]

[[section]]
title = "一"
field = [
  { slug = "name", label = "姓名", type = "txt" },
  { slug = "name", label = "姓名", type = "text", rules = ["lenght(1, 2)"] },
  { slug = "age", label = "年龄", type = "int", derived = "age_on(id)" },
  { slug = "kind", label = "类别", type = "choice" },
  { slug = "place", label = "镇", type = "choice", choices = "@nowhere" },
  { group = "NONE" },
]
"""


def test_every_form_of_the_county_is_right(catalogue):
    """Specs hold no mistake, and every template prints all its fields."""
    for spec in catalogue.forms:
        load_template(spec)


def test_every_mistake_in_a_spec_is_named_at_once(tmp_path):
    """Twelve mistakes, one answer."""
    (tmp_path / "XX-01.toml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    message = str(caught.value)
    for part in (
        "L-WRONG", "“sections”", "{nobody}", "not_there", "txt", "字段“name”重复", "lenght",
        "是否为“length”", "参数“id”", "没有写可选项", "@nowhere", "NONE", "XX-01.docx",
    ):  # fmt: skip
        assert part in message, part


def test_broken_toml_does_not_hide_other_mistakes(tmp_path):
    """Both files are named."""
    (tmp_path / "AA-01.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "XX-01.toml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    assert "AA-01.toml" in str(caught.value)
    assert "XX-01.toml" in str(caught.value)


def test_an_unknown_form_names_the_known_ones(catalogue):
    """A clerk who mistypes sees the list."""
    with pytest.raises(UnknownFormError, match="DB-01"):
        catalogue.form("DB-99")


def test_words_about_forms_that_there_are_not_are_told(monkeypatch):
    """Once every form was read."""
    problem = Problem("DB-01", "没有这张表", "改正编号")
    monkeypatch.setattr(form_catalogue, "find_unknown_forms", lambda forms: [problem])
    with pytest.raises(CatalogueError, match="没有这张表"):
        load_catalogue()


@pytest.fixture
def own_forms(tmp_path):
    """A folder of two forms."""
    shutil.copytree(TEMPLATES_FOLDER / "shared", tmp_path / "shared")
    for form_id in ("DB-01", "DB-02"):
        for ending in (".toml", ".docx"):
            file = next(TEMPLATES_FOLDER.rglob(f"{form_id}{ending}"))
            shutil.copyfile(file, tmp_path / file.name)
    return tmp_path


def changed(file, old, new):
    said = file.read_text(encoding="utf-8")
    assert old in said
    file.write_text(said.replace(old, new, 1), encoding="utf-8")


def test_only_a_replaced_form_is_read_anew(own_forms):
    """What was compiled of the others still holds."""
    before = load_catalogue(own_forms)
    changed(own_forms / "DB-01.toml", 'title = "', 'title = "新')
    after = load_catalogue(own_forms)
    assert after.form("DB-01").title == f"新{before.form('DB-01').title}"
    assert after.form("DB-02") is before.form("DB-02")


def test_what_forms_share_is_replaced_in_all_of_them(own_forms):
    """A label of a group stands in each form that has it."""
    before = load_catalogue(own_forms)
    changed(own_forms / "shared/groups.toml", 'label = "姓名"', 'label = "名字"')
    after = load_catalogue(own_forms)
    assert "名字" not in {field.label for field in before.form("DB-01").fields}
    assert "名字" in {field.label for field in after.form("DB-01").fields}


def test_a_mistake_is_named_as_often_as_it_is_read(own_forms):
    """It is not taken for what was right before, nor forgotten."""
    load_catalogue(own_forms)
    changed(own_forms / "DB-01.toml", 'layout = "', 'layout = "X')
    for _ in range(2):
        with pytest.raises(CatalogueError, match="layout"):
            load_catalogue(own_forms)


def test_a_form_in_another_folder_has_the_word_file_beside_it(own_forms, tmp_path_factory):
    """Though it says the same."""
    first = load_catalogue(own_forms).form("DB-01")
    elsewhere = shutil.copytree(own_forms, tmp_path_factory.mktemp("elsewhere") / "forms")
    assert load_catalogue(elsewhere).form("DB-01").docx == elsewhere / "DB-01.docx"
    assert first.docx == own_forms / "DB-01.docx"
