"""Papers are issued as any clerk's are: read, judged, numbered, kept; a refusal ends the run."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from filler.fill_form import ReadForm, issue, read_form
from filler.form.form_data import Refused, RenderedDocument
from filler.form.forms import FormSpec
from filler.records.case_store import DatabaseCaseStore
from filler.spec.form_catalogue import Catalogue
from minzheng.county.errors import MinzhengError

ISSUED_BY = "示范数据"


class NotIssuedError(MinzhengError):
    """示范县的一份文书没有出具，程序和示范数据不相符。"""


@dataclass
class IssuingDesk:
    """Where all papers of the county are issued, and how many of each form were."""

    catalogue: Catalogue
    store: DatabaseCaseStore
    today: dt.date
    issued: Counter[str] = field(default_factory=Counter)

    def worked_out(self, form_id: str, answers: dict[str, Any]) -> dict[str, str]:
        """What a form makes of its answers: what a clerk sees before typing the rest."""
        return self._read(self.catalogue.form(form_id), answers).texts

    def issue(
        self, form_id: str, answers: dict[str, Any], spec: FormSpec | None = None
    ) -> RenderedDocument:
        """Issue one paper; `spec` is the form as it was before, if it is not today's.

        Raises:
            NotIssuedError: an answer was refused.
        """
        read = self._read(spec or self.catalogue.form(form_id), answers)
        outcome = issue(read, issued_by=ISSUED_BY, store=self.store)
        if isinstance(outcome, Refused):
            where = f"{form_id} {answers.get('town', '')}{answers.get('village', '')}"
            raise NotIssuedError(f"{where}没有出具：{'；'.join(map(str, outcome.problems))}")
        self.issued[form_id] += 1
        return outcome

    def _read(self, spec: FormSpec, answers: dict[str, Any]) -> ReadForm:
        catalogue, history = self.catalogue, self.store
        return read_form(spec, answers, today=self.today, catalogue=catalogue, history=history)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is issued inside is kept in one transaction: a commit costs more than a paper."""
        with self.store.transaction():
            yield
