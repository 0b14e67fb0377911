"""★ The path: a clerk's form becomes a Word file.

`read_form`: answers → taken over → typed → derived → checked; `issue`: numbered → Word → kept.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from filler.carry_over.case_agreement import find_disagreeing_papers
from filler.carry_over.case_days import find_early_days
from filler.carry_over.child_codes import find_unfitting_codes
from filler.carry_over.earlier import Earlier
from filler.carry_over.list_agreement import find_disagreeing_lists
from filler.carry_over.merge_taken import merge_taken
from filler.carry_over.month import MonthChange, changes_of_month
from filler.carry_over.month_agreement import find_disagreeing_months
from filler.carry_over.offer import Offered, offer_answers, offer_month
from filler.carry_over.people_agreement import find_people_told_otherwise
from filler.carry_over.running_cases import (
    RunningCase,
    does_begin_case,
    means_new_case,
    only_case,
    running_cases,
    say_running,
)
from filler.carry_over.sent_drafts import (
    corrected_paper,
    find_draft,
    find_undone,
    locked_draft,
    with_draft,
)
from filler.carry_over.summed_agreement import find_disagreeing_sums
from filler.carry_over.take_over import find_told_otherwise, take_over
from filler.carry_over.taken_since import find_taken_since
from filler.carry_over.told_sentences import find_unlike_sentences
from filler.carry_over.two_places import Disagreements
from filler.form.case_history import CaseHistory, HistoryWithout, NoHistory, PastForm
from filler.form.form_data import (
    Answers,
    FormData,
    IssuedDocument,
    Printed,
    Refused,
    RenderedDocument,
)
from filler.form.forms import TAKEN_TYPES, FormSpec
from filler.form.photo_names import may_name_photos, photos_in
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
from filler.values.placed_answers import placed_answers
from filler.values.print_value import fill_placeholders
from filler.values.read_answers import read_answers, under_slugs
from filler.values.scope import Scope
from filler.word.compiled_template import CompiledTemplate
from filler.word.form_template import load_template, spec_as_json
from filler.word.missing_glyphs import find_missing_glyphs, lacks_glyphs
from filler.word.page_texts import page_texts
from filler.word.property_texts import property_texts, with_parts
from filler.word.word_texts import whole_text
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
    printing: Printing
    hands: frozenset[str] | None = None  #: the levels that whoever asked may write for
    is_continued: bool = False  #: what it takes the place of is a 送审稿 that was gone on with
    is_new_case: bool = False  #: it was said that another case is meant
    running: tuple[RunningCase, ...] = ()  #: beside which it would open another, unsaid
    does_begin: bool = False  #: it begins a case, and nobody said that another is meant

    @property
    def title(self) -> str:
        """The title with its placeholders filled."""
        return self.scope.title

    @property
    def understood(self) -> Answers:
        """The answers, case, town and village as they were read, however they were written."""
        places = {slug: self.scope.text(slug) for slug in ("town", "village")}
        return {**self.answers, "case_no": self.scope.case_no, **places}

    @property
    def only_case(self) -> RunningCase | None:
        """The one running case of its person that it is a later paper of, unsaid."""
        return only_case(self.scope, self.running)

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
    is_new_case: bool = False,
) -> ReadForm:
    """Read answers as a form: what they are worth and what is wrong; nothing is written.

    A 送审稿 of the case that waits is gone on with: what it says stands, and it is replaced.
    Somebody's running case must be named, or `is_new_case`, which the answers may say, too.
    `hands` are the levels that whoever asks may write for; None: all, and nothing is locked
    before one of them has written.
    """
    given: Answers = under_slugs(spec, answers)
    is_new_case = is_new_case or means_new_case(given)
    given = _without_new_case(given)
    before = history or NoHistory()
    draft = find_draft(spec, given, before, corrects.number if corrects else None)
    corrects = corrects or (Corrected(draft.number, draft.case_no) if draft else None)
    asked = _seen_by(before, corrects)
    given, strange = _of_same_case(given, corrects)
    number, case_no = (corrects.number, corrects.case_no) if corrects else (0, "")
    earlier = Earlier(catalogue.by_id, catalogue.taking_over, catalogue.facts, asked, today, number)
    taken = take_over(spec, given, earlier, locked_draft(spec, given, draft, hands))
    merged = merge_taken(spec, with_draft(spec, given, draft), taken)
    printing = printing_of(spec, merged.answers)
    kept = {slug: one for slug, one in merged.answers.items() if slug not in printing.blank}
    data, unreadable = read_answers(spec, kept)
    scope = derive(spec, data, catalogue.facts, today, asked, left_blank=printing.blank)
    undone = find_undone(corrected_paper(spec, number, case_no, before), printing)
    is_free = is_new_case or corrects is not None
    running = () if is_free else running_cases(scope, merged.answers, earlier)
    found = (*strange, *undone, *say_running(running, earlier), *merged.problems)
    others = _of_other_papers(scope, taken, earlier, catalogue, _corrected(corrects, spec, before))
    joins_by = catalogue.taking_over.joins.get(spec.id, "")
    judged = _judge(scope, kept, (*found, *unreadable), others, "" if corrects else joins_by)
    told = (*_told_draft(scope, printing), *_told_join(scope, joins_by, asked))
    warnings = (*merged.warnings, *judged.warnings, *told)
    return ReadForm(
        spec, given, kept, taken, scope, judged.problems, warnings,
        asked.asked(), corrects, catalogue, printing, hands, is_continued=draft is not None,
        is_new_case=is_new_case, running=running,
        does_begin=not is_free and does_begin_case(scope, earlier),
    )  # fmt: skip


def _of_other_papers(
    scope: Scope,
    taken: TakenOver,
    earlier: Earlier,
    catalogue: Catalogue,
    corrected: PastForm | None,
) -> Disagreements:
    """Where the case's papers, lists that name its people, or its month say otherwise."""
    lists = find_disagreeing_lists(scope, taken, earlier)
    sums = find_disagreeing_sums(scope, earlier)
    months = find_disagreeing_months(scope, catalogue.months, earlier)
    days = find_early_days(scope, earlier)
    people = find_people_told_otherwise(scope, earlier)
    codes = find_unfitting_codes(scope, earlier)
    since = find_taken_since(scope, earlier, corrected)
    told = find_told_otherwise(scope, earlier)
    found = find_disagreeing_papers(scope, taken, earlier)
    sentences = find_unlike_sentences(scope, catalogue.offers, earlier)
    return found.plus([lists, sums, months, days, people, codes, since, told, sentences])


