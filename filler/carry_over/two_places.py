"""How a contradiction between two papers is told: both places named, numbers of people masked."""

from collections.abc import Iterable
from dataclasses import dataclass

from filler.form.forms import Field
from filler.form.taken import GivingPaper
from filler.values.scope import RowScope, Scope
from minzheng.county.errors import Problem
from minzheng.county.masking import mask_account, mask_id, mask_phone

_MOST = 24
_MASKS = {"idcard": mask_id, "bank": mask_account, "phone": mask_phone}


@dataclass(frozen=True, slots=True)
class Disagreements:
    """What speaks against earlier papers, and what is only to be looked at."""

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def plus(self, others: Iterable["Disagreements"]) -> "Disagreements":
        """These and others, each once."""
        told = [one for one in (self, *others) if one.problems or one.warnings]
        if not told:  # nearly always
            return self
        problems = dict.fromkeys(problem for one in told for problem in one.problems)
        warnings = dict.fromkeys(warning for one in told for warning in one.warnings)
        return Disagreements(tuple(problems), tuple(warnings))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a field of a paper, or a cell of one of its rows."""

    scope: Scope
    slug: str
    label: str
    paper: GivingPaper | None = None  #: none for the form at hand

    @property
    def text(self) -> str:
        """The value as printed."""
        return self.scope.text(self.slug)

    @property
    def shown(self) -> str:
        """The value as a message may tell it."""
        return shown_value(self.scope.fields[self.slug], self.text)

    @property
    def address(self) -> str:
        """The field, or the cell as `rows[2].amount`."""
        if isinstance(self.scope, RowScope) and self.slug in self.scope.columns:
            return f"{self.scope.table.slug}[{self.scope.row_number - 1}].{self.slug}"
        return self.slug


def place(scope: Scope, slug: str, paper: GivingPaper | None = None) -> Place:
    """Where a field, or a column of a row, stands."""
    label = scope.fields[slug].label
    if isinstance(scope, RowScope) and slug in scope.columns:
        label = f"{scope.table.label}第 {scope.row_number} 行{label}"
    return Place(scope, slug, label, paper)


def disagreement(own: Place, other: Place) -> Problem:
    """Own and the other place differ: which paper, which field, which value."""
    what = f"填的是“{own.shown}”，{told(other)}"
    do = "改成一致；那一份有错的，先更正那一份"
    return Problem(own.label, what, do, own.address)


def told(other: Place) -> str:
    """A place of an earlier paper and what stands there, in words."""
    paper = named(other.paper) if other.paper else ""
    return f"{paper}“{other.label}”是“{other.shown or '空'}”"


def named(paper: GivingPaper) -> str:
    """An issued document by its form, its day and its number."""
    return f"{paper}（文书号 {paper.number}）" if paper.number else str(paper)


def shown_value(field: Field, text: str) -> str:
    """A value in a message: no whole number of a person's."""
    mask = _MASKS.get(field.type)
    if mask:
        return mask(text)
    return mask_account(text) if field.sensitive and text[:6].isdecimal() else text[:_MOST]
