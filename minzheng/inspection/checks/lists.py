"""Checks of meetings, relief, ledgers, directories and ages (C14, C15, C18–C22)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from minzheng.county.writing.chinese_dates import print_date
from minzheng.county.writing.id_card import age_on
from minzheng.county.writing.integers import integer_in
from minzheng.inspection.checks.alike import likely_pairs, similarity
from minzheng.inspection.checks.asked import Asked, cite, doubt
from minzheng.inspection.checks.papers import Paper, day_in, money_in
from minzheng.inspection.checks.village_papers import VillagePapers, name_in
from minzheng.inspection.doubts import Doubt, place_of_several

_CLOSED = "已销号"
_LONGEST_RUN = 2000  #: numbers of a box; others count something else
_BANDS = "高龄补贴"
_OLD = "高龄补贴年龄"
_POLICIES = {
    "低保": "DB", "特困供养": "TK", "临时救助": "LS", "医疗救助": "YL", "残疾人两项补贴": "CB",
    "高龄补贴": "GL",
}  # fmt: skip
_APPLYING = {
    "DB": ("DB-01", "DB-02"), "TK": ("TK-01", "TK-03"), "LS": ("LS-01", "LS-02", "LS-03"),
    "YL": ("YL-01",), "CB": ("CB-01",), "GL": ("GL-01",),
}  # fmt: skip
_SEVERE = ("一级", "二级")


def meetings_irregular(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C14: too few, votes that do not add up, a chair who is not the town's, no photo."""
    for paper in papers.of("COM-04"):
        wrong = [*_too_few(paper, asked), *_votes(paper, asked), *_chair(paper)]
        if not paper.is_scan and not paper.text("photo") and not _has_pictured(papers, paper):
            wrong.append(("照片", "没有会议照片"))
        if wrong:
            said = "；".join(what for _, what in wrong)
            key = (paper.case_no,) if paper.case_no else (*papers.place, str(paper.day))
            about = (
                f"{paper.text('scheme')}民主评议（{print_date(paper.day) if paper.day else ''}）"
            )
            yield doubt(asked, (*key, *sorted({kind for kind, _ in wrong})), about,
                        f"会议记录不合评议规则：{said}",
                        cite(asked, paper, *wrong), year=paper.year)  # fmt: skip


def _has_pictured(papers: VillagePapers, paper: Paper) -> bool:
    return any(one.looks.is_pictured for one in papers.scans_of(paper))


def _too_few(paper: Paper, asked: Asked) -> Iterator[tuple[str, str]]:
    day, terms = paper.day or asked.today, asked.county.terms
    total, present = integer_in(paper.text("group_total")), integer_in(paper.text("present"))
    least = terms.on("评议小组人数", day)
    if total is not None and least and total < least:
        yield "人数", f"评议小组{total}人，应不少于{least}人"
    of, parts = terms.on("评议到会分子", day), terms.on("评议到会分母", day)
    if total and present is not None and of and parts and present * parts < total * of:
        yield "到会", f"应到{total}人，实到{present}人，不到{of}/{parts}"


def _votes(paper: Paper, asked: Asked) -> Iterator[tuple[str, str]]:
    present, day = integer_in(paper.text("present")), paper.day or asked.today
    of, parts = (asked.county.terms.on(f"评议通过{one}", day) for one in ("分子", "分母"))
    away = sum(row.get("p_avoid") == "是" for row in paper.table("attendees"))
    for row in paper.table("cases"):
        votes = [integer_in(row.get(slug, "")) for slug in ("c_yes", "c_no", "c_abs")]
        if present is None or None in votes:
            continue
        total = sum(one or 0 for one in votes)
        if total != present - away:
            yield "票数", f"{row.get('c_name', '')}的票数共{total}，实到{present}人"
        is_passed = row.get("c_pass") == "通过" and of and parts
        if is_passed and (votes[0] or 0) * (parts or 1) < present * (of or 0):
            yield "通过", f"{row.get('c_name', '')}同意{votes[0]}票，不到实到的{of}/{parts}"


def _chair(paper: Paper) -> Iterator[tuple[str, str]]:
    post = paper.text("chair_post")
    if post and "镇" not in post:
        yield "主持人", f"主持人是{post}，不是镇干部"


def minutes_alike(minutes: Sequence[Paper], asked: Asked) -> Iterator[Doubt]:
    """C14: what was said is, word for word, what was said in another village."""
    least, alike = asked.limit("least_characters"), asked.limit("alike") / 100
    known = [one for one in minutes if len(one.text("discussion")) >= least]
    told: set[str] = set()
    for first, second in likely_pairs([one.text("sketch") for one in known]):
        one, other = known[first], known[second]
        is_elsewhere = (one.town, one.village) != (other.town, other.village)
        said, repeated = one.text("discussion"), other.text("discussion")
        if is_elsewhere and other.key not in told and similarity(said, repeated) >= alike:
            told.add(other.key)
            yield _copied(one, other, asked)


