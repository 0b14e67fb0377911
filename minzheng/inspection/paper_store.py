"""Papers as the checks read them, kept: what is new is read, what is gone is dropped.

Nothing here is the truth: all of it is made again from documents and files.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from archive_indexer.filing.classify import Known
from archive_indexer.filing.name_or_label import NamesAndLabels
from archive_indexer.stores.paper_texts import PaperText, known_papers, read_papers
from filler.models import Issued
from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.county import County
from minzheng.county.form_marks import FormMarks
from minzheng.inspection.checks.alike import sketch_of
from minzheng.inspection.checks.left_out import left_out
from minzheng.inspection.checks.notice_words import leaks_in, lines_of_record
from minzheng.inspection.checks.papers import (
    RECORD,
    SCAN,
    Looks,
    Mention,
    Paper,
    as_json,
    looks_of,
    mentions_on,
)
from minzheng.inspection.checks.read_record import read_record
from minzheng.inspection.checks.read_text import FiledPaper, read_text
from minzheng.inspection.checks.scans.added_ticks import added_ticks
from minzheng.inspection.checks.scans.changed_dates import changed_dates
from minzheng.inspection.checks.unlike_issued import ReadText, as_kept, unlike_issued
from minzheng.inspection.checks.what_is_read import NOTICES
from minzheng.inspection.doubts import digest_of
from minzheng.inspection.models import ReadPaper, ReadPerson

#: Raise it when papers are read otherwise than before: all are read anew.
_RULES = 6
#: The texts of a document, and those of them that its form prints: what is reckoned may stand
#: nowhere.
_Edition = tuple[Mapping[str, Any], Mapping[str, Any]]
_AT_ONCE = 200
_LONGEST = 300
_MINUTES = "COM-04"
_LEAKS = "notices_tell_too_much"
_NOTICES = frozenset(NOTICES)


@dataclass(frozen=True, slots=True)
class Touched:
    """Whose papers came, changed or went: villages, towns, people; whether minutes did."""

    places: frozenset[tuple[str, str]] = frozenset()
    people: frozenset[str] = frozenset()
    minutes: bool = False

    def plus(self, other: "Touched") -> "Touched":
        """Both."""
        return Touched(
            self.places | other.places, self.people | other.people, self.minutes or other.minutes
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of what is to be read, and of what was read and is no more."""

    issued: Sequence[int]
    files: Sequence[int]
    gone: Sequence[int]

    def __len__(self) -> int:
        return len(self.issued) + len(self.files) + len(self.gone)


def rules_of(county: County) -> str:
    """A digest of all that decides how a paper is read."""
    check = county.checks.named(_LEAKS)
    return digest_of([str(_RULES), *(check.words if check else ())])[:12]


def find_changes(rules: str) -> Changes:
    """What was issued, filed, filed anew, corrected or taken away since it was read."""
    issued, files = _issued(), known_papers()
    known = ReadPaper.objects.filter(stamp=rules, issued__isnull=False).values("issued")
    fresh = list(issued.exclude(pk__in=known).order_by("pk").values_list("pk", flat=True))
    now = Concat(Value(f"{rules}|"), F("told"), output_field=TextField())
    as_read = ReadPaper.objects.filter(file=OuterRef("pk"), stamp=OuterRef("now"))
    asked = files.annotate(now=now)
    changed = list(asked.exclude(Exists(as_read)).order_by("pk").values_list("pk", flat=True))
    gone = ReadPaper.objects.filter(
        Q(issued__isnull=False) & ~Q(issued__in=issued.values("pk"))
        | Q(file__isnull=False) & ~Q(file__in=files.values("pk"))
    )
    return Changes(fresh, changed, list(gone.values_list("pk", flat=True)))


def _issued() -> QuerySet[Issued]:
    """Documents in force: not corrected, not put away, not waiting for somebody's hand."""
    return Issued.objects.filter(corrected_by=None, stopped_at=None, waits_for="")


