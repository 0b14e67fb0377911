"""Where one paper ends in a batch and the next begins.

Our code begins a paper; pages without one follow the paper before them. What does not add
up is told to the keeper and never mended by guess (`sorting.py` tells of numbers).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from minzheng.county.form_code import FormCode
from minzheng.inbox.papers import Cut, PageEvidence, Remark


def split_pages(pages: Sequence[PageEvidence], titles: Mapping[str, str]) -> tuple[Cut, ...]:
    """The papers of a scan, in its order; `titles` names forms for the remarks."""
    papers: list[_Paper] = []
    blanks: list[int] = []
    for page in pages:
        if page.is_blank:
            (papers[-1].blanks if papers else blanks).append(page.number)
            continue
        if not papers or not papers[-1].is_continued_by(page):
            papers.append(_begin(page, papers, titles))
        papers[-1].pages.append(page)
    if papers:
        papers[0].blanks[:0] = blanks
    return tuple(paper.close() for paper in papers)


@dataclass
class _Paper:
    """A paper being gathered."""

    code: FormCode | None
    titled: str
    pages: list[PageEvidence] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def coded(self) -> list[PageEvidence]:
        return [page for page in self.pages if page.code]

    @property
    def page_numbers(self) -> list[int]:
        return [page.page_no for page in self.coded if page.page_no]

    def is_continued_by(self, page: PageEvidence) -> bool:
        code = page.code
        if code is None:
            return self._takes_uncoded(page)
        if code != self.code:
            return False
        if page.page_no is None:
            return bool(code.case_no) or not self._is_complete
        if code.case_no:
            return page.page_no != 1 or 1 not in self.page_numbers
        return page.page_no > max(self.page_numbers, default=0)

    def _takes_uncoded(self, page: PageEvidence) -> bool:
        """An enclosure, unless a known form without a code begins here."""
        if not page.titled:
            return True
        return self.code is not None and self.code.form_id == page.titled

    @property
    def _is_complete(self) -> bool:
        count = max((page.page_count or 0 for page in self.coded), default=0)
        return bool(count) and len(self.coded) >= count

    def close(self) -> Cut:
        remarks = [*self.remarks, *self._of_enclosures(), *self._of_looks()]
        return Cut(
            evidence=tuple(self.pages),
            code=self.code,
            is_by_qr=bool(self.coded) and all(page.is_by_qr for page in self.coded),
            remarks=tuple(remarks),
        )

    def _of_enclosures(self) -> Iterable[Remark]:
        loose = [page.number for page in self.pages if page.code is None]
        if self.code and loose:
            yield Remark(f"{_pages(loose)}没有二维码，按附件跟在这件后面")
        seen: dict[str, int] = {}
        for page in self.pages:
            if page.code is None and len(page.text) > 20 and page.text in seen:
                yield Remark(f"{_pages([seen[page.text], page.number])}像是同一页扫了两次")
            seen.setdefault(page.text, page.number)

    def _of_looks(self) -> Iterable[Remark]:
        """What is only told: backs left out, pages that lie on their head."""
        if not self.code:
            yield Remark("没有二维码，请核对是不是一件、要不要拆开")
        elif not all(page.is_by_qr for page in self.coded):
            yield Remark("二维码看不清，编号是从页脚文字读出的")
        if self.blanks:
            yield Remark(f"{_pages(self.blanks)}空白，没有放进来", "tell")
        turned = [page.number for page in self.pages if page.turns == 2]
        if turned:
            yield Remark(f"{_pages(turned)}上下颠倒，查看时会自动转正", "tell")
        lying = [page.number for page in self.pages if page.turns % 2]
        if lying:
            yield Remark(f"{_pages(lying)}横放，查看时会自动转正", "tell")
        unread = [page.number for page in self.pages if page.is_unread]
        if unread:
            yield Remark(f"{_pages(unread)}没能识别")


def _begin(page: PageEvidence, before: Sequence[_Paper], titles: Mapping[str, str]) -> _Paper:
    paper = _Paper(page.code, page.titled)
    if page.code is None:
        if page.titled and before:
            title = titles.get(page.titled, page.titled)
            paper.remarks.append(Remark(f"第 {page.number} 页没有二维码，按标题“{title}”另作一件"))
        return paper
    for order, other in enumerate(before, start=1):
        if page.code.case_no and other.code == page.code:
            paper.remarks.append(_tell_relation(page, order, other))
    return paper


def _tell_relation(page: PageEvidence, order: int, other: _Paper) -> Remark:
    """The same form of the same case stands earlier in the scan."""
    if page.page_no is not None and page.page_no not in other.page_numbers:
        return Remark(f"与前面第 {order} 件是同一份表，中间隔开了；如是同一件，请并入")
    return Remark(f"与前面第 {order} 件编号、页码都相同，可能是重复扫描")


def _pages(numbers: Sequence[int]) -> str:
    """Pages as a keeper is told of them: 原件第 3、4 页."""
    return f"原件第 {'、'.join(map(str, numbers))} 页"
