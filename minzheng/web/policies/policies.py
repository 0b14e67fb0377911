"""汇编: the policies of a day, one work's chapter, one policy, and the book to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.external.files.office_files import PDF, WORD
from minzheng.external.libreoffice import LibreOfficeMissingError
from minzheng.external.run_program import ProgramFailedError
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import county_name
from minzheng.web.gate.refusals import refuse
from minzheng.web.policies.made_books import BookBusyError, book_of
from minzheng.web.policies.policies_shown import asked_day, shown_policies, shown_policy

_KINDS = {"docx": WORD, "pdf": PDF}


@require_safe
@needs(Right.SEARCH)
def list_policies(request: HttpRequest) -> HttpResponse:
    """Every policy in force on a day, by chapter; or those that some words name."""
    return render(request, "policies.html", {"shown": shown_policies(request)})


@require_safe
@needs(Right.SEARCH)
def chapter(request: HttpRequest, code: str) -> HttpResponse:
    """One chapter of the book as it reads on a day."""
    shown = shown_policies(request)
    found = next((one for one in shown.chapters if one.dossier.code == code), None)
    if found is None:
        raise Http404
    context = {
        "shown": shown,
        "chapter": found,
        "before": shown.chapters[found.number - 2] if found.number > 1 else None,
        "after": shown.chapters[found.number] if found.number < len(shown.chapters) else None,
        "forms": shown.forms_of(found),
        "laws": shown.lines_of(found),
        "terms": [(found.called(one), one) for one in found.terms],
    }
    return render(request, "policy_chapter.html", context)


@require_safe
@needs(Right.SEARCH)
def policy(request: HttpRequest, law_id: str) -> HttpResponse:
    """One policy: its versions, what replaced it, the forms and checks it touches."""
    shown = shown_policy(request, law_id)
    if shown is None:
        raise Http404
    return render(request, "policy.html", {"shown": shown, "law": shown.law})


@require_safe
@needs(Right.SEARCH, Action.DOWNLOAD, is_rated=True)
def book(request: HttpRequest, kind: str) -> HttpResponse:
    """The book of a day, as a Word document or a PDF."""
    if kind not in _KINDS:
        raise Http404
    day = asked_day(request)
    note(request, f"政策汇编 截至 {day}")
    try:
        data = book_of(day, kind)
    except BookBusyError as error:
        return refuse(request, "暂时不能编印", str(error), 503)
    except (LibreOfficeMissingError, ProgramFailedError) as error:
        return refuse(request, "没有编成", str(error), 503)
    return give_file(data, f"{county_name()}民政政策汇编_{day}.{kind}", _KINDS[kind])
