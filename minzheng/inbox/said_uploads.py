"""What the sender of scans said of them is put on their papers: one paper, of which document."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from archive_indexer.stores import waiting_list
from filler.models import Issued
from minzheng.inbox import dropped_scans
from minzheng.inbox.decisions import BY_KEEPER
from minzheng.inbox.models import Original, Paper, PaperPage, Upload
from minzheng.inbox.sorting import check_again
from minzheng.inbox.suggest import Knowledge

_PATIENCE = dt.timedelta(hours=1)
_NO_CODE = "没有读到二维码；上传时指明是 {form} {case}，请对照图片核对"
_OTHER_CODE = "上传时指明是案件 {case}，纸上的编号却是 {found}，请核对"
_TOGETHER = "由 {count} 份上传的图片合成一件，按选的顺序排"


def settle_uploads(known: Knowledge, now: dt.datetime) -> int:
    """Do it for all scans that were read since; each bundle when its last scan was read."""
    waiting = Upload.objects.filter(is_settled=False).exclude(path="").order_by("pk")
    bundles: dict[str, list[Upload]] = {}
    for one in waiting:
        bundles.setdefault(one.bundle or f"alone {one.pk}", []).append(one)
    whole = [found for found in bundles.values() if not _still_comes(found, now)]
    return sum(_settle(sorted(one, key=lambda upload: upload.position), known) for one in whole)


@transaction.atomic
def _settle(uploads: Sequence[Upload], known: Knowledge) -> bool:
    found = [Original.objects.filter(path=one.path).order_by("-pk").first() for one in uploads]
    scans = [scan for scan in found if scan is not None and scan.state != Original.State.WAITING]
    if len(scans) < len(uploads):
        return False
    if [one for one in uploads if one.is_as_sent and _is_read_again(one)]:
        return False
    read = [scan for scan in scans if scan.state == Original.State.SORTED]
    if len(uploads) > 1:
        _join([scan.pk for scan in read])
    if uploads[0].case_no:
        for paper in _papers_of([scan.pk for scan in read]):
            _name(paper, uploads[0], known)
    Upload.objects.filter(pk__in=[one.pk for one in uploads]).update(is_settled=True)
    return True


def _is_read_again(upload: Upload) -> bool:
    """Whether a photo that was read straight before is now read as this sender wants it.

    It is known by its content, and so its second coming alone would not have it read.
    """
    scans = Original.objects.filter(sha256=upload.sha256)
    if scans.filter(state=Original.State.WAITING, is_missing=False).exists():
        return True
    if not waiting_list.read_as_sent(upload.sha256):
        return False
    in_hand = scans.filter(state__in=(Original.State.SORTED, Original.State.FAILED))
    for scan in in_hand:
        dropped_scans.read_again(scan)
    return bool(in_hand)


def _still_comes(came: Sequence[Upload], now: dt.datetime) -> bool:
    """Whether files of the same paper may still be sent; after an hour nobody sends them."""
    newest = max(one.begun_at for one in came)
    return len(came) < came[0].bundle_size and now - newest < _PATIENCE


def _papers_of(scans: Sequence[int]) -> list[Paper]:
    found = Paper.objects.filter(pages__original__in=scans, state=Paper.State.WAITING)
    return list(found.distinct().order_by("pk"))


def _join(scans: Sequence[int]) -> None:
    """All pages of these scans as one paper, in the order they were chosen."""
    papers = [one for one in _papers_of(scans) if not one.version]
    pages = list(PaperPage.objects.filter(paper__in=papers))
    pages.sort(key=lambda page: (scans.index(page.original_id), page.number))
    if not pages or len(papers) < 2:
        return
    first = next(one for one in papers if one.pk == pages[0].paper_id)
    best = next((one for one in papers if one.case_no), first)
    for position, page in enumerate(pages, start=1):
        page.paper, page.position = best, position
    PaperPage.objects.bulk_update(pages, ["paper", "position"])
    Paper.objects.filter(pk__in=[one.pk for one in papers if one.pk != best.pk]).delete()
    best.remarks = [*best.remarks, ["tell", _TOGETHER.format(count=len(scans))]]
    best.is_sure = False
    check_again(best)


def _name(paper: Paper, upload: Upload, known: Knowledge) -> None:
    """The document that was named; what the paper's own code says goes before."""
    if paper.case_no:
        if paper.case_no != upload.case_no:
            told = _OTHER_CODE.format(case=upload.case_no, found=paper.case_no)
            paper.remarks = [*paper.remarks, ["check", told]]
            paper.is_sure = False
            check_again(paper)
        return
    issued = Issued.objects.filter(pk=upload.issued or 0, stopped_at=None).first()
    parts = upload.case_no.split("-")
    said = {"dossier": parts[0]} | ({"year": parts[2]} if len(parts) == 4 else {})
    title = known.form_titles.get(upload.form_id, "")
    whose = str(issued.answers.get("name", "")) if issued else ""
    if said["dossier"] in known.dossiers.apart_codes:
        whose = upload.case_no
    if title and "{" not in title:
        said["title"] = "_".join(filter(None, (title, whose)))[:120]
    if upload.village:
        said |= {"town": upload.town, "village": upload.village}
    for part, value in said.items():
        setattr(paper, part, value)
        paper.guesses[part] = {"value": value, "confidence": 1.0, "because": BY_KEEPER}
    paper.case_no, paper.form_id = upload.case_no, upload.form_id
    told = _NO_CODE.format(form=upload.form_id, case=upload.case_no)
    paper.remarks = [*paper.remarks, ["check", told]]
    check_again(paper)
