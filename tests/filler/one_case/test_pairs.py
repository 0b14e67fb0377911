"""Whatever two papers of a case both tell: changed on one of them, it is refused or marked."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from filler.fill_form import Corrected, read_form
from filler.form.forms import Field, FormSpec
from filler.spec.form_catalogue import Catalogue
from minzheng.county.writing.chinese_dates import month_after, parse_date, parse_month
from tests.filler.conftest import TODAY
from tests.filler.one_case.other_schemes import OTHERS
from tests.filler.one_case.pairs import Pair, Spot, named_pairs, pairs_of
from tests.filler.one_case.papers import issue_case

CASES = OTHERS
_UNCHANGED = frozenset({"rows", "photo", "annex", "sign", "seal", "print", "longtext", "multi"})
#: Telephones of the office, on every notice.
_OFFICE = frozenset({"phone_v", "phone_t", "phone_c"})
_OTHER = {"idcard": "610927196208250026", "phone": "13991599999", "bank": "6217000000000000996"}
_LONG = 8
Answers = dict[str, Any]


class Paper(NamedTuple):
    """An issued paper of a case, or of a village."""

    number: int
    answers: Answers
    is_own: bool  #: of the case itself


Said = Callable[[int, Answers], set[str]]


@pytest.fixture
def said(catalogue, store) -> Said:
    """What a correction of an issued paper is told, problems and warnings together."""

    def run(number: int, answers: Answers) -> set[str]:
        issued = store.issued[number - 1]
        read = read_form(
            catalogue.form(issued.document.form_id), answers, today=TODAY, catalogue=catalogue,
            history=store, corrects=Corrected(number, issued.document.case_no),
        )  # fmt: skip
        return {str(one) for one in (*read.problems, *read.warnings)}

    return run


@pytest.fixture
def issued(fill, answers_of, store):
    """The newest paper of each form of a case."""

    def run(scheme: str) -> dict[str, Paper]:
        numbers = issue_case(CASES[scheme], fill, answers_of)
        newest = {form_id: store.issued[number - 1] for form_id, number in numbers.items()}
        case_no = newest[next(iter(newest))].document.case_no
        return {
            form_id: Paper(numbers[form_id], {**one.answers}, one.document.case_no == case_no)
            for form_id, one in newest.items()
        }

    return run


def spots_of(spec: FormSpec) -> Iterator[tuple[Spot, Field]]:
    """Every figure, date, name and choice somebody types on a form."""
    for one in spec.fields:
        for table, field in (("", one), *((one.slug, column) for column in one.columns)):
            if field.is_typed and field.type not in _UNCHANGED and field.slug not in _OFFICE:
                yield Spot(spec.id, field.slug, table), field


def with_changes(
    answers: Answers, spot: Spot, field: Field, *, in_every_row: bool
) -> Iterator[Answers]:
    """Answers with one of them changed; of a table in its first row, or in each in turn."""
    if not spot.table:
        text = str(answers.get(field.slug) or "")
        yield from [answers | {field.slug: changed(field, text)}] if text else []
        return
    rows = answers.get(spot.table) or []
    for at, row in enumerate(rows if in_every_row else rows[:1]):
        if text := str(row.get(field.slug) or ""):
            other = {**row, field.slug: changed(field, text)}
            yield {**answers, spot.table: [*rows[:at], other, *rows[at + 1 :]]}


def changed(field: Field, text: str) -> Any:
    """Another answer of the same kind."""
    made: dict[str, Callable[[], Any]] = {
        "int": lambda: int(text) + 1,
        "money": lambda: str(Decimal(text) + 1),
        "month": lambda: str(month_after(parse_month(text) or dt.date.max))[:7],
        "date": lambda: str((parse_date(text) or dt.date.max) + dt.timedelta(days=1)),
        "choice": lambda: next((one for one in field.choices if one != text), text),
        "text": lambda: f"{text}改" if len(text) < _LONG else f"{text[:-1]}改",
    }
    return _OTHER[field.type] if field.type in _OTHER else made[field.type]()


def pairs_in(catalogue: Catalogue, papers: dict[str, Paper]) -> set[Pair]:
    """What two of the papers both tell."""
    stands = {form_id: one.answers for form_id, one in papers.items()}
    in_case = {form_id: one.answers for form_id, one in papers.items() if one.is_own}
    return pairs_of(catalogue, stands, in_case)


@pytest.mark.parametrize("scheme", CASES)
def test_what_two_papers_tell_is_accepted_on_none_in_silence(scheme, catalogue, issued, said):
    """Every figure, date, name and choice of every paper that another one tells, too.

    Of each of the household; of a list of the village in its first row, that of the case.
    """
    papers, tables = issued(scheme), catalogue.taking_over.same.tables
    paired = {spot for pair in pairs_in(catalogue, papers) for spot in pair}
    silent, tried = set(), 0
    for form_id, (number, answers, _) in papers.items():
        before = said(number, answers)
        for spot, field in spots_of(catalogue.form(form_id)):
            if spot not in paired:
                continue
            for other in with_changes(answers, spot, field, in_every_row=spot.table in tables):
                tried += 1
                silent |= {str(spot)} if not said(number, other) - before else set()
    assert tried
    assert silent == set()


def test_every_pair_of_the_table_is_tried(catalogue, issued, store):
    """Forms that tell of one another stand in one of the cases; those left out have their own
    tests."""
    found = set()
    for scheme in CASES:
        pairs = pairs_in(catalogue, issued(scheme))
        found |= {frozenset(spot.form_id for spot in pair) for pair in pairs}
        store.issued.clear()
        store.counters.clear()
    wanted = {frozenset(spot.form_id for spot in pair) for pair in named_pairs(catalogue)}
    assert sorted(map(sorted, wanted - found)) == []


@pytest.mark.parametrize("scheme", CASES)
def test_no_paper_is_of_a_day_before_its_application(scheme, catalogue, issued, said):
    """Each day of each paper that stands in the case, one day too early: both places are named."""
    papers, order = issued(scheme), catalogue.taking_over.days
    schemes = catalogue.facts.county.required.schemes.values()
    first = next(iter(papers))
    applications = next(one.steps[0].forms for one in schemes if first in one.steps[0].forms)
    begun = [
        next(filter(None, (one.answers.get(slug) for slug in order.begun)))
        for form_id, one in papers.items()
        if form_id in applications
    ]
    early, unsaid = parse_date(str(min(begun, key=str))) - dt.timedelta(days=1), set()
    for form_id, (number, answers, is_own) in papers.items():
        if form_id in applications or not is_own or form_id in order.before:
            continue
        before = said(number, answers)
        for address in order.days_of(catalogue.form(form_id)):
            table, _, slug = address.rpartition(".")
            spot, field = Spot(form_id, slug, table), Field(slug, slug, "date")
            for other in with_changes(answers, spot, field, in_every_row=False):
                (other[table][0] if table else other)[slug] = early
                told = said(number, other) - before
                unsaid |= set() if any("文书号" in one for one in told) else {(form_id, address)}
    assert unsaid == set()
