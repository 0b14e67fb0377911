"""★ All that is held of a person, each piece with its fate; nothing is changed."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.models import ArchivedFile
from filler.models import Batch, Issued
from minzheng.county.county import County
from minzheng.county.registry.case_changes import load_case_law
from minzheng.county.writing.integers import integer_in
from minzheng.persons.documents_of import documents_of
from minzheng.persons.fates import Calendar, decide
from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.persons.inbox_of import inbox_of
from minzheng.persons.other_traces import other_traces
from minzheng.persons.papers_of import papers_of
from minzheng.persons.whom import Whom

_AGE = "成年年龄"
_SAID_SHARED = "经办认定还写有别人，只隐去此人"
_DECIDED = (Kind.DOCUMENT, Kind.PAPER, Kind.INBOX)


@dataclass(frozen=True)
class Stock:
    """Where things are held: the index, the county, titles of forms, rosters of batches."""

    index: ArchiveIndex
    county: County
    titles: Mapping[str, str]
    roster_of: Callable[[Batch], bytes | None]
    today: dt.date
    scope: str = ""  #: the county (`平利县·`) of which alone is looked for; nothing: all


def look_up(whom: Whom, stock: Stock) -> tuple[Holding, ...]:
    """Every piece that is the person's or may be.

    Raises:
        IndexBrokenError: the index must be made anew first.
    """
    scope = stock.scope
    documents = list(documents_of(whom, stock.titles, scope))
    cases = {one.case_no for one in documents if one.case_no and one.is_sure}
    papers = list(papers_of(whom, stock.index, cases, stock.county, scope))
    found = [*documents, *papers, *inbox_of(whom, scope)]
    calendar = calendar_of(stock, (one.case_no for one in found))
    decided = (decide(one, calendar, whom.born) for one in found)
    return (*decided, *other_traces(whom, stock.roster_of, stock.titles, scope))


def calendar_of(stock: Stock, case_numbers: Iterable[str] | None = None) -> Calendar:
    """When cases, or all of them, ended, and the newest paper of each."""
    wanted = Q()
    if case_numbers is not None:
        wanted = Q(case_no__in=sorted(set(case_numbers)))
    law = load_case_law(stock.county.folder)
    always = {one.form_id for one in law.changes if not one.endings}
    ended: dict[str, int] = {}
    newest: dict[str, int] = {}
    changes = {one.form_id: one for one in law.changes}
    issued = Issued.objects.filter(wanted).exclude(case_no="").defer("texts")
    for one in issued.iterator(chunk_size=500):
        _raise(newest, one.case_no, localtime(one.issued_at).year)
        change = changes.get(one.form_id)
        if change and change.ends(partial(_text_of, one.answers)):
            _raise(ended, one.case_no, localtime(one.issued_at).year)
    rows = ArchivedFile.objects.filter(wanted).exclude(case_no="").exclude(year="")
    for case_no, year, form_id in rows.values_list("case_no", "year", "form_id"):
        if number := integer_in(year):
            _raise(newest, case_no, number)
            if form_id in always:
                _raise(ended, case_no, number)
    age = stock.county.terms.on(_AGE, stock.today) or 0
    return Calendar(stock.county.retention, stock.today, age, ended, newest)


def of_keys(
    found: Iterable[Holding], taken: Iterable[str], shared: Iterable[str] = ()
) -> tuple[Holding, ...]:
    """The sure pieces, and those unsure ones that somebody said are the person's.

    Of those that somebody said name others too, only the person is blanked.
    """
    wanted, blanked = frozenset(taken), frozenset(shared)
    return tuple(
        replace(one, fate=Fate.BLANK, names_others=True, why=_SAID_SHARED)
        if one.key in blanked and one.kind in _DECIDED
        else one
        for one in found
        if one.is_sure or one.key in wanted
    )


def _text_of(answers: Mapping[str, Any], slug: str) -> str:
    return str(answers.get(slug, ""))


def _raise(years: dict[str, int], case_no: str, year: int) -> None:
    years[case_no] = max(year, years.get(case_no, 0))
