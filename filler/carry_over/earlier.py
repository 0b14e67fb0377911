"""Documents issued before, read again as the forms they are."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from filler.form.case_history import CaseHistory, PastForm
from filler.form.county_facts import CountyFacts
from filler.form.forms import FormSpec
from filler.form.taken import GivingPaper
from filler.spec.taken_from import TakingOver
from filler.values.derive import derive
from filler.values.read_answers import read_answers
from filler.values.scope import Scope


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

    def newest(self, form_id: str, case_no: str) -> EarlierForm | None:
        """The newest document of a form in a case."""
        found = self.history.issued_for(form_id, case_no=case_no) if case_no else ()
        return self.read(found[-1]) if found else None

    def read(self, past: PastForm) -> EarlierForm:
        """An issued document read again as the form it is."""
        spec = self.forms[past.form_id]
        data = replace(read_answers(spec, past.answers)[0], case_no=past.case_no)
        scope = derive(spec, data, self.facts, self.today)
        return EarlierForm(scope, GivingPaper(past.form_id, past.number, past.day))