def _copied(one: Paper, other: Paper, asked: Asked) -> Doubt:
    places = [
        f"{paper.village}（{print_date(paper.day) if paper.day else ''}）" for paper in (one, other)
    ]
    said = ("发言摘要", one.text("discussion")[:30])
    cited = [cite(asked, one, said), cite(asked, other, said)]
    keys = sorted(
        paper.case_no or f"{paper.town}{paper.village}{paper.day}" for paper in (one, other)
    )
    return doubt(
        asked, ("雷同", *keys), " 与 ".join(places),
        f"{places[0]} 与 {places[1]} 的发言摘要几乎相同", *cited,
        place=(place_of_several((one.town, other.town)), ""), year=other.year,
    )  # fmt: skip


def relief_sheets_irregular(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C15: made up for late, above what a town may give, a fund below nothing."""
    for paper in papers.of("LS-02"):
        due, made_up = paper.date("supp_due"), paper.date("supp_date")
        if due and made_up and made_up > due:
            what = f"补办日期{print_date(made_up)}晚于补办期限{print_date(due)}，超期补办"
            says = (("补办期限", paper.text("supp_due")), ("补办日期", paper.text("supp_date")))
            yield _relief(paper, "补办", what, papers, asked, *says)
    for paper in papers.of("LS-03"):
        limit, given = paper.money("town_limit"), paper.money("ok_amount")
        if limit is not None and given is not None and given > limit:
            what = f"批准金额{given}元，超过镇级限额{limit}元"
            says = (("批准金额", paper.text("ok_amount")), ("镇级限额", paper.text("town_limit")))
            yield _relief(paper, "限额", what, papers, asked, *says)


def _relief(
    paper: Paper, kind: str, what: str, papers: VillagePapers, asked: Asked, *says: tuple[str, str]
) -> Doubt:
    name = paper.text("name") or paper.case_no
    key = (kind, paper.case_no or f"{papers.town}{papers.village}{name}{paper.day}")
    cited = cite(asked, paper, ("姓名", name), *says)
    return doubt(asked, key, name, what, cited, year=paper.year)


def funds_below_nothing(sheets: Sequence[Paper], asked: Asked) -> Iterator[Doubt]:
    """C15: the balance of a town's fund."""
    for sheet in sheets:
        for row in sheet.rows:
            balance = money_in(row.get("balance", "").lstrip("-"))
            if balance and row["balance"].startswith("-"):
                what = f"备用金结余{row['balance']}元，小于零"
                yield doubt(
                    asked, ("结余", sheet.town, row.get("d", ""), row.get("summary", "")),
                    f"{sheet.town}备用金", what,
                    cite(asked, sheet, ("日期", row.get("d", "")), ("结余", row["balance"])),
                    year=sheet.year,
                )  # fmt: skip


def directories_differ(
    papers: VillagePapers, titles: Mapping[tuple[str, str], Sequence[str]], asked: Asked
) -> Iterator[Doubt]:
    """C18: what a box's directory names and the archive does not hold; numbers used twice."""
    for paper in papers.of("ZH-04"):
        dossier = asked.county.dossiers.by_word(paper.text("dossier"))
        year = paper.text("year")
        if dossier is None or not year or paper.village != papers.village:
            continue
        about = f"{dossier.short_name} {year} 年第 {paper.text('box_no')} 盒"
        key = (*papers.place, dossier.code, year, paper.text("box_no"))
        items = [row["title"] for row in paper.rows if row.get("title")]
        there = titles.get((dossier.code, year), ())
        missing = [item for item in items if not any(is_the_same(item, one) for one in there)]
        if missing:
            found = len(items) - len(missing)
            told = "、".join(missing[:8])
            what = f"目录上有 {len(items)} 件，只找到 {found} 件；没有找到：{told}"
            cited = cite(asked, paper, *(("题名", one) for one in missing[:8]))
            yield doubt(asked, (*key, "缺"), about, what, cited, year=year)
        yield from _numbers_of_items(paper, key, about, year, asked)


def _numbers_of_items(
    paper: Paper, key: tuple[str, ...], about: str, year: str, asked: Asked
) -> Iterator[Doubt]:
    numbers = [row["archive_no"] for row in paper.rows if row.get("archive_no")]
    twice = [one for one, count in Counter(numbers).items() if count > 1]
    ends = [integer_in(one.rsplit("-", 1)[-1]) for one in numbers]
    known = sorted({one for one in ends if one is not None})
    is_run = bool(known) and known[-1] - known[0] < _LONGEST_RUN
    gaps = sorted(set(range(known[0], known[-1] + 1)) - set(known)) if is_run else []
    if twice or (gaps and len(known) == len(numbers)):
        told = [*(f"{one}重号" for one in twice), *(f"缺{one:04}号" for one in gaps[:8])]
        yield doubt(
            asked, (*key, "件号"), about, f"目录的件号没有连着编：{'、'.join(told)}",
            cite(asked, paper, *(("档号", one) for one in twice)), year=year,
        )  # fmt: skip


def is_the_same(item: str, title: str) -> bool:
    """A directory names a paper by its people, a paper itself by its form: their ends agree."""
    ends = min(len(item), len(title), 5)
    return ends >= 3 and (item[-ends:] == title[-ends:] or title in item or item in title)


def problems_left_open(sheets: Sequence[Paper], asked: Asked) -> Iterator[Doubt]:
    """C19: problems past their term, or closed without proof, as the latest ledger tells."""
    latest: dict[tuple[str, str], tuple[Paper, Mapping[str, str]]] = {}
    for sheet in sorted(sheets, key=lambda one: (str(one.day or one.year), one.key)):
        for row in sheet.rows:
            if row.get("problem_no"):
                latest[sheet.town, row["problem_no"]] = (sheet, row)
    for (town, number), (sheet, row) in latest.items():
        what = _open_problem(row, asked.today)
        if what:
            village = row.get("village", "")
            yield doubt(
                asked, (town, number), f"{number}（{village}）", f"{what[0]}，{what[1]}",
                cite(asked, sheet, ("问题编号", number), ("状态", row.get("status", "")),
                     ("时限", row.get("deadline", ""))),
                place=(town, village), year=sheet.year,
            )  # fmt: skip


def _open_problem(row: Mapping[str, str], today: dt.date) -> tuple[str, str] | None:
    status, due = row.get("status", ""), day_in(row.get("deadline", ""))
    if status != _CLOSED:
        measure = row.get("measure") or "没有写措施"
        if due is None or due < today:
            told = f"时限{print_date(due)}应销号" if due else "没有写时限"
            return f"状态“{status}”（{measure}）", told
        return None
    if "verifier" not in row and "deadline" not in row:
        return None  # a text tells no more than the state
    names = (("佐证材料", "evidence"), ("验收人", "verifier"), ("验收日期", "verify_date"))
    lacking = [name for name, slug in names if not row.get(slug)]
    return (f"状态“{_CLOSED}”", f"没有{'、'.join(lacking)}") if lacking else None


def age_bands_wrong(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C20: a band that is not the age's; the old who stand on no list."""
    rosters = [one for one in papers.of("GL-02") if one.day]
    for roster in rosters:
        day = roster.day or asked.today
        for row in papers.rows_here(roster):
            yield from _wrong_band(row, roster, day, papers, asked)
    if rosters:
        newest = max(rosters, key=lambda one: str(one.day))
        yield from _left_out(newest, papers, asked)


def _wrong_band(
    row: Mapping[str, str], roster: Paper, day: dt.date, papers: VillagePapers, asked: Asked
) -> Iterator[Doubt]:
    number, told = row.get("id_no", ""), row.get("band", "")
    age = age_on(number, day)
    right = asked.county.eligibility.band_of(_BANDS, age, day) if age is not None else ""
    if told and right and told != right:
        name = name_in(row)
        what = f"档次写的是{told}，周岁{age}应是{right}"
        yield doubt(
            asked, (number, str(day)), name, what,
            cite(asked, roster, ("姓名", name), ("档次", told)),
            place=papers.place, year=str(day.year),
        )  # fmt: skip


def _left_out(roster: Paper, papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    day = roster.day or asked.today
    least = asked.county.terms.on(_OLD, day)
    listed = {
        row.get("id_no") for one in papers.of("GL-02", "GL-01") for row in (*one.rows, one.values)
    }
    dead = {one.text("id_no") for one in papers.of("BZ-01", "GL-04")}
    for number, mentions in papers.mentions.items():
        age = age_on(number, day)
        if not least or age is None or age < least or number in listed or number in dead:
            continue
        living = [
            one for one in mentions if one.paper.form_id in _HERE and one.part in ("本人", "成员")
        ]
        if living:
            one = living[0]
            what = f"周岁{age}，高龄补贴花名册上没有列入"
            yield doubt(
                asked, (number, "漏列"), one.name, what,
                cite(asked, one.paper, ("姓名", one.name)),
                cite(asked, roster, ("统计截止", print_date(day))),
                place=papers.place, dossier="GL", year=str(day.year), form_id="GL-01",
            )  # fmt: skip


#: Papers whose people live in the village.
_HERE = frozenset({"DB-02", "DB-03", "TK-03", "TK-07", "CB-01", "CB-04", "ZF-01"})


def certificates_ended(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C21: a certificate that has ended, a level that is not the number's."""
    stopped = {one.text("id_no") for one in papers.of("CB-06", "BZ-01")}
    for paper in papers.of("CB-01"):
        number, name = paper.text("id_no"), paper.text("name")
        until = paper.date("cert_valid_to")
        if until and until < asked.today and number not in stopped:
            newer = any(
                (one.date("cert_valid_to") or until) > until
                for one in papers.of("CB-01", "CB-05") if one.text("id_no") == number
            )  # fmt: skip
            if not newer:
                what = f"残疾证有效期至{print_date(until)}，已经过期，还在享受"
                says = (("姓名", name), ("有效期至", paper.text("cert_valid_to")))
                key = (number, "过期", str(until))
                yield doubt(asked, key, name, what, cite(asked, paper, *says), year=paper.year)
    for paper in papers.of("CB-04"):
        for row in papers.rows_here(paper):
            yield from _wrong_level(row, paper, papers, asked)


_LEVELS = {"1": "一级", "2": "二级", "3": "三级", "4": "四级"}


def _wrong_level(
    row: Mapping[str, str], paper: Paper, papers: VillagePapers, asked: Asked
) -> Iterator[Doubt]:
    certificate, told = row.get("dis_cert", ""), row.get("dis_level", "")
    right = _LEVELS.get(certificate[19:20], "")
    if told and right and told != right:
        name = name_in(row)
        what = f"证号中的等级是{right}，写的等级是{told}"
        cited = cite(asked, paper, ("姓名", name), ("等级", told))
        key = (row.get("id_no", name), "等级")
        yield doubt(asked, key, name, what, cited, place=papers.place)


def not_yet_helped(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """C22: should have it, has it not, and nobody applied since the visit."""
    for visit in papers.of("ZF-01"):
        number, day = visit.text("id_no"), visit.date("visit_date")
        if not number or day is None or day + dt.timedelta(days=asked.limit("days")) >= asked.today:
            continue
        for row in visit.table("policies"):
            dossier = _POLICIES.get(row.get("p_name", ""), "")
            if not dossier or row.get("p_should") != "是" or row.get("p_has") != "否":
                continue
            if not _applied(papers, number, dossier, day):
                yield _clue(visit, row["p_name"], dossier, papers, asked)
    yield from _without_nursing(papers, asked)


def _applied(papers: VillagePapers, number: str, dossier: str, day: dt.date) -> bool:
    mentions = papers.mentions.get(number, ())
    return any(
        one.paper.form_id in _APPLYING[dossier] and (one.paper.day or day) >= day
        for one in mentions
    )


def _clue(visit: Paper, policy: str, dossier: str, papers: VillagePapers, asked: Asked) -> Doubt:
    name, day = visit.text("name"), visit.date("visit_date") or asked.today
    what = f"走访登记（{print_date(day)}）写着应享{policy}、已享“否”，没有找到申请"
    return doubt(
        asked, (visit.text("id_no"), dossier), name, what,
        cite(asked, visit, ("姓名", name), ("政策", policy)),
        place=papers.place, dossier=dossier, year=str(day.year),
    )  # fmt: skip


def _without_nursing(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """The severely disabled who are given the living subsidy alone."""
    nursed: set[str] = set()
    alone: dict[str, tuple[Paper, Mapping[str, str]]] = {}
    for paper in papers.of("CB-04"):
        for row in papers.rows_here(paper):
            number, kind = row.get("id_no", ""), row.get("kind", "")
            if kind in ("护理", "两项"):
                nursed.add(number)
            elif kind == "生活" and row.get("dis_level") in _SEVERE:
                alone[number] = (paper, row)
    for number, (paper, row) in alone.items():
        if number and number not in nursed:
            name, level = name_in(row), row["dis_level"]
            what = f"残疾等级{level}，只享受生活补贴，没有护理补贴"
            yield doubt(
                asked, (number, "护理补贴"), name, what,
                cite(asked, paper, ("姓名", name), ("等级", level)),
                place=papers.place, dossier="CB", year=paper.year,
            )  # fmt: skip
