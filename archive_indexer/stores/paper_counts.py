"""How many papers of which form and case lie where: one grouped question to the database."""

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, Func, Min, Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.utils.timezone import localtime

from archive_indexer.models import ArchivedFile

_COLUMNS = ("town", "village", "dossier", "year", "case_no", "person")
#: Asked inside the group, so that the index is read in its order and no file is sorted.
_COUNTED = Q(present=True, state="indexed")


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
        template = "STRING_AGG(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template)


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


def tell_papers(forms: Collection[str], dossier: str, within: Q | None = None) -> list[ToldPaper]:
    """Papers of these forms, of one dossier, or of no known form, with whom they name."""
    asked = Q(form_id__in=["", *forms]) | Q(dossier=dossier)
    rows = ArchivedFile.objects.filter(within or Q(), _COUNTED).filter(asked)
    told = rows.annotate(
        title=KeyTextTransform("value", KeyTextTransform("title", "filing")),
        names=_Named("filing", key="persons"),
        numbers=_Named("filing", key="ids"),
    )
    return [
        ToldPaper(
            one["town"], one["village"], one["dossier"], one["year"], one["form_id"],
            one["case_no"], one["person"], one["title"] or "",
            _apart(one["names"]), _apart(one["numbers"]), one["sha256"],
        )
        for one in told.values(*ToldPaper._fields[:8], "names", "numbers", "sha256")
    ]  # fmt: skip


def first_seen_in(year: str, within: Q | None = None) -> dict[tuple[str, ...], dt.date]:
    """When the first paper of each case or person of a year came: by place, dossier, who."""
    rows = ArchivedFile.objects.filter(within or Q(), _COUNTED, year=year)
    columns = ("town", "village", "dossier", "case_no", "person")
    found: dict[tuple[str, ...], dt.date] = {}
    for *pile, case_no, person, seen in rows.values_list(*columns).annotate(Min("first_seen")):
        key = (*pile, case_no or person)
        found[key] = min(localtime(seen).date(), found.get(key, dt.date.max))
    return found


def _apart(joined: str | None) -> frozenset[str]:
    return frozenset((joined or "").split("\n")) - {""}


class _Named(Func):
    """The values of a list of guesses in a filing, one a line."""

    output_field = TextField()
    template = (
        "(SELECT GROUP_CONCAT(json_extract(one.value, '$.value'), char(10))"
        " FROM json_each(%(expressions)s) AS one)"
    )

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """The list is named by its path."""
        sql, params = compiler.compile(self.source_expressions[0])
        path = f"$.{self.extra['key']}"
        return self.template % {"expressions": f"{sql}, %s"}, [*params, path]

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """An empty list stands in for one that is not there."""
        sql, params = compiler.compile(self.source_expressions[0])
        listed = f"jsonb_array_elements(COALESCE(NULLIF(({sql})->(%s)::text, 'null'), '[]'))"
        joined = f"(SELECT STRING_AGG(one.guess->>'value', CHR(10)) FROM {listed} AS one(guess))"
        return joined, [*params, self.extra["key"]]
