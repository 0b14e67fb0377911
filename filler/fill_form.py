"""★ The path: a clerk's form becomes a Word file.

`read_form`: answers → taken over → typed → derived → checked; `issue`: numbered → Word → kept.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from filler.carry_over.case_agreement import find_disagreeing_papers
from filler.carry_over.earlier import Earlier
from filler.carry_over.list_agreement import find_disagreeing_lists
from filler.carry_over.merge_taken import merge_taken
from filler.carry_over.take_over import take_over
from filler.form.case_history import CaseHistory, HistoryWithout, NoHistory, PastForm
from filler.form.form_data import (
    Answers,
    FormData,
    IssuedDocument,
    Printed,
    Refused,
    RenderedDocument,
)
from filler.form.forms import FormSpec
from filler.form.opinions import levels_of
from filler.form.photo_names import photos_in
from filler.form.printings import DRAFT, Printing, printing_of
from filler.form.taken import TakenOver
from filler.records.asked_history import AskedBefore, AskedHistory
from filler.records.case_number import case_prefix, find_case_problems, joined_case
from filler.records.case_store import CaseStore
from filler.records.photo_shelf import PhotoShelf
from filler.rules.check import check, find_disagreements
from filler.rules.follow_on import without_followers
from filler.rules.photos import find_homeless_photos, find_lost_photos
from filler.rules.wording import label_of
from filler.spec.form_catalogue import Catalogue
from filler.values.derive import derive, derived_texts
from filler.values.print_value import fill_placeholders
from filler.values.read_answers import is_blank, read_answers, under_slugs
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
    is_continued: bool = False  #: a 送审稿 on which the next hand writes


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
    printing: Printing
    hands: frozenset[str] | None = None  #: the levels that whoever asked may write for

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
        scope, blank = self.scope, self.printing.blank
        rested = derive(scope.spec, scope.data, scope.facts, scope.today, left_blank=blank)
        return replace(self, scope=rested)


def read_form(
    spec: FormSpec,
    answers: Answers,
    *,
    today: dt.date,
    catalogue: Catalogue,
    history: CaseHistory | None = None,
    corrects: Corrected | None = None,
    hands: frozenset[str] | None = None,
) -> ReadForm:
    """Read answers as a form: what they are worth and what is wrong; nothing is written.

    A 送审稿 of the case that waits is gone on with: what it says stands, and it is replaced.
    `hands` are the levels that whoever asks may write for; None: all, and nothing is locked
    before one of them has written.
    """
    given: Answers = under_slugs(spec, answers)
    corrects = corrects or _draft_of(spec, given, history or NoHistory())
    asked = _seen_by(history or NoHistory(), corrects)
    given, strange = _of_same_case(given, corrects)
    earlier = Earlier(
        catalogue.by_id, catalogue.taking_over, catalogue.facts, asked, today,
        corrects.number if corrects else 0,
    )  # fmt: skip
    draft = _draft_answers(spec, corrects, history or NoHistory())
    taken = take_over(spec, given, earlier, _locked(spec, given, draft, hands))
    merged = merge_taken(spec, _with_draft(spec, given, draft), taken)
    printing = printing_of(spec, merged.answers)
    kept = {slug: one for slug, one in merged.answers.items() if slug not in printing.blank}
    data, unreadable = read_answers(spec, kept)
    scope = derive(spec, data, catalogue.facts, today, asked, left_blank=printing.blank)
    wrong, warnings = check(scope)
    other_papers = find_disagreeing_papers(scope, taken, earlier).plus(
        [find_disagreeing_lists(scope, taken, earlier)]
    )
    already = {problem.field for problem in (*merged.problems, *unreadable)}
    problems = (
        *strange,
        *_find_undoing(spec, corrects, printing, history or NoHistory()),
        *merged.problems,
        *unreadable,
        *(problem for problem in wrong if problem.field not in already),
        *find_disagreements(scope, kept),
        *(one for one in other_papers.problems if one.field not in already),
        *find_case_problems(scope, catalogue.taking_over.joins.get(spec.id, "")),
        *_find_homeless(scope),
    )
    warnings = (*merged.warnings, *warnings, *other_papers.warnings, *_told_draft(scope, printing))
    return ReadForm(
        spec, given, kept, taken, scope, without_followers(scope, problems), warnings,
        asked.asked(), corrects, catalogue, printing, hands,
    )  # fmt: skip


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
        document = _render(_with_number(now, store, history), now, store.photos)
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


def _draft_of(spec: FormSpec, given: Mapping[str, Any], history: CaseHistory) -> Corrected | None:
    """The 送审稿 of the case that waits for another hand."""
    case_no = str(given.get("case_no", "")).strip().upper()
    if not case_no or not levels_of(spec):
        return None
    found = history.issued_for(spec.id, case_no=case_no)
    if not found or not found[-1].waits_for:
        return None
    return Corrected(found[-1].number, case_no, is_continued=True)


def _draft_answers(
    spec: FormSpec, corrects: Corrected | None, history: CaseHistory
) -> PastForm | None:
    """The 送审稿 that is gone on with."""
    if corrects is None or not corrects.is_continued:
        return None
    found = history.issued_for(spec.id, case_no=corrects.case_no)
    return next((one for one in found if one.number == corrects.number), None)


def _find_undoing(
    spec: FormSpec, corrects: Corrected | None, printing: Printing, history: CaseHistory
) -> Iterator[Problem]:
    """A decision is not taken back by leaving it blank."""
    if corrects is None or not printing.is_draft:
        return
    found = history.issued_for(spec.id, case_no=corrects.case_no)
    if any(one.number == corrects.number and not one.waits_for for one in found):
        what = f"要更正的是定稿，这里没有填写决定，成了{DRAFT}"
        yield Problem("整份", what, "决定有变化的另办；只改别处的，由作出决定的一级更正")


def _with_draft(spec: FormSpec, given: Answers, draft: PastForm | None) -> Answers:
    """Blank answers, and a form's own wording, give way to what the 送审稿 says."""
    if draft is None:
        return given
    defaults = {field.slug: field.default for field in spec.fields}
    own = {
        slug: one
        for slug, one in given.items()
        if not is_blank(one) and (slug not in draft.answers or str(one) != defaults.get(slug))
    }
    return {**draft.answers, **own}


