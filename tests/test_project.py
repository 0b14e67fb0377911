"""What must stay true of the project as a whole."""

import importlib
import re
import subprocess
import tomllib
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader
from hypothesis import HealthCheck, settings

from minzheng.cli.parser import COMMANDS
from tests.running.imported import imported, imports_of

PROJECT = Path(__file__).resolve().parents[1]
REGISTRIES = [
    f"{name}.{end}".encode()
    for name in ("pypi", "pythonhosted", "npmjs", "yarnpkg")
    for end in ("org", "com")
]


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True
    ).stdout.decode()
    return [PROJECT / name for name in listed.split("\0") if name]


@pytest.mark.parametrize(
    "entry",
    ["templates", "archive_indexer", "filler", "tests", "config.toml", "README.md"],
)
def test_the_agreed_entries_stand_at_the_top(entry):
    """Whoever the product was built for finds what was agreed."""
    assert (PROJECT / entry).exists()


@pytest.mark.parametrize(
    "package", ["python-docx", "docxtpl", "pypdf", "whoosh3", "watchdog", "pytest"]
)
def test_the_agreed_packages_are_pinned(package):
    """With a hash, so that every machine gets the same."""
    lock = (PROJECT / "requirements/test.lock").read_text(encoding="utf-8")
    assert re.search(rf"^{package}==\S+.*\\\n\s+--hash=sha256:", lock, re.MULTILINE)


def test_no_file_names_a_package_registry():
    """Where packages come from is each machine's own setting."""
    this = Path(__file__).resolve()
    named = [
        file
        for file in tracked_files()
        if file != this and file.is_file() and names_a_registry(file.read_bytes())
    ]
    assert named == []


@pytest.mark.parametrize(
    ("said", "is_named"),
    [(b"a PyPI.org b", True), (b"\x00yarnpkg.com", True), (b"pypi org, npmjs.example", False)],
)
def test_a_registry_is_seen(said, is_named):
    """The test above can fail."""
    assert names_a_registry(said) is is_named


def names_a_registry(content: bytes) -> bool:
    small = content.lower()
    return any(one in small for one in REGISTRIES)


def test_the_readme_names_every_command():
    """A command that is not in the README is not found."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}" not in readme] == []


def test_the_list_of_questions_is_the_registrys():
    """docs/questions.md is what `python -m script.questions` writes."""
    questions = importlib.import_module("script.questions")
    assert questions.FILE.read_text(encoding="utf-8") == questions.as_text()


def test_migrations_stand_in_one_line():
    """Two with one parent stop every command."""
    assert MigrationLoader(None).detect_conflicts() == {}


def test_the_list_of_forms_names_every_form():
    """docs/forms.md is what `python -m script.drawing.listing` writes."""
    listing = importlib.import_module("script.drawing.listing")
    assert (PROJECT / "docs" / "forms.md").read_text(encoding="utf-8") == listing.list_forms()


HOUSE = ("minzheng", "filler", "archive_indexer")


def test_no_modules_of_the_house_import_one_another_in_a_circle():
    """Imports for types only count, too: who reads one must not need the other."""
    assert find_circle(imports_of_the_house()) == []


@pytest.mark.parametrize(
    ("imports", "circle"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}}, ["a", "b", "c"]),
        ({"a": {"a"}}, ["a"]),
    ],
)
def test_a_circle_is_found_and_named(imports, circle):
    """The test above can fail."""
    assert sorted(find_circle(imports)) == circle


def test_imports_for_types_only_are_read():
    """Nested below a condition, a whole module, or a name of one."""
    source = """
from typing import TYPE_CHECKING
import filler.errors
if TYPE_CHECKING:
    from filler import fill_form
    from filler.form.forms import FormSpec
"""
    modules = {"filler.errors", "filler.fill_form", "filler.form.forms", "filler.form"}
    assert modules & set(imported(source)) == modules - {"filler.form"}


def imports_of_the_house() -> dict[str, set[str]]:
    """Each module and the modules of the house it imports."""
    files = {
        _module_name(file): file
        for room in HOUSE
        for file in (PROJECT / room).rglob("*.py")
        if "migrations" not in file.parts
    }
    return {name: {*imports_of(file)} & files.keys() for name, file in files.items()}


def _module_name(file: Path) -> str:
    parts = file.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def find_circle(imports: Mapping[str, set[str]]) -> list[str]:
    """Modules that import one another in a circle, in turn; none: an empty list."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1][1:]
    return []


