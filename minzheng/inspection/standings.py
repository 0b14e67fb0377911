"""What must be there and is not.

A subject is anything papers are asked for: a case, a village's year; a cabinet or a notice
board would be one more kind with its own needs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minzheng.inspection.case_steps import CaseStep


@dataclass(frozen=True, slots=True)
class Subject:
    """For what papers are asked: a case, or the year of a village's dossier."""

    town: str
    village: str
    dossier: str
    year: str  #: empty when nothing tells it
    case_no: str = ""
    person: str = ""

    @property
    def label(self) -> str:
        """What a list calls the subject: its case, its person or its year."""
        return self.case_no or self.person or f"{self.year} 年度"

    @property
    def is_case(self) -> bool:
        """Whether it is a case and not a village's year."""
        return bool(self.case_no or self.person)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that must be there: any of these forms, so many times."""

    name: str
    forms: frozenset[str]
    times: int = 1


@dataclass(frozen=True, slots=True)
class Lack:
    """A need that is not met, and how much of it is there."""

    need: Need
    found: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a subject has what it must have."""

    subject: Subject
    needed: int
    lacks: tuple[Lack, ...]
    found: tuple[str, ...]  #: forms that are there
    forbidden: tuple[str, ...] = ()  #: forms that are there and must not be
    steps: tuple[CaseStep, ...] = ()  #: of a case, how far it has come

    @property
    def waiting(self) -> tuple[CaseStep, ...]:
        """Steps that are not due yet."""
        return tuple(
            one
            for one in self.steps
            if one.is_shown and one.state != "已归档" and not one.is_lacking
        )

    @property
    def lacking(self) -> int:
        """How many papers are not there."""
        return sum(lack.need.times - lack.found for lack in self.lacks)


def compare(
    subject: Subject,
    needs: Iterable[Need],
    found: Mapping[str, int],
    forbidden: frozenset[str] = frozenset(),
) -> Standing:
    """What of its needs a subject has; `found` counts papers by form."""
    needed, lacks = 0, []
    for need in needs:
        there = sum(found.get(form, 0) for form in need.forms)
        needed += need.times
        if there < need.times:
            lacks.append(Lack(need, there))
    too_many = tuple(sorted(forbidden & found.keys()))
    return Standing(subject, needed, tuple(lacks), tuple(sorted(found)), too_many)