def _locked(
    spec: FormSpec, given: Answers, draft: PastForm | None, hands: frozenset[str] | None
) -> PastForm | None:
    """The 送审稿 once the next hand writes on it: what the hands before wrote stands."""
    if draft is None:
        return None
    goes_on = printing_of(spec, _with_draft(spec, given, draft)).waits_for != draft.waits_for
    return draft if goes_on or (hands is not None and draft.waits_for in hands) else None


def _told_draft(scope: Scope, printing: Printing) -> Iterator[Problem]:
    """That the paper is not decided yet is said, on every way."""
    if printing.is_draft:
        name = scope.county.desks.name_of(printing.waits_for)
        what = f"{name}的各项没有填写，出具的是{DRAFT}"
        do = f"打印后送{name}；{name}填写后出具定稿，替换这一份"
        slug = f"{printing.waits_for}_opinion"
        yield Problem(label_of(scope, slug), what, do, slug)


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
        hands=read.hands,
    )


def _find_homeless(scope: Scope) -> Iterator[Problem]:
    if any(scope.text(slug) for slug in scope.spec.photos):
        yield from find_homeless_photos(scope, load_template(scope.spec).photos.by_name)


def _of_same_case(
    given: Answers, corrects: Corrected | None
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


def _render(scope: Scope, read: ReadForm, shelf: PhotoShelf) -> RenderedDocument:
    template = load_template(scope.spec)
    printed = _printed(scope, template)
    photos = {photo.sha256: shelf.get(photo.sha256) for photo in photos_in(printed.texts)}
    printed = replace(printed, photos=photos)
    docx = template.render(printed.texts, printed.qr, photos)
    missing = find_missing_glyphs(_texts_by_label(scope), [template.main_font])
    return RenderedDocument(
        form_id=scope.spec.id,
        version=scope.spec.version,
        case_no=scope.case_no,
        file_name=_file_name(scope, read.printing),
        docx=docx,
        sha256=hashlib.sha256(docx).hexdigest(),
        printed=printed,
        warnings=(*read.warnings, *missing),
        waits_for=read.printing.waits_for,
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


def _file_name(scope: Scope, printing: Printing) -> str:
    fixed = {
        "form_id": scope.spec.id,
        "version": scope.spec.version,
        "case_no": scope.case_no,
        "title": scope.title,
    }
    name = fill_placeholders(
        scope.spec.file_name, lambda slug: fixed.get(slug) or scope.text(slug), gap=""
    )
    ending = f"_{DRAFT}" if printing.is_draft else ""
    return _NOT_IN_FILE_NAMES.sub("", name).strip(" ._") + f"{ending}.docx"
