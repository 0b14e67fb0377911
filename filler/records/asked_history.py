"""What a form asked of documents issued before, so that the same can be asked again."""

from collections.abc import Mapping

from filler.form.case_history import CaseHistory, PastForm

_ANYWHERE: Mapping[str, str] = {}
_NOTHING_SAID = frozenset[tuple[str, str]]()
#: Form, case, ID number, answers that must be the same, and whether the whole history was asked.
Question = tuple[str, str, str, frozenset[tuple[str, str]], bool]
#: Each question, and the numbers of the documents that answered it.
AskedBefore = Mapping[Question, tuple[int, ...]]


class AskedHistory:
    """A history that asks every question once, and knows what was asked."""

    def __init__(self, history: CaseHistory, *, is_whole: bool = False) -> None:
        self._history, self._is_whole = history, is_whole
        self._answers: dict[Question, tuple[PastForm, ...]] = {}
        self._whole: AskedHistory | None = None

    def issued_for(
        self, form_id: str, case_no: str = "", id_no: str = "", where: Mapping[str, str] = _ANYWHERE
    ) -> tuple[PastForm, ...]:
        """Documents of a form for a case, a person, and with the same answers."""
        said = frozenset(where.items()) if where else _NOTHING_SAID
        return self._ask((form_id, case_no, id_no, said, self._is_whole))

    def with_unseen(self) -> "AskedHistory":
        """The same with what may not be shown; what is asked there is remembered, too."""
        if self._is_whole:
            return self
        if self._whole is None:
            self._whole = AskedHistory(self._history.with_unseen(), is_whole=True)
        return self._whole

    def asked(self) -> AskedBefore:
        """Every question until now, with the documents that answered it."""
        own = {one: _numbers(found) for one, found in self._answers.items()}
        return {**own, **self._whole.asked()} if self._whole else own

    def answers_alike(self, before: AskedBefore) -> bool:
        """Whether each question is answered by the same documents as before.

        An issued document never changes; a correction takes the place of one under a new number.
        """
        return all(_numbers(self._ask(one)) == numbers for one, numbers in before.items())

    def _ask(self, question: Question) -> tuple[PastForm, ...]:
        form_id, case_no, id_no, where, is_whole = question
        if is_whole and not self._is_whole:
            return self.with_unseen()._ask(question)
        found = self._answers.get(question)
        if found is None:
            said = dict(where) if where else _ANYWHERE
            found = self._history.issued_for(form_id, case_no, id_no, said)
            self._answers[question] = found
        return found


def _numbers(found: tuple[PastForm, ...]) -> tuple[int, ...]:
    return tuple([past.number for past in found]) if found else ()
