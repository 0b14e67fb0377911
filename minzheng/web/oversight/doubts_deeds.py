"""What is done on the pages of doubts: the checks brought up to date, a state read."""

import datetime as dt
import re
from typing import Any

from django.db.models import Count, Max
from django.http import HttpRequest
from django.utils import timezone

from archive_indexer.models import ArchivedFile, Content
from filler.models import Issued
from filler.records.drafts import Typed, keep_typed
from minzheng.accounts.areas import Area
from minzheng.inspection.doubts import Cited
from minzheng.inspection.finding_store import Said, papers_of
from minzheng.inspection.models import Finding
from minzheng.inspection.sweep import Office, Swept, bring_up_to_date, last_sweep
from minzheng.web.forms.draft_deeds import new_token, page_address
from minzheng.web.forms.record_gate import may_see
from minzheng.web.gate.children import mask
from minzheng.web.gate.office import area, county, forms, signed_in
from minzheng.web.gate.whose_county import looked_at_in

#: Papers a page reads while somebody waits; more are left to the thread beside the pages.
SWEPT_AT_ONCE = 300
#: The form on which a doubt is verified.
SHEET = "ZH-12B"
_SAYS = 80
#: What there was at the last whole sweep of a page, by its time.
_seen: dict[dt.datetime | None, tuple[Any, ...]] = {}
_LONGEST = 500
_LEAST = 4
_PROOF = re.compile(r"^(文书|文件)\s*(\d{1,9})$")
#: As printed on a paper: COM-09 DB-103200-2018-0001, or the number alone.
_PRINTED = re.compile(r"^(?:([A-Z]{2,3}-\d\d[A-Z]?)\s+)?([A-Z]{2}-\d{6}-\d{4}-\d{4,6})$")
_NOTED = (Finding.State.UNTRUE, Finding.State.MENDED)


def checks_office(now: dt.datetime) -> Office:
    """The county and its forms as they are now."""
    with looked_at_in(lambda: ""):  # of several counties all: papers are read for everybody
        return Office(county(), forms(), timezone.localtime(now).date(), now)


def sweep_now(most: int | None = None) -> Swept:
    """Bring the checks up to date, as far as somebody can wait for it."""
    return bring_up_to_date(checks_office(timezone.now()), most)


def look_in() -> Swept:
    """What a page does before it is shown: new papers are read, when they are few.

    What else may have changed, a correction or another village of a scan, is noticed by the
    thread beside the pages within a minute: asking for it costs more than the page.
    """
    office, news = checks_office(timezone.now()), _latest_papers()
    last = last_sweep(office)
    if last.is_whole and _seen.get(last.at) == news:
        return last
    swept = bring_up_to_date(office, SWEPT_AT_ONCE)
    if swept.is_whole:
        _seen.clear()
        _seen[swept.at] = news
    return swept


def _latest_papers() -> tuple[Any, ...]:
    """What changes with every new document, file and reading."""
    latest = Issued.objects.aggregate(Max("pk"), Count("pk"))
    files = ArchivedFile.objects.aggregate(Max("pk"), Count("pk"))
    return (*latest.values(), *files.values(), *Content.objects.aggregate(Max("read_at")).values())


def begin_sheet(request: HttpRequest, finding: Finding) -> str:
    """Begin the sheet on which a doubt is verified; where it is gone on with.

    What it says is kept as a form that is not finished: no word of it stands in an address.
    """
    token, now = new_token(), timezone.now()
    answers = _as_sheet(finding, timezone.localdate(now))
    rows = {"papers": len(answers["papers"])}
    keep_typed(Typed(token, SHEET, signed_in(request).username, "", answers, rows), now)
    return page_address(SHEET, "", token)


def _as_sheet(finding: Finding, today: dt.date) -> dict[str, Any]:
    check = county().checks.named(finding.check_id)
    places = [(one.town, one.village) for one in papers_of(finding) if one.village]
    town, village = places[0] if places else (finding.town, finding.village)
    return {
        "town": town, "village": village, "check_no": check.no if check else "",
        "check_name": check.name if check else "", "severity": check.severity if check else "",
        "found_date": f"{timezone.localtime(finding.first_found):%Y-%m-%d}",
        "check_date": f"{today:%Y-%m-%d}", "about": mask(finding.about),
        "doubt_case": finding.case_no, "what": f"{mask(finding.what)}。",
        "papers": [
            {"paper": f"{one.title}（{one.form_id}）", "paper_no": one.case_no, "says": _said(one)}
            for one in papers_of(finding)
        ],
    }  # fmt: skip


def _said(paper: Cited) -> str:
    said = "，".join(f"{label}{mask(text)}" for label, text in paper.says)
    return said[:_SAYS] or "见原件"


def read_said(request: HttpRequest) -> tuple[Said | None, list[str]]:
    """What somebody says of a doubt, or all that is missing."""
    state = request.POST.get("state", "")
    note = " ".join(request.POST.get("note", "").replace("\0", "").split())[:_LONGEST]
    given = " ".join(request.POST.get("proof", "").split())
    proof, fault = _read_proof(request, given)
    problems = [fault] if fault else []
    if state not in Finding.State.values:
        problems.append("请选择核实结果。")
    if state in _NOTED and len(note) < _LEAST:
        problems.append(f"“{state}”请写明情况，至少 {_LEAST} 个字。")
    if state == Finding.State.MENDED and not proof and not fault:
        problems.append("“已整改”请填写整改的依据：整改后那份表的编号。")
    return (None, problems) if problems else (Said(state, note, proof), [])


def _read_proof(request: HttpRequest, given: str) -> tuple[str, str]:
    """The paper that mended a doubt: one that is there and may be seen."""
    if not given:
        return "", ""
    place, username = area(request), signed_in(request).username
    if printed := _PRINTED.match(given.upper()):
        found = _find_printed(place, username, printed[1] or "", printed[2])
        return (found, "") if found else ("", f"没有找到 {given}。")
    match = _PROOF.match(given)
    if match is None:
        return "", "整改依据请写成表上印的编号，如“COM-09 DB-103200-2018-0001”。"
    kind, number = match[1], int(match[2])
    if kind == "文书":
        issued = Issued.objects.filter(pk=number).first()
        is_there = issued is not None and may_see(issued, place, username)
    else:
        file = ArchivedFile.objects.filter(place.as_filter(), pk=number, present=True).first()
        is_there = file is not None
    return (f"{kind} {number}", "") if is_there else ("", f"没有找到{kind} {number}。")


def _find_printed(place: Area, username: str, form_id: str, case_no: str) -> str:
    """The latest paper with this code: a document that holds, or else a file of the archive."""
    asked = {"case_no": case_no} | ({"form_id": form_id} if form_id else {})
    issued = Issued.objects.filter(**asked, corrected_by=None).order_by("-pk")
    for one in issued.defer("texts"):
        if may_see(one, place, username):
            return f"文书 {one.pk}"
    file = ArchivedFile.objects.filter(place.as_filter(), **asked, present=True).last()
    return f"文件 {file.pk}" if file else ""
