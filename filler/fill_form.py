"""★ The path: a clerk's form becomes a Word file.

`read_form`: answers → taken over → typed → derived → checked; `issue`: numbered → Word → kept.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from filler.carry_over.case_agreement import find_disagreeing_papers
from filler.carry_over.earlier import Earlier
from filler.carry_over.list_agreement import find_disagreeing_lists
from filler.carry_over.merge_taken import merge_taken
from filler.carry_over.offer import Offered, offer_answers
from filler.carry_over.take_over import take_over
from filler.form.case_history import CaseHistory, HistoryWithout, NoHistory
from filler.form.form_data import (
    Answers,
    FormData,
    IssuedDocument,
    Printed,
    Refused,
    RenderedDocument,
)
from filler.form.forms import FormSpec
from filler.form.photo_names import photos_in
from filler.form.taken import TakenOver
from filler.records.asked_history import AskedBefore, AskedHistory
from filler.records.case_number import case_prefix, find_case_problems, joined_case
from filler.records.case_store import CaseStore
from filler.records.photo_shelf import PhotoShelf
from filler.rules.check import check, find_disagreements
from filler.rules.follow_on import without_followers
from filler.rules.photos import find_homeless_photos, find_lost_photos
from filler.spec.form_catalogue import Catalogue
from filler.values.derive import derive, derived_texts
from filler.values.print_value import fill_placeholders
from filler.values.read_answers import read_answers, under_slugs
from filler.values.scope import Scope
from filler.word.compiled_template import CompiledTemplate
from filler.word.form_template import load_template, spec_as_json
from filler.word.missing_glyphs import find_missing_glyphs
from filler.word.page_texts import page_texts
from filler.word.property_texts import property_texts
from minzheng.county.errors import Problem
from minzheng.county.form_code import FormCode

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class Corrected(NamedTuple):
    """The issued document that a form takes the place of."""

    number: int
    case_no: str


@dataclass(frozen=True, repr=False)
class ReadForm:
    """A form as it was read, once: its values, where they come from, what is wrong with it."""

    spec: FormSpec
    given: Answers  #: by slug, as they came
    answers: Answers  #: with what was taken over
    taken: TakenOver
    scope: Scope
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    asked: AskedBefore  #: of documents issued before
    corrects: Corrected | None
    catalogue: Catalogue

    @property
    def title(self) -> str:
        """The title with its placeholders filled."""
        return self.scope.title

    @property
    def understood(self) -> Answers:
        """The answers, case, town and village as they were read, however they were written."""
        places = {slug: self.scope.text(slug) for slug in ("town", "village")}
        return {**self.answers, "case_no": self.scope.case_no, **places}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Derived values as printed; of rows as `members[0].m_age`."""
        return dict(derived_texts(self.scope))

    def at_rest(self) -> "ReadForm":
        """The same with nothing derived yet: a batch holds thousands."""
        scope = self.scope
        return replace(self, scope=derive(scope.spec, scope.data, scope.facts, scope.today))


def read_form(
    spec: FormSpec,
    answers: Answers,
    *,
    today: dt.date,
    catalogue: Catalogue,
    history: CaseHistory | None = None,
    corrects: Corrected | None = None,
) -> ReadForm:
    """Read answers as a form: what they are worth and what is wrong; nothing is written."""
    asked = _seen_by(history or NoHistory(), corrects)
    given, strange = _of_same_case(under_slugs(spec, answers), corrects)
    earlier = Earlier(
        catalogue.by_id, catalogue.taking_over, catalogue.facts, asked, today,
        corrects.number if corrects else 0,
    )  # fmt: skip
    taken = take_over(spec, given, earlier)
    merged = merge_taken(spec, given, taken)
    data, unreadable = read_answers(spec, merged.answers)
    scope = derive(spec, data, catalogue.facts, today, asked)
    wrong, warnings = check(scope)
    other_papers = find_disagreeing_papers(scope, taken, earlier).plus(
        [find_disagreeing_lists(scope, taken, earlier)]
    )
    already = {problem.field for problem in (*merged.problems, *unreadable)}
    problems = (
        *strange,
        *merged.problems,
        *unreadable,
        *(problem for problem in wrong if problem.field not in already),
        *find_disagreements(scope, merged.answers),
        *(one for one in other_papers.problems if one.field not in already),
        *find_case_problems(scope, catalogue.taking_over.joins.get(spec.id, "")),
        *_find_homeless(scope),
    )
    warnings = (*merged.warnings, *warnings, *other_papers.warnings)
    return ReadForm(
        spec, given, merged.answers, taken, scope, without_followers(scope, problems), warnings,
        asked.asked(), corrects, catalogue,
    )  # fmt: skip


