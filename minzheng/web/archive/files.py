"""One file of the archive: where it belongs, its pages with the found words marked."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from archive_indexer.disk.file_names import as_shown
from archive_indexer.documents import ExtractedPage, findable_lines
from archive_indexer.models import ArchivedFile
from archive_indexer.showing.drawn_files import DrawnLaterError
from archive_indexer.showing.drawn_pages import DrawnPages
from archive_indexer.showing.office_pages import NotDrawnError
from archive_indexer.showing.page_picture import find_boxes, render_page
from archive_indexer.showing.watermark import print_watermark
from archive_indexer.stores.archived_files import (
    files_inside,
    other_places,
    packed_file_of,
    past_of,
)
from archive_indexer.stores.contents import asked_again, page_of
from archive_indexer.stores.doubtful_pages import doubts_of
from archive_indexer.stores.filings import filing_from
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import WATERMARKED_ROLES, Right, may
from minzheng.inbox.dropped_scans import scan_of
from minzheng.web.archive.file_facts import IN_SHORT, LABELS, facts_of, shown_value
from minzheng.web.archive.open_file import opened_original, original_of, visible_file
from minzheng.web.archive.page_shown import is_drawn, page_seen, picture_of, words_on
from minzheng.web.archive.paper_places import places_of
from minzheng.web.archive.search_choices import Addresses
from minzheng.web.archive.viewer import read_piece, read_size
from minzheng.web.forms.issued_documents import document_of_code
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import area, signed_in
from minzheng.web.gate.page_pictures import draw_or_404, give_picture
from minzheng.web.gate.picture_log import READABLE_WIDTH, is_first_look, note_picture
from minzheng.web.gate.unmasking import LEAST_REASON, read_reason, show_numbers

_drawn = DrawnPages()


@require_safe
@needs(Right.VIEW, Action.VIEW)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One page of a file, and all that is known of the file."""
    file = visible_file(request, number)
    seen = page_seen(request, file, waits="draw" in request.GET)
    page_number = seen["page_number"]
    note(request, f"文件 {number} 第 {page_number} 页 {as_shown(file.path)}")
    is_first_look(request, file, page_number)
    return render(request, "file.html", seen | _known(request, file, seen["page"], seen["given"]))


@require_safe
@needs(Right.VIEW)
def drawn(request: HttpRequest, number: int) -> HttpResponse:
    """The pictures of an Office file's page, once they are drawn; its page asks for them."""
    file = visible_file(request, number)
    return render(request, "file_sheet.html", page_seen(request, file, waits=True))


def _known(
    request: HttpRequest, file: ArchivedFile, page: ExtractedPage | None, given: Addresses
) -> dict[str, Any]:
    """All that is known of a file."""
    shown, filing = as_shown(file.path), filing_from(file.filing)
    return {
        "document": document_of_code(request, file.form_id, file.case_no),
        "name": Path(shown).name,
        "folder": str(Path(shown).parent),
        "doubts": doubts_of(page, asked_again(file.sha256)) if page else "",
        "stands": places_of([file])[file.path],
        "q": given.text,
        "results": reverse("search") + given.with_changes(),
        "facts": facts_of(filing),
        "filing": [
            (LABELS[name], shown_value(name, guess))
            for name in IN_SHORT
            if (guess := getattr(filing, name))
        ],
        "repaired": [line for line in page.lines if line.raw] if page else [],
        "signatures": [(one, _place_in_words(one.box)) for one in page.signatures] if page else [],
        "seals": [(seal, _place_in_words(seal.box)) for seal in page.seals] if page else [],
        "past": past_of(file),
        "unsorted": scan_of(file.path, file.sha256),
        "elsewhere": list(_seen_by(request, other_places(file))),
        "packed": next(_seen_by(request, filter(None, [packed_file_of(file)])), None),
        "inside": list(_seen_by(request, files_inside(file))),
        "may_unmask": may(signed_in(request), Right.UNMASK),
        "may_download": may(signed_in(request), Right.DOWNLOAD),
    }