def read_changes(changes: Changes, county: County, rules: str) -> Iterator[Touched]:
    """Read what is new and drop what is gone, some at a time; each tells whom it touched."""
    for some in _some(changes.gone):
        yield _drop(ReadPaper.objects.filter(pk__in=some))
    words = _words(county)
    for some in _some(changes.issued):
        rows = _issued().filter(pk__in=some)
        yield _replace([(_record(row, county, words), rules) for row in rows], "issued")
    for some in _some(changes.files):
        papers = list(read_papers(some))
        unlike = _unlike_issued(papers, county)
        read = [
            (_scan(one, county, words, unlike.get(one.number, "")), f"{rules}|{one.stamp}")
            for one in papers
        ]
        yield _replace(read, "file")


def _some(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE))


def _words(county: County) -> tuple[str, ...]:
    check = county.checks.named(_LEAKS)
    return check.words if check else ()


def _record(row: Issued, county: County, words: Sequence[str]) -> Paper:
    paper = read_record(row.pk, row.form_id, row.case_no, row.texts, row.answers)
    lines = lines_of_record(row.texts or row.answers) if paper.form_id in _NOTICES else ()
    return _completed(paper, list(leaks_in(lines, words, county.places.codes)))


def _unlike_issued(papers: Sequence[PaperText], county: County) -> dict[int, str]:
    """By the numbers of scans of our own documents what they say otherwise than was issued.

    A scan may be of any edition of its document: the one it is likest counts.
    """
    coded = [one for one in papers if one.case_no and one.lines]
    printed: dict[tuple[str, str], list[_Edition]] = defaultdict(list)
    cases = {one.case_no for one in coded}
    rows = Issued.objects.filter(case_no__in=cases, waits_for="").order_by("pk")
    for form_id, case_no, texts, answers in rows.values_list(
        "form_id", "case_no", "texts", "answers"
    ):
        whole = {**answers, **texts}
        slugs = _marks_of_forms().get(form_id, FormMarks("")).slugs
        shown = {slug: said for slug, said in whole.items() if slug in slugs}
        printed[form_id, case_no].append((whole, shown))
    is_name = _naming(county).is_name if printed else str.isnumeric
    found = {}
    for one in coded:
        lines = [ReadText(*line) for line in one.lines]
        editions = [
            (*(unlike := unlike_issued(whole, lines, is_name)),
             *left_out(shown, lines, is_name, unlike),
             *changed_dates(whole, shown, lines, unlike),
             *added_ticks(whole, lines))
            for whole, shown in printed[one.form_id, one.case_no]
        ]  # fmt: skip
        if editions and (least := min(editions, key=len)):
            found[one.number] = as_kept(least)
    return found


def _naming(county: County) -> NamesAndLabels:
    """What is a name on a form, and no print of any."""
    return Known(county, _marks_of_forms()).naming


@cache
def _marks_of_forms() -> Mapping[str, FormMarks]:
    return read_form_marks(TEMPLATES_FOLDER)


def _scan(one: PaperText, county: County, words: Sequence[str], unlike: str) -> Paper:
    looks = Looks(one.is_pictured, one.seals, one.unsigned, one.confidence)
    filed = FiledPaper(
        one.number, one.form_id, one.town, one.village, one.dossier, one.year, one.case_no,
        one.person, one.title, one.text, looks,
    )  # fmt: skip
    lines = one.text.split("\n") if one.form_id in _NOTICES else []
    return _completed(read_text(filed), list(leaks_in(lines, words, county.places.codes)), unlike)


def _completed(paper: Paper, leaks: Sequence[str], unlike: str = "") -> Paper:
    """With what is worth finding out only once: leaks of notices, a sketch of what was said."""
    made = {
        "unlike": unlike,
        "leaks": "；".join(leaks),
        "sketch": sketch_of(paper.text("discussion")) if paper.form_id == _MINUTES else "",
    }
    more = {slug: text for slug, text in made.items() if text}
    return replace(paper, values={**paper.values, **more}) if more else paper


