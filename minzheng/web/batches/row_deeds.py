"""One row of a roster on the page of its form: read again, filled in, issued for its batch."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest

from filler.batch_job import ShownRow, given_roster
from filler.errors import RosterError
from filler.form.form_data import Refused
from filler.form.forms import Field, FormSpec
from filler.form.photo_names import photos_named_in
from filler.models import Batch, BatchRow, Issued
from filler.print_run.ledger import BatchLedger, digest_person
from filler.print_run.preflight import with_photos
from filler.records.photo_shelf import PhotoDesk, photo_limits
from filler.records.photo_takers import note_taker
from filler.roster.columns import person_field
from filler.values.read_value import WrongValueError, read_value
from minzheng.county.errors import Problem
from minzheng.county.writing.id_card import normalise_id
from minzheng.web.batches.batch_worker import job_folder
from minzheng.web.forms.draft_deeds import page_address, row_asked
from minzheng.web.forms.form_deeds import Asked, issue_asked, today
from minzheng.web.forms.form_shown import first_answers
from minzheng.web.forms.issued_documents import case_store
from minzheng.web.forms.record_gate import gate_of
from minzheng.web.gate.office import area, config, county, signed_in


@dataclass(frozen=True, slots=True)
class RowAnswers:
    """A row as the page of its form takes it."""

    answers: dict[str, Any]
    faults: tuple[Problem, ...]  #: cells that could not be read


def row_at(own: Batch, position: int) -> ShownRow:
    """What the last check told of a row."""
    found = (one for one in job_folder(config(), own).rows() if one.position == position)
    row = next(found, None)
    if row is None:
        raise Http404
    return row


def row_token(own: Batch, row: ShownRow) -> str:
    """Under which what is typed on the page of a row is kept: the same whenever it is opened."""
    return hashlib.sha256(f"{own.key}{row.key}".encode()).hexdigest()[:16]


def address_of_draft(own: Batch, token: str) -> str:
    """Where a row stands now of which something is kept; gone from the roster, its form."""
    rows = job_folder(config(), own).rows()
    position = next((one.position for one in rows if row_token(own, one) == token), None)
    if position is None:
        return page_address(own.form_id, "", token)
    return page_address(own.form_id, row_asked(own.pk, position), token)


def issued_for(own: Batch, row: ShownRow) -> int | None:
    """The document that was issued for a row."""
    return own.rows.filter(key=row.key).values_list("issued", flat=True).first()


def issued_of_rows(own: Batch, rows: Sequence[ShownRow]) -> Mapping[str, int]:
    """The documents that were issued for some rows, by the rows' keys."""
    keys = [one.key for one in rows]
    return dict(own.rows.filter(key__in=keys).values_list("key", "issued"))


def count_mended(own: Batch, rows: Sequence[ShownRow]) -> int:
    """Rows that were wrong in the roster and are issued from the page."""
    wrong = {one.key for one in rows if one.wrong}
    return sum(key in wrong for key in own.rows.values_list("key", flat=True)) if wrong else 0


def count_issued(own: Batch, rows: Sequence[ShownRow]) -> int:
    """Rows of the roster as it is now whose documents are issued."""
    issued = set(own.rows.values_list("key", flat=True))
    return sum(one.key in issued for one in rows)


def count_left(own: Batch, rows: Sequence[ShownRow]) -> int:
    """Rows that can be issued and are not yet; of equal rows one."""
    good = {one.key for one in rows if not one.wrong}
    return len(good.difference(own.rows.values_list("key", flat=True)))


def answers_of(request: HttpRequest, own: Batch, spec: FormSpec, row: ShownRow) -> RowAnswers:
    """What the roster says in a row, with the clerk's own defaults where it says nothing."""
    try:
        given = given_roster(own, job_folder(config(), own), spec)
    except (RosterError, OSError) as error:
        raise Http404 from error
    records = given.roster.records[row.position - 1 : row.position]
    record = next((one for one in records if (one.sheet, one.row) == (row.sheet, row.row)), None)
    if record is None:
        raise Http404
    desk = PhotoDesk(given.photos, case_store().photos) if given.photos else None
    taken = with_photos(record, spec, desk, photo_limits(county().limits, today()))
    for photo in photos_named_in(taken.answers):
        if not any(photos_named_in(record.answers)):
            note_taker(str(photo), signed_in(request).username)
    place = area(request)
    fresh = first_answers(spec, place.own_town, place.village)
    return RowAnswers({**fresh, **_as_chosen(spec.fields, taken.answers)}, taken.faults)


def issue_row(request: HttpRequest, asked: Asked, own: Batch, row: ShownRow) -> Issued | Refused:
    """Issue the form as the document of its row: the batch does not issue it again."""
    gate = gate_of(area(request), signed_in(request).username)
    ledger = BatchLedger(own, config().issued_folder, gate)
    person = person_field(asked.read.spec)
    number = normalise_id(str(asked.read.answers.get(person.slug, ""))) if person else ""
    store = ledger.store_for(row.key, digest_person(number), row.position, is_alone=True)
    try:
        with ledger.transaction():
            return issue_asked(request, asked, store)
    except IntegrityError:
        return BatchRow.objects.get(batch=own, key=row.key).issued  # sent twice at once


def _as_chosen(fields: Sequence[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Choices as the page has them: `钟宝` is `钟宝镇`, `甲、乙` are two."""
    named = {field.slug: field for field in fields}
    return dict(_each_chosen(named, answers))


def _each_chosen(
    named: Mapping[str, Field], answers: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    for slug, answer in answers.items():
        field = named.get(slug)
        if field is not None and field.type == "rows" and isinstance(answer, list):
            yield slug, [_as_chosen(field.columns, one) for one in answer]
        elif field is not None and field.type in ("choice", "multi"):
            yield slug, _chosen(field, answer)
        else:
            yield slug, answer


def _chosen(field: Field, answer: Any) -> Any:
    try:
        value = read_value(field, answer)
    except WrongValueError:
        return answer
    return list(value) if isinstance(value, tuple) else str(value or "")
