"""How many papers of which form and case lie where: one grouped question to the database."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, Min, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.utils.timezone import localtime

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.unsought import Unsought

_COLUMNS = ("town", "village", "dossier", "year", "case_no", "person")
#: Asked inside the group, so that the index is read in its order and no file is sorted.
_COUNTED = Q(present=True, state="indexed")
_MOST_KNOWN = 200_000


class PaperGroup(NamedTuple):
    """Papers of one case or person in one year."""

    town: str
    village: str
    dossier: str
    year: str
    case_no: str
    person: str
    forms: tuple[str, ...]  #: of every file its form, as often as it occurs; unknown ones are empty


class ToldPaper(NamedTuple):
    """A paper whose words must be asked: a list, a notice, or one of no known form."""

    town: str
    village: str
    dossier: str
    year: str
    form_id: str
    case_no: str
    person: str
    title: str  #: tells of whom it speaks
    names: frozenset[str]
    ids: frozenset[str]
    sha256: str = ""


class _Joined(Aggregate):
    """All values of a group in one text."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """PostgreSQL names it otherwise and wants the comma."""
        other = self.copy()
        other.template = "STRING_AGG(%(expressions)s, ',')"
        return other.as_sql(compiler, connection)


def count_papers(within: Q | None = None) -> list[PaperGroup]:
    """Indexed files of the archive, or of what passes a filter on place and dossier."""
    rows = ArchivedFile.objects.filter(within or Q()).values(*_COLUMNS)
    grouped = rows.annotate(
        files=Count("pk", filter=_COUNTED), forms=_Joined("form_id", filter=_COUNTED)
    )
    found = grouped.order_by(*_COLUMNS).values_list(*_COLUMNS, "files", "forms")
    return [
        PaperGroup(town, village, dossier, year, case_no, person, tuple(forms.split(",")))
        for town, village, dossier, year, case_no, person, files, forms in found
        if files
    ]


class PaperTeller:
    """Tells whom papers name; what a filing tells is remembered as long as it is the same."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[str, frozenset[str], frozenset[str]]] = {}

    def tell(
        self, forms: Collection[str], dossier: str, within: Q | None = None
    ) -> list[ToldPaper]:
        """Papers of these forms, of one dossier, or of no known form, with whom they name."""
        asked = Q(form_id__in=["", *forms]) | Q(dossier=dossier)
        rows = _counted(within).filter(asked)
        told = rows.annotate(filed=Cast("filing", TextField())).order_by("pk")
        columns = ("town", "village", "dossier", "year", "form_id", "case_no", "person")
        return [
            ToldPaper(
                town, village, code, year, form_id, case_no, person, *self._told(filed), sha256
            )
            for town, village, code, year, form_id, case_no, person, sha256, filed in (
                told.values_list(*columns, "sha256", "filed")
            )
        ]

    def _told(self, filed: str) -> tuple[str, frozenset[str], frozenset[str]]:
        """Title, names and ID numbers of a filing as it is kept."""
        key = hashlib.blake2b(filed.encode(), digest_size=16).digest()
        known = self._known.get(key)
        if known is None:
            filing = json.loads(filed) or {}
            title = (filing.get("title") or {}).get("value") or ""
            known = title, _values(filing, "persons"), _values(filing, "ids")
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = known
        return known


def _counted(within: Q | None) -> QuerySet[ArchivedFile]:
    """Indexed files of a place."""
    is_there, is_indexed = Exact(Unsought("present"), True), Exact(Unsought("state"), "indexed")
    return ArchivedFile.objects.filter(within or Q()).filter(is_there, is_indexed)


def _values(filing: Mapping[str, Any], part: str) -> frozenset[str]:
    return frozenset(one["value"] for one in filing.get(part) or () if one.get("value"))


def first_seen_in(year: str, within: Q | None = None) -> dict[tuple[str, ...], dt.date]:
    """When the first paper of each case or person of a year came: by place, dossier, who."""
    rows = _counted(within).filter(year=year)
    columns = ("town", "village", "dossier", "case_no", "person")
    found: dict[tuple[str, ...], dt.date] = {}
    for *pile, case_no, person, seen in rows.values_list(*columns).annotate(Min("first_seen")):
        key = (*pile, case_no or person)
        found[key] = min(localtime(seen).date(), found.get(key, dt.date.max))
    return found
