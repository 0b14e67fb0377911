"""Doubts that were found, kept under their key, and what people said of each.

What somebody said stays whatever is read again; when the papers say something else since, the
doubt tells so. A doubt nobody spoke of goes when its papers no longer show it.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from minzheng.accounts.areas import Area
from minzheng.database.place_rows import of_place
from minzheng.inspection.doubts import WORDING, Cited, Doubt, digest_of, place_of_several
from minzheng.inspection.models import Finding, Verdict

_UPDATED = (
    "unit", "town", "village", "dossier", "seen_with", "year", "case_no", "about", "what",
    "papers", "form_id", "is_warning", "facts", "decided_facts", "last_found",
    "gone_at",
)  # fmt: skip
_AT_ONCE = 400
_FIGURE = re.compile(r"[0-9]+|“[^”]*”")
OPEN = (Finding.State.OPEN, Finding.State.TRUE)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a doubt: its state, why, and the paper that mended it."""

    state: str
    note: str = ""
    proof: str = ""


@transaction.atomic
def keep_found(found: Mapping[str, Sequence[Doubt]], now: dt.datetime) -> None:
    """Keep the doubts of some parts of the work in place of those found there before."""
    doubts = {one.key: (unit, one) for unit, some in found.items() for one in some}
    known = {one.key: one for one in _known(list(found), list(doubts))}
    fresh = [_new(key, *found_as, now) for key, found_as in doubts.items() if key not in known]
    Finding.objects.bulk_create(fresh, batch_size=_AT_ONCE)
    changed = [one for key, one in known.items() if key in doubts and _lay(one, *doubts[key], now)]
    Finding.objects.bulk_update(changed, _UPDATED, batch_size=100)
    lost = [one.pk for key, one in known.items() if key not in doubts and one.gone_at is None]
    _let_go(lost, now)


def _known(units: Sequence[str], keys: Sequence[str]) -> Iterable[Finding]:
    for column, values in (("unit", units), ("key", keys)):
        for at in range(0, len(values), _AT_ONCE):
            yield from Finding.objects.filter(**{f"{column}__in": values[at : at + _AT_ONCE]})


def let_go_others(found: Collection[str], now: dt.datetime) -> None:
    """After all was looked at: what was found nowhere is shown by no paper any more."""
    there = Finding.objects.filter(gone_at=None).values_list("pk", "key")
    _let_go([number for number, key in there if key not in found], now)


def _let_go(numbers: Sequence[int], now: dt.datetime) -> None:
    """What nobody spoke of is deleted; the others are kept and say that they are gone."""
    for at in range(0, len(numbers), _AT_ONCE):
        rows = Finding.objects.filter(pk__in=numbers[at : at + _AT_ONCE])
        rows.filter(verdicts=None).delete()
        rows.update(gone_at=now)


def _new(key: str, unit: str, one: Doubt, now: dt.datetime) -> Finding:
    row = Finding(key=key, check_id=one.check, first_found=now)
    _lay(row, unit, one, now)
    return row


def _lay(row: Finding, unit: str, one: Doubt, now: dt.datetime) -> bool:
    """Lay a doubt into its row; whether that changes anything."""
    town, village = shared_place(one)
    told = {
        "unit": unit,
        "town": town,
        "village": village,
        "dossier": one.dossier,
        "seen_with": _seen_with(one),
        "year": one.year[:4],
        "case_no": one.case_no[:30],
        "about": one.about[:200],
        "what": one.what,
        "papers": [_as_json(paper) for paper in one.papers],
        "form_id": one.form_id,
        "is_warning": one.is_warning,
        "facts": one.facts,
        "gone_at": None,
    }
    is_changed = any(getattr(row, name) != value for name, value in told.items())
    if _says_the_same(row, told):
        row.decided_facts = one.facts
    for name, value in told.items():
        setattr(row, name, value)
    row.last_found = now
    return is_changed


def _says_the_same(row: Finding, told: Mapping[str, Any]) -> bool:
    """Whether only the words of a judged doubt are others, and not what its papers say."""
    if row.facts.endswith(WORDING) or not row.decided_facts or has_changed(row):
        return False
    figures, now = (sorted(_FIGURE.findall(one)) for one in (row.what, told["what"]))
    return row.papers == told["papers"] and figures == now


def shared_place(one: Doubt) -> tuple[str, str]:
    """The place whose people may see all papers of a doubt: a village, a town, the county."""
    towns = {paper.town for paper in one.papers} | {one.town}
    villages = {paper.village or one.village for paper in one.papers} | {one.village}
    if len(towns) > 1:
        return place_of_several(towns), ""
    return towns.pop(), villages.pop() if len(villages) == 1 else ""


def _seen_with(one: Doubt) -> str:
    codes = {one.dossier, *(paper.dossier for paper in one.papers)}
    codes |= {paper.form_id.partition("-")[0] for paper in one.papers}
    places = {place_word(paper.town, paper.village) for paper in one.papers}
    places.add(place_word(one.town, one.village))
    return f"|{'|'.join(sorted((codes | places) - {''}))}|"


