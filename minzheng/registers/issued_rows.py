"""★ What issued documents answer, read once: the newest editions, and nothing that was stopped.

A document never changes: it is read once and remembered. What was issued, corrected, stopped
or erased since is told by the database each time: how many documents of a form there are, the
last number, how many were stopped. Only when that differs anything is read, and of new ones
only these.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet
from django.utils.timezone import localtime

from filler.form.forms import Field, FormSpec
from filler.models import Issued
from filler.values.read_answers import is_blank, under_slugs
from minzheng.database.place_rows import of_town
from minzheng.registers.cell_texts import as_cell
from minzheng.registers.register import TOWN, VILLAGE, Registers, Source

_ASKED = ("pk", "case_no", "version", "issued_at", "issued_by", "waits_for", "answers")
_AT_ONCE = 500
_ANYWHERE = Q()


class Wanted(NamedTuple):
    """What is read of one form: its fields, and columns of its tables."""

    slugs: frozenset[str]
    tables: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What one document answers, as far as registers ask."""

    number: int
    form_id: str
    case_no: str
    version: str
    issued: str  #: 2018-05-07
    by: str
    waits: str
    town: str
    village: str
    cells: Mapping[str, str]
    rows: Mapping[str, tuple[Mapping[str, str], ...]]


class Stamp(NamedTuple):
    """What a form's documents look like from outside."""

    documents: int = 0
    last: int = 0
    stopped: int = 0


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: Stamp
    documents: Mapping[int, ReadDocument]


class IssuedRows:
    """The documents of the forms that registers ask, as they are now."""

    def __init__(
        self, forms: Mapping[str, FormSpec], registers: Registers, county: str = ""
    ) -> None:
        """Of several counties only the documents of one are read (`平利县·`)."""
        self._forms, self._within = forms, of_town(county)
        self._wanted = {
            form_id: _wanted(forms[form_id], sources)
            for form_id, sources in registers.sources.items()
        }
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()

    def documents(self, form_ids: Iterable[str]) -> Mapping[str, tuple[ReadDocument, ...]]:
        """The documents of some forms by form, oldest first."""
        wanted = [one for one in form_ids if one in self._wanted]
        with self._lock:
            stamps = stamps_of(wanted, self._within)
            for form_id in wanted:
                stamp = stamps.get(form_id, Stamp())
                kept = self._kept.get(form_id)
                if kept is None or kept.stamp != stamp:
                    self._kept[form_id] = _Kept(stamp, self._read(form_id, stamp, kept))
            return {one: tuple(self._kept[one].documents.values()) for one in wanted}

    def _read(self, form_id: str, now: Stamp, kept: _Kept | None) -> Mapping[int, ReadDocument]:
        """All of a form; only the new ones where nothing else happened."""
        issued = Issued.objects.filter(self._within, form_id=form_id)
        in_force = issued.filter(corrected_by=None, stopped_at=None)
        if kept is None or now.stopped != kept.stamp.stopped:
            return self._read_those(form_id, in_force)
        new = issued.filter(pk__gt=kept.stamp.last)
        if kept.stamp.documents + new.count() != now.documents:
            return self._read_those(form_id, in_force)
        corrected = set(new.exclude(corrects=None).values_list("corrects", flat=True))
        still = {number: one for number, one in kept.documents.items() if number not in corrected}
        return {**still, **self._read_those(form_id, in_force.filter(pk__gt=kept.stamp.last))}

    def _read_those(self, form_id: str, found: QuerySet[Issued]) -> dict[int, ReadDocument]:
        spec, wanted = self._forms[form_id], self._wanted[form_id]
        asked = (*_ASKED, "texts") if _asks_derived(spec, wanted) else _ASKED
        rows = found.order_by("pk").values(*asked)
        return {row["pk"]: _document(spec, wanted, row) for row in rows.iterator(_AT_ONCE)}


