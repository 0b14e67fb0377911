"""Checks of one person in the whole county: C2, C9, C11 and C15, by the ID number."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from minzheng.county.writing.chinese_dates import print_date
from minzheng.county.writing.id_card import sex
from minzheng.inspection.checks.asked import Asked, cite, doubt
from minzheng.inspection.checks.papers import Mention, Month, later_months, print_months
from minzheng.inspection.checks.when_held import Stretch, stretches
from minzheng.inspection.doubts import Cited, Doubt, digest_of, place_of_several

#: Lists by which money is paid, and the dossier of each.
PAYING = {
    "DB-03": "DB", "TK-07": "TK", "CB-04": "CB", "CB-07": "CB", "GL-02": "GL", "YF-02": "YF",
    "YF-05": "YF",
}  # fmt: skip
_QUARTERLY = frozenset({"GL-02"})
_OWN = frozenset({"本人", "成员", "救助对象"})


@dataclass(frozen=True, slots=True)
class OnePerson:
    """All that papers say of the bearer of an ID number."""

    id_no: str
    mentions: Sequence[Mention]

    @property
    def name(self) -> str:
        """What the bearer is mostly called."""
        names = [one.name for one in self.mentions if one.name]
        return max(names, key=names.count) if names else self.id_no

    @property
    def subject(self) -> str:
        """The bearer as a doubt names the subject: a digest, no number."""
        return digest_of([self.id_no])


def paid_after_death(person: OnePerson, asked: Asked) -> Iterator[Doubt]:
    """C2: on a list of a month after the month of death."""
    death = _death_of(person)
    if death is None:
        return
    day, source = death
    from_month = later_months((day.year, day.month), 1 + asked.limit("grace_months"))
    late: dict[str, list[Mention]] = defaultdict(list)
    for one in person.mentions:
        dossier = PAYING.get(one.paper.form_id)
        if dossier and one.paper.month and _is_paid_for(one, from_month):
            late[dossier].append(one)
    for dossier, found in late.items():
        found.sort(key=lambda one: one.paper.month or (0, 0))
        months = [print_months(one.paper.month) for one in found if one.paper.month]
        listed = "、".join(dict.fromkeys(months))
        what = f"死亡日期{print_date(day)}，{listed}的名单上还有"
        first = found[0].paper
        yield doubt(
            asked, (person.subject, dossier), person.name, what,
            cite(asked, source.paper, ("姓名", source.name), ("死亡日期", print_date(day))),
            *(cite(asked, one.paper, ("月份", month), ("姓名", one.name))
              for one, month in zip(found[:4], months, strict=False)),
            place=(first.town, first.village or one_village(found)), dossier=dossier,
            year=str(day.year),
        )  # fmt: skip


def _is_paid_for(one: Mention, since: Month) -> bool:
    """A list of a quarter is paid for its first month, too: only later quarters count."""
    month = one.paper.month
    if month is None:
        return False
    if one.paper.form_id in _QUARTERLY:
        month = later_months(month, -2)
    return month >= since


def one_village(mentions: Sequence[Mention]) -> str:
    """The village of rows on a town's list."""
    return next((one.row["village"] for one in mentions if one.row.get("village")), "")


def _death_of(person: OnePerson) -> tuple[dt.date, Mention] | None:
    found = []
    for one in person.mentions:
        form_id = one.paper.form_id
        is_dead = form_id == "BZ-01" and one.part == "本人"
        is_dead |= form_id == "COM-09" and bool(one.paper.text("death_date"))
        day = one.paper.date("death_date") if is_dead else None
        if form_id == "GL-03" and one.row.get("alive") == "否":
            day = one.date("d")
        if day:
            found.append((day, one))
    # Whoever registered the death knows its day; a survey only found it.
    registered = [pair for pair in found if pair[1].paper.form_id == "BZ-01"]
    return min(registered or found, key=lambda pair: pair[0], default=None)


def held_twice(person: OnePerson, asked: Asked) -> Iterator[Doubt]:
    """C9: two things nobody may have both of, or one in two households, at one time."""
    held = stretches(person.mentions)
    pairs = {frozenset(pair) for pair in asked.check.pairs}
    told: set[tuple[str, str]] = set()
    for one, other in combinations(held, 2):
        is_one = one.is_renewed_by(other)
        both = (min(one.dossier, other.dossier), max(one.dossier, other.dossier))
        if is_one or frozenset(both) not in pairs or both in told or not one.overlaps(other):
            continue
        if not _is_excluded(one, other):
            continue
        told.add(both)
        yield _twice(person, one, other, asked)