def _corrected(corrects: Corrected | None, spec: FormSpec, history: CaseHistory) -> PastForm | None:
    """The issued document that a form takes the place of."""
    found = history.issued_for(spec.id, case_no=corrects.case_no) if corrects else ()
    return next((one for one in found if corrects and one.number == corrects.number), None)


def _judge(
    scope: Scope,
    answers: Answers,
    found: tuple[Problem, ...],
    others: Disagreements,
    joins_by: str,
) -> Disagreements:
    """All that is wrong; a field that was found wrong already is not told of twice.

    `joins_by` is the field whose number the form joins a case by; a correction stays in its own.
    """
    wrong, warnings = check(scope)
    already = {problem.field for problem in found} - {""}
    problems = (
        *found,
        *(problem for problem in (*wrong, *others.problems) if problem.field not in already),
        *find_disagreements(scope, answers),
        *find_case_problems(scope, joins_by),
        *_find_homeless(scope),
    )
    return Disagreements(without_followers(scope, problems), (*warnings, *others.warnings))


def offered_answers(read: ReadForm, history: CaseHistory) -> Offered:
    """What earlier papers offer to a form that was just opened, but for what they lock."""
    catalogue, scope = read.catalogue, read.scope
    earlier = Earlier(catalogue.by_id, catalogue.taking_over, catalogue.facts, history, scope.today)
    found = {
        **offer_answers(read.spec, read.understood, earlier, catalogue.offers),
        **offer_month(read.spec, read.understood, earlier, catalogue.months),
    }
    locked = {*read.taken.single, *([read.taken.table] if read.taken.rows else ())}
    return {slug: one for slug, one in found.items() if slug not in locked}


