"""The county as its tables tell of it: read at the edge, handed to whoever needs it."""

from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import UNREADABLE, Problem, RegistryError
from minzheng.county.town_names import EVERY_COUNTY, county_of, is_county, own_name

if TYPE_CHECKING:
    from minzheng.county.registry.checks import Checks
    from minzheng.county.registry.desks import Desks
    from minzheng.county.registry.dossiers import Dossiers
    from minzheng.county.registry.eligibility import Eligibility
    from minzheng.county.registry.laws import Laws
    from minzheng.county.registry.paper_words import PaperWords
    from minzheng.county.registry.places import Places
    from minzheng.county.registry.questions import AskedPage, Question
    from minzheng.county.registry.required_papers import RequiredPapers
    from minzheng.county.registry.retention import Retention
    from minzheng.county.registry.standards import Limits, Standards
    from minzheng.county.registry.synonyms import Groups, Spoken
    from minzheng.county.registry.terms import Terms
    from minzheng.county.registry.working_days import Calendar

#: Loaded when a table is read: a command seldom asks for more than a few of them.
_MODULES = "minzheng.county.registry."
_FILES = f"{_MODULES}registry_files"
_OWN = f"{_MODULES}own_tables"
#: Each table by its name here: what reads it, and where that stands.
_TABLES = {
    "places": ("places", "load_places"),
    "dossiers": ("dossiers", "load_dossiers"),
    "calendar": ("working_days", "load_calendar"),
    "terms": ("terms", "load_terms"),
    "standards": ("standards", "load_standards"),
    "limits": ("standards", "load_limits"),
    "laws": ("laws", "load_checked_laws"),
    "eligibility": ("eligibility", "load_eligibility"),
    "required": ("required_papers", "load_required_papers"),
    "synonyms": ("synonyms", "load_synonyms"),
    "spoken": ("synonyms", "load_spoken"),
    "lookalikes": ("synonyms", "load_lookalikes"),
    "paper_words": ("paper_words", "load_paper_words"),
    "questions": ("questions", "load_questions"),
    "asked_pages": ("questions", "load_asked_pages"),
    "retention": ("retention", "load_retention"),
    "desks": ("desks", "load_desks"),
    "checks": ("checks", "load_checks"),
}


@dataclass(frozen=True, eq=False)
class County:
    """Every table of the registry as it stood when it was read."""

    folder: Path
    places: "Places"
    dossiers: "Dossiers"
    calendar: "Calendar"
    terms: "Terms"
    standards: "Standards"
    limits: "Limits"
    laws: "Laws"
    eligibility: "Eligibility"
    required: "RequiredPapers"
    synonyms: "Groups"
    spoken: "Spoken"
    lookalikes: "Groups"
    paper_words: "PaperWords"
    questions: "tuple[Question, ...]"
    asked_pages: "tuple[AskedPage, ...]"
    retention: "Retention"
    desks: "Desks"
    checks: "Checks"
    scope: str = ""  #: `平利县·`, as one of several; the whole, where there is but one, or all

    @property
    def name(self) -> str:
        """What a county among several is called: 平利县; of the whole nothing."""
        return own_name(self.scope)

    def of(self, scope: str) -> "County":
        """One of several counties: its places, and its own tables before those of all.

        It is looked up by where somebody or something belongs: a town means its county. Whoever
        belongs to no single county, and an office of one county, has the whole.
        """
        county = scope if is_county(scope) else county_of(scope)
        if not self.places.counties or county in ("", EVERY_COUNTY):
            return self
        known = self._parts.get(county)
        if known is None:
            own = import_module(_OWN).read_own_tables(self.folder, county)
            known = replace(self, places=self.places.of(county), scope=county, **own)
            self._parts[county] = known
        return known

    @cached_property
    def _parts(self) -> dict[str, "County"]:
        return {}


def bureau_of(county: County, whole: str) -> str:
    """Whose papers these are: a county's bureau among several, else as the settings say."""
    return f"{county.name}民政局" if county.name else whole


def read_county(folder: Path = REGISTRY_FOLDER, program: Path | None = None) -> County:
    """Read every table of a registry, and what a newer program's table brings along.

    Raises:
        RegistryError: with every mistake in every table.
    """
    try:
        county = County(folder, **{name: _read(name, folder, program) for name in _TABLES})
        problems: list[Problem] = import_module(_OWN).find_own_problems(folder)
        if problems:
            raise RegistryError(problems)
        return county
    except (RegistryError, OSError, *UNREADABLE) as error:
        problems = import_module(_FILES).find_registry_problems(folder)
        if not problems:
            raise
        raise RegistryError(problems) from error


def open_county(folder: Path, program: Path | None) -> County:
    """A registry that is known to be right: each table is read when it is asked for."""
    county = object.__new__(_ReadWhenAsked)
    county.__dict__.update(folder=folder, _program=program)
    return county


class _ReadWhenAsked(County):
    """A county that holds no more tables than it was asked for."""

    def __getattr__(self, name: str) -> Any:
        if name not in _TABLES:
            raise AttributeError(name)
        table = _read(name, self.folder, self.__dict__["_program"], is_right=True)
        return self.__dict__.setdefault(name, table)


def _read(name: str, folder: Path, program: Path | None, *, is_right: bool = False) -> Any:
    module, function = _TABLES[name]
    if is_right and name == "laws":
        function = "load_laws"  # that others agree with them was looked at
    load = getattr(import_module(_MODULES + module), function)
    return load(folder, program) if name == "checks" else load(folder)
