"""Replacing a table of registry/: checked as at the start, put in place, read anew."""

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from archive_indexer.models import ArchivedFile
from filler.spec.form_catalogue import read_copies
from filler.spec.laws_of_forms import find_unlike_forms, touched
from filler.spec.required_forms import find_missing_forms, find_papers_of_others
from filler.spec.taken_from import FILE
from minzheng.accounts.models import Person
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import UNREADABLE, Problem
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.laws import load_laws
from minzheng.county.registry.places import load_places
from minzheng.county.registry.registry_files import find_file_problems, unreadable
from minzheng.county.registry.required_papers import FILE as REQUIRED
from minzheng.county.registry.required_papers import load_required_papers
from minzheng.county.registry.terms import load_terms
from minzheng.registers.register_file import read_registers
from minzheng.registers.register_shape import FILE as REGISTERS
from minzheng.web.gate.office import config, county, forms
from minzheng.web.office.file_versions import FileVersions

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """What is wrong with an uploaded table, and what its use would bring with it."""

    problems: tuple[Problem, ...]
    reminders: tuple[str, ...] = ()


def versions_of_table(name: str) -> FileVersions:
    """The versions of one table."""
    return FileVersions(config().data_folder / "versions" / "registry" / name, folder() / name)


def folder() -> Path:
    """Where the tables in use lie."""
    return REGISTRY_FOLDER


def check_table(name: str, data: bytes) -> CheckedTable:
    """Check a table beside the others, as they are read at the start; nothing is replaced."""
    with tempfile.TemporaryDirectory() as place:
        trial = Path(place) / "registry"
        shutil.copytree(folder(), trial, ignore=shutil.ignore_patterns(".*"))
        (trial / name).write_bytes(data)
        problems = find_file_problems(trial, name)
        if not problems and name == "copies.toml":
            problems = _taking_over_problems(trial)
        if not problems and name in (REGISTERS, "terms.toml"):
            problems = _register_problems(trial)
        if not problems and name == REQUIRED:
            problems = _required_problems(trial)
        if not problems and name == "dossiers.toml":
            problems = _dossier_problems(name, trial)
        if not problems and name == "laws.toml":
            problems = list(find_unlike_forms(forms().by_id, load_laws(trial)))
        reminders = _reminders(name, trial) if not problems else ()
    return CheckedTable(tuple(problems), reminders)


def _taking_over_problems(trial: Path) -> list[Problem]:
    problems: list[Problem] = []
    try:
        read_copies(trial, forms().by_id, problems)
    except UNREADABLE as error:
        return [unreadable(FILE, error)]
    return problems


def _register_problems(trial: Path) -> list[Problem]:
    """What registers speak of and is not there: a form, a field, a term."""
    try:
        return read_registers(trial, forms().by_id, load_terms(trial))[1]
    except UNREADABLE as error:
        return [unreadable(REGISTERS, error)]


def _required_problems(trial: Path) -> list[Problem]:
    """Papers that are asked for and that no form makes, or none of such a case."""
    required = load_required_papers(trial)
    asked = replace(county(), required=required)
    known = forms().by_id
    return [*find_missing_forms(known, required), *find_papers_of_others(known, asked)]


def _dossier_problems(name: str, trial: Path) -> list[Problem]:
    """A dossier that forms belong to cannot go."""
    known = {one.code for one in load_dossiers(trial).all}
    used: dict[str, list[str]] = {}
    for spec in forms().forms:
        if spec.dossier and spec.dossier not in known:
            used.setdefault(spec.dossier, []).append(spec.id)
    return [
        Problem(
            name,
            f"没有代码 {code}，可是 {'、'.join(ids[:3])} 等 {len(ids)} 张表属于它",
            "补回这个专档",
        )
        for code, ids in used.items()
    ]


def _reminders(name: str, trial: Path) -> tuple[str, ...]:
    """What a table without mistakes brings with it."""
    if name == "laws.toml":
        return touched(county().laws, load_laws(trial), county().checks.all)
    return _lost_places(trial) if name.startswith("towns") else ()


def _lost_places(trial: Path) -> tuple[str, ...]:
    """Villages with files or accounts that the new table does not know."""
    kept = {(one.town, one.name) for one in load_places(trial).settlements}
    lost = [one for one in county().places.settlements if (one.town, one.name) not in kept]
    told = []
    for one in lost[:_MOST_NAMED]:
        files = ArchivedFile.objects.filter(town=one.town, village=one.name, present=True).count()
        people = Person.objects.filter(town=one.town, village=one.name, is_active=True).count()
        held = "，".join(
            f"{count} {what}" for count, what in ((files, "件档案"), (people, "个账号")) if count
        )
        told.append(f"{one.town}{one.name} 不在新名册里" + (f"，它有 {held}" if held else ""))
    return tuple(told)
