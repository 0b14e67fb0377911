"""Photos and annexes a browser sends with a form: taken in at once, and shown again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from filler.form.forms import TAKEN_TYPES, Field, FormSpec
from filler.form.photo_names import named
from filler.records.photo_shelf import photo_limits, take_photo
from filler.records.photo_takers import note_taker
from filler.word.annexes.read_annex import take_annex
from minzheng.county.errors import Problem
from minzheng.external.photos import BadPhotoError
from minzheng.web.forms.form_deeds import today
from minzheng.web.forms.issued_documents import case_store
from minzheng.web.forms.posted_answers import Posted, row_name
from minzheng.web.forms.record_gate import may_see_photo
from minzheng.web.gate.office import area, county, signed_in

#: The file of a photo is posted under its slug and this.
FILE, REMOVE = "-file", "-remove"


def with_photos(request: HttpRequest, spec: FormSpec, posted: Posted) -> Posted:
    """The answers with the photos and annexes that came along; what cannot be used is told."""
    if not spec.takes_files:
        return posted
    answers, problems = _with_files(request, spec.fields, posted.answers, _Row())
    for table in spec.fields:
        if any(column.type in TAKEN_TYPES for column in table.columns):
            numbered = zip(
                posted.row_numbers.get(table.slug, ()), answers.get(table.slug) or (), strict=False
            )
            rows, wrong = _with_rows(request, table, dict(numbered))
            answers[table.slug] = rows
            problems += wrong
    return replace(posted, answers=answers, problems=tuple(problems))


class _Row(NamedTuple):
    """Where inputs stand: in a row of a table, or alone."""

    name: str = ""  #: before the names of inputs: `members-0-`
    where: str = ""
    address: str = ""  #: before the addresses of problems: `members[0].`


def _with_rows(
    request: HttpRequest, table: Field, posted: Mapping[int, Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Rows with their files, by their place on the page; a row may hold a file only."""
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number in sorted({*posted, *_rows_with_files(request, table)}):
        at = len(rows)
        place = _Row(
            row_name(table.slug, number, ""),
            f"{table.label}第 {at + 1} 行",
            f"{table.slug}[{at}].",
        )
        row, wrong = _with_files(request, table.columns, posted.get(number, {}), place)
        problems += wrong
        if any(row.values()) or wrong:
            rows.append(row)
    return rows, problems


def _rows_with_files(request: HttpRequest, table: Field) -> set[int]:
    """The rows to which a file was chosen."""
    name = re.compile(rf"{re.escape(table.slug)}-(\d{{1,4}})-\w+{FILE}")
    return {int(found[1]) for one in request.FILES if (found := name.fullmatch(one))}


def _with_files(
    request: HttpRequest, fields: Sequence[Field], given: Mapping[str, Any], row: _Row
) -> tuple[dict[str, Any], list[Problem]]:
    answers, problems = dict(given), list[Problem]()
    for one in fields:
        if one.type not in TAKEN_TYPES:
            continue
        name = row.name + one.slug
        if request.POST.get(name + REMOVE) or not _is_usable(
            request, str(answers.get(one.slug, ""))
        ):
            answers.pop(one.slug, None)
        upload = request.FILES.get(name + FILE)
        if isinstance(upload, UploadedFile):
            try:
                answers[one.slug] = take_upload(upload, signed_in(request).username, one.type)
            except BadPhotoError as error:
                what = f"“{(upload.name or '')[:40]}”{error.what}"
                problems.append(
                    Problem(row.where + one.label, what, error.do, row.address + one.slug)
                )
    return answers, problems


def usable_photos(
    request: HttpRequest, spec: FormSpec, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Answers without photos that are gone, or that their writer may not see any more."""
    files = {one.slug for one in spec.fields if one.type in TAKEN_TYPES}
    return {
        slug: [_usable_row(request, row) for row in answer] if isinstance(answer, list) else answer
        for slug, answer in answers.items()
        if slug not in files or _is_usable(request, str(answer))
    }


def _usable_row(request: HttpRequest, row: Any) -> Any:
    if not isinstance(row, Mapping):
        return row
    return {
        slug: answer
        for slug, answer in row.items()
        if named(str(answer)) is None or _is_usable(request, str(answer))
    }


def may_see_here(request: HttpRequest, sha256: str) -> bool:
    """Whether the person who is signed in may see a photo."""
    return may_see_photo(sha256, area(request), signed_in(request).username)


def take_upload(upload: "UploadedFile[bytes]", by: str, kind: str = "photo") -> str:
    """Put an uploaded photo or annex on the shelf, and remember who sent it; its name.

    Raises:
        BadPhotoError: it cannot be used.
    """
    limits = photo_limits(county().limits, today())
    if (upload.size or 0) > limits.most_bytes:
        size = f"{(upload.size or 0) / (1 << 20):.0f} MB"
        raise BadPhotoError(f"有 {size}，超过 {limits.most_bytes >> 20} MB", "压缩后再选")
    data, shelf = upload.read(), case_store().photos
    if kind == "annex":
        name = take_annex(upload.name or "", data, shelf, limits)
    else:
        name = take_photo(data, shelf, limits)
    note_taker(name, by)
    return name


def _is_usable(request: HttpRequest, name: str) -> bool:
    """Whether a posted name is of a file taken in before, which its sender may see."""
    taken = named(name)
    if taken is None or not case_store().photos.has(taken.sha256):
        return False
    return may_see_here(request, taken.sha256)