def place_word(town: str, village: str) -> str:
    """A village as the places of a doubt are written; nothing for a whole town."""
    return f"{town}/{village}" if village else ""


def _as_json(paper: Cited) -> dict[str, object]:
    return {
        "source": paper.source, "number": paper.number, "form_id": paper.form_id,
        "title": paper.title, "town": paper.town, "village": paper.village,
        "dossier": paper.dossier, "case_no": paper.case_no,
        "says": [list(pair) for pair in paper.says],
    }  # fmt: skip


def papers_of(finding: Finding) -> tuple[Cited, ...]:
    """The papers of a doubt, as they were kept."""
    return tuple(
        Cited(**{**paper, "says": tuple((label, said) for label, said in paper["says"])})
        for paper in finding.papers
    )


def findings_in(area: Area) -> QuerySet[Finding]:
    """The doubts somebody may see: of whose papers all lie in the area."""
    if area.is_nothing:
        return Finding.objects.none()
    asked = of_place(area.town, area.village)
    for code in area.forbidden:
        asked &= ~Q(seen_with__contains=f"|{code}|")
    return Finding.objects.filter(asked)


def in_doubt(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Those that papers still show."""
    return rows.filter(gone_at=None)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many doubts of each check stand in which state."""

    by_check: Mapping[str, Counter[str]]

    @property
    def total(self) -> Counter[str]:
        """Of all checks."""
        return sum(self.by_check.values(), Counter())

    def of(self, checks: Collection[str]) -> Counter[str]:
        """Of some checks."""
        return sum((self.by_check.get(one, Counter()) for one in checks), Counter())


def count_findings(rows: QuerySet[Finding]) -> Counts:
    """How many there are, by check and state."""
    found: dict[str, Counter[str]] = {}
    grouped = in_doubt(rows).order_by().values_list("check_id", "state")
    for check, state, number in grouped.annotate(number=Count("pk")):
        found.setdefault(check, Counter())[state] += number
    return Counts(found)


@transaction.atomic
def say(finding: Finding, said: Said, by: str, now: dt.datetime) -> Verdict:
    """Give a doubt its state; what was said before stays in its history."""
    row = Finding.objects.select_for_update().get(pk=finding.pk)
    verdict = Verdict.objects.create(
        finding=row, state=said.state, note=said.note, proof=said.proof, facts=row.facts,
        what=row.what, by=by, at=now,
    )  # fmt: skip
    row.state, row.decided_facts = said.state, row.facts
    row.save(update_fields=["state", "decided_facts"])
    return verdict


def has_changed(finding: Finding) -> bool:
    """Whether its papers say something else than when its state was given."""
    return bool(finding.decided_facts) and finding.decided_facts != finding.facts


def findings_naming(name: str, id_no: str) -> list[Finding]:
    """Doubts in which a person's name or number stands, or that are about the number."""
    told = Q(unit=unit_of(id_no))
    for text in filter(None, (name, id_no)):
        told |= Q(about__contains=text) | Q(what__contains=text) | Q(verdicts__note__contains=text)
        told |= Q(verdicts__what__contains=text)
    found = set(Finding.objects.filter(told).values_list("pk", flat=True))
    # JSON writes other signs of the papers in escapes: they are looked for in Python.
    rows = Finding.objects.exclude(pk__in=found).values_list("pk", "papers")
    found |= {pk for pk, papers in rows.iterator() if _says(papers, name, id_no)}
    return list(Finding.objects.filter(pk__in=found).order_by("pk"))


def _says(papers: Sequence[Mapping[str, Any]], *texts: str) -> bool:
    said = "".join(value for paper in papers for pair in paper["says"] for value in pair)
    return any(text and text in said for text in texts)


def unit_of(id_no: str) -> str:
    """The part of the work that is about one person."""
    return f"人|{digest_of([id_no])}"


def is_about(finding: Finding, id_no: str) -> bool:
    """Whether a doubt was found by looking at all papers of this number."""
    return finding.unit == unit_of(id_no)


def words_of(finding: Finding) -> str:
    """All that a doubt says, its papers and what was said of it."""
    said = [text for paper in finding.papers for pair in paper["says"] for text in pair]
    notes = [text for one in finding.verdicts.all() for text in (one.note, one.what)]
    return "\n".join([finding.about, finding.what, *said, *notes])


@transaction.atomic
def blank_finding(number: int, without: Callable[[str], str]) -> None:
    """A doubt without a person: its state and history stay."""
    for row in Finding.objects.filter(pk=number):
        row.about, row.what = without(row.about), without(row.what)
        row.papers = [
            {**paper, "says": [[label, without(said)] for label, said in paper["says"]]}
            for paper in row.papers
        ]
        row.save(update_fields=["about", "what", "papers"])
        for one in row.verdicts.all():
            one.note, one.what = without(one.note), without(one.what)
            one.save(update_fields=["note", "what"])
