"""How much of a 低保 case is typed, counted paper by paper; docs/typing.md says the same."""

from pathlib import Path

import pytest

from filler.form.form_data import Refused
from tests.filler.one_case.papers import _REPORT as REPORT
from tests.filler.one_case.papers import DIBAO
from tests.filler.one_case.typing_counted import Typed, count_typing, texts_on

_NUMBERS = ("filled", "locked", "offered", "changed", "plain")
_DOC = Path(__file__).resolve().parents[3] / "docs" / "typing.md"


def chain():
    """The twelve papers of the issue, in order."""
    for form_id, other, is_own in DIBAO:
        yield form_id, other, is_own
        if form_id == "COM-05":
            yield "COM-06", REPORT, True
        if form_id == "GS-04":
            yield "DB-03", {"as_of": "2018-06-30", "rows": []}, False


@pytest.fixture
def counted(fill, answers_of, catalogue, store) -> list[Typed]:
    """Every paper of the case, issued one after the other."""
    case_no, counted, told = "", [], set[str]()
    for form_id, other, is_own in chain():
        answers = answers_of(form_id) | other | ({"case_no": case_no} if is_own and case_no else {})
        answers = {
            slug: value.replace("{case_no}", case_no) if isinstance(value, str) else value
            for slug, value in answers.items()
        }
        issued = fill(form_id, answers)
        assert not isinstance(issued, Refused), (form_id, [str(one) for one in issued.problems])
        kept = store.issued.pop()
        counted.append(
            count_typing(catalogue, store, form_id, kept.answers, opened_in=case_no, told=told)
        )
        store.issued.append(kept)
        told |= texts_on(catalogue.form(form_id), kept.answers)
        case_no = case_no or issued.case_no
    return counted


def as_table(counted: list[Typed]) -> list[str]:
    """The lines of the table in the document."""
    sums = Typed(
        "合计",
        *(sum(getattr(one, name) for one in counted) for name in _NUMBERS),
        typed=sum((one.typed for one in counted), ()),
        again=sum((one.again for one in counted), ()),
    )
    return [
        f"| {one.form_id} | {one.filled} | {one.locked} | {one.offered} | {one.changed} "
        f"| {one.plain} | {len(one.typed)} | {len(one.again)} |"
        for one in (*counted, sums)
    ]


def test_the_document_says_what_is_counted(counted):
    """Paper by paper: filled, locked, given, given and changed, plain, typed, typed again."""
    assert [one.form_id for one in counted] == [form_id for form_id, _, _ in chain()]
    text = _DOC.read_text(encoding="utf-8")
    missing = [line for line in as_table(counted) if line not in text]
    assert missing == [], "\n".join(as_table(counted))


def test_less_is_typed_than_is_told_for_the_first_time_twice(counted):
    """Of what is typed hardly anything stands on an earlier paper."""
    typed = sum(len(one.typed) for one in counted)
    again = sum(len(one.again) for one in counted)
    assert again * 20 < typed


def test_the_next_meeting_of_a_village_types_its_votes(counted, answers_of, catalogue, store):
    """Chair, recorder and group stand there from the last one."""
    assert counted
    meeting = answers_of("COM-04") | {"meet_date": "2018-09-12"}
    again = count_typing(catalogue, store, "COM-04", meeting, opened_in="", told=set())
    first = next(one for one in counted if one.form_id == "COM-04")
    rows = {one.partition(".")[0] for one in again.typed}
    assert not any(one.startswith("attendees") for one in rows)
    assert len(again.typed) * 2 < len(first.typed)
    assert f"第二次评议会（评三户）只填 {len(again.typed)} 项" in _DOC.read_text(encoding="utf-8")
