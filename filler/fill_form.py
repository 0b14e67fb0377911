"""★ The path: a clerk's form becomes a Word file.

spec → answers → derived → checked → numbered → Word → kept.
"""

import datetime as dt
import hashlib
import re
from dataclasses import replace
from functools import lru_cache

from county.errors import Problem
from county.form_code import FormCode
from filler.case_number import case_prefix, find_case_problems
from filler.case_store import CaseStore
from filler.check import check, find_disagreements
from filler.compiled_template import CompiledTemplate
from filler.derive import Facts, Scope, derive, derived_texts
from filler.form_catalogue import Catalogue
from filler.form_data import (
    Answers,
    FormData,
    IssuedDocument,
    Preview,
    Refused,
    RenderedDocument,
)
from filler.forms import FormSpec
from filler.nearest_name import name_book
from filler.page_texts import page_texts, required_names
from filler.print_value import fill_placeholders
from filler.read_answers import read_answers

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
    scope, problems, warnings = _read(spec, answers, facts, today)
    if problems:
        return Refused(problems, warnings)
    with store.transaction():
        numbered = _with_number(scope, store)
        document = _render(numbered, warnings)
        store.keep(IssuedDocument(document, answers, issued_by, corrects))
    return document


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
    return _render_docx(scope)


def load_template(spec: FormSpec) -> CompiledTemplate:
    """The form's template, compiled once until its file changes.

    Raises:
        TemplateError: with every mistake in it.
    """
    return _compile(spec, spec.docx.stat().st_mtime_ns)


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
    docx = _render_docx(scope)
    return RenderedDocument(
        form_id=scope.spec.id,
        version=scope.spec.version,
        case_no=scope.case_no,
        file_name=_file_name(scope),
        docx=docx,
        sha256=hashlib.sha256(docx).hexdigest(),
        warnings=warnings,
    )


def _render_docx(scope: Scope) -> bytes:
    code = FormCode(scope.spec.id, scope.spec.version, scope.case_no)
    return load_template(scope.spec).render(page_texts(scope), code.qr_text())


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
def _compile(spec: FormSpec, modified_ns: int) -> CompiledTemplate:
    return CompiledTemplate(
        spec.docx.read_bytes(), spec.docx.name, name_book(spec), required_names(spec)
    )