def test_the_readme_begins_in_chinese():
    """Its users read its first paragraph."""
    first = (PROJECT / "README.md").read_text(encoding="utf-8").split("\n\n")[1]
    assert len(re.findall("[一-鿿]", first)) > 100


def test_every_person_in_the_samples_is_marked():
    """Nobody in the samples can be taken for a real household."""
    files = sorted((PROJECT / "tests" / "samples" / "answers").glob("*.toml"))
    named = {file.stem: _names_in(tomllib.loads(file.read_text("utf-8"))) for file in files}
    assert len([names for names in named.values() if names]) > 60
    wrong = {form: names for form, names in named.items() if not all(map(_is_marked, names))}
    assert wrong == {}


def _names_in(answers):
    names = [value for key, value in answers.items() if key in ("name", "bank_holder")]
    for rows in answers.values():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            names += [
                value
                for row in rows
                for key, value in row.items()
                if key in ("name", "head")
                or (key.endswith("_name") and key not in ("bank_name", "p_name"))
            ]
    return names


def _is_marked(name):
    return name.startswith("测试")


NOT_THE_PRODUCT = ("tests", "script", "benchmarks")


def files_that_say(pattern: str) -> set[Path]:
    """Files of the product in which a pattern stands."""
    said = re.compile(pattern)
    files = [file.relative_to(PROJECT) for file in tracked_files() if file.suffix == ".py"]
    files = [file for file in files if file.parts[0] not in NOT_THE_PRODUCT]
    assert len(files) > 300
    return {file for file in files if said.search((PROJECT / file).read_text(encoding="utf-8"))}


#: Who may read the county's tables beside the commands: the web's own edge, what both edges read
#: them by, the catalogue that a tool asks for without a county, and who checks a table before it
#: is replaced.
READERS = {
    "checked_county.py",
    "office.py",
    "form_catalogue.py",
    "catalogue.py",
    "registry_desk.py",
    "registry_deeds.py",
}


def test_the_county_is_handed_in_from_the_edge():
    """No room reads a table by itself; nobody remembers one beyond what was handed to him."""
    reading = files_that_say(
        r"\b(?:read_county|load_(?:places|dossiers|calendar|terms|standards|limits|laws|eligibility"
        r"|required_papers|synonyms|lookalikes|paper_words|questions|surnames))\("
    )
    inside = {file for file in reading if not {"cli", "county"} & {*file.parts}}
    assert {file.name for file in inside} - READERS == set()


@pytest.mark.parametrize(
    ("pattern", "places"),
    [
        (r"os\.fsync", {"whole_file.py", "cut_file.py"}),
        (r"\.part\"\)|f\"[^\"]*\.part\"", {"lay_down.py"}),
        (r"/ \"issued\"", {"all_settings.py"}),
        (r"ml\.(?:document|sheet)\"", {"office_files.py"}),
    ],
)
def test_what_one_place_knows_no_other_repeats(pattern, places):
    """How a file is written whole, where issued documents lie, what an office file is called."""
    assert {file.name for file in files_that_say(pattern)} == places


def test_what_the_docs_name_is_there():
    """A reader who opens a file by its name in the docs finds it."""
    named = {
        (page.name, path)
        for page in [PROJECT / "CONTRIBUTING.md", *(PROJECT / "docs").glob("*.md")]
        for path in re.findall(r"`([a-z_]+/[\w./]+\.py)`", page.read_text(encoding="utf-8"))
    }
    assert {one for one in named if not (PROJECT / one[1]).exists()} == set()


def test_no_property_test_fails_on_a_busy_machine():
    """None has a time an example must keep, or must be found in, whatever settings it names."""
    assert settings.default is not None
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
    own = re.compile(r"suppress_health_check=\[[^]]*\]|deadline=(?!None)\w+")
    texts = [file.read_text(encoding="utf-8") for file in (PROJECT / "tests").rglob("*.py")]
    found = [one[0] for text in texts if "hypothesis" in text for one in own.finditer(text)]
    assert [one for one in found if "too_slow" not in one and "[^" not in one] == []
