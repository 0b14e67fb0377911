"""Every mistake of a roster, found before anything is issued."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from filler.carry_over.running_cases import NEW_CASE, say_joined
from filler.fill_form import ReadForm, read_form
from filler.form.case_history import CaseHistory
from filler.form.form_data import Answers
from filler.form.forms import FormSpec
from filler.form.photo_names import photos_named_in
from filler.records.photo_shelf import MemoryPhotos, PhotoDesk, photo_limits
from filler.roster.columns import person_field
from filler.roster.roster import CellPlace, Record, Roster, RowKind
from filler.spec.form_catalogue import Catalogue
from filler.word.annexes.read_annex import take_uploads
from minzheng.county.errors import Problem
from minzheng.county.writing.id_card import normalise_id
from minzheng.external.photos import PhotoLimits

Forbid = Callable[[Answers], Problem | None]  #: why somebody may not issue this one
Told = Callable[[int], None]  #: how many records are done


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """One mistake and its cell."""

    place: CellPlace
    problem: Problem

    def __str__(self) -> str:
        return f"{self.place} {self.problem}"


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """One record, its key, and what is wrong with it."""

    record: Record
    read: ReadForm
    key: str  #: the same answers have the same key
    person: str  #: the ID number of the one it is about; empty when the form asks none
    name: str
    problems: tuple[PlacedProblem, ...] = ()
    warnings: tuple[PlacedProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Preflight:
    """The whole roster, checked."""

    roster: Roster
    checked: tuple[CheckedRecord, ...]

    @property
    def good(self) -> tuple[CheckedRecord, ...]:
        """Records that can be issued."""
        return tuple(one for one in self.checked if not one.problems)

    @property
    def refused(self) -> tuple[CheckedRecord, ...]:
        """Records that must be mended first."""
        return tuple(one for one in self.checked if one.problems)

    def settled(self, issued: Iterable[str]) -> "Preflight":
        """With nothing held against the rows of these keys: their documents are issued.

        A row that stands twice is settled once.
        """
        waiting, checked = set(issued), []
        for one in self.checked:
            is_settled = one.key in waiting
            waiting.discard(one.key)
            checked.append(replace(one, problems=(), warnings=()) if is_settled else one)
        return replace(self, checked=tuple(checked))

    @property
    def has_mistakes(self) -> bool:
        """Whether a row was refused, or holds what could not be used."""
        return bool(self.refused) or any(note.is_problem for note in self.roster.notes)

    def lines(self) -> Iterator[str]:
        """The report as text."""
        good, refused = self.good, self.refused
        yield f"预检：共 {len(self.checked)} 户，{len(good)} 户可以出具，{len(refused)} 户要更正。"
        yield from (f"  {line}。" for line in self.account_lines())
        for note in self.roster.notes:
            where = f"{note.place.sheet} {note.place}：" if note.place else ""
            yield f"  {'×' if note.is_problem else '!'} {where}{note.text}。"
        if refused:
            yield f"要更正的（{_counts(refused)}）："
        for one in refused:
            yield f"  {one.record.sheet} 第 {one.record.row} 行 {one.name}".rstrip()
            for placed in one.problems:
                yield f"    · {placed}"

    def account_lines(self) -> Iterator[str]:
        """What became of every row of every sheet; the parts add up to the whole."""
        records = (one.record for one in self.refused)
        rows = {(one.sheet, row) for one in records for row in one.rows_of_sheet}
        refused = Counter(sheet for sheet, _ in rows)
        for account in self.roster.accounts:
            parts = (
                part
                for kind, count in account.counts.items()
                for part in _parts(kind, count, refused[account.sheet])
            )
            yield f"“{account.sheet}”共 {account.rows} 行 = {' + '.join(parts)}"


def _parts(kind: RowKind, count: int, refused: int) -> Iterator[str]:
    if kind is RowKind.READ and refused:
        if count > refused:
            yield f"可以出具 {count - refused}"
        yield f"要更正 {refused}"
    else:
        yield f"{kind} {count}"


def check_roster(
    roster: Roster,
    spec: FormSpec,
    catalogue: Catalogue,
    today: dt.date,
    *,
    history: CaseHistory | None = None,
    photos: PhotoDesk | None = None,
    forbid: Forbid = lambda answers: None,
    told: Told = lambda done: None,
) -> Preflight:
    """Check every record; one bad record never stops the others."""
    seen: dict[str, CellPlace] = {}
    people: dict[str, CellPlace] = {}
    limits = photo_limits(catalogue.county.limits, today)
    checked = []
    for done, given in enumerate(roster.records):
        if done % 100 == 0:
            told(done)
        record = with_photos(given, spec, photos, limits)
        forbidden = forbid(record.answers)
        told_of = None if forbidden else history
        read = _in_only_case(
            read_form(spec, record.answers, today=today, catalogue=catalogue, history=told_of),
            told_of,
        )
        one = _check(record, roster, read, forbidden or forbid(read.understood))
        checked.append(_with_twins(one, seen, people))
    return Preflight(roster, tuple(checked))


def _in_only_case(read: ReadForm, history: CaseHistory | None) -> ReadForm:
    """A later paper of somebody with one running case is put into it, and says so."""
    case = read.only_case
    if case is None:
        return read
    today, catalogue = read.scope.today, read.catalogue
    answers = {**read.given, "case_no": case.case_no}
    again = read_form(read.spec, answers, today=today, catalogue=catalogue, history=history)
    return replace(again, warnings=(say_joined(case, catalogue.by_id), *again.warnings))


def with_photos(
    record: Record, spec: FormSpec, photos: PhotoDesk | None, limits: PhotoLimits
) -> Record:
    """The record with its photos taken in; those that cannot be are faults of their cells.

    A roster names files. The name of a photo kept already would bring another's photo in.
    """
    forged = tuple(_forged(record, spec))
    if forged:
        return replace(record, faults=(*record.faults, *forged))
    if not spec.takes_files:
        return record
    desk = photos or PhotoDesk(lambda name: None, MemoryPhotos())
    answers, wrong = take_uploads(spec, record.answers, desk.find, desk.shelf, limits)
    return replace(record, answers=answers, faults=(*record.faults, *wrong))


def _forged(record: Record, spec: FormSpec) -> Iterator[Problem]:
    """Cells that name a photo kept already instead of a file."""
    for key, answer in record.answers.items():
        if any(photos_named_in(answer)):
            label = next((one.label for one in spec.fields if key in (one.slug, one.label)), key)
            do = "写文件名，把照片、附件放进照片包"
            yield Problem(label, "花名册里不能写系统内照片、附件的编号", do, key)


def _check(
    record: Record,
    roster: Roster,
    read: ReadForm,
    forbidden: Problem | None,
) -> CheckedRecord:
    unreadable = {fault.field for fault in record.faults}
    judged = () if record.is_no_applicant else read.problems
    problems = [
        *record.faults,
        *(problem for problem in judged if problem.field not in unreadable),
        *([forbidden] if forbidden else []),
    ]
    person = person_field(read.spec)
    return CheckedRecord(
        record,
        read.at_rest(),
        record_key(read.spec.id, record.answers),
        normalise_id(str(record.answers.get(person.slug, ""))) if person else "",
        str(record.answers.get("name", "")),
        tuple(_placed(roster, record, problem) for problem in problems),
        tuple(_placed(roster, record, problem) for problem in read.warnings),
    )


def record_key(form_id: str, answers: Mapping[str, Any]) -> str:
    """The same for the same answers to the same form."""
    text = json.dumps([form_id, answers], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _placed(roster: Roster, record: Record, problem: Problem) -> PlacedProblem:
    return PlacedProblem(roster.place_of(record, problem.field), problem)


def _with_twins(
    one: CheckedRecord, seen: dict[str, CellPlace], people: dict[str, CellPlace]
) -> CheckedRecord:
    """A row that stands twice is refused, and a second case of a person; others are told."""
    place = CellPlace(one.record.sheet, one.record.row)
    twin, namesake = seen.get(one.key), people.get(one.person)
    seen.setdefault(one.key, place)
    people.setdefault(one.person, place)
    problems, warnings = one.problems, one.warnings
    if twin:
        what = f"与{twin.sheet}{twin}完全相同"
        problems = (*problems, PlacedProblem(place, Problem("整行", what, "重复的删去一行")))
    elif namesake and one.person and one.read.does_begin:
        what = f"与{namesake.sheet}{namesake}是同一个身份证号，会给同一个人开两个案件"
        do = f"留一行；确实是两个案件的，这一行的案件编号写“{NEW_CASE}”"
        problems = (*problems, PlacedProblem(place, Problem("整行", what, do)))
    elif namesake and one.person:
        what = f"与{namesake.sheet}{namesake}是同一个身份证号"
        warnings = (*warnings, PlacedProblem(place, Problem("整行", what, "核对是否重复")))
    return replace(one, problems=problems, warnings=warnings)


def _counts(refused: tuple[CheckedRecord, ...]) -> str:
    counts = Counter(placed.problem.where for one in refused for placed in one.problems)
    shown = "、".join(f"{where} {count} 处" for where, count in counts.most_common(8))
    return shown + ("等" if len(counts) > 8 else "")