def month_of(
    where: Mapping[str, str], month: dt.date, catalogue: Catalogue, history: CaseHistory
) -> tuple[MonthChange, ...]:
    """What a month brings for the cases of a place, as far as `history` tells."""
    earlier = Earlier(catalogue.by_id, catalogue.taking_over, catalogue.facts, history, month)
    return changes_of_month(where, month, catalogue.months, earlier)


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
        number = store.keep(
            IssuedDocument(document, placed_answers(now.scope, now.answers), issued_by, corrects)
        )
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


def print_unkept(read: ReadForm) -> bytes:
    """The Word file of what nobody decides: covers, spines, catalogues of what there is.

    It bears its form's code and no number; it is not kept, and made again whenever it is wanted.
    """
    template = load_template(read.spec)
    printed = _printed(read.scope, template)
    return template.render(printed.texts, printed.qr)


def blank_form(form_id: str, catalogue: Catalogue, today: dt.date) -> bytes:
    """The Word file without answers, to be filled by hand."""
    spec = catalogue.form(form_id)
    scope = derive(spec, FormData(), catalogue.facts, today, is_blank=True)
    template = load_template(spec)
    printed = _printed(scope, template)
    return template.render(printed.texts, printed.qr)


def _told_draft(scope: Scope, printing: Printing) -> Iterator[Problem]:
    """That the paper is not decided yet is said, on every way."""
    if printing.is_draft:
        name = scope.county.desks.name_of(printing.waits_for)
        what = f"{name}的各项没有填写，出具的是{DRAFT}"
        do = f"打印后送{name}；{name}填写后出具定稿，替换这一份"
        slug = f"{printing.waits_for}_opinion"
        yield Problem(label_of(scope, slug), what, do, slug)


def _told_join(scope: Scope, joins_by: str, history: CaseHistory) -> Iterator[Problem]:
    """A number that nothing was issued under is joined all the same, and that is said."""
    joined = joined_case(scope, joins_by)
    if joined and not scope.case_no and not history.issued_for("", case_no=joined):
        what = f"系统中没有出具过编号 {joined} 的文书，这一份就归在这个编号下"
        yield Problem(label_of(scope, joins_by), what, "核对编号；是纸质的公示单，不用改", joins_by)


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
        corrects=None if read.is_continued else read.corrects,
        hands=read.hands,
        is_new_case=read.is_new_case,
    )


def _without_new_case(given: Answers) -> Answers:
    """A number that only says that a new one is meant is none."""
    return {**given, "case_no": ""} if means_new_case(given) else given


def _find_homeless(scope: Scope) -> Iterator[Problem]:
    if scope.spec.takes_files:
        yield from find_homeless_photos(scope, load_template(scope.spec).photos.names)


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
    case_no = scope.case_no or joined
    if case_no and case_no == joined:
        return scope.under(case_no, history)
    while not case_no or (not scope.case_no and store.has_case(case_no)):
        case_no = store.next_case_no(case_prefix(scope))
    return scope.under(case_no, history)


def _render(scope: Scope, read: ReadForm, shelf: PhotoShelf) -> RenderedDocument:
    template = load_template(scope.spec)
    printed = _printed(scope, template)
    whole = whole_text(printed.texts)
    has_photos = scope.spec.takes_files and may_name_photos(whole)
    taken = photos_in(printed.texts) if has_photos else ()
    photos = {one.sha256: shelf.get(one.sha256) for one in taken}
    docx, parts = template.write(printed.texts, printed.qr, photos, whole=whole)
    told = with_parts(printed.texts, parts)
    printed = Printed(printed.template, printed.spec, told, printed.qr, photos)
    fonts = [template.main_font]
    lacks = lacks_glyphs([whole], fonts)
    missing = find_missing_glyphs(_texts_by_label(scope), fonts) if lacks else ()
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
        if field.type in TAKEN_TYPES:
            continue
        if field.type == "rows":
            columns = [one.slug for one in field.columns if one.type not in TAKEN_TYPES]
            cells = (row.text(slug) for row in scope.rows(field.slug) for slug in columns)
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
        scope.spec.file_name, lambda slug: fixed.get(slug) or scope.printed(slug), gap=""
    )
    ending = f"_{DRAFT}" if printing.is_draft else ""
    return _NOT_IN_FILE_NAMES.sub("", name).strip(" ._") + f"{ending}.docx"
