"""A scan that was read becomes papers, each with its suggested place."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.models import ArchivedFile
from minzheng.inbox.inbox_folder import folder_of
from minzheng.inbox.models import Original, Paper, PaperPage
from minzheng.inbox.page_evidence import gather_evidence
from minzheng.inbox.papers import NumberedPage, PageEvidence, Remark, Suggestion
from minzheng.inbox.split_pages import split_pages
from minzheng.inbox.suggest import Knowledge, suggest

_ALL_BLANK = "全是空白页，没有可归档的内容"


@transaction.atomic
def sort_into_papers(original: Original, extraction: Extraction, known: Knowledge) -> None:
    """Keep the papers found in a scan; those it has stay as they are."""
    if not Original.objects.filter(pk=original.pk, state=Original.State.WAITING).exists():
        return
    if original.pages.exists():  # it was read again; what people made of its pages stays
        Original.objects.filter(pk=original.pk).update(state=Original.State.SORTED, reason="")
        return
    said = _said_before(original)
    found = _find_papers(original, extraction.pages, known)
    for suggestion in found:
        sibling = _find_sibling(original, suggestion)
        if sibling is not None:
            _add_to(sibling, original, suggestion)
        else:
            _keep(original, suggestion, said)
    original.kind, original.page_count = extraction.kind, len(extraction.pages)
    original.state = Original.State.SORTED if found else Original.State.FAILED
    original.reason = "" if found else _ALL_BLANK
    original.save()


def suggest_for(original: Original, pages: Sequence[ExtractedPage], known: Knowledge) -> Suggestion:
    """The suggestion for pages of a scan that people say are one paper."""
    evidence = gather_evidence(pages, known.title_of)
    code = next((page.code for page in evidence if page.code), None)
    papers = split_pages(evidence, known.form_titles)
    chosen = next((cut for cut in papers if cut.code == code), papers[0])
    filed = suggest(chosen, pages, folder_of(original.path), known)
    return Suggestion(filed.cut, filed.place, filed.guesses, filed.remarks)


def put_suggestion(paper: Paper, suggestion: Suggestion, said: Sequence[Remark] = ()) -> None:
    """Write a suggestion into a paper's row, unsaved."""
    place, code = suggestion.place, suggestion.cut.code
    paper.town, paper.village = place.town, place.village
    paper.dossier, paper.year, paper.title = place.dossier, place.year, place.title
    paper.form_id = code.form_id if code else ""
    paper.form_version = code.version if code else ""
    paper.case_no = code.case_no if code else ""
    paper.guesses = {part: asdict(guess) for part, guess in suggestion.guesses.items()}
    paper.remarks = [[one.weight, one.text] for one in (*said, *suggestion.remarks)]
    paper.is_sure = suggestion.is_sure and not said


def add_pages(paper: Paper, original: Original, evidence: Sequence[PageEvidence]) -> None:
    """Put pages at the end of a paper."""
    start = paper.pages.count()
    PaperPage.objects.bulk_create(
        PaperPage(
            paper=paper, original=original, number=page.number, position=start + order,
            is_coded=page.code is not None, page_no=page.page_no, page_count=page.page_count,
        )
        for order, page in enumerate(evidence, start=1)
    )  # fmt: skip


def check_again(paper: Paper) -> None:
    """Look once more whether a paper's pages add up, and save it."""
    pages = list(paper.pages.select_related("original").order_by("position"))
    several = len({page.original_id for page in pages}) > 1
    faults = check_numbers(
        [
            NumberedPage(label_of(page, several=several), page.page_no, page.page_count)
            for page in pages
            if page.is_coded
        ]
    )
    paper.number_remarks = [[one.weight, one.text] for one in faults]
    paper.is_certain = paper.is_sure and not faults
    paper.save()


def check_numbers(pages: Sequence[NumberedPage]) -> tuple[Remark, ...]:
    """What does not add up on the pages with our code, in their present order."""
    unknown = [page.label for page in pages if page.page_no is None]
    if unknown:
        return (Remark(f"{'、'.join(unknown)}印的页码看不清，请核对是否齐全、先后是否对"),)
    return tuple(_find_number_faults(pages))


