"""What may be asked about documents issued before."""

import pytest

from filler.form.case_history import (
    HistoryWithout,
    NoHistory,
    PastForm,
    person_number,
    same_number,
)

OLD, NEW = "110105491231002", "11010519491231002X"


class Two:
    """Two documents, whoever asks."""

    def with_unseen(self):
        return self

    def issued_for(self, form_id, case_no="", id_no="", where=None):
        return (PastForm(form_id, "A", {}, number=1), PastForm(form_id, "A", {}, number=2))


@pytest.mark.parametrize(
    ("answers", "number"),
    [
        ({"id_no": NEW.lower()}, NEW),
        ({"身份证号": f" {NEW[:6]} {NEW[6:]} "}, NEW),
        ({"id_no": "", "b_id": NEW}, NEW),
        ({"id_no": OLD}, NEW),
        ({"name": "测试"}, ""),
    ],
)
def test_a_document_names_its_person_in_one_writing(answers, number):
    """By slug or label, old numbers with their check digit."""
    assert person_number(answers) == number
    assert same_number(number) == number


def test_a_correction_does_not_see_what_it_replaces():
    """All other documents count; without a history nothing does."""
    assert [one.number for one in HistoryWithout(Two(), 1).issued_for("DB-02")] == [2]
    assert NoHistory().issued_for("DB-02") == ()


@pytest.mark.parametrize(("answer", "text"), [("甲", "甲"), (3, "3"), (None, ""), ("", "")])
def test_an_answer_is_told_as_it_was_given(answer, text):
    """Empty when there is none."""
    assert PastForm("DB-02", "A", {"a": answer}).text("a") == text
    assert PastForm("DB-02", "A", {}).text("a") == ""