@require_safe
@needs(Right.VIEW)
def page_image(request: HttpRequest, number: int, page: int) -> HttpResponse:
    """A page as JPEG with the words of `q` marked."""
    file = visible_file(request, number)
    read = page_of(file.sha256, page, file.town)
    words = words_on(Addresses.of(request.GET, signed_in(request).pk), read)
    size = read_size(request)
    if is_drawn(file):
        # A thumbnail does not wait while another file is drawn; its page asks again.
        waits = size[0] >= READABLE_WIDTH
        piece = read_piece(request)
        try:
            image = draw_or_404(lambda: picture_of(file, page, piece, words, size, waits=waits))
        except NotDrawnError as error:
            return _not_drawn(error)
    else:
        image = draw_or_404(partial(_scanned, file, page, read, words, size))
    note_picture(request, file, page, size[0])
    person = signed_in(request)
    if person.role in WATERMARKED_ROLES:
        who = f"{person.first_name} {person.username}"
        image = print_watermark(image, f"{who} {timezone.localtime():%Y-%m-%d %H:%M}")
    return give_picture(image)


def _scanned(
    file: ArchivedFile,
    number: int,
    read: ExtractedPage | None,
    words: tuple[str, ...],
    size: tuple[int, int],
) -> bytes:
    """The picture of a page as it was scanned."""
    (width, turn), turns = size, read.turns if read else 0
    boxes = find_boxes(findable_lines(read), words) if read else []
    with opened_original(file) as path:
        what = (number, width, tuple(boxes), turns, turn)
        render = partial(render_page, path, number, width, boxes, turns, turned_right=turn)
        # One of a packed file is taken out anew each time, to another place.
        return render() if file.packed_in else _drawn.get(path, what, render)


def _not_drawn(error: NotDrawnError) -> HttpResponse:
    """Why there is no picture; one that is still to be drawn is to be asked for again."""
    is_later = isinstance(error, DrawnLaterError)
    answer = HttpResponse(
        str(error), status=503 if is_later else 404, content_type="text/plain; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-store"
    if is_later:
        answer["Retry-After"] = "3"
    return answer


@require_safe
@needs(Right.DOWNLOAD, Action.DOWNLOAD)
def original(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file as it lies in the archive; never shown inside our pages."""
    return original_of(request, number)


@require_POST
@needs(Right.UNMASK, Action.UNMASK)
def unmask(request: HttpRequest, number: int) -> HttpResponse:
    """Show the numbers in a file's text in full, for a reason."""
    file = visible_file(request, number)
    reason = read_reason(request)
    given = Addresses.of(request.POST, signed_in(request).pk)
    if not reason:
        messages.error(request, f"请写明查看完整号码的事由，至少 {LEAST_REASON} 个字。")
        note(request, f"文件 {number} 未写事由 {file.path}")
    else:
        show_numbers(request, number, reason)
        note(request, f"文件 {number} 事由：{reason} {file.path}")
    kept = {name: request.POST.get(name, "")[:5] for name in ("page", "hit", "zoom")}
    return redirect(reverse("file", args=[number]) + given.with_changes(**kept))


def _seen_by(
    request: HttpRequest, files: Iterable[ArchivedFile]
) -> Iterator[tuple[ArchivedFile, str]]:
    """Those of some files that this person may see, with their shown paths."""
    place = area(request)
    for one in files:
        if place.covers(one.town, one.village, one.dossier):
            yield one, as_shown(one.path)


def _place_in_words(box: tuple[float, float, float, float]) -> str:
    """Where on the page a box stands: 左上, 下方 …"""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    side = ("左", "", "右")[min(2, int(across * 3))]
    height = ("上", "", "下")[min(2, int(down * 3))]
    place = side + height
    return f"{place}方" if len(place) == 1 else place or "中间"