def _document(spec: FormSpec, wanted: Wanted, row: Mapping[str, Any]) -> ReadDocument:
    """One document of its row in the table."""
    given = under_slugs(spec, row["answers"])
    cells, tables = _read_cells(spec, wanted, given, row.get("texts", {}))
    town, village = (str(given.get(slug) or "").strip() for slug in (TOWN, VILLAGE))
    return ReadDocument(
        number=row["pk"],
        form_id=spec.id,
        case_no=row["case_no"],
        version=row["version"],
        issued=str(localtime(row["issued_at"]).date()),
        by=row["issued_by"],
        waits=row["waits_for"],
        town=town,
        village=village,
        cells=cells,
        rows=tables,
    )


def stamps_of(form_ids: Iterable[str], within: Q = _ANYWHERE) -> dict[str, Stamp]:
    """How many documents of each form there are, the last number, how many were stopped."""
    found = Issued.objects.filter(within, form_id__in=list(form_ids))
    asked = found.order_by().values("form_id")
    told = {
        one["form_id"]: Stamp(one["count"], one["last"])
        for one in asked.annotate(count=Count("pk"), last=Max("pk"))
    }
    stopped = asked.filter(stopped_at__isnull=False).annotate(count=Count("pk"))
    for one in stopped:
        told[one["form_id"]] = told[one["form_id"]]._replace(stopped=one["count"])
    return told


def _wanted(spec: FormSpec, sources: Iterable[Source]) -> Wanted:
    fields = {field.slug for field in spec.fields}
    slugs, tables = set[str](), dict[str, set[str]]()
    for source in sources:
        columns = _columns_of(spec, source.rows)
        in_row = {slug for slug in source.slugs if slug in columns}
        if source.rows:
            tables.setdefault(source.rows, set()).update(in_row)
        slugs |= (set(source.slugs) - in_row) & fields
    return Wanted(frozenset(slugs), {table: frozenset(found) for table, found in tables.items()})


def _columns_of(spec: FormSpec, table: str) -> dict[str, Field]:
    columns = next((field.columns for field in spec.fields if field.slug == table), ())
    return {column.slug: column for column in columns}


def _asks_derived(spec: FormSpec, wanted: Wanted) -> bool:
    """Whether something is asked that nobody typed: it stands in what was printed."""
    asked = [field for field in spec.fields if field.slug in wanted.slugs]
    for table, slugs in wanted.tables.items():
        columns = _columns_of(spec, table)
        asked += [columns[slug] for slug in slugs]
    return any(not field.is_typed or "{" in field.default for field in asked)


def _read_cells(
    spec: FormSpec, wanted: Wanted, answers: Mapping[str, Any], texts: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, tuple[Mapping[str, str], ...]]]:
    cells = {
        field.slug: _cell(field, answers, texts)
        for field in spec.fields
        if field.slug in wanted.slugs
    }
    tables = {
        table: tuple(_rows(_columns_of(spec, table), slugs, answers.get(table), texts.get(table)))
        for table, slugs in wanted.tables.items()
    }
    return cells, tables


def _rows(
    columns: Mapping[str, Field], slugs: frozenset[str], answers: Any, texts: Any
) -> Iterator[Mapping[str, str]]:
    """The filled rows of a table; blank ones are not printed data."""
    printed = texts if isinstance(texts, list) else []
    filled = [
        one
        for one in (answers if isinstance(answers, list) else ())
        if isinstance(one, dict) and any(str(cell or "").strip() for cell in one.values())
    ]
    for number, row in enumerate(filled):
        told = printed[number] if number < len(printed) else {}
        yield {slug: _cell(columns[slug], row, told) for slug in slugs}


def _cell(field: Field, answers: Mapping[str, Any], texts: Mapping[str, Any]) -> str:
    """A value in one writing, however it was typed: 2018年4月2日 is 2018-04-02."""
    if not field.is_typed:
        return as_cell(field, texts.get(field.slug))
    given = answers.get(field.slug)
    if is_blank(given):
        given = texts.get(field.slug) if "{" in field.default else field.default
    return as_cell(field, given)
