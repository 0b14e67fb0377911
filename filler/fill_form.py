"""★ The path: a clerk's form becomes a Word file.

spec → answers → derived → checked → numbered → Word → kept.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from filler.carry_over.earlier import Earlier
from filler.carry_over.merge_taken import merge_taken
from filler.carry_over.take_over import take_over
from filler.form.case_history import CaseHistory, HistoryWithout, NoHistory
from filler.form.form_data import (
    Answers,
    FormData,
    IssuedDocument,
    Preview,
    Printed,
    Refused,
    RenderedDocument,
)
from filler.form.forms import FormSpec
from filler.form.photo_names import photos_in
from filler.form.taken import TakenOver
from filler.property_texts import property_texts
from filler.records.case_number import case_prefix, find_case_problems
from filler.records.case_store import CaseStore
from filler.records.photo_shelf import PhotoShelf
from filler.reissue import spec_as_json
from filler.rules.check import check, find_disagreements
from filler.rules.photos import find_homeless_photos, find_lost_photos
from filler.spec.form_catalogue import Catalogue
from filler.values.derive import derive, derived_texts
from filler.values.print_value import fill_placeholders
from filler.values.read_answers import read_answers, under_slugs
from filler.values.scope import Scope
from filler.word.bindings import bindings_of
from filler.word.compiled_template import CompiledTemplate
from filler.word.missing_glyphs import find_missing_glyphs
from filler.word.nearest_name import name_book
from filler.word.page_texts import page_texts, required_names
from minzheng.county.errors import Problem
from minzheng.county.form_code import FormCode

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def fill_form(
    form_id: str,
    answers: Answers,
    *,
    issued_by: str,
    today: dt.date,
    catalogue: Catalogue,
    store: CaseStore,
    corrects: int | None = None,
) -> RenderedDocument | Refused:
    """Issue one document; when an answer is wrong, all problems, and nothing is written.

    `corrects` is the number of an issued document that this one takes the place of.

    Raises:
        UnknownFormError: no such form.
        TemplateError: the Word template does not fit its spec.
        RenderError: the Word file came out wrong; nothing was issued.
    """
    spec = catalogue.form(form_id)
    strange: tuple[Problem, ...] = ()
    if corrects is not None:
        answers, strange = _of_same_case(answers, store.case_of(corrects))
    read = _read(spec, answers, today, catalogue, seen_by(store, corrects))
    problems = (*strange, *read.problems, *find_lost_photos(read.scope, store.photos))
    if problems:
        return Refused(problems, read.warnings)
    with store.transaction():
        numbered = _with_number(read.scope, store)
        document = _render(numbered, read.warnings, store.photos)
        number = store.keep(IssuedDocument(document, read.answers, issued_by, corrects))
    return replace(document, number=number, sources=read.taken.sources)


def preview(
    spec: FormSpec,
    answers: Answers,
    today: dt.date,
    catalogue: Catalogue,
    history: CaseHistory | None = None,
) -> Preview:
    """What would be printed, and what is still wrong; nothing is written."""
    read = _read(spec, answers, today, catalogue, history or NoHistory())
    scope = read.scope
    defaults = {field.slug: scope.text(field.slug) for field in spec.fields if field.default}
    texts = dict(derived_texts(scope))
    return Preview(
        texts, defaults, read.problems, read.warnings, scope.title, read.answers, read.taken
    )


def taken_over(
    spec: FormSpec, answers: Answers, today: dt.date, catalogue: Catalogue, history: CaseHistory
) -> TakenOver:
    """What forms issued before give to this one, each with its document."""
    earlier = Earlier(catalogue.by_id, catalogue.copies, catalogue.facts, history, today)
    return take_over(spec, under_slugs(spec, answers), earlier)


def seen_by(history: CaseHistory, corrects: int | None) -> CaseHistory:
    """History as a form sees it that takes the place of an issued document."""
    return history if corrects is None else HistoryWithout(history, corrects)


def blank_form(form_id: str, catalogue: Catalogue, today: dt.date) -> bytes:
    """The Word file without answers, to be filled by hand."""
    spec = catalogue.form(form_id)
    scope = derive(spec, FormData(), catalogue.facts, today, is_blank=True)
    template = load_template(spec)
    printed = _printed(scope, template)
    return template.render(printed.texts, printed.qr)


def load_template(spec: FormSpec) -> CompiledTemplate:
    """The form's template, compiled once until its file changes.

    Raises:
        TemplateError: with every mistake in it.
    """
    now = spec.docx.stat()
    return _compile(spec, (now.st_mtime_ns, now.st_size, now.st_ino))


class _Read(NamedTuple):
    """Answers with what was taken over, their values, and what is wrong with them."""

    answers: Answers
    taken: TakenOver
    scope: Scope
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def _read(
    spec: FormSpec, given: Answers, today: dt.date, catalogue: Catalogue, history: CaseHistory
) -> _Read:
    taken = taken_over(spec, given, today, catalogue, history)
    merged = merge_taken(spec, under_slugs(spec, given), taken)
    answers = merged.answers
    data, unreadable = read_answers(spec, answers)
    scope = derive(spec, data, catalogue.facts, today, history)
    wrong, warnings = check(scope)
    already = {problem.field for problem in unreadable}
    problems = (
        *merged.problems,
        *unreadable,
        *(problem for problem in wrong if problem.field not in already),
        *find_disagreements(scope, answers),
        *find_case_problems(scope),
        *_find_homeless(scope),
    )
    return _Read(answers, taken, scope, problems, (*merged.warnings, *warnings))


def _find_homeless(scope: Scope) -> Iterator[Problem]:
    if any(scope.text(slug) for slug in scope.spec.photos):
        yield from find_homeless_photos(scope, load_template(scope.spec).photos.by_name)


def _of_same_case(answers: Answers, case_no: str) -> tuple[Answers, tuple[Problem, ...]]:
    """A correction belongs to the case of what it corrects."""
    given = str(answers.get("case_no", "")).strip().upper()
    if given in ("", case_no):
        return {**answers, "case_no": case_no}, ()
    what = f"要更正的那一份属 {case_no}，这里写的是 {given}"
    return answers, (Problem("案件编号", what, "删去编号，或改成一致", "case_no"),)


def _with_number(scope: Scope, store: CaseStore) -> Scope:
    """The form under its case's number: the given one, else the next free one."""
    case_no = scope.case_no
    while not case_no or (not scope.case_no and store.has_case(case_no)):
        case_no = store.next_case_no(case_prefix(scope))
    return scope.under(case_no)


