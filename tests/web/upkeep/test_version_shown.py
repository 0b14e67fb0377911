"""Which version of program and rules is in use."""

import pytest

from minzheng.county.shipped import program_version
from minzheng.external.files.laid_files import Laid
from minzheng.web.gate.office import config
from minzheng.web.upkeep import version_shown
from minzheng.web.upkeep.version_shown import digest_of, versions

pytestmark = pytest.mark.django_db


def test_two_states_of_the_rules_are_told_apart(tmp_path):
    """By name and content of every file; hidden ones left out."""
    (tmp_path / "a.toml").write_text("1", encoding="utf-8")
    first = digest_of(tmp_path)
    (tmp_path / ".b").write_text("1", encoding="utf-8")
    assert digest_of(tmp_path) == first
    (tmp_path / "a.toml").rename(tmp_path / "c.toml")
    assert digest_of(tmp_path) != first
    assert len(first) == 12


def test_the_program_tells_its_version():
    """And the data by whom they were brought up to date."""
    file = config().data_folder / "program_version.txt"
    file.unlink(missing_ok=True)
    assert (versions(config()).program, versions(config()).data_from) == (program_version(), "")
    file.write_text("0.0.9\n", encoding="ascii")
    assert versions(config()).data_from == "0.0.9"
    file.unlink()


def test_what_the_county_changed_is_named_as_people_know_it(monkeypatch, tmp_path):
    """A table by its title, a form by its number; what both changed is marked."""
    texts = {"shipped": "2", "own": "3", "before": "1"}
    for state, text in texts.items():
        for folder, name in (("registry", "laws.toml"), ("templates", "01/DB-01.toml")):
            file = tmp_path / state / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    laid = {
        name: Laid(*(tmp_path / state / name for state in texts))
        for name in ("registry", "templates")
    }
    monkeypatch.setattr(version_shown, "county_folders", lambda _config: laid)
    own = {one.title: one for one in versions(config()).own}
    assert own["法规政策"].address == "/registry/laws.toml"
    assert own["法规政策"].is_both
    (form,) = (one for title, one in own.items() if title.startswith("DB-01"))
    assert form.address == "/templates/DB-01"