@transaction.atomic
def _replace(read: Sequence[tuple[Paper, str]], column: str) -> Touched:
    numbers = [paper.number for paper, _ in read]
    before = ReadPaper.objects.filter(**{f"{column}__in": numbers})
    touched = _drop(before) if before.exists() else Touched()
    rows = ReadPaper.objects.bulk_create(
        ReadPaper(
            **{column: paper.number}, stamp=stamp, form_id=paper.form_id, town=paper.town,
            village=paper.village, dossier=paper.dossier, year=paper.year,
            case_no=paper.case_no, title=paper.title[:_LONGEST], day=paper.day,
            facts=as_json(paper),
        )
        for paper, stamp in read
    )  # fmt: skip
    people = [
        ReadPerson(
            paper=row, id_no=one.id_no[:18], name=one.name[:50], part=one.part,
            row={} if one.row is paper.values else dict(one.row),
        )
        for row, (paper, _) in zip(rows, read, strict=True) for one in mentions_on(paper)
    ]  # fmt: skip
    ReadPerson.objects.bulk_create(people, batch_size=1000)
    return touched.plus(
        Touched(
            frozenset((one.town, one.village) for one in rows if one.town),
            frozenset(one.id_no for one in people),
            any(one.form_id == "COM-04" for one in rows),
        )
    )


@transaction.atomic
def _drop(rows: QuerySet[ReadPaper]) -> Touched:
    places = frozenset(rows.values_list("town", "village"))
    people = frozenset(ReadPerson.objects.filter(paper__in=rows).values_list("id_no", flat=True))
    minutes = rows.filter(form_id="COM-04").exists()
    rows.delete()
    return Touched(frozenset(one for one in places if one[0]), people, minutes)


def papers_of_village(town: str, village: str) -> list[Paper]:
    """Its papers, and those of its town."""
    rows = ReadPaper.objects.filter(town=town, village__in=(village, ""))
    return [_paper(row) for row in rows.order_by(_day("day"), "pk").iterator()]


def papers_of_forms(*forms: str, town: str = "") -> list[Paper]:
    """The papers of some forms, perhaps of a town only."""
    rows = ReadPaper.objects.filter(form_id__in=forms)
    rows = rows.filter(town=town) if town else rows
    return [_paper(row) for row in rows.order_by(_day("day"), "pk").iterator()]


def _day(name: str) -> OrderBy:
    """By day; papers without one come first, whatever the database does with nothing."""
    return F(name).asc(nulls_first=True)


def villages_read() -> list[tuple[str, str]]:
    """All villages of which there is a paper."""
    rows = ReadPaper.objects.exclude(town="").exclude(village="")
    return sorted(rows.values_list("town", "village").distinct())


def names_read(among: Collection[str]) -> set[str]:
    """Those of some words that are names of people on papers."""
    named = ReadPerson.objects.filter(name__in=list(among))
    return set(named.order_by().values_list("name", flat=True).distinct())


def people_read(ids: Collection[str] | None = None) -> Iterator[tuple[str, list[Mention]]]:
    """Everybody that papers name by number, or some of them, each with all mentions."""
    rows = ReadPerson.objects.all() if ids is None else ReadPerson.objects.filter(id_no__in=ids)
    papers = _light_papers(None if ids is None else set(rows.values_list("paper", flat=True)))
    columns = rows.order_by("id_no", _day("paper__day"), "pk")
    found: list[Mention] = []
    for id_no, name, part, row, paper in columns.values_list(
        "id_no", "name", "part", "row", "paper"
    ).iterator(chunk_size=5000):
        if found and found[0].id_no != id_no:
            yield found[0].id_no, found
            found = []
        whole = papers[paper]
        found.append(Mention(id_no, name, part, whole, row or whole.values))
    if found:
        yield found[0].id_no, found


def _light_papers(numbers: Collection[int] | None) -> Mapping[int, Paper]:
    """Papers without their rows."""
    rows = ReadPaper.objects.all() if numbers is None else ReadPaper.objects.filter(pk__in=numbers)
    return {row.pk: replace(_paper(row), rows=()) for row in rows.iterator()}


def _paper(row: ReadPaper) -> Paper:
    facts = row.facts
    return Paper(
        RECORD if row.issued else SCAN, row.issued or row.file or 0, row.form_id, row.town,
        row.village, row.dossier, row.year, row.case_no, row.title, row.day,
        facts["v"], tuple(facts["r"]), looks_of(facts["s"]),
    )  # fmt: skip


def count_read() -> int:
    """How many papers were read."""
    return ReadPaper.objects.count()


def forget_read(id_no: str, issued: Collection[int]) -> None:
    """What was read of a person's papers goes; what is left of them is read anew."""
    ReadPaper.objects.filter(Q(people__id_no=id_no) | Q(issued__in=issued)).delete()
