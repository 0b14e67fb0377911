"""What rules, and what is taken over, may ask about documents issued before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from minzheng.county.writing.id_card import normalise_id, to_eighteen

#: Under which answers a form names its person, by slug or label.
ID_KEYS = ("id_no", "b_id", "身份证号", "乙方身份证号")
_ANYWHERE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class PastForm:
    """A document issued before: its case and its answers."""

    form_id: str
    case_no: str
    answers: Mapping[str, Any]
    number: int = 0
    day: dt.date | None = None  #: when it was issued

    def text(self, slug: str) -> str:
        """One answer as it was given; empty when there is none."""
        answer = self.answers.get(slug)
        return "" if answer is None else str(answer)


class CaseHistory(Protocol):
    """Answers what was issued for a case, a person or a place, oldest first.

    Of a corrected document only its newest edition counts.
    """

    def issued_for(
        self, form_id: str, case_no: str = "", id_no: str = "", where: Mapping[str, str] = _ANYWHERE
    ) -> tuple[PastForm, ...]:
        """Documents of a form for a case, a person, and with the same answers."""
        ...


class NoHistory:
    """Nothing was issued: trials."""

    def issued_for(
        self, form_id: str, case_no: str = "", id_no: str = "", where: Mapping[str, str] = _ANYWHERE
    ) -> tuple[PastForm, ...]:
        """Nothing was issued."""
        return ()


@dataclass(frozen=True, slots=True)
class HistoryWithout:
    """History as a correction sees it: the document that it replaces counts no more."""

    history: CaseHistory = field(default_factory=NoHistory)
    number: int = 0

    def issued_for(
        self, form_id: str, case_no: str = "", id_no: str = "", where: Mapping[str, str] = _ANYWHERE
    ) -> tuple[PastForm, ...]:
        """Documents but for the one replaced."""
        found = self.history.issued_for(form_id, case_no, id_no, where)
        return tuple(past for past in found if past.number != self.number)


def person_number(answers: Mapping[str, Any]) -> str:
    """The ID number a document is about, in one writing; empty when it names none."""
    given = next((str(answers[key]) for key in ID_KEYS if answers.get(key)), "")
    return same_number(given)


def same_number(text: str) -> str:
    """An ID number in the writing by which it is compared: 18 digits, upper-case X."""
    return to_eighteen(normalise_id(text))[:18]