def _render(scope: Scope, warnings: tuple[Problem, ...], shelf: PhotoShelf) -> RenderedDocument:
    template = load_template(scope.spec)
    printed = _printed(scope, template)
    photos = {photo.sha256: shelf.get(photo.sha256) for photo in photos_in(printed.texts)}
    printed = replace(printed, photos=photos)
    docx = template.render(printed.texts, printed.qr, photos)
    warnings += find_missing_glyphs(_texts_by_label(scope), [template.main_font])
    return RenderedDocument(
        form_id=scope.spec.id,
        version=scope.spec.version,
        case_no=scope.case_no,
        file_name=_file_name(scope),
        docx=docx,
        sha256=hashlib.sha256(docx).hexdigest(),
        printed=printed,
        warnings=warnings,
    )


def _texts_by_label(scope: Scope) -> dict[str, str]:
    """What was typed or derived, a table's rows together."""
    texts: dict[str, str] = {}
    for field in scope.spec.fields:
        if field.type == "photo":
            continue
        if field.type == "rows":
            cells = (
                row.text(column.slug) for row in scope.rows(field.slug) for column in field.columns
            )
            texts[field.label] = "".join(cells)
        else:
            texts[field.label] = scope.text(field.slug)
    return texts


def _printed(scope: Scope, template: CompiledTemplate) -> Printed:
    code = FormCode(scope.spec.id, scope.spec.version, scope.case_no)
    texts = page_texts(scope) | property_texts(scope)
    return Printed(template.source, spec_as_json(scope.spec), texts, code.qr_text())


def _file_name(scope: Scope) -> str:
    fixed = {
        "form_id": scope.spec.id,
        "version": scope.spec.version,
        "case_no": scope.case_no,
        "title": scope.title,
    }
    name = fill_placeholders(
        scope.spec.file_name, lambda slug: fixed.get(slug) or scope.text(slug), gap=""
    )
    return _NOT_IN_FILE_NAMES.sub("", name).strip(" ._") + ".docx"


@lru_cache(maxsize=256)
def _compile(spec: FormSpec, state: tuple[int, ...]) -> CompiledTemplate:
    return CompiledTemplate(
        spec.docx.read_bytes(),
        spec.docx.name,
        name_book(spec),
        required_names(spec),
        bindings=bindings_of(spec),
    )
