"""Checks of one case: dates, signatures, papers, relatives, reviews (C5, C7, C8, C12, C13)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from minzheng.county.registry.required_papers import Scheme, Step
from minzheng.county.writing.chinese_dates import print_date, term_end
from minzheng.inspection.case_steps import CaseFacts, Measure, Opened, Proof, steps_of
from minzheng.inspection.checks.asked import Asked, cite, doubt
from minzheng.inspection.checks.decided import Held
from minzheng.inspection.checks.papers import Mention, Paper
from minzheng.inspection.checks.village_papers import VillagePapers, name_in
from minzheng.inspection.doubts import Doubt

_NAMES = {
    "apply_date": "申请日期", "accept_date": "受理日期", "survey_date": "调查日期",
    "meet_date": "评议日期", "pub_start": "公示开始", "t_date": "镇审核日期",
    "c_date": "县批准日期", "f_date": "残联审核日期", "b_date": "县主管部门日期",
    "e_date": "县主管部门日期",
}  # fmt: skip
#: Forms of a case that tell days of the work once and for all; reviews have days of their own.
_OF_THE_WORK = frozenset({
    "DB-01", "DB-02", "TK-01", "TK-03", "LS-01", "LS-03", "COM-01", "COM-02", "COM-03", "COM-04",
    "COM-05", "CB-01", "GL-01", "YL-01", "ET-01", "ET-02",
})  # fmt: skip
_REVIEWS = ("DB-05", "COM-09", "TK-03B", "CB-05")
_OPENED = ("apply_date", "accept_date", "relief_date")


def dates_reversed(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C5: a later step of a case dated before an earlier one; signed on a day off."""
    for case_no, found in papers.by_case.items():
        dated = _dated(found, asked.check.order)
        latest: tuple[str, dt.date, Paper] | None = None
        for slug in asked.check.order:
            if slug not in dated:
                continue
            day, paper = dated[slug]
            if latest and day < latest[1]:
                yield _reversed(case_no, latest, (slug, day, paper), asked)
                break
            latest = (slug, day, paper)
        yield from _on_days_off(case_no, found, asked)


def _dated(found: Sequence[Paper], order: Sequence[str]) -> dict[str, tuple[dt.date, Paper]]:
    """Each day of a case as the paper of that step tells it; others only repeat it."""
    dated: dict[str, tuple[dt.date, Paper]] = {}
    for paper in sorted(found, key=lambda one: (one.is_scan, -len(one.values))):
        if paper.form_id in _OF_THE_WORK:
            for slug in order:
                day = paper.date(slug)
                if day:
                    dated.setdefault(slug, (day, paper))
    return dated


def _reversed(
    case_no: str,
    before: tuple[str, dt.date, Paper],
    after: tuple[str, dt.date, Paper],
    asked: Asked,
) -> Doubt:
    (slug, day, paper), (next_slug, next_day, other) = before, after
    first, second = _NAMES[slug], _NAMES[next_slug]
    what = f"{first}{print_date(day)}，{second}{print_date(next_day)}，先后颠倒"
    cited = [cite(asked, paper, (first, paper.text(slug)))]
    said = (second, other.text(next_slug))
    if other == paper:
        cited = [cite(asked, paper, (first, paper.text(slug)), said)]
    else:
        cited.append(cite(asked, other, said))
    name = paper.text("name") or other.text("name") or case_no
    return doubt(asked, (case_no, slug, next_slug), name, what, *cited, year=str(day.year))


def _on_days_off(case_no: str, found: Sequence[Paper], asked: Asked) -> Iterator[Doubt]:
    for paper in found:
        if paper.is_scan or paper.form_id not in _OF_THE_WORK:
            continue
        for slug in asked.check.words:
            day = paper.date(slug)
            if day and not asked.county.calendar.is_working_day(day):
                what = f"{_NAMES.get(slug, '日期')}{print_date(day)}不是工作日，是节假日"
                yield doubt(
                    asked, (case_no, paper.form_id, slug, "节假日"),
                    paper.text("name") or case_no, what,
                    cite(asked, paper, (_NAMES.get(slug, "日期"), paper.text(slug))),
                    year=str(day.year), is_warning=True,
                )  # fmt: skip


