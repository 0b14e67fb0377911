"""The fifteen chapters as they read on a day: what holds, how the work goes, on which forms."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from filler.form.forms import FormSpec
from minzheng.county.county import County
from minzheng.county.registry.dossiers import Dossier
from minzheng.county.registry.laws import Law
from minzheng.county.registry.required_papers import Scheme, Step
from minzheng.county.registry.standards import Limit, Standard
from minzheng.county.registry.terms import KIND, Term
from minzheng.county.writing.chinese_text import fold_for_search
from minzheng.policies.work_sheet import WorkSheet, WorkStep, read_sheet

_SHEET_OF = "-00"
_PUBLICITY = "GS"  #: whose forms are notices


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step of the flow chart, and whether every case must have it on that day."""

    step: WorkStep
    is_needed: bool


@dataclass(frozen=True, slots=True)
class ChapterForm:
    """A form the work needs, and the steps it is needed for."""

    spec: FormSpec
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One work on one day."""

    number: int
    dossier: Dossier
    department: str
    sheet: WorkSheet
    laws: tuple[Law, ...]
    flow: tuple[FlowStep, ...]
    forms: tuple[ChapterForm, ...]
    standards: tuple[Standard, ...]
    limits: tuple[Limit, ...]
    terms: tuple[Term, ...]
    public: tuple[tuple[str, str], ...] = ()  #: steps that are made public, by which notices
    private: str = ""  #: the notices on which nobody of this work may stand

    @property
    def marked(self) -> int:
        """How many of its rows are marked as not yet settled by the county."""
        rows: tuple[Law | Standard | Limit | Term, ...]
        rows = (*self.laws, *self.standards, *self.limits, *self.terms)
        return sum(bool(one.mark) for one in rows)

    def called(self, term: Term) -> str:
        """What people call a term: 县确认 of its own work, not 县确认·DB."""
        return term.name.removesuffix(KIND + self.dossier.code)


@dataclass(frozen=True)
class Policies:
    """All that the registry and the forms know of the county's policies."""

    county: County
    forms: Mapping[str, FormSpec]

    @cached_property
    def sheets(self) -> Mapping[str, WorkSheet]:
        """The first sheets of the dossiers, by their codes."""
        codes = (one.code for one in self.county.dossiers.all)
        return {
            code: read_sheet(self.forms[code + _SHEET_OF])
            for code in codes
            if code + _SHEET_OF in self.forms
        }

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """What a question may call each policy: title, number, the names of its works."""
        names = {one.code: " ".join(names_of(one)) for one in self.county.dossiers.all}
        return {
            law.id: fold_for_search(
                " ".join((law.title, law.doc_no, *(names[code] for code in law.articles)))
            )
            for law in self.county.laws.all
        }

    def chapters(self, day: dt.date) -> tuple[Chapter, ...]:
        """All chapters as they read on a day, in the order of the dossiers."""
        return tuple(
            self._chapter(number, dossier, day)
            for number, dossier in enumerate(self.county.dossiers.all, start=1)
        )

    def chapter(self, code: str, day: dt.date) -> Chapter | None:
        """The chapter of one dossier."""
        numbered = enumerate(self.county.dossiers.all, start=1)
        return next(
            (self._chapter(number, one, day) for number, one in numbered if one.code == code),
            None,
        )

    def _chapter(self, number: int, dossier: Dossier, day: dt.date) -> Chapter:
        county, code = self.county, dossier.code
        sheet, scheme = self.sheets.get(code, WorkSheet()), county.required.schemes.get(code)
        laws = county.laws.of_work(code, day)
        return Chapter(
            number=number,
            dossier=dossier,
            department=dossier.department_on(day),
            sheet=sheet,
            laws=laws,
            flow=tuple(FlowStep(one, _is_needed(one, scheme, day)) for one in sheet.steps),
            forms=tuple(self._forms_of(code, sheet)),
            standards=tuple(
                one for one in county.standards.all if self._is_of(one.scheme, dossier, one, day)
            ),
            limits=tuple(
                one for one in county.limits.all if self._is_of(one.name, dossier, one, day)
            ),
            terms=tuple(self._terms_of(code, laws, scheme, day)),
            public=tuple(self._public_of(scheme, day)),
            private=self._called(scheme.forbidden) if scheme else "",
        )

    def _public_of(self, scheme: Scheme | None, day: dt.date) -> Iterator[tuple[str, str]]:
        for step in scheme.steps if scheme else ():
            names = self._called(filter(self._is_notice, step.all_forms))
            if names and (step.until is None or day <= step.until):
                yield step.name, names

    def _is_notice(self, form_id: str) -> bool:
        spec = self.forms.get(form_id)
        return spec is not None and (spec.is_notice or spec.case_code == _PUBLICITY)

    def _called(self, form_ids: Iterable[str]) -> str:
        """Forms with their titles; numbers under which others are known are left out."""
        known = self.forms
        return "、".join(
            f"{one} {known[one].short_title}" for one in sorted(form_ids) if one in known
        )

    def _forms_of(self, code: str, sheet: WorkSheet) -> Iterator[ChapterForm]:
        """Its own forms, then those of others that its steps name."""
        steps: dict[str, list[str]] = {}
        for step in sheet.steps:
            for form_id in step.forms:
                steps.setdefault(form_id, []).append(step.name)
        own = [one for one in sorted(self.forms) if self.forms[one].dossier == code]
        for form_id in dict.fromkeys((*own, *steps)):
            if form_id in self.forms:
                yield ChapterForm(self.forms[form_id], tuple(steps.get(form_id, ())))

    def _is_of(self, name: str, dossier: Dossier, row: Standard | Limit, day: dt.date) -> bool:
        found = self.county.dossiers.find_in(name)
        return bool(found) and found[0][0] is dossier and row.start <= day <= row.end

    def _terms_of(
        self, code: str, laws: Iterable[Law], scheme: Scheme | None, day: dt.date
    ) -> Iterator[Term]:
        """Terms that its cases, its regulations or its levels go by."""
        ids = {law.id for law in laws}
        named = {name for step in (scheme.steps if scheme else ()) for name in _terms_named(step)}
        for term in self.county.terms.all:
            is_its = term.name in named or ids & set(term.laws) or _kind_of(term) == code
            if is_its and term.start <= day <= term.end:
                yield term


def names_of(dossier: Dossier) -> tuple[str, ...]:
    """All that people call a dossier."""
    return (dossier.name, dossier.short_name, *dossier.words)


def _terms_named(step: Step) -> Iterator[str]:
    yield from step.within
    if step.again:
        yield step.again


def _kind_of(term: Term) -> str:
    return term.name.partition(KIND)[2]


def _is_needed(step: WorkStep, scheme: Scheme | None, day: dt.date) -> bool:
    """Whether a case of that day must have it; a step no table speaks of is part of the work."""
    found = [scheme.step_of(one) for one in step.forms] if scheme else []
    known = [one for one in found if one is not None]
    return not known or any(one.is_needed(day, day) for one in known)
