"""Documents issued before, read again as the forms they are."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from filler.form.case_history import CaseHistory, PastForm
from filler.form.county_facts import CountyFacts
from filler.form.forms import FormSpec
from filler.form.printings import printing_of
from filler.form.taken import GivingPaper
from filler.spec.taken_from import TakingOver
from filler.values.derive import derive
from filler.values.read_answers import read_answers
from filler.values.scope import Scope

_MOST_KEPT = 256  #: papers; a month of a county reads thousands, each once


class EarlierForm(NamedTuple):
    """A document's values, derived ones included, and which document it is."""

    scope: Scope
    source: GivingPaper


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was issued, and how it is read."""

    forms: Mapping[str, FormSpec]
    taking_over: TakingOver
    facts: CountyFacts
    history: CaseHistory
    today: dt.date
    before: int = 0  #: the number of a document that is corrected: what came after is not earlier
    #: What was read, by number: a dozen checks look into the same papers of a case.
    _kept: dict[int, EarlierForm] = field(default_factory=dict, repr=False, compare=False)

    def newest(self, form_id: str, case_no: str) -> EarlierForm | None:
        """The newest document of a form in a case."""
        found = self.history.issued_for(form_id, case_no=case_no) if case_no else ()
        return self.read(found[-1]) if found else None

    def of_case(self, form_id: str, case_no: str) -> tuple[PastForm, ...]:
        """The documents of a form in a case, of every form for "", that came before."""
        found = self.history.issued_for(form_id, case_no=case_no) if case_no else ()
        return tuple(past for past in found if not self.is_later(past.number))

    def is_later(self, number: int) -> bool:
        """Whether a document came after the one that is corrected."""
        return bool(self.before) and number > self.before

    def read(self, past: PastForm) -> EarlierForm:
        """An issued document read again as the form it is, once."""
        found = self._kept.get(past.number)
        if found is None:
            found = self._read(past)
            self._keep(found)
        return found

    def _read(self, past: PastForm) -> EarlierForm:
        spec = self.forms[past.form_id]
        data = replace(read_answers(spec, past.answers)[0], case_no=past.case_no)
        blank = printing_of(spec, past.answers).blank
        scope = derive(spec, data, self.facts, self.today, left_blank=blank)
        return EarlierForm(scope, GivingPaper(past.form_id, past.number, past.day))

    def _keep(self, read: EarlierForm) -> None:
        """A document without a number was not issued: it is no one's for long."""
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        if read.source.number:
            self._kept[read.source.number] = read
