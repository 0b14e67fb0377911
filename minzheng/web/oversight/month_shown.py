"""What the month's page shows: for which place and month, and each change with its address."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from filler.carry_over.month import KINDS, MonthChange
from filler.fill_form import month_of
from minzheng.accounts.areas import Area
from minzheng.county.registry.places import Town, Village
from minzheng.county.writing.chinese_dates import month_after, parse_date, parse_month, print_month
from minzheng.web.forms.issued_documents import seen_store
from minzheng.web.forms.next_papers import NextPaper, next_papers
from minzheng.web.forms.record_gate import code_of
from minzheng.web.gate.children import shown_name
from minzheng.web.gate.office import area, county, forms

_EARLIEST, _LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 1)
_SUMMARY = "DB-04"


@dataclass(frozen=True, slots=True)
class Choice:
    """A place and a month; without a town nothing is looked at."""

    town: str
    village: str
    month: dt.date
    unread: str = ""  #: what was asked as a month and is none

    @property
    def label(self) -> str:
        """As it stands in the log."""
        return f"{self.town}{self.village} {print_month(self.month)}"

    @property
    def key(self) -> str:
        """The month as an address and an input write it: 2018-06."""
        return f"{self.month:%Y-%m}"

    @property
    def before(self) -> str:
        """The address of the month before."""
        return self._with((self.month - dt.timedelta(days=1)).replace(day=1))

    @property
    def after(self) -> str:
        """The address of the next month."""
        return self._with(month_after(self.month))

    @property
    def summary(self) -> str:
        """The address of the summary of the town, its month filled in."""
        asked = urlencode({"town": self.town, "month": self.key})
        return f"{reverse('fill', args=[_SUMMARY])}?{asked}"

    def _with(self, month: dt.date) -> str:
        asked = {"town": self.town, "village": self.village, "month": f"{month:%Y-%m}"}
        return f"?{urlencode({name: text for name, text in asked.items() if text})}"


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as whoever looks may read it."""

    change: MonthChange
    name: str
    title: str  #: of the form to fill
    address: str  #: where it is filled; empty when nothing is left to do
    next: NextPaper | None = None  #: of the case, when the change itself asks for no paper
    is_overdue: bool = False


def read_choice(asked: QueryDict, place: Area, today: dt.date) -> Choice:
    """What was chosen; a place outside the area is none, one's own is chosen already."""
    town, village = place.narrowed(asked.get("town", ""), asked.get("village", ""))
    known = county().places.village(village, town) if village else None
    if county().places.town(town) is None or not place.covers(town, village or place.village):
        town = place.own_town
    wanted = asked.get("month", "").strip()[:10]
    day = parse_month(wanted) or parse_date(wanted)
    month = min(max((day or today).replace(day=1), _EARLIEST), _LATEST)
    unread = "" if day and day.replace(day=1) == month else wanted
    return Choice(town, known.name if known and town else "", month, unread)


def places_of(place: Area) -> list[tuple[Town, list[Village]]]:
    """The towns and villages one may choose from."""
    places = county().places
    return [
        (town, [one for one in places.villages_of(town.name) if place.covers(town.name, one.name)])
        for town in places.of(place.town).towns
    ]


def describe_month(
    request: HttpRequest, chosen: Choice, today: dt.date
) -> list[tuple[str, list[ShownChange]]]:
    """The changes by kind; kinds without any are shown, too: there was none."""
    place = area(request)
    where = {"town": chosen.town, **({"village": chosen.village} if chosen.village else {})}
    found = [
        one
        for one in month_of(where, chosen.month, forms(), seen_store(request))
        if code_of(one.case_no) not in place.forbidden
    ]
    asked = {one.case_no: (one.town, one.village) for one in found if not one.form_id}
    following = next_papers(place, asked)
    shown = [_shown(one, following.get(one.case_no), today) for one in found]
    return [(kind, [one for one in shown if one.change.kind == kind]) for kind in KINDS]


def rosters_of(chosen: Choice, today: dt.date) -> list[tuple[str, str]]:
    """The lists of what a village is paid, each with its address; of a whole town there is none."""
    end = month_after(chosen.month) - dt.timedelta(days=1)
    day = today if chosen.month <= today < end else end
    asked = {"town": chosen.town, "village": chosen.village}
    found: dict[str, str] = {}
    for rule in forms().months.approvals if chosen.village else ():
        for form_id in rule.rosters:
            spec = forms().by_id[form_id]
            of_scheme = any(one.slug == "scheme" for one in spec.fields)
            told = {**asked, spec.reference_date: f"{day}"}
            told |= {"scheme": rule.scheme} if of_scheme else {}
            name = f"{spec.short_title}（{rule.scheme}）" if of_scheme else spec.short_title
            found[f"{form_id} {name}"] = f"{reverse('fill', args=[form_id])}?{urlencode(told)}"
    return [*found.items()]


def _shown(change: MonthChange, following: NextPaper | None, today: dt.date) -> ShownChange:
    spec = forms().by_id.get(change.form_id)
    name = shown_name(change.name, change.id_no, change.town, change.village)
    if spec is None:
        return ShownChange(change, name, "", "", following)
    asked = "case_no" if change.joins else "from_case"
    address = f"{reverse('fill', args=[spec.id])}?{urlencode({asked: change.case_no})}"
    is_overdue = change.due is not None and change.due < today
    return ShownChange(change, name, spec.short_title, address, is_overdue=is_overdue)
