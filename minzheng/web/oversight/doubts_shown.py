"""What the pages of doubts show: counts, lines, papers side by side with the words marked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.contents import told_texts
from filler.models import Issued
from minzheng.accounts.areas import Area
from minzheng.accounts.models import Person
from minzheng.accounts.rights import Right, may
from minzheng.county.registry.checks import ITSELF, LACKING, SEVERITIES, Check
from minzheng.county.town_names import place_in_words
from minzheng.inspection.checks.papers import SCAN
from minzheng.inspection.doubts import Cited
from minzheng.inspection.finding_store import (
    count_findings,
    findings_in,
    has_changed,
    in_doubt,
    papers_of,
    place_word,
)
from minzheng.inspection.models import Finding, Verdict
from minzheng.inspection.paper_store import names_read
from minzheng.web.forms.record_gate import may_see
from minzheng.web.gate.children import mask
from minzheng.web.gate.office import area, county, forms, mask_numbers, signed_in
from minzheng.web.gate.private_questions import as_address
from minzheng.web.oversight.completeness_shown import EVERY, Chosen, cell_named

_MOST_LINES = 6
_MOST_WORDS = 4
_GONE = "没有了"
_PICTURED = "ocr"
_MOST_PROOFS = 12
#: What a verdict calls its proof: the page of it, and where it is kept.
_PROOFS: Mapping[str, tuple[str, Any]] = {
    "文书": ("document", Issued), "文件": ("file", ArchivedFile),
}  # fmt: skip

#: Lines of a page, each with where words stand in it.
Lines = tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which doubts are asked for: of a check, a place, a severity, a state, a year."""

    chosen: Chosen
    place: str = EVERY
    check: Check | None = None
    severity: str = ""
    state: str = ""
    year: str = ""
    page: int = 1

    @property
    def label(self) -> str:
        """The choices in words."""
        place = place_in_words(self.chosen.town, self.chosen.village) or "全部范围"
        name = self.check.name if self.check else "各项核对"
        severity = f"{self.severity}色" if self.severity else ""
        year = f"{self.year} 年" if self.year else ""
        return " · ".join(filter(None, (place, name, severity, self.state, year)))

    def address(self, **changed: Any) -> str:
        """The page with some choices changed."""
        given = {
            "check": self.check.id if self.check else "",
            "place": self.place if self.place != EVERY else "",
            "severity": self.severity, "state": self.state, "year": self.year,
        } | changed  # fmt: skip
        kept = {name: value for name, value in given.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"

    @property
    def as_query(self) -> str:
        """The choices as they are."""
        return self.address()

    @property
    def printing(self) -> str:
        """The address of the same to be printed."""
        return self.address(print=1)

    def placed(self, rows: QuerySet[Finding]) -> QuerySet[Finding]:
        """Those of the place and year."""
        named = place_word(self.chosen.town, self.chosen.village)
        # A doubt of a town, or of two villages, is each named village's, too.
        where = self.chosen.place_filter
        if named:
            where |= Q(seen_with__contains=f"|{named}|")
        found = rows.filter(where)
        return found.filter(year=self.year) if self.year else found

    def narrow(self, rows: QuerySet[Finding]) -> QuerySet[Finding]:
        """Those that are asked for, the gravest first."""
        found = self.placed(rows)
        found = found.exclude(gone_at=None) if self.state == _GONE else in_doubt(found)
        if self.check:
            found = found.filter(check_id=self.check.id)
        if self.severity:
            same = [one.id for one in county().checks.all if one.severity == self.severity]
            found = found.filter(check_id__in=same)
        if self.state in Finding.State.values:
            found = found.filter(state=self.state)
        ranks = [
            When(check_id=one.id, then=Value(SEVERITIES.index(one.severity) * 100 + number))
            for number, one in enumerate(county().checks.all)
        ]
        rank = Case(*ranks, default=Value(999), output_field=IntegerField())
        ordered = found.annotate(rank=rank)
        return ordered.order_by("is_warning", "rank", "town", "village", "about", "pk")


def read_asked(
    asked: QueryDict,
    place: Area,
    *,
    check: Check | None = None,
    chosen: Chosen | None = None,
    key: str = "",
) -> Asked:
    """What was chosen; what nobody knows, or may not see, is no choice."""
    key = key or asked.get("place", "") or EVERY
    found = chosen or cell_named(place, key, EVERY, EVERY) or Chosen(place.town, place.village)
    severity, state, year = (asked.get(name, "") for name in ("severity", "state", "year"))
    page = asked.get("page", "")
    states = (*Finding.State.values, _GONE)
    return Asked(
        found, key, check or county().checks.named(asked.get("check", "")),
        severity if severity in SEVERITIES else "",
        state if state in states else "",
        year if len(year) == 4 and year.isascii() and year.isdecimal() else "",
        int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One doubt in a list."""

    finding: Finding
    check: Check | None
    where: str
    has_changed: bool
    is_person: bool  #: what it is about is somebody's name, to be looked up


def lines_of(rows: Iterable[Finding], place: Area) -> list[DoubtRow]:
    """Doubts as a list shows them."""
    checks, found = county().checks, list(rows)
    named = names_read({one.about for one in found})
    return [
        DoubtRow(
            one, checks.named(one.check_id), where_of(one), has_changed(one), one.about in named
        )
        for one in found
    ]


def where_of(finding: Finding) -> str:
    """The villages of its papers, or its town."""
    within = [(one["town"], one["village"]) for one in finding.papers if one["village"]]
    named = [place_in_words(*one) for one in within or [(finding.town, finding.village)]]
    places = list(dict.fromkeys(named))
    return "、".join(places[:3])


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check with how many of its doubts stand in which state."""

    check: Check
    counts: tuple[tuple[str, int, str], ...]  #: state, number, address
    total: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CheckTable:
    """The checks of one severity: those that find something, and those that do not."""

    found: list[CheckRow]
    clear: list[CheckRow]


def tables_of(rows: QuerySet[Finding], asked: Asked) -> list[tuple[str, CheckTable, int]]:
    """The checks by severity, each with its counts, and what waits to be verified."""
    counted = count_findings(rows)
    found = []
    for severity in SEVERITIES:
        lines = [
            _check_row(one, counted.by_check.get(one.id, {}), asked)
            for one in county().checks.all
            if one.severity == severity
        ]
        waiting = sum(number for line in lines for state, number, _ in line.counts
                      if state == Finding.State.OPEN)  # fmt: skip
        parts = ([one for one in lines if one.total], [one for one in lines if not one.total])
        found.append((severity, CheckTable(*parts), waiting))
    return found


def _check_row(check: Check, counted: Mapping[str, int], asked: Asked) -> CheckRow:
    counts = tuple(
        (state, counted.get(state, 0), asked.address(check=check.id, state=state, severity=""))
        for state in Finding.State.values
    )
    address = asked.address(check=check.id, state="", severity="")
    is_chosen = asked.check is not None and asked.check.id == check.id
    return CheckRow(check, counts, sum(counted.values()), address, is_chosen)


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper of a doubt: what of it shows the doubt, where it is opened."""

    cited: Cited
    kind: str
    says: tuple[tuple[str, str], ...]
    lines: Lines = ()
    address: str = ""
    picture: str = ""
    page: int = 1
    why_not: str = ""


def describe_finding(request: HttpRequest, finding: Finding, check: Check | None) -> dict[str, Any]:
    """A doubt's papers, laws, suggested paper, and whether its papers changed since."""
    day = timezone.localdate()
    return {
        "papers": [_shown(request, one) for one in papers_of(finding)],
        "laws": check.laws_on(_day_of(finding) or day, county().laws, _schemes_of(finding.dossier))
        if check
        else (),
        "has_changed": has_changed(finding),
        "is_person": bool(names_read({finding.about})),
        "suggested": _suggested(request, finding, check),
    }


def _schemes_of(code: str) -> set[str]:
    """What regulations call the work of a dossier."""
    known = county()
    told = {scheme for one in known.laws.all for scheme in one.schemes}
    found = {one: known.dossiers.by_word(one) for one in told}
    return {name for name, dossier in found.items() if dossier and dossier.code == code}


def _day_of(finding: Finding) -> Any:
    year = finding.year
    is_year = len(year) == 4 and year.isdecimal()
    return timezone.localdate().replace(year=int(year), month=12, day=28) if is_year else None


def _shown(request: HttpRequest, cited: Cited) -> ShownPaper:
    if cited.source == SCAN:
        return _shown_scan(request, cited)
    issued = Issued.objects.filter(pk=cited.number).defer("texts", "answers").first()
    says = tuple((label, mask(said)) for label, said in cited.says)
    if issued is None:
        return ShownPaper(cited, "出具文书", says, why_not="这份文书已不在")
    person = signed_in(request)
    is_open = may(person, Right.FILL) and may_see(issued, area(request), person.username)
    address = reverse("document", args=[issued.pk]) if is_open else ""
    return ShownPaper(cited, "出具文书", says, address=address)


def _shown_scan(request: HttpRequest, cited: Cited) -> ShownPaper:
    says = tuple((label, mask(said)) for label, said in cited.says)
    file = ArchivedFile.objects.filter(pk=cited.number).first()
    if file is None or not file.present or file.state == "withheld":
        return ShownPaper(cited, "扫描件", says, why_not="这份文件已不在")
    if not area(request).covers(file.town, file.village, file.dossier):
        return ShownPaper(cited, "扫描件", says, why_not="不在您的查看范围")
    words = [word for word in cited.words if len(word) > 1][:_MOST_WORDS]
    number, is_pictured, lines = _marked_lines(file, words)
    asked = as_address(signed_in(request).pk, " ".join(f'"{word}"' for word in words))
    query = urlencode({"q": asked, "page": number})
    picture = ""
    if is_pictured:
        address = reverse("page-image", args=[file.pk, number])
        picture = f"{address}?{urlencode({'q': asked})}"
    address = f"{reverse('file', args=[file.pk])}?{query}"
    return ShownPaper(cited, "扫描件", says, lines, address, picture, number)


def _marked_lines(file: ArchivedFile, words: list[str]) -> tuple[int, bool, Lines]:
    """The page on which most of the words stand, whether it is a picture, its lines with them."""
    best, is_pictured, lines = 1, False, list[str]()
    for number, text, origin in told_texts(file.sha256, file.town):
        found = [line for line in text.split("\n") if any(word in line for word in words)]
        is_pictured = is_pictured or (number == 1 and origin == _PICTURED)
        if len(found) > len(lines):
            best, is_pictured, lines = number, origin == _PICTURED, found
    shown = tuple((mask(line), tuple(_marks(line, words))) for line in lines[:_MOST_LINES])
    return best, is_pictured, shown


def _marks(line: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand in a line, none within another."""
    found = sorted((at, at + len(word)) for word in words if (at := line.find(word)) >= 0)
    end = 0
    for start, stop in found:
        if start >= end:
            yield start, stop
            end = stop


@dataclass(frozen=True, slots=True)
class SuggestedPaper:
    """The form that would settle a doubt, and where it is filled."""

    form_id: str
    title: str
    address: str


def _suggested(
    request: HttpRequest, finding: Finding, check: Check | None
) -> SuggestedPaper | None:
    if check is None or not may(signed_in(request), Right.FILL):
        return None
    form_id = check.form_for(finding.dossier)
    if form_id in (ITSELF, LACKING):
        form_id = finding.form_id
    return _form_link(request, finding, finding.form_id if check.form == LACKING else form_id)


def _form_link(request: HttpRequest, finding: Finding, form_id: str) -> SuggestedPaper | None:
    spec = forms().by_id.get(form_id)
    if spec is None or spec.dossier in area(request).forbidden:
        return None
    asked = {}
    if finding.town and county().places.town(finding.town):
        asked = {"town": finding.town, "village": finding.village}
    records = [one for one in papers_of(finding) if one.source != SCAN and one.case_no]
    if records:
        asked = {"from_case": records[0].case_no}
    kept = {name: value for name, value in asked.items() if value and mask_numbers(value) == value}
    query = f"?{urlencode(kept)}" if kept else ""
    return SuggestedPaper(spec.id, spec.short_title, f"{reverse('fill', args=[spec.id])}{query}")


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """What somebody said of a doubt, and whether its papers said the same then."""

    verdict: Verdict
    by: str
    is_of_now: bool
    proof_address: str
    proof: str


def describe_history(finding: Finding) -> list[ShownVerdict]:
    """All that was said, the latest first."""
    verdicts = list(finding.verdicts.all())
    people = {one.username: one for one in
              Person.objects.filter(username__in={one.by for one in verdicts})}  # fmt: skip
    return [
        ShownVerdict(
            one,
            people[one.by].full_label if one.by in people else one.by,
            one.facts == finding.facts,
            *_proof(one.proof),
        )
        for one in verdicts
    ]


def _proof(proof: str) -> tuple[str, str]:
    """Where the paper that mended a doubt is opened, and what is printed on it."""
    kind, _, number = proof.partition(" ")
    if kind not in _PROOFS:
        return "", proof
    page, model = _PROOFS[kind]
    known = model.objects.filter(pk=number).values_list("form_id", "case_no").first()
    code = " ".join(filter(None, known or ()))
    return reverse(page, args=[int(number)]), code or proof


def proofs_of(request: HttpRequest, finding: Finding) -> list[tuple[str, str]]:
    """Papers of its cases that may have mended a doubt, the latest first: code, and what it is."""
    cases = {one.case_no for one in papers_of(finding) if one.case_no}
    issued = Issued.objects.filter(case_no__in=cases, corrected_by=None).order_by("-pk")
    place, username = area(request), signed_in(request).username
    seen = [one for one in issued.defer("texts")[:_MOST_PROOFS] if may_see(one, place, username)]
    forms_by_id = forms().by_id
    return [
        (
            f"{one.form_id} {one.case_no}",
            f"{forms_by_id[one.form_id].short_title if one.form_id in forms_by_id else ''} "
            f"{timezone.localtime(one.issued_at):%Y-%m-%d}",
        )
        for one in seen
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many doubts nobody verified yet, and how many are true and not mended."""

    waiting: int
    to_mend: int


def doubts_waiting(request: HttpRequest) -> Waiting:
    """What is to be done about doubts, of what somebody may see."""
    total = count_findings(findings_in(area(request))).total
    return Waiting(total[Finding.State.OPEN], total[Finding.State.TRUE])
