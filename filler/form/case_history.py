"""What rules, and what is taken over, may ask about documents issued before."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from minzheng.county.writing.id_card import normalise_id, to_eighteen

#: Under which answers a form names its person, by slug or label.
ID_KEYS = ("id_no", "b_id", "身份证号", "乙方身份证号")
_ANYWHERE: Mapping[str, str] = {}
#: All that may be told of documents that are not to be shown: yes, a number, or rows of one's own.
Told = TypeVar("Told", bool, int, frozenset[int])


@dataclass(frozen=True, slots=True)
class PastForm:
    """A document issued before: its case and its answers."""

    form_id: str
    case_no: str
    answers: Mapping[str, Any]
    number: int = 0
    day: dt.date | None = None  #: when it was issued
    edition: int = 1
    waits_for: str = ""  #: the level that has to write on it still: nothing is decided

    def text(self, slug: str) -> str:
        """One answer as it was given; empty when there is none."""
        answer = self.answers.get(slug)
        return "" if answer is None else str(answer)


class CaseHistory(Protocol):
    """Answers what was issued for a case, a person or a place, oldest first.

    Of a corrected document only its newest edition counts. What the person who asks may not
    see is not among the answers; `ask_whole` is the one way to it.
    """

    def issued_for(
        self, form_id: str, case_no: str = "", id_no: str = "", where: Mapping[str, str] = _ANYWHERE
    ) -> tuple[PastForm, ...]:
        """Documents of a form for a case, a person, and with the same answers; of any for ""."""
        ...

    def with_unseen(self) -> "CaseHistory":
        """The same with what may not be shown; nobody but `ask_whole` asks for it."""
        ...


class NoHistory:
    """Nothing was issued: trials."""

    def issued_for(
        self, form_id: str, case_no: str = "", id_no: str = "", where: Mapping[str, str] = _ANYWHERE
    ) -> tuple[PastForm, ...]:
        """Nothing was issued."""
        return ()

    def with_unseen(self) -> "NoHistory":
        """Nothing is hidden of nothing."""
        return self


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

    def with_unseen(self) -> "HistoryWithout":
        """The same, nothing hidden but for the one replaced."""
        return HistoryWithout(self.history.with_unseen(), self.number)


def ask_whole(history: CaseHistory, question: Callable[[CaseHistory], Told]) -> Told:
    """What documents say that may not be shown, too: never a text of theirs.

    A rule that has to know of another village's case (nobody gets two benefits) asks here and
    says only that it is so.
    """
    return question(history.with_unseen())


def person_number(answers: Mapping[str, Any]) -> str:
    """The ID number a document is about, in one writing; empty when it names none."""
    given = next((str(answers[key]) for key in ID_KEYS if answers.get(key)), "")
    return same_number(given)


@lru_cache(maxsize=1024)
def same_number(text: str) -> str:
    """An ID number in the writing by which it is compared: 18 digits, upper-case X."""
    return to_eighteen(normalise_id(text))[:18]