def offered_answers(read: ReadForm, history: CaseHistory) -> Offered:
    """What earlier papers offer to a form that was just opened, but for what they lock."""
    catalogue, scope = read.catalogue, read.scope
    earlier = Earlier(catalogue.by_id, catalogue.taking_over, catalogue.facts, history, scope.today)
    found = offer_answers(read.spec, read.understood, earlier, catalogue.offers)
    locked = {*read.taken.single, *([read.taken.table] if read.taken.rows else ())}
    return {slug: one for slug, one in found.items() if slug not in locked}


def issue(read: ReadForm, *, issued_by: str, store: CaseStore) -> RenderedDocument | Refused:
    """Issue one document; when an answer is wrong, all problems, and nothing is written.

    Between reading and issuing others issue, too: what the form asked of documents issued
    before is asked again inside the transaction, and only another answer has it read again.

    Raises:
        TemplateError: the Word template does not fit its spec.
        RenderError: the Word file came out wrong; nothing was issued.
    """
    problems = (*read.problems, *find_lost_photos(read.scope, store.photos))
    if problems:
        return Refused(problems, read.warnings)
    with store.transaction():
        history = _seen_by(store, read.corrects)
        now = read if history.answers_alike(read.asked) else _read_again(read, store)
        problems = (*_find_correction(now.corrects, store), *now.problems)
        if problems:
            return Refused(problems, now.warnings)
        document = _render(_with_number(now, store, history), now.warnings, store.photos)
        corrects = now.corrects.number if now.corrects else None
        number = store.keep(IssuedDocument(document, now.answers, issued_by, corrects))
    return replace(document, number=number, sources=now.taken.sources)


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
    """Read a form and issue it at once; `corrects` is the number of an issued document.

    Raises:
        UnknownFormError: no such form.
        TemplateError: the Word template does not fit its spec.
        RenderError: the Word file came out wrong; nothing was issued.
    """
    corrected = None if corrects is None else Corrected(corrects, store.case_of(corrects))
    spec = catalogue.form(form_id)
    read = read_form(
        spec, answers, today=today, catalogue=catalogue, history=store, corrects=corrected
    )
    return issue(read, issued_by=issued_by, store=store)


def blank_form(form_id: str, catalogue: Catalogue, today: dt.date) -> bytes:
    """The Word file without answers, to be filled by hand."""
    spec = catalogue.form(form_id)
    scope = derive(spec, FormData(), catalogue.facts, today, is_blank=True)
    template = load_template(spec)
    printed = _printed(scope, template)
    return template.render(printed.texts, printed.qr)


def _seen_by(history: CaseHistory, corrects: Corrected | None) -> AskedHistory:
    """History as a form sees it: what it takes the place of counts no more."""
    return AskedHistory(HistoryWithout(history, corrects.number) if corrects else history)


def _read_again(read: ReadForm, store: CaseStore) -> ReadForm:
    return read_form(
        read.spec,
        read.given,
        today=read.scope.today,
        catalogue=read.catalogue,
        history=store,
        corrects=read.corrects,
    )


def _find_homeless(scope: Scope) -> Iterator[Problem]:
    if any(scope.text(slug) for slug in scope.spec.photos):
        yield from find_homeless_photos(scope, load_template(scope.spec).photos.by_name)


def _of_same_case(
    given: dict[str, Any], corrects: Corrected | None
) -> tuple[Answers, tuple[Problem, ...]]:
    """A correction belongs to the case of what it corrects."""
    if corrects is None:
        return given, ()
    case_no = str(given.get("case_no", "")).strip().upper()
    if case_no in ("", corrects.case_no):
        return {**given, "case_no": corrects.case_no}, ()
    what = f"要更正的那一份属 {corrects.case_no}，这里写的是 {case_no}"
    return given, (Problem("案件编号", what, "删去编号，或改成一致", "case_no"),)


def _find_correction(corrects: Corrected | None, store: CaseStore) -> Iterator[Problem]:
    if corrects and store.is_corrected(corrects.number):
        what = "要更正的那一份已由别人更正"
        yield Problem("整份", what, "从“已出具”中打开最新的一版，在它上面更正")


def _with_number(read: ReadForm, store: CaseStore, history: CaseHistory) -> Scope:
    """The form under its case's number: given, or of the paper it joins, else the next free."""
    scope = read.scope
    joined = joined_case(scope, read.catalogue.taking_over.joins.get(read.spec.id, ""))
    case_no = scope.case_no or (joined if joined and store.has_case(joined) else "")
    if case_no and case_no == joined:
        return scope.under(case_no, history)
    while not case_no or (not scope.case_no and store.has_case(case_no)):
        case_no = store.next_case_no(case_prefix(scope))
    return scope.under(case_no, history)


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
