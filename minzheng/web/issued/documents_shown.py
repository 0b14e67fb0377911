"""What the list of issued documents shows: rows, and what may be chosen to narrow it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from filler.form.forms import FormSpec
from filler.models import Batch, BatchRow, Issued
from minzheng.accounts.areas import Area
from minzheng.accounts.models import Person
from minzheng.web.gate.children import shown_name
from minzheng.web.gate.office import county


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the list."""

    issued: Issued
    title: str
    person: str  #: as whoever looks may read it; empty when it is about nobody
    place: str
    issuer: str


def rows_of(
    documents: Iterable[Issued], issuers: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[Row]:
    """The rows of some documents."""
    for one in documents:
        about = getattr(one, "person", None)
        name = shown_name(about.name, about.id_no, about.town, about.village) if about else ""
        place = "".join(str(one.answers.get(slug, "")) for slug in ("town", "village"))
        title = titles.get(one.form_id, one.form_id)
        yield Row(one, title, name, place, issuers.get(one.issued_by, one.issued_by))


def version_of(issued: Issued, spec: FormSpec | None) -> str:
    """Which version of its form a document is, and whether that is not today's."""
    if spec is None:
        news = "这张表已停用"
    elif spec.version != issued.version:
        news = f"现在填的是 V{spec.version}"
    elif issued.template_sha256 and issued.template_sha256 != _digest_of(spec):
        news = "模板后来改过"
    else:
        return f"V{issued.version}"
    return f"V{issued.version}（{news}，重出仍用当时的）"


def batch_of(issued: Issued, username: str) -> tuple[Batch, int] | None:
    """The batch that somebody gave and the document of its that this is, or came of."""
    editions = [issued.pk]
    while issued.corrects is not None:
        issued = issued.corrects
        editions.append(issued.pk)
    rows = BatchRow.objects.filter(issued__in=editions, batch__issued_by=username)
    row = rows.exclude(batch__roster_name="").select_related("batch").first()
    return (row.batch, row.issued_id) if row else None


def _digest_of(spec: FormSpec) -> str:
    return hashlib.sha256(spec.docx.read_bytes()).hexdigest()


def name_of_issuer(username: str) -> str:
    """What a person is called; the account where it has no name or is gone."""
    return _names([username])[username]


def choices_of(
    documents: QuerySet[Issued], titles: Mapping[str, str]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Who issued some of the documents, with names; the forms that they are, with titles.

    Asked at once: in a town each document is opened to see whose it is.
    """
    pairs = set(documents.order_by().values_list("issued_by", "form_id").distinct())
    ids = sorted({form for _, form in pairs})
    return _names(who for who, _ in pairs), [(one, titles.get(one, "")) for one in ids]


def places_in(place: Area) -> list[tuple[str, list[str]]]:
    """Towns with their villages, as far as somebody sees them."""
    places = county().places
    towns = [one.name for one in places.of(place.town).towns]
    return [
        (town, [one.name for one in places.villages_of(town) if place.covers(town, one.name)])
        for town in towns
        if not place.is_nothing
    ]


def _names(usernames: Iterable[str]) -> dict[str, str]:
    known = dict.fromkeys(usernames, "")
    people = Person.objects.filter(username__in=list(known)).values_list("username", "first_name")
    named = dict(people)
    return {one: named.get(one) or one for one in sorted(known)}
