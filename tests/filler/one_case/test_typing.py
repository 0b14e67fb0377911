"""How much of a case is typed, counted paper by paper; docs/typing.md says the same."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from filler.form.form_data import Refused
from filler.records.case_store import MemoryCaseStore
from filler.spec.form_catalogue import Catalogue
from filler.spec.offered import Offers
from tests.filler.one_case.to_the_stop import WHOLE
from tests.filler.one_case.typing_counted import Typed, count_typing, texts_on

_NUMBERS = ("filled", "locked", "offered", "changed", "plain")
#: To whom and from whom something was taken over at first.
_FIRST = frozenset({
    ("DB-02", "DB-01"), ("DB-02", "COM-03"), ("COM-03", "DB-01"), ("COM-07", "COM-09"),
    ("TK-03", "TK-01"), ("GS-01", "DB-02"), ("GS-01", "TK-03"), ("DB-03", "DB-02"),
    ("TK-07", "TK-03"),
})  # fmt: skip
_DOC = Path(__file__).resolve().parents[3] / "docs" / "typing.md"


@pytest.fixture
def count_chain(fill, answers_of, catalogue, store):
    """Issues every paper of a case, one after the other, and counts."""

    def run(scheme: str, by: Catalogue = catalogue) -> list[Typed]:
        store.issued.clear()
        store.counters.clear()
        case_no, counted, told = "", [], set[str]()
        for form_id, other, is_own in WHOLE[scheme]:
            own = {"case_no": case_no} if is_own and case_no else {}
            answers = {
                slug: value.replace("{case_no}", case_no) if isinstance(value, str) else value
                for slug, value in (answers_of(form_id) | other | own).items()
            }
            issued = fill(form_id, answers)
            told_why = [str(one) for one in getattr(issued, "problems", ())]
            assert not isinstance(issued, Refused), (form_id, told_why)
            kept = store.issued.pop()
            counted.append(
                count_typing(by, store, form_id, kept.answers, opened_in=case_no, told=told)
            )
            store.issued.append(kept)
            told |= texts_on(catalogue.form(form_id), kept.answers)
            case_no = case_no or issued.case_no
        return counted

    return run


def sums_of(name: str, counted: list[Typed]) -> Typed:
    """All papers of a case together."""
    numbers = (sum(getattr(one, number) for one in counted) for number in _NUMBERS)
    typed = sum((one.typed for one in counted), ())
    return Typed(name, *numbers, typed=typed, again=sum((one.again for one in counted), ()))


def as_line(one: Typed) -> str:
    """A line of a table in the document."""
    numbers = (getattr(one, number) for number in _NUMBERS)
    cells = [one.form_id, *numbers, len(one.typed), len(one.again)]
    return "| " + " | ".join(map(str, cells)) + " |"


@pytest.mark.parametrize("scheme", WHOLE)
def test_the_document_says_what_is_counted(count_chain, scheme):
    """Paper by paper: filled, locked, given, given and changed, plain, typed, typed again."""
    counted = count_chain(scheme)
    lines = "\n".join(map(as_line, counted))
    text = _DOC.read_text(encoding="utf-8")
    whole = as_line(sums_of(f"{scheme}，{len(counted)} 份", counted))
    assert lines in text, f"{scheme}\n{lines}"
    assert whole in text, whole


@pytest.mark.parametrize("scheme", WHOLE)
def test_little_is_typed_that_an_earlier_paper_tells(count_chain, scheme):
    """Not a fifth of it, in any chain."""
    total = sums_of(scheme, count_chain(scheme))
    assert len(total.again) * 5 < len(total.typed)


def test_the_next_meeting_of_a_village_types_its_votes(
    count_chain, answers_of, catalogue, store: MemoryCaseStore
):
    """Chair, recorder and group stand there from the last one."""
    counted = count_chain("低保")
    meeting = answers_of("COM-04") | {"meet_date": "2018-09-12"}
    again = count_typing(catalogue, store, "COM-04", meeting, opened_in="", told=set())
    first = next(one for one in counted if one.form_id == "COM-04")
    rows = {one.partition(".")[0] for one in again.typed}
    assert not any(one.startswith("attendees") for one in rows)
    assert len(again.typed) * 2 < len(first.typed)
    assert f"第二次评议会（评三户）只填 {len(again.typed)} 项" in _DOC.read_text(encoding="utf-8")


def as_first(catalogue: Catalogue) -> Catalogue:
    """What forms took over at first: five copies, four gathers, nothing offered."""
    rules = catalogue.taking_over
    takes = (one for one in rules.takes if (one.to, one.source) in _FIRST and not one.is_standing)
    gathers = (one for one in rules.gathers if (one.to, one.source) in _FIRST)
    first = replace(rules, takes=tuple(takes), gathers=tuple(gathers), joins={})
    return replace(catalogue, taking_over=first, offers=Offers())


@pytest.mark.parametrize("scheme", WHOLE)
def test_the_document_says_what_was_typed_before(count_chain, catalogue, scheme):
    """The same papers by what forms took over at first: locked, and typed."""
    before = sums_of(scheme, count_chain(scheme, as_first(catalogue)))
    now, text = sums_of(scheme, count_chain(scheme)), _DOC.read_text(encoding="utf-8")
    cells = [before.filled, before.locked, len(before.typed), now.locked, len(now.typed)]
    line = f"| {scheme} | {' | '.join(map(str, cells))} | {len(now.typed) - len(now.again)} |"
    assert line in text, line
    assert len(now.typed) < len(before.typed)


@pytest.mark.parametrize("scheme", WHOLE)
def test_the_document_says_what_is_the_least(count_chain, scheme):
    """What no earlier paper tells of a case, one after the other."""
    told = re.search("六个案件依次 ([0-9、]+)", _DOC.read_text(encoding="utf-8"))
    least = dict(zip(WHOLE, told[1].split("、"), strict=True)) if told else {}
    total = sums_of(scheme, count_chain(scheme))
    assert least[scheme] == str(len(total.typed) - len(total.again))


def test_the_document_sets_the_twelve_papers_beside_what_they_were(count_chain):
    """As they are now, and the least they can be."""
    text = _DOC.read_text(encoding="utf-8")
    twelve = sums_of("", count_chain("低保")[:12])
    given = twelve.offered + twelve.plain
    assert f"| {twelve.filled} | {twelve.locked} | {given} | {len(twelve.typed)} |" in text
    assert f"| — | — | — | {len(twelve.typed) - len(twelve.again)} |" in text
