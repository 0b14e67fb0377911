"""A new version of the program changed a table or form that the county changed, too."""

from pathlib import Path

import pytest

from minzheng.external import county_files
from minzheng.external.county_files import laid_in
from minzheng.external.files.laid_files import Laid, bring_files_up_to_date, find_changes
from minzheng.web.office import shipped_changes
from minzheng.web.office.shipped_changes import both_changed, settle, sides_of
from tests.web.office.conftest import (
    FORM,
    TABLE,
    changed_template,
    replace_table,
    replace_template,
)

NEW, OWN = "新版本=程序新加", "本县=县里改过"


def changed_in_both(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> Laid:
    """What the program brings gets one line more, what the county uses another."""
    inside = folder.parent / "inside" / folder.name
    laid = laid_in(folder.parent, folder.name, inside)
    for file in folder.rglob("*.*"):
        (inside / file.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
        (inside / file.relative_to(folder)).write_bytes(file.read_bytes())
    bring_files_up_to_date(laid)
    for place, line in ((inside, NEW), (folder, OWN)):
        file = place / name
        file.write_text(f"{file.read_text('utf-8')}# {line}\n", encoding="utf-8")
    for module in (county_files, shipped_changes):
        monkeypatch.setattr(module, "county_folders", lambda _: {folder.name: laid})
    return laid


def test_a_table_both_changed_is_marked_and_shown(registry_desk, registry, monkeypatch):
    """Each side's lines under its own heading; other tables say nothing."""
    changed_in_both(registry, monkeypatch, TABLE)
    assert "新版本也改了这张表" in registry_desk.get("/registry").content.decode()
    page = registry_desk.get(f"/registry/{TABLE}").content.decode()
    program, county = page.split(f"本县对 {TABLE} 的改动")
    assert f"新版本对 {TABLE} 的改动" in program
    assert NEW in program
    assert OWN not in program
    assert OWN in county.partition("</section>")[0]
    assert "both-changed" not in registry_desk.get("/registry/laws.toml").content.decode()


def test_whoever_puts_another_in_place_saw_both(registry_desk, registry, monkeypatch):
    """It is no question any more."""
    laid = changed_in_both(registry, monkeypatch, TABLE)
    replace_table(registry_desk, (registry / TABLE).read_text("utf-8") + f"# {NEW}\n")
    assert "both-changed" not in registry_desk.get(f"/registry/{TABLE}").content.decode()
    assert [one.is_both for one in find_changes(laid)] == [False]


def test_a_form_is_shown_and_settled_alike(template_desk, templates, monkeypatch):
    """Its template and its spec are one thing."""
    folder = next(templates.rglob(f"{FORM}.toml")).parent.name
    changed_in_both(templates, monkeypatch, f"{folder}/{FORM}.toml")
    assert template_desk.get("/templates").content.decode().count("新版本也改了它") == 1
    page = template_desk.get(f"/templates/{FORM}").content.decode()
    assert f"新版本对 {folder}/{FORM}.toml 的改动" in page
    assert "文字没有变" in page  # of the Word template
    replace_template(template_desk, changed_template())
    assert "both-changed" not in template_desk.get(f"/templates/{FORM}").content.decode()


def test_a_source_tree_has_no_such_question():
    """git shows what changed."""
    assert both_changed("registry") == frozenset()
    assert sides_of("registry", "laws") == []
    settle("registry", "laws")


def test_a_long_change_is_cut(registry, monkeypatch):
    """And says how much is left out."""
    laid = changed_in_both(registry, monkeypatch, TABLE)
    (laid.shipped / TABLE).write_text("".join(f"# {one}\n" for one in range(100)))
    first = sides_of("registry", "synonyms")[0]
    assert len(first.lines) == 60
    assert first.left_out > 40
