"""★ All that is held of a person, each piece with its fate; nothing is changed."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.models import ArchivedFile
from filler.models import Batch, Issued
from minzheng.county.county import County
from minzheng.county.registry.case_changes import load_case_law
from minzheng.persons.documents_of import documents_of
from minzheng.persons.fates import Calendar, decide
from minzheng.persons.holdings import Holding, Kind
from minzheng.persons.inbox_of import inbox_of
from minzheng.persons.other_traces import other_traces
from minzheng.persons.papers_of import papers_of
from minzheng.persons.whom import Whom

_AGE = "成年年龄"
_DECIDED = (Kind.DOCUMENT, Kind.PAPER, Kind.INBOX)


@dataclass(frozen=True)
class Stock:
    """Where things are held: the index, the county, titles of forms, rosters of batches."""

    index: FullTextIndex
    county: County
    titles: Mapping[str, str]
    roster_of: Callable[[Batch], bytes | None]
    today: dt.date


def look_up(whom: Whom, stock: Stock) -> tuple[Holding, ...]:
    """Every piece that is the person's or may be.

    Raises:
        IndexBrokenError: the index must be made anew first.
    """
    documents = list(documents_of(whom, stock.titles))
    cases = {one.case_no for one in documents if one.case_no and one.is_sure}
    papers = list(papers_of(whom, stock.index, cases, stock.county))
    found = [*documents, *papers, *inbox_of(whom)]
    calendar = calendar_of(stock, (one.case_no for one in found))
    decided = (decide(one, calendar, whom.born) for one in found)
    return (*decided, *other_traces(whom, stock.roster_of))


def calendar_of(stock: Stock, case_numbers: Iterable[str]) -> Calendar:
    """When cases ended, and the newest paper of each."""
    cases = sorted(set(case_numbers) - {""})
    law = load_case_law(stock.county.folder)
    always = {one.form_id for one in law.changes if not one.endings}
    ended: dict[str, int] = {}
    newest: dict[str, int] = {}
    changes = {one.form_id: one for one in law.changes}
    for one in Issued.objects.filter(case_no__in=cases).defer("texts"):
        _raise(newest, one.case_no, one.issued_at.year)
        change = changes.get(one.form_id)
        if change and change.ends(partial(_text_of, one.answers)):
            _raise(ended, one.case_no, one.issued_at.year)
    rows = ArchivedFile.objects.filter(case_no__in=cases).exclude(year="")
    for case_no, year, form_id in rows.values_list("case_no", "year", "form_id"):
        if year.isdecimal():
            _raise(newest, case_no, int(year))
            if form_id in always:
                _raise(ended, case_no, int(year))
    age = stock.county.terms.on(_AGE, stock.today) or 0
    return Calendar(stock.county.retention, stock.today, age, ended, newest)


def of_keys(found: Iterable[Holding], taken: Iterable[str]) -> tuple[Holding, ...]:
    """The sure pieces, and those unsure ones that somebody said are the person's."""
    wanted = frozenset(taken)
    return tuple(one for one in found if one.is_sure or one.key in wanted)


def _text_of(answers: Mapping[str, Any], slug: str) -> str:
    return str(answers.get(slug, ""))


def _raise(years: dict[str, int], case_no: str, year: int) -> None:
    years[case_no] = max(year, years.get(case_no, 0))
