"""What one person holds, from when to when, as the papers that name the number tell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from minzheng.county.writing.chinese_dates import month_after
from minzheng.inspection.checks.decided import DECIDING
from minzheng.inspection.checks.papers import Mention, Month, Paper, later_months, month_in

_ENDING = frozenset({"COM-07", "COM-09", "TK-06", "CB-06", "YF-07", "ET-08", "BZ-01"})
_ENDS = ("停发", "终止")
_SCHEMES = {"低保": "DB", "特困": "TK", "残疾人两项补贴": "CB", "高龄补贴": "GL"}
_INSURED = ("本人", "成员")


@dataclass(slots=True)
class Stretch:
    """A dossier's benefit of a person in one case."""

    dossier: str
    case_no: str
    since: Month
    paper: Paper
    until: Month | None = None
    kinds: str = ""

    @property
    def head(self) -> str:
        """Whose case it is."""
        return self.paper.text("id_no")

    def is_renewed_by(self, other: "Stretch") -> bool:
        """Whether the same household was decided of again, in the same place."""
        same = (self.dossier, self.paper.town, self.paper.village, self.head)
        return same == (other.dossier, other.paper.town, other.paper.village, other.head)

    def overlaps(self, other: "Stretch") -> bool:
        """Whether both are held in some month."""
        return _begins_within(self, other) and _begins_within(other, self)


def _begins_within(one: Stretch, other: Stretch) -> bool:
    return other.until is None or one.since < other.until


def stretches(mentions: Sequence[Mention]) -> list[Stretch]:
    """What a person holds, each case once, with its end where a paper tells one."""
    found: dict[tuple[str, str], Stretch] = {}
    as_member = frozenset(one.paper.key for one in mentions if one.part == "成员")
    for one in mentions:
        if one.paper.form_id in DECIDING and _is_insured(one, as_member):
            since = _since(one.paper)
            key = (one.paper.dossier, one.paper.case_no or one.paper.key)
            if since and (key not in found or not one.paper.is_scan):
                found[key] = Stretch(key[0], key[1], since, one.paper, kinds=one.text("kinds"))
    for one in mentions:
        if one.paper.form_id in _ENDING:
            for stretch in _ended_by(one, found.values()):
                month = _ended(one.paper)
                stretch.until = min(stretch.until or month, month) if month else stretch.until
    return sorted(found.values(), key=lambda one: (one.since, one.dossier))


def _is_insured(one: Mention, as_member: frozenset[str]) -> bool:
    """Of a household only who is insured; its head too, when named among the members."""
    if one.part not in _INSURED or one.row.get("m_insured", "是") != "是":
        return False
    if one.part == "成员":
        return one.paper.form_id == "DB-02"
    return one.paper.key not in as_member


def _since(paper: Paper) -> Month | None:
    told = month_in(paper.text("start_month"))
    day = paper.date("c_date")
    if told or day is None:
        return told if paper.is_scan or day else None
    after = month_after(day)
    return after.year, after.month


def _ended_by(one: Mention, held: Iterable[Stretch]) -> Iterator[Stretch]:
    """What a paper ends: all, by death; else of its case, else of its scheme."""
    paper = one.paper
    if paper.form_id == "BZ-01":
        yield from held if one.part == "本人" else ()
        return
    if paper.form_id.startswith("COM") and paper.text("decision") not in _ENDS:
        return
    scheme = _SCHEMES.get(paper.text("scheme"), paper.form_id[:2])
    for stretch in held:
        if stretch.case_no == paper.case_no or (not paper.case_no and stretch.dossier == scheme):
            yield stretch


def _ended(paper: Paper) -> Month | None:
    for slug in ("effective_month", "stop_month"):
        told = month_in(paper.text(slug))
        if told:
            return told
    return later_months(paper.month, 1) if paper.month else None
