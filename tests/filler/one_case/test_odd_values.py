"""Odd values that a form takes are taken by every form that is given them.

test_fitting_values.py compares kinds, choices and bounds; here the values themselves go through:
names of minorities, a number that ends in X, nought yuan, the longest and the shortest text, the
largest household, every choice, nothing where nothing is asked.
"""

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from filler.fill_form import offered_answers, read_form
from filler.form.form_data import IssuedDocument
from filler.form.forms import Field
from filler.records.case_store import MemoryCaseStore
from filler.spec.fitting_values import bounds_of
from filler.spec.form_catalogue import Catalogue
from filler.spec.offered import BY_CASE, SAME_DAY, SAME_MONTH
from filler.spec.taken_from import Gather
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.county.writing.id_card import checked_number
from tests.filler.conftest import TODAY
from tests.shipped_forms import shipped_forms

FORMS = shipped_forms()
_NAME, _X = "阿依古丽·买买提·吐尔逊", "11010519491231002X"
_LONG = 200
Answers = dict[str, Any]


class Way(NamedTuple):
    """One form gives to another, in a case or to a list of its place."""

    to: str
    source: str
    slugs: frozenset[str]  #: of the source
    gather: Gather | None = None
    within: str = ""


def ways() -> Iterator[Way]:
    """Every copy and gather, every offer of a case, every offered list."""
    for take in FORMS.taking_over.takes:
        yield Way(take.to, take.source, frozenset(take.fields.values()))
    for offer in FORMS.offers.papers:
        if offer.by == BY_CASE:
            slugs = {field.slug for field in FORMS.form(offer.source).fields}
            tables = {name for table in offer.tables for name, _ in table.sources}
            given = slugs if offer.same else set(offer.fields.values()) | tables
            yield Way(offer.to, offer.source, frozenset(given & slugs))
    lists = [(one, "") for one in FORMS.taking_over.gathers]
    lists += [(one.gather, one.within) for one in FORMS.offers.lists]
    for gather, within in lists:
        slugs = {
            slug for cell in gather.columns.values() if not cell.form_id for slug in cell.slugs
        }
        yield Way(gather.to, gather.source, frozenset(slugs), gather, within)


#: Rows of a table that says no number: no household has more people.
_MANY = 30
WAYS: dict[tuple[str, str], list[Way]] = {}
for _way in ways():
    WAYS.setdefault((_way.source, _way.to), []).append(_way)


def household(answers: Answers, table: Field, most: int) -> list[Answers]:
    """As many rows as the table holds, of different people."""
    rows = [dict(row) for row in answers.get(table.slug) or ()]
    ids = [one.slug for one in table.columns if one.type == "idcard"]
    names = [one.slug for one in table.columns if any(r.name == "person_name" for r in one.rules)]
    if not rows:
        return []
    more = [
        rows[-1]
        | {slug: checked_number(f"61092719560{1 + at // 28}{1 + at % 28:02}0{at % 90 + 10}")
           for slug in ids}
        | {slug: f"测试成员{'甲乙丙丁戊己庚辛壬癸'[at % 10]}{'一二三'[at // 10]}" for slug in names}
        for at in range(most - len(rows))
    ]  # fmt: skip
    return [*rows, *more]


def odd_answers(field: Field, answers: Answers) -> Iterator[Any]:
    """Values that a field may well hold, and its sample does not."""
    length, number = bounds_of(field, "length"), bounds_of(field, "between")
    if field.type == "rows":
        yield household(answers, field, min(field.most, _MANY))
    elif field.choices:
        yield from ([one] if field.type == "multi" else one for one in field.choices)
        yield list(field.choices) if field.type == "multi" else ""
    elif field.type in ("text", "longtext"):
        yield from (_NAME, "𠮷家·甲", "")
        least, most = (int(length.least), int(length.most)) if length.most < 10**6 else (1, _LONG)
        yield from ("测" * least, "测" * most)
    elif field.type == "idcard":
        yield from (_X, _X.lower(), "")
    elif field.type == "money":
        yield from ("0.00", "0.01", "99999999.99", "")
    elif field.type == "int":
        yield from (str(int(one)) for one in number if abs(one) < 10**6)
        yield ""
    else:
        yield ""


