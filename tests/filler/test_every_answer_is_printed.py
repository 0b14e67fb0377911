"""Whatever a form takes, its paper prints: no answer is taken and then found to be lost."""

from collections.abc import Callable, Iterator

import pytest

from filler.errors import RenderError
from filler.fill_form import fill_form
from filler.form.forms import FormSpec
from filler.records.case_store import MemoryCaseStore
from filler.values.read_answers import Answers
from tests.filler.conftest import TODAY
from tests.shipped_forms import shipped_forms

#: An answer that a field of a kind may have.
LIKELY = {
    "money": "5.00", "number": "3", "date": "2018-05-07", "month": "2018-05",
    "text": "某某事项", "longtext": "某某事项的说明",
}  # fmt: skip


def with_one_changed(spec: FormSpec, answers: Answers) -> Iterator[tuple[str, Answers]]:
    """The sample of a form with another choice, without an answer, with one more."""
    for field in spec.fields:
        for choice in field.choices if field.type == "choice" else ():
            yield f"{field.slug}={choice}", {**answers, field.slug: choice}
        if field.slug in answers:
            rest = {slug: answer for slug, answer in answers.items() if slug != field.slug}
            yield f"no {field.slug}", rest
        elif field.type in LIKELY:
            yield f"{field.slug} too", {**answers, field.slug: LIKELY[field.type]}


def is_lost(spec: FormSpec, answers: Answers) -> bool:
    """Whether it is neither refused nor issued."""
    catalogue, store = shipped_forms(), MemoryCaseStore()
    try:
        fill_form(
            spec.id, answers, issued_by="测试员", today=TODAY, catalogue=catalogue, store=store
        )
    except RenderError:
        return True
    return False


@pytest.mark.parametrize("form_id", [spec.id for spec in shipped_forms().forms])
def test_what_is_taken_is_printed(form_id: str, answers_of: Callable[[str], Answers]):
    """Each sample with each single change of it: refused with words, or whole on the paper."""
    spec = shipped_forms().form(form_id)
    changed = with_one_changed(spec, answers_of(form_id))
    assert [what for what, answers in changed if is_lost(spec, answers)] == []
