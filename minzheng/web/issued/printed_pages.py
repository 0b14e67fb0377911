"""An issued document as pages to look at, and as a PDF to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from filler.models import Issued
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.external.libreoffice import LibreOfficeMissingError
from minzheng.external.run_program import ProgramFailedError
from minzheng.web.forms.issued_documents import issued_of
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.page_pictures import draw_or_404, give_picture
from minzheng.web.gate.refusals import refuse
from minzheng.web.issued.document_pdf import PdfBusyError, page_count, page_picture_of, pdf_of

#: Why there is no PDF; the messages of all say what to do.
_NO_PDF = (LibreOfficeMissingError, ProgramFailedError, PdfBusyError)
_WIDTHS = (300, 1400)  #: pixels: small ones beside it, large ones to be read


@require_safe
@needs(Right.FILL, Action.VIEW, is_rated=True)
def look(request: HttpRequest, number: int) -> HttpResponse:
    """The pages of a document, as they will be printed."""
    issued = issued_of(request, number)
    note(request, f"预览 {issued.form_id} {issued.case_no} 文书号 {number}")
    try:
        pages = page_count(_pdf_or_404(issued))
    except _NO_PDF as error:
        return refuse(request, "现在不能预览", str(error), 503)
    context = {"issued": issued, "pages": range(1, pages + 1), "width": max(_WIDTHS)}
    return render(request, "document_pages.html", context)


@require_safe
@needs(Right.FILL)
def page_picture(request: HttpRequest, number: int, page: int) -> HttpResponse:
    """One page as JPEG."""
    issued = issued_of(request, number)
    asked = request.GET.get("width", "")
    width = int(asked) if asked in map(str, _WIDTHS) else max(_WIDTHS)
    try:
        return give_picture(draw_or_404(lambda: page_picture_of(issued, page, width)))
    except _NO_PDF as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")


@require_safe
@needs(Right.FILL, Action.DOWNLOAD, is_rated=True)
def pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The document as PDF: to keep, or with `?print` shown by the browser, which prints it."""
    issued = issued_of(request, number)
    try:
        made = _pdf_or_404(issued)
    except _NO_PDF as error:
        return refuse(request, "现在不能生成 PDF", str(error), 503)
    name = issued.file_name.removesuffix(".docx") + ".pdf"
    response = HttpResponse(made, content_type="application/pdf")
    is_kept = "print" not in request.GET
    header = content_disposition_header(is_kept, name)
    response["Content-Disposition"] = header or "inline"
    return response


def _pdf_or_404(issued: Issued) -> bytes:
    try:
        return pdf_of(issued)
    except FileNotFoundError as error:
        raise Http404 from error
