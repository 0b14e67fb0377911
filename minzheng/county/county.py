"""The county as its tables tell of it: read at the edge, handed to whoever needs it."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.checks import Checks, load_checks
from minzheng.county.registry.desks import Desks, load_desks
from minzheng.county.registry.dossiers import Dossiers, load_dossiers
from minzheng.county.registry.eligibility import Eligibility, load_eligibility
from minzheng.county.registry.laws import Laws, load_checked_laws
from minzheng.county.registry.own_tables import find_own_problems, read_own_tables
from minzheng.county.registry.paper_words import PaperWords, load_paper_words
from minzheng.county.registry.places import Places, load_places
from minzheng.county.registry.questions import (
    AskedPage,
    Question,
    load_asked_pages,
    load_questions,
)
from minzheng.county.registry.registry_files import UNREADABLE, find_registry_problems
from minzheng.county.registry.required_papers import RequiredPapers, load_required_papers
from minzheng.county.registry.retention import Retention, load_retention
from minzheng.county.registry.standards import Limits, Standards, load_limits, load_standards
from minzheng.county.registry.synonyms import (
    Groups,
    Spoken,
    load_lookalikes,
    load_spoken,
    load_synonyms,
)
from minzheng.county.registry.terms import Terms, load_terms
from minzheng.county.registry.working_days import Calendar, load_calendar
from minzheng.county.town_names import EVERY_COUNTY, county_of, is_county, own_name


@dataclass(frozen=True, eq=False)
class County:
    """Every table of the registry as it stood when it was read."""

    folder: Path
    places: Places
    dossiers: Dossiers
    calendar: Calendar
    terms: Terms
    standards: Standards
    limits: Limits
    laws: Laws
    eligibility: Eligibility
    required: RequiredPapers
    synonyms: Groups
    spoken: Spoken
    lookalikes: Groups
    paper_words: PaperWords
    questions: tuple[Question, ...]
    asked_pages: tuple[AskedPage, ...]
    retention: Retention
    desks: Desks
    checks: Checks
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
            own = read_own_tables(self.folder, county)
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
        return _read(folder, program)
    except (RegistryError, OSError, *UNREADABLE) as error:
        problems = find_registry_problems(folder)
        if not problems:
            raise
        raise RegistryError(problems) from error


def _read(folder: Path, program: Path | None) -> County:
    problems = find_own_problems(folder)
    if problems:
        raise RegistryError(problems)
    return County(
        folder=folder,
        places=load_places(folder),
        dossiers=load_dossiers(folder),
        calendar=load_calendar(folder),
        terms=load_terms(folder),
        standards=load_standards(folder),
        limits=load_limits(folder),
        laws=load_checked_laws(folder),
        eligibility=load_eligibility(folder),
        required=load_required_papers(folder),
        synonyms=load_synonyms(folder),
        spoken=load_spoken(folder),
        lookalikes=load_lookalikes(folder),
        paper_words=load_paper_words(folder),
        questions=load_questions(folder),
        asked_pages=load_asked_pages(folder),
        retention=load_retention(folder),
        desks=load_desks(folder),
        checks=load_checks(folder, program),
    )
