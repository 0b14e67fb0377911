"""★ The path: a clerk's form becomes a Word file.

spec → answers → derived → checked → numbered → Word → kept.
"""

import datetime as dt
import hashlib
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from county.errors import Problem
from county.form_code import FormCode
from filler.case_number import case_prefix, find_case_problems
from filler.case_store import CaseStore
from filler.check import check, find_disagreements
from filler.compiled_template import CompiledTemplate
from filler.copies import find_retyped
from filler.derive import Facts, Scope, derive, derived_texts
from filler.form_catalogue import Catalogue
from filler.form_data import (
    Answers,
    FormData,
    IssuedDocument,
    Preview,
    Printed,
    Refused,
    RenderedDocument,
)
from filler.forms import FormSpec
from filler.missing_glyphs import find_missing_glyphs
from filler.nearest_name import name_book
from filler.page_texts import page_texts, required_names
from filler.print_value import fill_placeholders
from filler.read_answers import read_answers
from filler.reissue import spec_as_json

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
    facts = replace(catalogue.facts, history=store)
    taken = taken_over(spec, answers, catalogue, store, today)
    retyped = tuple(find_retyped(spec, answers, taken))
    answers = {**answers, **{slug: answer for slug, (answer, _) in taken.items()}}
    scope, problems, warnings = _read(spec, answers, facts, today)
    if retyped or problems:
        return Refused((*retyped, *problems), warnings)
    with store.transaction():
        numbered = _with_number(scope, store)
        document = _render(numbered, warnings)
        store.keep(IssuedDocument(document, answers, issued_by, corrects))
    return document


def taken_over(
    spec: FormSpec, answers: Answers, catalogue: Catalogue, store: CaseStore, today: dt.date
) -> dict[str, tuple[Any, str]]:
    """What forms issued before for the same case give to this one, each with its form."""
    case_no = str(answers.get("case_no", "")).strip().upper()

    def newest(form_id: str) -> Scope | None:
        issued = store.issued_for(form_id, case_no=case_no) if case_no else ()
        if not issued:
            return None
        source = catalogue.form(form_id)
        return derive(source, read_answers(source, issued[-1].answers)[0], catalogue.facts, today)

    return catalogue.copies.copied(spec.id, newest)


def preview(spec: FormSpec, answers: Answers, today: dt.date, facts: Facts) -> Preview:
    """What would be printed, and what is still wrong; nothing is written."""
    scope, problems, warnings = _read(spec, answers, facts, today)
    defaults = {field.slug: scope.text(field.slug) for field in spec.fields if field.default}
    return Preview(dict(derived_texts(scope)), defaults, problems, warnings, scope.title)


def blank_form(form_id: str, catalogue: Catalogue, today: dt.date) -> bytes:
    """The Word file without answers, to be filled by hand."""
    spec = catalogue.form(form_id)
    scope = derive(spec, FormData(), catalogue.facts, today)
    scope.is_blank = True
    printed = _printed(scope)
    return load_template(spec).render(printed.texts, printed.qr)


def load_template(spec: FormSpec) -> CompiledTemplate:
    """The form's template, compiled once until its file changes.

    Raises:
        TemplateError: with every mistake in it.
    """
    now = spec.docx.stat()
    return _compile(spec, (now.st_mtime_ns, now.st_size, now.st_ino))


def _read(
    spec: FormSpec, answers: Answers, facts: Facts, today: dt.date
) -> tuple[Scope, tuple[Problem, ...], tuple[Problem, ...]]:
    data, unreadable = read_answers(spec, answers)
    scope = derive(spec, data, facts, today)
    wrong, warnings = check(scope)
    already = {problem.field for problem in unreadable}
    problems = (
        *unreadable,
        *(problem for problem in wrong if problem.field not in already),
        *find_disagreements(scope, answers),
        *find_case_problems(scope),
    )
    return scope, problems, warnings


def _with_number(scope: Scope, store: CaseStore) -> Scope:
    """The form under its case's number: the given one, else the next free one."""
    case_no = scope.case_no
    while not case_no or (not scope.case_no and store.has_case(case_no)):
        case_no = store.next_case_no(case_prefix(scope))
    return derive(scope.spec, replace(scope.data, case_no=case_no), scope.facts, scope.today)


def _render(scope: Scope, warnings: tuple[Problem, ...]) -> RenderedDocument:
    printed = _printed(scope)
    template = load_template(scope.spec)
    docx = template.render(printed.texts, printed.qr)
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
        if field.type == "rows":
            cells = (
                row.text(column.slug) for row in scope.rows(field.slug) for column in field.columns
            )
            texts[field.label] = "".join(cells)
        else:
            texts[field.label] = scope.text(field.slug)
    return texts


def _printed(scope: Scope) -> Printed:
    code = FormCode(scope.spec.id, scope.spec.version, scope.case_no)
    template = load_template(scope.spec).source
    return Printed(template, spec_as_json(scope.spec), page_texts(scope), code.qr_text())


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
        spec.docx.read_bytes(), spec.docx.name, name_book(spec), required_names(spec)
    )
