"""Which issued documents somebody looks for: by person, form, place, issuer and date."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from filler.form.case_history import same_number
from filler.form.forms import FormSpec
from filler.models import Issued, KnownPerson, NamedPerson
from minzheng.accounts.areas import Area
from minzheng.county.errors import Problem
from minzheng.county.personal_numbers import whole_number
from minzheng.database.place_rows import of_place
from minzheng.web.gate.private_questions import as_address, from_address

_LONGEST = 60
_NUMBER_OF_DOCUMENT = re.compile(r"\d{1,9}")
_CASE = re.compile(r"[A-Z]{2,3}-[0-9-]*")
_DAYS = {"since": "出具日期从", "until": "出具日期到"}


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for; what is empty is not asked for."""

    text: str = ""
    form_id: str = ""
    town: str = ""
    village: str = ""
    issuer: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether nothing was asked for."""
        return self == Sought()

    @property
    def place(self) -> str:
        """The place as the list of choices names it."""
        return f"{self.town}/{self.village}" if self.town else ""

    def address(self, person: int) -> str:
        """The same as the end of an address, in which no personal number stands."""
        named = {
            "q": as_address(person, self.text),
            "form": self.form_id,
            "place": self.place,
            "by": self.issuer,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return "?" + urlencode({name: value for name, value in named.items() if value})


def read_sought(given: QueryDict, person: int) -> Sought:
    """What an address or a form asks for; a day that is none is told and not asked for."""
    asked = {name: given.get(name, "").replace("\0", "").strip()[:_LONGEST] for name in given}
    days, problems = {}, []
    for name, label in _DAYS.items():
        try:
            days[name] = dt.date.fromisoformat(asked[name]) if asked.get(name) else None
        except ValueError:
            problems.append(Problem(label, f"“{asked[name]}”不是日期", "写成 2026-03-31 这样"))
    text = from_address(person, asked.get("q", ""))
    if text is None:
        problems.append(Problem("查找", "号码过了一段时间不再保留", "请重新输入"))
    town, _, village = asked.get("place", "").partition("/")
    return Sought(
        text or "", asked.get("form", ""), town, village, asked.get("by", ""),
        days.get("since"), days.get("until"), tuple(problems),
    )  # fmt: skip


def seen_documents(place: Area, username: str) -> QuerySet[Issued]:
    """All documents that `may_see` lets somebody see, newest first, without their texts."""
    seen = Q(issued_by=username)
    if not place.is_nothing:
        here = of_place(place.town, place.village)
        seen = seen | here if here else Q()
    found = Issued.objects.filter(seen, stopped_at=None).defer("texts")
    for code in place.forbidden:
        found = found.exclude(case_no__startswith=f"{code}-").exclude(
            form_id__startswith=f"{code}-"
        )
    return found


def narrowed(
    documents: QuerySet[Issued], sought: Sought, specs: Iterable[FormSpec]
) -> QuerySet[Issued]:
    """Those of some documents that fit everything that is asked for."""
    asked = {
        "form_id": sought.form_id,
        "issued_by": sought.issuer,
        "issued_at__date__gte": sought.since,
        "issued_at__date__lte": sought.until,
    }
    given = {name: value for name, value in asked.items() if value}
    found = documents.filter(of_place(sought.town, sought.village), **given)
    return found.filter(_named(sought.text, specs)) if sought.text else found


def _named(text: str, specs: Iterable[FormSpec]) -> Q:
    """A case, a document's number, a person's whole number, a name or the title of a form.

    A part of a personal number finds nothing, as everywhere.
    """
    bare = "".join(text.split())
    number = whole_number(text)
    if number:
        return _people(id_no__in=[bare.upper(), same_number(number)]) | Q(
            pk__in=KnownPerson.objects.filter(phone__in=[bare, number]).values("issued")
        )
    if _CASE.fullmatch(bare.upper()):
        return Q(case_no__startswith=bare.upper())
    if _NUMBER_OF_DOCUMENT.fullmatch(bare):
        return Q(pk=int(bare))
    if bare.isascii():
        spoken = Q(initials__startswith=bare.lower()) | Q(pinyin__startswith=bare.lower())
        return Q(pk__in=KnownPerson.objects.filter(spoken).values("issued"))
    titled = [spec.id for spec in specs if bare in spec.title]
    return _people(name__contains=bare) | Q(form_id__in=titled)


def _people(**asked: object) -> Q:
    """Documents that are about somebody, or name somebody in a row."""
    about = KnownPerson.objects.filter(**asked).values("issued")
    return Q(pk__in=about) | Q(pk__in=NamedPerson.objects.filter(**asked).values("issued"))
