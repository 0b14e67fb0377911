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
from archive_indexer.index.snippets import find_marks, fold_words
from archive_indexer.models import ArchivedFile
from archive_indexer.search import parse_words
from archive_indexer.showing.drawn_pages import DrawnPages
from archive_indexer.showing.page_picture import find_boxes, render_page
from archive_indexer.showing.watermark import print_watermark
from archive_indexer.stores.archived_files import (
    files_inside,
    other_places,
    packed_file_of,
    past_of,
)
from archive_indexer.stores.contents import asked_again, count_pages, page_of
from archive_indexer.stores.doubtful_pages import doubts_of
from archive_indexer.stores.filings import filing_from
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import WATERMARKED_ROLES, Right, may
from minzheng.inbox.dropped_scans import scan_of
from minzheng.web.archive.file_facts import IN_SHORT, LABELS, facts_of, shown_value
from minzheng.web.archive.open_file import (
    is_pictured,
    is_there,
    opened_original,
    original_of,
    visible_file,
)
from minzheng.web.archive.paper_places import places_of
from minzheng.web.archive.search_choices import Addresses
from minzheng.web.archive.viewer import STEPS, read_size, view_of
from minzheng.web.forms.issued_documents import document_of_code
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.children import names_of
from minzheng.web.gate.office import area, county, signed_in
from minzheng.web.gate.page_pictures import draw_or_404, give_picture
from minzheng.web.gate.picture_log import is_first_look, note_picture
from minzheng.web.gate.unmasking import LEAST_REASON, is_unmasked, read_reason, show_numbers

_drawn = DrawnPages()


@require_safe
@needs(Right.VIEW, Action.VIEW)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One page of a file, and all that is known of the file."""
    file = visible_file(request, number)
    given = Addresses.of(request.GET, signed_in(request).pk)
    view = view_of(request, file, given, count_pages(file.sha256))
    page_number = view.page
    page = page_of(file.sha256, page_number)
    words = _words(given, page)
    shown, filing = as_shown(file.path), filing_from(file.filing)
    note(request, f"文件 {number} 第 {page_number} 页 {shown}")
    is_first_look(request, file, page_number)
    context: dict[str, Any] = {
        "document": document_of_code(request, file.form_id, file.case_no),
        "file": file,
        "name": Path(shown).name,
        "folder": str(Path(shown).parent),
        "page": page,
        "page_number": page_number,
        "doubts": doubts_of(page, asked_again(file.sha256)) if page else "",
        "view": view,
        "steps": ",".join(map(str, STEPS)),
        "mark": _first_mark(page, words),
        "given": given,
        "stands": places_of([file])[file.path],
        "is_there": is_there(file),
        "is_pictured": is_pictured(file),
        "q": given.text,
        "results": reverse("search") + given.with_changes(),
        "marks": find_marks(page.text, fold_words(words)) if page else (),
        "children": names_of([file])[file.path],
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
        "is_unmasked": is_unmasked(request, number),
        "may_unmask": may(signed_in(request), Right.UNMASK),
        "may_download": may(signed_in(request), Right.DOWNLOAD),
    }
    return render(request, "file.html", context)


@require_safe
@needs(Right.VIEW)
def page_image(request: HttpRequest, number: int, page: int) -> HttpResponse:
    """A page as JPEG with the words of `q` marked."""
    file = visible_file(request, number)
    read = page_of(file.sha256, page)
    words = _words(Addresses.of(request.GET, signed_in(request).pk), read)
    boxes = find_boxes(findable_lines(read), words) if read else []
    width, turn = read_size(request)
    turns = read.turns if read else 0

    def draw() -> bytes:
        with opened_original(file) as path:
            what = (page, width, tuple(boxes), turns, turn)
            render = partial(render_page, path, page, width, boxes, turns, turned_right=turn)
            # One of a packed file is taken out anew each time, to another place.
            return render() if file.packed_in else _drawn.get(path, what, render)

    image = draw_or_404(draw)
    note_picture(request, file, page, width)
    person = signed_in(request)
    if person.role in WATERMARKED_ROLES:
        who = f"{person.first_name} {person.username}"
        image = print_watermark(image, f"{who} {timezone.localtime():%Y-%m-%d %H:%M}")
    return give_picture(image)


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


def _first_mark(page: ExtractedPage | None, words: tuple[str, ...]) -> str:
    """How far down the page the first found word stands, 0–1; empty when none does."""
    tops = [box[1] for box in find_boxes(findable_lines(page), words)] if page and words else []
    return f"{min(tops):.3f}" if tops else ""


def _words(given: Addresses, page: ExtractedPage | None) -> tuple[str, ...]:
    return parse_words(
        given.text,
        county(),
        with_synonyms=given.with_synonyms,
        page=page.text if page else "",
    )


def _place_in_words(box: tuple[float, float, float, float]) -> str:
    """Where on the page a box stands: 左上, 下方 …"""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    side = ("左", "", "右")[min(2, int(across * 3))]
    height = ("上", "", "下")[min(2, int(down * 3))]
    place = side + height
    return f"{place}方" if len(place) == 1 else place or "中间"
