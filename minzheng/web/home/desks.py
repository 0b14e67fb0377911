"""What each role finds on the start page: its own work, nothing else."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive_indexer.stores.coverage import (
    count_by_town,
    count_files,
    latest_arrivals,
    latest_failures,
)
from archive_indexer.stores.walks import last_walk
from filler.errors import UnknownFormError
from filler.form.forms import FormSpec
from filler.models import Batch, Issued
from filler.records.person_facts import person_facts
from minzheng.accounts.audit_log import Action, entries_of
from minzheng.accounts.grants import may_settle, unseen_grants, waiting_grants
from minzheng.accounts.models import Person, Role
from minzheng.accounts.passwords import must_be_changed
from minzheng.accounts.rights import Right, may
from minzheng.accounts.sign_in_tries import waiting_names
from minzheng.county.registry.shown.registry_guide import FILES
from minzheng.county.registry.shown.unsure_rows import all_unsure_rows
from minzheng.county.town_names import county_of
from minzheng.database.place_rows import of_town
from minzheng.inbox.models import Paper
from minzheng.web.forms.draft_deeds import page_address, unfinished
from minzheng.web.forms.issued_documents import issued_by_me
from minzheng.web.forms.visible_forms import forms_by_dossier
from minzheng.web.gate.access import needs
from minzheng.web.gate.office import area, audit_log, config, county, forms, signed_in
from minzheng.web.home.cases_waiting import own_desk
from minzheng.web.inbox.inbox_shown import live_state, scans_not_read
from minzheng.web.office.first_day_shown import steps_to_do
from minzheng.web.office.jobs_shown import jobs
from minzheng.web.oversight.coverage_shown import count_waiting
from minzheng.web.oversight.doubts_shown import doubts_waiting

_SHOWN = 5
_OFTEN = 6
_MOST_UNFINISHED = 50
_DAYS_LOOKED_AT = 7
#: What an auditor looks at first.
_WATCHED = (Action.SIGN_IN_FAILED, Action.UNMASK, Action.EXPORT, Action.ADMINISTER)
#: Searches an inspector may begin with, and what they ask.
_EXAMPLES = (
    ("村:旧城村 年:2018 低保公示", "某村某年的某类文件"),
    ("金额:>5000 临时救助", "超过某个数额的"),
    ('"优亲厚友"', "原话，一字不差"),
)

_Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Case:
    """A case somebody works on: its number, whom it is about, what was issued."""

    number: str
    person: str
    papers: tuple[tuple[int, str], ...]  #: numbers of documents and what the forms are called
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class _Unfinished:
    """A form somebody has not finished: what it is, of whom, where to go on."""

    title: str
    person: str
    address: str
    token: str
    at: dt.datetime


@require_safe
@needs(Right.OWN)
def home(request: HttpRequest) -> HttpResponse:
    """The desk of whoever is signed in, with what stands on it."""
    template, lay = _DESKS.get(signed_in(request).role, _DESKS[Role.INSPECTOR])
    return render(request, template, lay(request))


def _clerk(request: HttpRequest) -> _Context:
    mine = issued_by_me(request)
    batches = Batch.objects.filter(issued_by=signed_in(request).username, roster_name__gt="")
    return {
        **_archive(request),
        "inbox": live_state(request),
        "inbox_failed": scans_not_read(request).count(),
        "groups": forms_by_dossier(area(request)),
        "often": _often_used(mine),
        "issued": mine[:_SHOWN],
        "batches": [(one, forms().by_id.get(one.form_id)) for one in batches[:_SHOWN]],
        "cases": _latest_cases(mine),
        "unfinished": _unfinished(request),
        "draft_days": config().draft_days,
        "desk": own_desk(request, timezone.localdate()),
    }


def _keeper(request: HttpRequest) -> _Context:
    place = area(request)
    within = place.as_filter()
    return {
        **_clerk(request),
        "own_village": county().places.village(place.village, place.town),
        "failures": latest_failures(within, _SHOWN),
        "arrivals": latest_arrivals(within, _SHOWN),
        "walk": last_walk(),
    }


def _inspector(request: HttpRequest) -> _Context:
    place = area(request)
    counts = count_by_town(place.as_filter())
    towns = county().places.of(place.town).towns
    seen = [(one.name, counts.get(one.name, 0)) for one in towns]
    return {**_archive(request), "towns": seen, "walk": last_walk(), "examples": _EXAMPLES}


def _administrator(request: HttpRequest) -> _Context:
    kept, days = Person.objects.filter(of_town(area(request).county)), config().password_days
    people = list(kept)
    active, waiting = [one for one in people if one.is_active], waiting_names(timezone.now())
    return {
        **_archive(request),
        **_grants(request),
        "people": len(active),
        "stopped": len(people) - len(active),
        "waiting": [(one, waiting[one.username]) for one in active if one.username in waiting],
        "unchanged": sum(must_be_changed(one, days) for one in active),
        "jobs": jobs(),
        "steps_left": steps_to_do(),
        "forms_count": len(forms().forms),
        "tables": FILES,
        "unsure": len(all_unsure_rows()),
    }


def _auditor(request: HttpRequest) -> _Context:
    since = timezone.now() - dt.timedelta(days=_DAYS_LOOKED_AT)
    own = county_of(signed_in(request).town)
    recent = entries_of(own).filter(at__gte=since).order_by()
    counted = Counter(dict(recent.values_list("action").annotate(Count("pk"))))
    return {
        **_grants(request),
        "log": audit_log().look_at_end(own),
        "since": timezone.localtime(since).date(),
        "days": _DAYS_LOOKED_AT,
        "watched": [(action.value, counted[action.value]) for action in _WATCHED],
        "counted": [(action, counted[action]) for action in Action.values if counted[action]],
        "months": config().audit_months,
    }


def _grants(request: HttpRequest) -> _Context:
    """What waits for this second person; an auditor sees what holds already, too."""
    person = signed_in(request)
    own = county_of(person.town)
    return {
        "to_agree": sum(may_settle(one, person) for one in waiting_grants(own)),
        "notices": unseen_grants(own) if may(person, Right.AUDIT) else (),
        "is_dual": config().second_person == "yes",
    }


def _archive(request: HttpRequest) -> _Context:
    person, within = signed_in(request), area(request).as_filter()
    waiting = Paper.objects.filter(within, state=Paper.State.WAITING).count()
    unsorted = waiting if may(person, Right.INBOX) else 0
    doubts = doubts_waiting(request) if may(person, Right.SEARCH) else None
    figures = replace(count_files(within), waiting=count_waiting(area(request), county().places))
    return {"figures": figures, "unsorted": unsorted, "doubts": doubts}


def _often_used(mine: QuerySet[Issued]) -> list[FormSpec]:
    """The forms somebody issued most."""
    counted = mine.values("form_id").annotate(times=Count("pk"))
    specs = []
    for row in counted.order_by("-times", "form_id")[:_OFTEN]:
        try:
            specs.append(forms().form(row["form_id"]))
        except UnknownFormError:  # issued once, taken out of the templates since
            continue
    return specs


def _latest_cases(mine: QuerySet[Issued]) -> list[_Case]:
    """The cases somebody worked on last, each with its documents in order; a list is none."""
    of_people = mine.exclude(case_no="").filter(person__isnull=False)
    counted = of_people.order_by().values("case_no").annotate(at=Max("issued_at"))
    latest = {row["case_no"]: row["at"] for row in counted.order_by("-at")[:_SHOWN]}
    papers: dict[str, list[Issued]] = {number: [] for number in latest}
    rows = mine.filter(case_no__in=latest).select_related("person").order_by("issued_at", "pk")
    for row in rows:
        papers[row.case_no].append(row)
    return [_case(number, papers[number], at) for number, at in latest.items()]


def _unfinished(request: HttpRequest) -> list[_Unfinished]:
    """What somebody began and has not issued."""
    known = forms().by_id
    return [
        _Unfinished(
            known[one.form_id].short_title,
            person_facts(one.answers).get("name", ""),
            page_address(one.form_id, one.asked, one.token),
            one.token,
            one.saved_at,
        )
        for one in unfinished(request)[:_MOST_UNFINISHED]
        if one.form_id in known
    ]


def _case(number: str, papers: list[Issued], at: dt.datetime) -> _Case:
    names = [one.person.name for one in papers if hasattr(one, "person")]
    known = forms().by_id
    titles = [known[one.form_id].short_title if one.form_id in known else "" for one in papers]
    shown = ((one.pk, title or one.form_id) for one, title in zip(papers, titles, strict=True))
    return _Case(number, names[-1] if names else "", tuple(shown), at)


_DESKS: dict[str, tuple[str, Callable[[HttpRequest], _Context]]] = {
    Role.COUNTY_CLERK: ("desks/clerk.html", _clerk),
    Role.TOWN_CLERK: ("desks/clerk.html", _clerk),
    Role.VILLAGE_KEEPER: ("desks/keeper.html", _keeper),
    Role.INSPECTOR: ("desks/inspector.html", _inspector),
    Role.ADMINISTRATOR: ("desks/administrator.html", _administrator),
    Role.AUDITOR: ("desks/auditor.html", _auditor),
}
