"""Checks of what is made public: seals, days, photos, words, levels (C3, C4, C16, C17)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from minzheng.county.minors import day_of_majority
from minzheng.county.registry.terms import ADULT_AGE
from minzheng.county.writing.chinese_dates import print_date
from minzheng.county.writing.id_card import birth_date
from minzheng.county.writing.integers import integer_in
from minzheng.inspection.checks.asked import Asked, cite, doubt
from minzheng.inspection.checks.papers import Paper, Row, money_in, print_months
from minzheng.inspection.checks.village_papers import VillagePapers, name_in
from minzheng.inspection.checks.what_is_read import NOTICES, REPORT
from minzheng.inspection.doubts import Doubt

_ROSTERS = {"DB-03": "低保", "TK-07": "特困"}
_CHILDREN = "ET"


def notices_without_seal(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C3: a notice of which no stamped scan lies in the archive after so many days."""
    since = asked.today - dt.timedelta(days=asked.limit("days"))
    for notice in papers.of(*NOTICES):
        scans = papers.scans_of(notice)
        is_stamped = any(one.looks.seals for one in scans)
        if is_stamped or notice.village != papers.village or not notice.day or notice.day > since:
            continue
        found = "扫描件上没有章" if scans else "没有扫描件"
        day = print_date(notice.day)
        what = f"{_named(notice, asked)}（{day}）{found}"
        cited = [cite(asked, notice, ("日期", day), ("公示事项", notice.text("scheme")))]
        cited += [cite(asked, one, ("盖章", "没有找到章")) for one in scans if one != notice]
        yield doubt(
            asked, _notice_key(notice, papers), _named(notice, asked), what, *cited,
            year=notice.year,
        )  # fmt: skip


def _named(notice: Paper, asked: Asked) -> str:
    scheme = notice.text("scheme")
    title = asked.title_of(notice)
    return title if scheme in title else f"{scheme}{title}"


def _notice_key(notice: Paper, papers: VillagePapers) -> tuple[str, ...]:
    """What names a notice for good: its number, else its place, scheme and day."""
    if notice.case_no:
        return notice.form_id, notice.case_no
    return notice.form_id, *papers.place, notice.text("scheme"), str(notice.day)