def with_odd(answers: Answers, slug: str, odd: Any) -> Answers:
    """The answers with one of them changed; a person's name and number wherever they stand."""
    old = answers.get(slug)
    if slug not in ("name", "id_no") or not old or not odd:
        return answers | {slug: odd}

    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return [changed(one) for one in value]
        if isinstance(value, dict):
            return {key: changed(one) for key, one in value.items()}
        is_certificate = slug == "id_no" and str(value).startswith(str(old))
        return (
            odd.upper() + str(value)[len(old) :]
            if is_certificate and value != old
            else (odd if value == old else value)
        )

    return {key: changed(value) for key, value in answers.items()}


def keep(store: MemoryCaseStore, form_id: str, case_no: str, answers: Answers) -> None:
    document = SimpleNamespace(form_id=form_id, case_no=case_no, waits_for="", file_name="")
    store.keep(IssuedDocument(document, answers, "测试员"))  # type: ignore[arg-type]


def day_of(way: Way, answers: Answers) -> dt.date | None:
    """A day of the list on which the source is approved: that day, or that month."""
    assert way.gather
    days = (parse_date(str(answers.get(one) or "")) for one in way.gather.approved.split("|"))
    approved = next((one for one in days if one), None)
    return approved if way.within in (SAME_DAY, SAME_MONTH) else TODAY


def refused_by(way: Way, answers: Answers, case_no: str, catalogue: Catalogue) -> list[str]:
    """What the taker says against what it was given."""
    store, spec = MemoryCaseStore(), catalogue.form(way.to)
    keep(store, way.source, case_no, answers)
    asked: Answers = {"case_no": case_no}
    if way.gather:
        asked = {slug: answers.get(slug, "") for slug in way.gather.match} | dict(way.gather.when)
        day = day_of(way, answers)
        asked |= {way.gather.as_of: str(day)} if way.gather.as_of and day else {}
    opened = read_form(spec, asked, today=TODAY, catalogue=catalogue, history=store)
    offered = {slug: answer for slug, (answer, _) in offered_answers(opened, store).items()}
    given = {*offered, *opened.taken.single, *([opened.taken.table] if opened.taken.rows else ())}
    read = read_form(spec, {**asked, **offered}, today=TODAY, catalogue=catalogue, history=store)
    return [
        str(one) for one in read.problems
        if one.field.partition("[")[0] in given and "没有填写" not in one.what
    ]  # fmt: skip


@pytest.mark.parametrize(("source", "to"), WAYS)
def test_what_one_form_takes_the_next_one_takes(source, to, catalogue, answers_of):
    """One odd value at a time; what the giving form itself refuses is none."""
    spec, sample = catalogue.form(source), answers_of(source)
    case_no = f"{spec.case_code or 'DB'}-103200-2018-0001"
    slugs = frozenset[str]().union(*(way.slugs for way in WAYS[source, to]))
    found, tried = list[str](), 0

    def problems_of(answers: Answers) -> set[str]:
        told = read_form(spec, answers | {"case_no": case_no}, today=TODAY, catalogue=catalogue)
        return {str(one) for one in told.problems}

    plain = problems_of(sample)
    before = [set(refused_by(way, sample, case_no, catalogue)) for way in WAYS[source, to]]
    typed = [one for one in spec.fields if one.is_typed or one.type == "rows"]
    given = [one for one in typed if one.slug in slugs]
    # What is derived comes to another value by the choices it hangs on.
    for field in given or [one for one in typed if one.choices]:
        for odd in odd_answers(field, sample):
            answers = with_odd(sample, field.slug, odd)
            if problems_of(answers) - plain:
                continue
            tried += 1
            for way, known in zip(WAYS[source, to], before, strict=True):
                found += [
                    f"{field.slug}={odd!r:.40}: {one}"
                    for one in refused_by(way, answers, case_no, catalogue)
                    if one not in known
                ]
    assert tried
    assert found == []
