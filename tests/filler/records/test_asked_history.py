"""What a form asked of documents issued before, asked again."""

from filler.form.case_history import PastForm, ask_whole
from filler.records.asked_history import AskedHistory


class _History:
    """Counts its questions; the answers can be changed."""

    def __init__(self, *numbers):
        self.numbers, self.questions = numbers, []

    def with_unseen(self):
        return self

    def issued_for(self, form_id, case_no="", id_no="", where=None):
        self.questions.append((form_id, case_no, id_no, dict(where or {})))
        return tuple(PastForm(form_id, case_no, {}, number) for number in self.numbers)


def test_the_same_question_is_asked_once():
    """A rule and a derivation ask for the same case: one query."""
    history = _History(1, 2)
    asked = AskedHistory(history)
    first = asked.issued_for("DB-01", case_no="A", where={"town": "甲镇"})
    assert asked.issued_for("DB-01", "A", where={"town": "甲镇"}) is first
    assert history.questions == [("DB-01", "A", "", {"town": "甲镇"})]


def test_every_part_of_a_question_tells_it_apart():
    """Another case, person or place is another question."""
    history = _History()
    asked = AskedHistory(history)
    questions = [
        ("DB-01", "A", "", {}),
        ("DB-02", "A", "", {}),
        ("DB-01", "B", "", {}),
        ("DB-01", "A", "1", {}),
        ("DB-01", "A", "", {"town": "甲镇"}),
    ]
    for question in questions:
        asked.issued_for(*question)
    assert history.questions == questions


def test_the_same_documents_are_the_same_answer():
    """Nothing was issued meanwhile: what was asked before is answered alike."""
    before = AskedHistory(_History(1, 2))
    before.issued_for("DB-01", case_no="A", where={"town": "甲镇"})
    assert AskedHistory(_History(1, 2)).answers_alike(before.asked())


def test_another_document_is_another_answer():
    """One more, one corrected (a new number), one gone."""
    before = AskedHistory(_History(1, 2))
    before.issued_for("DB-01", case_no="A")
    for numbers in ((1, 2, 3), (1, 3), (1,), ()):
        assert not AskedHistory(_History(*numbers)).answers_alike(before.asked())


def test_what_was_not_asked_does_not_count():
    """A form that asks nothing of history agrees with any."""
    assert AskedHistory(_History(1, 2)).answers_alike(AskedHistory(_History()).asked())


class _Gated(_History):
    """Shows one document, and holds another."""

    def with_unseen(self):
        return _History(1, *self.numbers)


def test_what_was_asked_of_the_whole_is_asked_again_of_the_whole():
    """A record out of sight that is new since has the form read again, and stays out of sight."""
    before = AskedHistory(_Gated(2))
    assert ask_whole(before, lambda whole: len(whole.issued_for("DB-01"))) == 2
    assert [one.number for one in before.issued_for("DB-01")] == [2]
    assert AskedHistory(_Gated(2)).answers_alike(before.asked())
    assert not AskedHistory(_Gated(3)).answers_alike(before.asked())