def _find_number_faults(pages: Sequence[NumberedPage]) -> Iterator[Remark]:
    numbers = [page.page_no or 0 for page in pages]
    count = max((page.page_count or 0 for page in pages), default=0)
    missing = sorted({*range(1, count + 1)} - {*numbers})
    if missing:
        yield Remark(f"缺{_say_pages(missing)}（共 {count} 页）")
    for number in sorted({one for one in numbers if numbers.count(one) > 1}):
        same = [page.label for page in pages if page.page_no == number]
        yield Remark(f"印着第 {number} 页的有 {len(same)} 张（{'、'.join(same)}），请去掉重复的")
    if numbers != sorted(numbers):
        yield Remark(f"页的先后不对：现在依次是{_say_pages(numbers)}")


def _say_pages(numbers: Sequence[int]) -> str:
    return f"第 {'、'.join(map(str, numbers))} 页"


def label_of(page: PaperPage, *, several: bool) -> str:
    """What people call a page: its number in the scan, or the scan it is of."""
    if not several:
        return f"原件第 {page.number} 页"
    name = page.original.path.rpartition("/")[2]
    return f"“{name}”" if page.original.page_count <= 1 else f"“{name}”第 {page.number} 页"


def _find_papers(
    original: Original, pages: Sequence[ExtractedPage], known: Knowledge
) -> list[Suggestion]:
    by_number = {page.number: page for page in pages}
    folder = folder_of(original.path)
    return [
        suggest(cut, [by_number[number] for number in cut.pages], folder, known)
        for cut in split_pages(gather_evidence(pages, known.title_of), known.form_titles)
    ]


def _keep(original: Original, suggestion: Suggestion, said: Sequence[Remark]) -> None:
    paper = Paper()
    put_suggestion(paper, suggestion, [*said, *_filed_before(suggestion)])
    if not paper.village and original.village:
        paper.town, paper.village = original.town, original.village
    paper.save()
    add_pages(paper, original, suggestion.cut.evidence)
    check_again(paper)


def _find_sibling(original: Original, suggestion: Suggestion) -> Paper | None:
    """The paper that other scans of the same folder began and that lacks these pages.

    Scanners and telephones make a file of each page: our code and the printed number say
    which of them are one paper.
    """
    code, evidence = suggestion.cut.code, suggestion.cut.evidence
    numbers = {page.page_no for page in evidence}
    if code is None or not code.case_no or None in numbers or len(numbers) < len(evidence):
        return None
    same = Paper.objects.filter(
        state=Paper.State.WAITING, version=0,
        form_id=code.form_id, form_version=code.version, case_no=code.case_no,
    )  # fmt: skip
    for paper in same.exclude(pages__original=original):
        pages = list(paper.pages.select_related("original"))
        has = {page.page_no for page in pages}
        folders = {folder_of(page.original.path) for page in pages}
        if None not in has and not has & numbers and folders == {folder_of(original.path)}:
            return paper
    return None


def _add_to(paper: Paper, original: Original, suggestion: Suggestion) -> None:
    """Put pages to their siblings, in the order of the printed numbers."""
    add_pages(paper, original, suggestion.cut.evidence)
    pages = sorted(paper.pages.all(), key=lambda page: page.page_no or 0)
    for position, page in enumerate(pages, start=1):
        page.position = position
    PaperPage.objects.bulk_update(pages, ["position"])
    known = {text for _, text in paper.remarks}
    paper.remarks += [[one.weight, one.text] for one in suggestion.remarks if one.text not in known]
    paper.is_sure = paper.is_sure and suggestion.is_sure
    check_again(paper)


def _said_before(original: Original) -> list[Remark]:
    """What is known of the whole scan: it was dealt with before, or lies in the archive."""
    done = Original.objects.filter(sha256=original.sha256, state=Original.State.DONE)
    before = done.exclude(done_at=None).first()
    if before is not None and before.done_at is not None:
        return [Remark(f"内容相同的文件 {_day(before.done_at)} 已处理过")]
    if ArchivedFile.objects.filter(sha256=original.sha256, present=True).exists():
        return [Remark("档案里已有内容完全相同的文件")]
    return []


def _filed_before(suggestion: Suggestion) -> list[Remark]:
    """The same form of the same case was filed through the inbox already."""
    code = suggestion.cut.code
    if code is None or not code.case_no:
        return []
    before = Paper.objects.filter(
        state__in=(Paper.State.FILED, Paper.State.CONFIRMED),
        form_id=code.form_id, case_no=code.case_no,
    ).first()  # fmt: skip
    if before is None or before.decided_at is None:
        return []
    return [Remark(f"同一案件的这张表 {_day(before.decided_at)} 已归档过，请核对是不是重复")]


def _day(when: dt.datetime) -> str:
    day = timezone.localtime(when)
    return f"{day.year}年{day.month}月{day.day}日"
