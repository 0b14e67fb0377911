"""The doubts that checks found: counted, listed, one beside its papers, what people say of it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right, may
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.office_files import EXCEL
from minzheng.inspection.doubt_book import DoubtLine, write_doubts
from minzheng.inspection.finding_store import findings_in, say
from minzheng.inspection.models import Finding
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.children import mask
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, bureau, county, signed_in
from minzheng.web.oversight.completeness_shown import EVERY, cell_named
from minzheng.web.oversight.doubts_deeds import (
    SWEPT_AT_ONCE,
    begin_sheet,
    look_in,
    read_said,
    sweep_now,
)
from minzheng.web.oversight.doubts_shown import (
    Asked,
    describe_finding,
    describe_history,
    lines_of,
    proofs_of,
    read_asked,
    tables_of,
    where_of,
)

_MOST = 20  #: as many as somebody on a phone goes through
_MOST_IN_BOOK = 20_000


@require_safe
@needs(Right.SEARCH, Action.VIEW, is_rated=True)
def list_doubts(request: HttpRequest) -> HttpResponse:
    """How many doubts of each check stand in which state, and those that are asked for."""
    asked = read_asked(request.GET, area(request))
    return _listed(request, asked)


@require_safe
@needs(Right.SEARCH, Action.VIEW, is_rated=True)
def doubts(request: HttpRequest, rule: str, place: str) -> HttpResponse:
    """What one check finds in a place."""
    check = county().checks.named(rule)
    chosen = cell_named(area(request), place, EVERY, EVERY)
    if check is None or chosen is None:
        raise Http404
    asked = read_asked(request.GET, area(request), check=check, chosen=chosen, key=place)
    return _listed(request, asked)


def _listed(request: HttpRequest, asked: Asked) -> HttpResponse:
    swept = look_in()
    mine = findings_in(area(request))
    found = asked.narrow(mine)
    note(request, f"疑点核对 {asked.label}")
    page = max(1, min(asked.page, -(-found.count() // _MOST)))
    is_print = request.GET.get("print") == "1"
    tables = tables_of(asked.placed(mine), asked)
    first = 0 if is_print else (page - 1) * _MOST
    context: dict[str, Any] = {
        "asked": asked,
        "swept": swept,
        "count": found.count(),
        "lines": lines_of(found[first : first + (1000 if is_print else _MOST)], area(request)),
        "page": page,
        "pages": -(-found.count() // _MOST),
        "tables": tables,
        "opened": "" if asked.check else next((name for name, _, of in tables if of), ""),
        "states": Finding.State.values,
        "may_say": may(signed_in(request), Right.JUDGE),
        "may_export": may(signed_in(request), Right.EXPORT),
        "printed_at": timezone.localtime(),
    }
    return render(request, f"doubts{'_print' if is_print else ''}.html", context)


@require_safe
@needs(Right.VIEW, Action.VIEW)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One doubt: its papers side by side with the words marked, what was said of it."""
    finding = _finding(request, number)
    check = county().checks.named(finding.check_id)
    note(request, f"疑点 {finding.key[:8]} {check.name if check else finding.check_id}")
    return _shown(request, finding)


def _shown(request: HttpRequest, finding: Finding, problems: Sequence[str] = ()) -> HttpResponse:
    """The page of a doubt; what was typed and could not be kept stands there again."""
    check = county().checks.named(finding.check_id)
    context: dict[str, Any] = {
        "problems": problems,
        "typed": request.POST,
        "finding": finding,
        "check": check,
        "where": where_of(finding),
        "history": describe_history(finding),
        "states": Finding.State.values,
        "may_say": may(signed_in(request), Right.JUDGE),
        "may_fill": may(signed_in(request), Right.FILL),
        "proofs": proofs_of(request, finding),
        **describe_finding(request, finding, check),
    }
    return render(request, "doubt.html", context)


@require_POST
@needs(Right.JUDGE, Action.CHANGE)
def say_of(request: HttpRequest, number: int) -> HttpResponse:
    """Give a doubt its state, with a note, and the paper that mended it."""
    finding = _finding(request, number)
    said, problems = read_said(request)
    if said is None:
        note(request, f"疑点 {finding.key[:8]} 没有记下")
        return _shown(request, finding, problems)
    say(finding, said, signed_in(request).username, timezone.now())
    proof = f" 依据 {said.proof}" if said.proof else ""
    note(request, f"疑点 {finding.key[:8]} {finding.check_id} {said.state}{proof}：{said.note}")
    messages.success(request, f"已记下：{said.state}")
    return redirect("doubt", number=number)


@require_POST
@needs(Right.FILL, Action.CHANGE)
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the sheet on which a doubt is verified, with what is known of it."""
    finding = _finding(request, number)
    note(request, f"疑点 {finding.key[:8]} 填核实单")
    return redirect(begin_sheet(request, finding))


@require_POST
@needs(Right.SEARCH, Action.VIEW, is_rated=True)
def sweep(request: HttpRequest) -> HttpResponse:
    """Read what is new now, and look again; a large heap is left to the thread beside."""
    swept = sweep_now(most=SWEPT_AT_ONCE)
    note(request, "疑点核对 现在核对")
    if not swept.is_whole:
        messages.info(request, "材料较多，正在后台核对，稍后刷新。")
    return redirect("doubts-all")


@require_safe
@needs(Right.EXPORT, Action.EXPORT, is_rated=True)
def workbook(request: HttpRequest) -> HttpResponse:
    """The doubts that are asked for, as a spreadsheet that says who took it out."""
    asked = read_asked(request.GET, area(request))
    found = asked.narrow(findings_in(area(request)))[:_MOST_IN_BOOK]
    now = timezone.localtime()
    who = signed_in(request).full_label
    taken = f"{who} 于 {now:%Y-%m-%d %H:%M} 导出，范围：{asked.label}"
    line = f"{taken}。疑点不是结论。含个人信息，请勿外传。"
    note(request, f"导出疑点清单 {asked.label}")
    told = FileProperties(bureau(), f"疑点清单 {asked.label}", now.date())
    book = write_doubts(line, map(_book_line, found), properties=told)
    return give_file(book, f"疑点清单 {now:%Y%m%d}.xlsx", EXCEL)


def _book_line(finding: Finding) -> DoubtLine:
    check = county().checks.named(finding.check_id)
    dossier = county().dossiers.by_code(finding.dossier)
    latest = finding.verdicts.first()
    return DoubtLine(
        check.no if check else "", check.name if check else finding.check_id,
        check.severity if check else "", where_of(finding),
        dossier.short_name if dossier else finding.dossier, finding.year,
        mask(finding.about), mask(finding.what),
        "；".join(mask(f"{one['title']}（{one['case_no']}）") for one in finding.papers),
        finding.state, mask(latest.note) if latest else "", latest.by if latest else "",
        f"{timezone.localtime(latest.at):%Y-%m-%d}" if latest else "",
        f"{timezone.localtime(finding.first_found):%Y-%m-%d}",
    )  # fmt: skip


def _finding(request: HttpRequest, number: int) -> Finding:
    """A doubt all of whose papers lie in one's area."""
    found: Finding = get_object_or_404(findings_in(area(request)), pk=number)
    return found
