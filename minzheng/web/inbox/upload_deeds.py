"""Scans sent from a page: who may send what, whither, and of which document."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone

from archive_indexer.models import ArchivedFile
from minzheng.accounts.audit_log import Action
from minzheng.county.errors import Problem
from minzheng.inbox.models import Upload
from minzheng.inbox.uploads import Offer, Yard, append, begin, finish, why_not, yard_of
from minzheng.web.forms.issued_documents import documents_of_case, issued_of
from minzheng.web.gate.access import write_down
from minzheng.web.gate.office import area, config, forms, signed_in

_LONGEST_NUMBER, _MOST_OF_ONE = 18, 999


@dataclass(frozen=True, slots=True)
class Whose:
    """The case a scan is sent for, when it is known, with its place."""

    town: str = ""
    village: str = ""
    issued: int | None = None
    case_no: str = ""
    form_id: str = ""
    title: str = ""  #: what the document is called


def yard() -> Yard:
    """Where scans wait and where they go."""
    return yard_of(config().data_folder, config().inbox_folder, config().max_file_mb)


def whose_of(request: HttpRequest, asked: QueryDict) -> Whose:
    """The document or case that an address or a message names.

    Raises:
        Http404: there is none that this person may see.
    """
    number, case_no = asked.get("document", ""), asked.get("case", "").strip().upper()
    if number:
        if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
            raise Http404
        issued = issued_of(request, int(number))
        spec = forms().by_id.get(issued.form_id)
        title = spec.short_title if spec else issued.form_id
        town, village = (str(issued.answers.get(slug, "")) for slug in ("town", "village"))
        return Whose(town, village, issued.pk, issued.case_no, issued.form_id, title)
    return _of_case(request, case_no) if case_no else Whose()


def _of_case(request: HttpRequest, case_no: str) -> Whose:
    """A case with a document that may be seen, or with papers in the archive."""
    documents = documents_of_case(request, case_no)
    if documents:
        answers = documents[-1].answers
        town, village = str(answers.get("town", "")), str(answers.get("village", ""))
        return Whose(town, village, case_no=case_no)
    filed = ArchivedFile.objects.filter(area(request).as_filter(), case_no=case_no).first()
    if filed is None:
        raise Http404
    return Whose(filed.town, filed.village, case_no=case_no)


def read_offer(request: HttpRequest, post: QueryDict) -> Offer | Problem:
    """What somebody wants to send, if it may be sent there."""
    whose, place = whose_of(request, post), area(request)
    town, _, village = post.get("village", "").partition("|")
    if whose.case_no:
        town, village = whose.town, whose.village
    town, village = town or place.own_town, village or place.village
    size, position, of = (_number(post.get(name, "")) for name in ("size", "position", "of"))
    offer = Offer(
        signed_in(request).username,
        post.get("name", "").replace("\0", "").replace("\\", "/").rpartition("/")[2],
        size, town, village, post.get("stamp", "")[:40], _word(post.get("bundle", "")),
        min(position, _MOST_OF_ONE), min(of, _MOST_OF_ONE),
        whose.issued, whose.case_no, whose.form_id, post.get("as_sent") == "1",
    )  # fmt: skip
    return _misplaced(request, offer) or why_not(offer, yard()) or offer


def take_whole(request: HttpRequest, offer: Offer, pieces: Iterable[bytes]) -> Problem | None:
    """Take a scan that came at once."""
    upload = begin(replace(offer, stamp=""), timezone.now())
    for piece in pieces:
        append(upload, yard(), yard().has_come(upload), piece)
    return end_if_whole(request, upload)


def end_if_whole(request: HttpRequest, upload: Upload) -> Problem | None:
    """Lay it into the inbox, if all of it is here, and write that down without its name."""
    if upload.path or yard().has_come(upload) < upload.size:
        return None
    day = f"{dt.date.today():%Y-%m-%d}"
    problem = finish(upload, yard(), day)
    what = f"上传扫描件 {upload.size} 字节 {upload.town}{upload.village} {upload.case_no}".strip()
    write_down(request, Action.CHANGE, what, "未成" if problem else "成功")
    return problem


def _misplaced(request: HttpRequest, offer: Offer) -> Problem | None:
    """A town or village account sees only what lies in a folder of its village."""
    place = area(request)
    if offer.village and not place.covers(offer.town, offer.village):
        return Problem("村", "不在您办理的范围内", "选本镇、本村")
    if place.is_nothing or (not place.is_everything and not offer.village):
        return Problem("村", "没有选", "选这些材料是哪个村的")
    return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else 0


def _word(text: str) -> str:
    return text[:32] if text.isascii() and text.isalnum() else ""