def signatures_missing(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C7: a place for a signature or seal that is empty on the scan of a closed case."""
    closed = _closed_cases(papers)
    for (form_id, case_no), scans in _scans_by_paper(papers).items():
        if case_no not in closed or form_id in _NOT_SIGNED_HERE:
            continue
        unsigned = dict.fromkeys(label for scan in scans for label in scan.looks.unsigned)
        pictured = [one for one in scans if one.looks.is_pictured]
        rooms = asked.seals.get(form_id, ())
        is_unsealed = bool(rooms and pictured) and not any(one.looks.seals for one in pictured)
        if not unsigned and not is_unsealed:
            continue
        lacking = [*unsigned, *(["盖章"] if is_unsealed else [])]
        first = scans[0]
        what = f"{asked.title_of(first)}应签字、盖章，扫描件上没有{'、'.join(lacking[:6])}"
        cited = [cite(asked, one, *((label, "没有") for label in lacking[:6])) for one in scans[:2]]
        name = _name_of(papers, case_no) or first.text("name") or case_no
        yield doubt(asked, (form_id, case_no), name, what, *cited, year=first.year)


#: Seals of notices are asked for by a check of their own.
_NOT_SIGNED_HERE = frozenset({"COM-05", "GS-01", "GS-03", "GS-04", "COM-06"})


def _scans_by_paper(papers: VillagePapers) -> dict[tuple[str, str], list[Paper]]:
    found: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for one in papers.papers:
        if one.is_scan and one.case_no and one.village == papers.village:
            found[one.form_id, one.case_no].append(one)
    return found


def _closed_cases(papers: VillagePapers) -> set[str]:
    decided = papers.of(
        "DB-02", "TK-03", "LS-01", "LS-02", "LS-03", "CB-01", "GL-01", "YL-01", "ET-01", "ET-02"
    )
    return {one.case_no for one in decided if one.case_no}


def _name_of(papers: VillagePapers, case_no: str) -> str:
    named = (one.text("name") for one in papers.by_case.get(case_no, ()))
    return next(filter(None, named), "")


def papers_missing(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C8: a step of a closed case that nothing proves, neither a document nor a scan."""
    measure = Measure(asked.today, asked.county.terms, asked.county.calendar)
    listings = _listings(papers)
    closed = _closed_cases(papers)
    for case_no, found in papers.by_case.items():
        scheme = asked.county.required.schemes.get(case_no.partition("-")[0])
        if scheme is None or case_no not in closed:
            continue
        name = _name_of(papers, case_no)
        proofs = [*_own_proofs(found, scheme), *_listed_proofs(scheme, listings.get(name, ()))]
        days = [day for one in found for slug in _OPENED if (day := one.date(slug))]
        opened = Opened(min(days), min(days)) if days else Opened()
        lacking = [
            step for one in steps_of(scheme, CaseFacts(proofs, opened), measure)
            if one.is_lacking and not one.proofs and (step := scheme.step_named(one.name))
        ]  # fmt: skip
        if lacking and days:
            yield _lacking(case_no, name, found, lacking, asked)


def _listings(papers: VillagePapers) -> dict[str, list[Paper]]:
    """Lists by the names that stand on them."""
    found: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers.counting:
        for name in {name_in(row) or row.get("c_name", "") for row in papers.rows_here(paper)}:
            if name:
                found[name].append(paper)
    return found


def _own_proofs(found: Sequence[Paper], scheme: Scheme) -> Iterator[Proof]:
    for paper in found:
        step = scheme.step_of(paper.form_id)
        if step:
            yield Proof(step.name, paper.day, paper.is_scan, paper.form_id)


def _listed_proofs(scheme: Scheme, listings: Sequence[Paper]) -> Iterator[Proof]:
    for paper in listings:
        for step in scheme.steps:
            if paper.form_id in step.lists:
                yield Proof(step.name, paper.day, paper.is_scan)


def _lacking(
    case_no: str, name: str, found: Sequence[Paper], lacking: Sequence[Step], asked: Asked
) -> Doubt:
    names = "、".join(step.name for step in lacking)
    there = sorted({paper.form_id for paper in found})
    what = f"没有找到“{names}”的材料"
    form_id = min((form for step in lacking for form in step.all_forms), default="")
    wanted = [form for step in lacking for form in sorted(step.forms or step.lists)]
    said = ("已有", "、".join(there))
    return doubt(
        asked, (case_no,), name or case_no, what,
        *(cite(asked, one, ("案件编号", case_no), said) for one in found[:1]),
        form_id=(wanted or [form_id])[0], year=found[0].year,
    )  # fmt: skip


def relatives_not_filed(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C12: a relation was declared, or an official stands in the household, and none was filed."""
    filed = {
        row["obj_id"] for paper in papers.of("COM-08") for row in paper.rows if row.get("obj_id")
    }
    told: set[str] = set()
    for paper in papers.of("COM-01", "DB-01"):
        number = paper.text("id_no")
        if paper.text("relative_decl") == "是" and number and number not in filed | told:
            told.add(number)
            what = "写明有近亲属关系“是”，没有找到近亲属备案登记表（COM-08）"
            says = (("姓名", paper.text("name")), ("有近亲属关系", "是"))
            yield doubt(asked, (paper.case_no or number, "申明"), paper.text("name"), what,
                        cite(asked, paper, *says), year=paper.year)  # fmt: skip
    yield from _officials_in_households(papers, filed, asked)


def _officials_in_households(
    papers: VillagePapers, filed: set[str], asked: Asked
) -> Iterator[Doubt]:
    officials = {one.text("staff_id"): one for one in papers.of("COM-08") if one.text("staff_id")}
    told: set[tuple[str, str]] = set()
    for number, sheet in officials.items():
        for one in papers.mentions.get(number, ()):
            applicant = one.paper.text("id_no")
            is_kin = one.part in ("成员", "义务人") and one.paper.form_id in (
                "DB-01",
                "DB-02",
                "TK-01",
            )
            if is_kin and applicant not in filed and (number, applicant) not in told:
                told.add((number, applicant))
                yield _kin_of_official(one, sheet, asked)


def _kin_of_official(one: Mention, sheet: Paper, asked: Asked) -> Doubt:
    name, official = one.paper.text("name"), sheet.text("staff_name")
    what = f"{one.part}{one.name} 与 干部{official}是同一身份证号，没有近亲属备案"
    return doubt(
        asked, (one.paper.case_no, "干部"), name, what,
        cite(asked, one.paper, ("姓名", name), (one.part, one.name)),
        cite(asked, sheet, ("干部", official), ("职务", sheet.text("staff_post"))),
        year=one.paper.year,
    )  # fmt: skip


def reviews_overdue(papers: VillagePapers, held: Sequence[Held], asked: Asked) -> Iterator[Doubt]:
    """C13: a benefit that goes on, and whose last review is longer ago than the county sets."""
    today = (asked.today.year, asked.today.month)
    dead = {one.text("id_no") for one in papers.of("BZ-01")}
    for case in held:
        term_name = _again(asked, case.dossier)
        decided = case.paper.date("c_date")
        if not term_name or decided is None or case.is_over(today) or case.id_no in dead:
            continue
        day, paper = max(
            ((one.day, one) for one in _reviews_of(papers, case) if one.day),
            default=(decided, case.paper), key=lambda pair: pair[0],
        )  # fmt: skip
        term = asked.county.terms.find(_cycle(paper, term_name), day)
        due = term_end(day, term.value) if term and term.unit == "月" else None
        if due and due < asked.today:
            label = "最近核查" if paper != case.paper else "批准日期"
            every = f"每{term.value if term else ''}个月核查一次"
            what = f"{label}{print_date(day)}，{every}，应在{print_date(due)}前核查，没有找到"
            yield doubt(
                asked, (case.id_no, case.dossier, case.case_no), case.name, what,
                cite(asked, paper, ("姓名", case.name), (label, print_date(day))),
                place=papers.place, dossier=case.dossier, year=str(due.year),
            )  # fmt: skip


def _again(asked: Asked, dossier: str) -> str:
    scheme = asked.county.required.schemes.get(dossier)
    return next((step.again for step in scheme.steps if step.again), "") if scheme else ""


def _cycle(paper: Paper, term_name: str) -> str:
    kind = paper.text("class") if paper.form_id == "DB-05" else ""
    return f"低保核查·{kind}" if kind else term_name


def _reviews_of(papers: VillagePapers, case: Held) -> Iterator[Paper]:
    for paper in papers.of(*_REVIEWS):
        is_same = bool(paper.case_no) and paper.case_no == case.case_no
        if is_same or paper.text("id_no") == case.id_no:
            yield paper


def letters_without_receipt(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """Letters of refusal or stopping of which no receipt is dated."""
    for paper in papers.of("COM-07"):
        scans = papers.scans_of(paper)
        is_signed = paper.date("receive_date") or any(one.date("receive_date") for one in scans)
        if is_signed or not (paper.is_scan or scans):
            continue
        name = paper.text("addressee") or paper.text("name") or paper.case_no
        what = "告知书没有签收日期，看不出已经送达"
        key = (paper.case_no or paper.key, paper.text("decision"), str(paper.day or ""))
        yield doubt(asked, key, name, what, cite(asked, paper, ("受送达人", name)), year=paper.year)


def agreements_ended(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """Whose last agreement on care has ended."""
    latest: dict[str, Paper] = {}
    for paper in papers.of("TK-04"):
        who, end = paper.text("b_name") or paper.text("name"), paper.date("to_date")
        known = latest.get(who)
        if who and end and (known is None or end > (known.date("to_date") or end)):
            latest[who] = paper
    for who, paper in latest.items():
        end = paper.date("to_date")
        if end and end < asked.today:
            what = f"照料协议{print_date(end)}到期，没有找到续签的协议"
            yield doubt(asked, (*papers.place, who), who, what,
                        cite(asked, paper, ("姓名", who), ("终止日期", paper.text("to_date"))),
                        year=paper.year)  # fmt: skip


def paid_without_approval(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """Who stands on a list by number, and on no approval of that dossier in the village."""
    schemes = asked.county.required.schemes
    for dossier, scheme in schemes.items():
        paid = scheme.step_named("发放")
        proof = scheme.step_named("审批") or scheme.step_named("申请")
        if paid is None or proof is None:
            continue
        approved = {
            one.id_no
            for mentions in papers.mentions.values() for one in mentions
            if one.paper.form_id in proof.all_forms
        }  # fmt: skip
        yield from _unapproved(papers, dossier, paid.all_forms, approved, asked)


def _unapproved(
    papers: VillagePapers, dossier: str, lists: frozenset[str], approved: set[str], asked: Asked
) -> Iterator[Doubt]:
    told: set[str] = set()
    for paper in papers.of(*sorted(lists)):
        if paper.form_id.partition("-")[0] not in (dossier, "GS"):
            continue
        for row in papers.rows_here(paper):
            number = row.get("id_no", "")
            if number and number not in approved | told:
                told.add(number)
                name = name_in(row) or number
                what = "名单上有，没有找到本人的审批表"
                yield doubt(
                    asked, (number, dossier), name, what, cite(asked, paper, ("姓名", name)),
                    place=papers.place, dossier=dossier, year=paper.year,
                )  # fmt: skip


def unsound_numbers(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C11: a number whose check digit or birthday is wrong; one person with two numbers."""
    for paper in papers.of(*_NUMBERED):
        is_certain = paper.looks.confidence * 100 >= asked.limit("certain")
        for number in paper.text("unsound").split("、") if is_certain else ():
            if number:
                name = paper.text("name") or paper.title
                what = f"身份证号{number}的校验位或出生日期不对，至少有一位写错"
                yield doubt(asked, (paper.case_no or paper.key, number), name, what,
                            cite(asked, paper, ("身份证号", number)), year=paper.year)  # fmt: skip
    for case_no, found in papers.by_case.items():
        yield from _two_numbers(case_no, found, asked)


def _two_numbers(case_no: str, found: Sequence[Paper], asked: Asked) -> Iterator[Doubt]:
    """The head of a case under one name and two numbers."""
    numbers: dict[str, Paper] = {}
    names: set[str] = set()
    for paper in found:
        is_certain = paper.looks.confidence * 100 >= asked.limit("certain")
        if paper.form_id in _NUMBERED and paper.text("id_no") and is_certain:
            numbers.setdefault(paper.text("id_no"), paper)
            names.add(paper.text("name"))
    if len(numbers) > 1 and len(names - {""}) == 1:
        cited = [cite(asked, one, ("姓名", one.text("name")), ("身份证号", number))
                 for number, one in numbers.items()]  # fmt: skip
        name = (names - {""}).pop()
        what = f"同一案件中{name}写了不同的身份证号：{'、'.join(numbers)}"
        yield doubt(asked, (case_no, "两号"), name, what, *cited[:4], year=found[0].year)


#: Forms of one household, whose first name and number are its head's.
_NUMBERED = (
    "DB-01", "DB-02", "TK-01", "TK-03", "LS-01", "LS-03", "COM-01", "COM-03", "COM-09", "CB-01",
    "GL-01", "DB-05", "BZ-01", "ZF-01",
)  # fmt: skip