def notices_too_short(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C4: made public for fewer days than the county asks, or without photos of that time."""
    reported: set[str] = set()
    for report in papers.of(REPORT):
        reported.add(report.text("notice_no"))
        yield from _report_doubts(report, papers, asked)
    for notice in papers.of("COM-05"):
        start, end = notice.date("pub_start"), notice.date("pub_end")
        if start and end and notice.case_no not in reported:
            yield from _short(notice, start, end, papers, asked)


def _report_doubts(report: Paper, papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    start = report.date("post_date") or report.date("pub_start")
    end = report.date("down_date") or report.date("pub_end")
    if start and end:
        yield from _short(report, start, end, papers, asked)
    taken = report.date("photo_time")
    if start and end and taken and not start <= taken <= end:
        what = f"照片是{print_date(taken)}拍的，不在公示期{_period(start, end)}内"
        yield _of_notice(
            report, "照片时间", what, papers, asked, ("照片拍摄日期", print_date(taken))
        )
    photos = sum(bool(report.text(slug)) for slug in ("photo_near", "photo_far"))
    least = asked.limit("photos")
    is_photographed = photos >= least or any(map(_has_picture, papers.scans_of(report)))
    if not report.is_scan and not is_photographed:
        what = f"公示情况报告的照片只有{photos}张，应有{least}张"
        yield _of_notice(
            report, "照片", what, papers, asked, ("公示编号", report.text("notice_no"))
        )


def _has_picture(scan: Paper) -> bool:
    """The printed report is glued with photos and scanned: they are on the picture."""
    return scan.looks.is_pictured


def _short(
    paper: Paper, start: dt.date, end: dt.date, papers: VillagePapers, asked: Asked
) -> Iterator[Doubt]:
    until = asked.publicity.last_day(start)
    if until is None or end >= until:
        return
    told = asked.publicity.told(start)
    what = f"公示{_period(start, end)}，只有 {(end - start).days} 天，应公示 {told}"
    says = (("开始", print_date(start)), ("结束", print_date(end)))
    yield _of_notice(paper, "天数", what, papers, asked, *says)


def _period(start: dt.date, end: dt.date) -> str:
    return f"{print_date(start)}至{print_date(end)}"


def _of_notice(
    paper: Paper, kind: str, what: str, papers: VillagePapers, asked: Asked, *says: tuple[str, str]
) -> Doubt:
    """A doubt about a report, with the notice it reports on beside it."""
    number = paper.text("notice_no")
    notices = [one for one in papers.of(*NOTICES) if number and one.case_no == number]
    cited = [cite(asked, paper, *says)]
    cited += [
        cite(asked, one, ("公示事项", one.text("scheme")), ("公示编号", number)) for one in notices
    ]
    key = (kind, *_notice_key(paper, papers))
    return doubt(asked, key, _named(paper, asked), what, *cited, year=paper.year)


def notices_tell_too_much(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C16: a notice with numbers, diseases, or a child's name on it."""
    children = _children(papers, asked.today, asked)
    for notice in papers.of(*NOTICES):
        if notice.village != papers.village:
            continue
        told = [("公示的内容", one) for one in notice.text("leaks").split("；") if one]
        named = [name for row in notice.rows if (name := name_in(row)) in children]
        cited = [children[name] for name in dict.fromkeys(named)]
        told += [("公示的姓名", name) for name in dict.fromkeys(named)]
        if told:
            shown = "、".join(dict.fromkeys(kind_of(label, said) for label, said in told))
            what = f"{_named(notice, asked)}上有不得公示的内容：{shown}"
            beside = [cite(asked, one, ("姓名", one.text("name"))) for one in cited[:3]]
            # Who may not see children's papers is not told of this doubt either.
            yield doubt(
                asked, _notice_key(notice, papers), _named(notice, asked), what,
                cite(asked, notice, *told[:6]), *beside, year=notice.year,
                dossier=_CHILDREN if cited else notice.dossier,
            )  # fmt: skip


def kind_of(label: str, said: str) -> str:
    """What kind of thing a notice must not tell."""
    return "儿童的姓名" if label == "公示的姓名" else said.split("：", 1)[0]


def _children(papers: VillagePapers, today: dt.date, asked: Asked) -> dict[str, Paper]:
    """Children of the village that its papers of children are about, by name."""
    age = asked.county.terms.on(ADULT_AGE, today) or 18
    after = day_of_majority(today, age)
    found = {}
    for paper in papers.counting:
        born = birth_date(paper.text("id_no"))
        if paper.form_id.startswith(_CHILDREN) and paper.text("name") and born and born > after:
            found[paper.text("name")] = paper
    return found


def levels_differ(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C17: three levels as their sheet tells, and rosters beside the notices of the month."""
    for sheet in papers.of("GS-09"):
        for row in sheet.rows:
            if row.get("village") == papers.village and not row.get("fixed"):
                yield from _unlike_levels(sheet, row, papers, asked)
    notices = {(one.text("scheme"), one.month): one for one in papers.of("GS-01") if one.month}
    for roster in papers.of(*_ROSTERS):
        month = roster.month
        notice = notices.get((_ROSTERS[roster.form_id], month)) if month else None
        if notice and roster.village == papers.village:
            yield from _unlike_totals(roster, notice, papers, asked)


def _unlike_levels(sheet: Paper, row: Row, papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    levels = {
        level: tuple(_plain(row.get(f"{level}_{what}", "")) for what in ("hh", "n", "a"))
        for level in ("c", "t", "v")
    }
    if len(set(levels.values())) < 2:
        return
    names = {"c": "县", "t": "镇", "v": "村公示"}
    says = [
        (names[level], f"{hh}户{persons}人{amount}元")
        for level, (hh, persons, amount) in levels.items()
    ]
    what = f"{' 与 '.join(f'{name}{said}' for name, said in says)} 不一致"
    scheme = sheet.text("scheme")
    key = (*papers.place, scheme, sheet.text("month") or str(sheet.day), "核对表")
    raw = [("村", papers.village), *((names[k[0]], row[k]) for k in row if k[:2] in _LEVELS)]
    yield doubt(
        asked, key, f"{papers.village}{scheme}", what, cite(asked, sheet, *raw),
        place=papers.place, year=sheet.year,
    )  # fmt: skip


_LEVELS = ("c_", "t_", "v_")


def _plain(text: str) -> str:
    amount = money_in(text)
    return f"{amount.normalize():f}" if amount is not None else text


def _unlike_totals(
    roster: Paper, notice: Paper, papers: VillagePapers, asked: Asked
) -> Iterator[Doubt]:
    """Households, people, money: of the roster, and of the notice of the same month."""
    pairs = (("户", "sum_hh", "total_hh"), ("人", "sum_person", "total_person"),
             ("元", "sum_amount", "total_amount"))  # fmt: skip
    unlike = [
        (unit, roster.text(one), notice.text(other))
        for unit, one, other in pairs
        if roster.text(one)
        and notice.text(other)
        and _number(roster.text(one)) != _number(notice.text(other))
    ]
    if not unlike or not notice.month:
        return
    said = "、".join(f"{one}{unit}" for unit, one, _ in unlike)
    shown = "、".join(f"{other}{unit}" for unit, _, other in unlike)
    month = print_months(notice.month)
    yield doubt(
        asked, (*papers.place, notice.text("scheme"), month, "名册"),
        f"{papers.village}{notice.text('scheme')}", f"{month}花名册{said} 与 公示表{shown} 不一致",
        cite(asked, roster, *((f"合计（{unit}）", one) for unit, one, _ in unlike)),
        cite(asked, notice, *((f"合计（{unit}）", other) for unit, _, other in unlike)),
        year=notice.year,
    )  # fmt: skip


def _number(text: str) -> Decimal | int | None:
    return money_in(text) or integer_in(text)