def _is_excluded(one: Stretch, other: Stretch) -> bool:
    """Whoever is in a household's 低保 may have the nursing subsidy; an orphan not the other."""
    both = {one.dossier, other.dossier}
    if both == {"ET", "CB"}:
        subsidy = one if one.dossier == "CB" else other
        return "生活补贴" in subsidy.kinds
    return True


def _twice(person: OnePerson, one: Stretch, other: Stretch, asked: Asked) -> Doubt:
    names = asked.county.dossiers
    said = []
    for held in (one, other):
        dossier = names.by_code(held.dossier)
        place = f"{held.paper.town}{held.paper.village}"
        kind = dossier.short_name if dossier else held.dossier
        said.append(f"{place}{kind}（{print_months(held.since)}起）")
    cited = [
        cite(asked, held.paper, ("姓名", person.name), ("起始月份", print_months(held.since)))
        for held in (one, other)
    ]
    both = sorted((one.dossier, other.dossier))
    cases = sorted((one.case_no, other.case_no)) if both[0] == both[1] else []
    what = f"{said[0]} 与 {said[1]} 不得同时享受"
    return doubt(
        asked, (person.subject, *both, *cases), person.name, what, *cited,
        place=shared_place(cited), dossier=one.dossier, year=str(max(one.since, other.since)[0]),
    )  # fmt: skip


def shared_place(cited: Sequence[Cited]) -> tuple[str, str]:
    """The village of some papers, or their town, or the county."""
    towns, villages = {one.town for one in cited}, {one.village for one in cited}
    if len(towns) > 1:
        return place_of_several(towns), ""
    return next(iter(towns)), next(iter(villages)) if len(villages) == 1 else ""


def numbers_wrong(person: OnePerson, asked: Asked) -> Iterator[Doubt]:
    """C11: one number with two names; a sex that is not the number's."""
    by_name: dict[str, Mention] = {}
    for one in person.mentions:
        if one.name and _is_certain(one, asked):
            by_name.setdefault(one.name, one)
    if len(by_name) > 1:
        names = sorted(by_name)
        cited = [cite(asked, by_name[name].paper, ("姓名", name)) for name in names[:4]]
        what = f"同一身份证号写了不同的姓名：{'、'.join(names[:4])}"
        yield doubt(asked, (person.subject, "姓名"), person.name, what, *cited,
                    place=shared_place(cited))  # fmt: skip
    for one in person.mentions:
        told = one.row.get("gender", "") if one.row.get("id_no") == person.id_no else ""
        if told and sex(person.id_no) and told != sex(person.id_no) and _is_certain(one, asked):
            what = f"按身份证号性别是{sex(person.id_no)}，写的是{told}"
            yield doubt(
                asked, (person.subject, "性别"), person.name, what,
                cite(asked, one.paper, ("姓名", one.name), ("性别", told)),
            )  # fmt: skip
            return


def _is_certain(one: Mention, asked: Asked) -> bool:
    """A misread name or number is no doubt about a paper."""
    return one.paper.looks.confidence * 100 >= asked.limit("certain")


def relief_repeated(person: OnePerson, asked: Asked) -> Iterator[Doubt]:
    """C15: helped twice for the same cause in a natural year."""
    by_cause: dict[tuple[int, str], list[Mention]] = defaultdict(list)
    for one in person.mentions:
        day = one.date("apply_date")
        is_own = one.part in _OWN and one.paper.form_id in ("LS-01", "LS-03")
        if is_own and day and one.paper.text("id_no") == person.id_no:
            for cause in one.text("hard_type").split("、"):
                by_cause[day.year, cause].append(one)
    for (year, cause), found in by_cause.items():
        cases = {one.paper.case_no or one.paper.key: one for one in found}
        if cause and len(cases) > 1:
            days = [print_date(day) for one in cases.values() if (day := one.date("apply_date"))]
            what = f"{year}年因{cause}的临时救助 {' 与 '.join(days[:3])} 两次，事由相同"
            cited = [
                cite(asked, one.paper, ("姓名", one.name), ("困难类型", cause), ("申请日期", day))
                for one, day in zip(cases.values(), days, strict=False)
            ]
            yield doubt(asked, (person.subject, str(year), cause), person.name, what, *cited,
                        place=shared_place(cited), year=str(year))  # fmt: skip
