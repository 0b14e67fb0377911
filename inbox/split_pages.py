"""Where one paper ends in a batch and the next begins.

Our code begins a paper; pages without one follow the paper before them. What does not add
up is told to the keeper and never mended by guess (`sorting.py` tells of numbers).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from county.form_code import FormCode
from inbox.papers import Cut, PageMark, Remark


def split_pages(marks: Sequence[PageMark], titles: Mapping[str, str]) -> tuple[Cut, ...]:
    """The papers of a scan, in its order; `titles` names forms for the remarks."""
    papers: list[_Paper] = []
    blanks: list[int] = []
    for mark in marks:
        if mark.is_blank:
            (papers[-1].blanks if papers else blanks).append(mark.number)
            continue
        if not papers or not papers[-1].is_continued_by(mark):
            papers.append(_begin(mark, papers, titles))
        papers[-1].marks.append(mark)
    if papers:
        papers[0].blanks[:0] = blanks
    return tuple(paper.close() for paper in papers)


@dataclass
class _Paper:
    """A paper being gathered."""

    code: FormCode | None
    titled: str
    marks: list[PageMark] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def coded(self) -> list[PageMark]:
        return [mark for mark in self.marks if mark.code]

    @property
    def page_numbers(self) -> list[int]:
        return [mark.page_no for mark in self.coded if mark.page_no]

    def is_continued_by(self, mark: PageMark) -> bool:
        code = mark.code
        if code is None:
            return self._takes_uncoded(mark)
        if code != self.code:
            return False
        if mark.page_no is None:
            return bool(code.case_no) or not self._is_complete
        if code.case_no:
            return mark.page_no != 1 or 1 not in self.page_numbers
        return mark.page_no > max(self.page_numbers, default=0)

    def _takes_uncoded(self, mark: PageMark) -> bool:
        """An enclosure, unless a known form without a code begins here."""
        if not mark.titled:
            return True
        return self.code is not None and self.code.form_id == mark.titled

    @property
    def _is_complete(self) -> bool:
        count = max((mark.page_count or 0 for mark in self.coded), default=0)
        return bool(count) and len(self.coded) >= count

    def close(self) -> Cut:
        remarks = [*self.remarks, *self._of_enclosures(), *self._of_looks()]
        return Cut(
            marks=tuple(self.marks),
            code=self.code,
            is_by_qr=bool(self.coded) and all(mark.is_by_qr for mark in self.coded),
            remarks=tuple(remarks),
        )

    def _of_enclosures(self) -> Iterable[Remark]:
        loose = [mark.number for mark in self.marks if mark.code is None]
        if self.code and loose:
            yield Remark(f"{_pages(loose)}没有二维码，按附件跟在这件后面")
        seen: dict[str, int] = {}
        for mark in self.marks:
            if mark.code is None and len(mark.text) > 20 and mark.text in seen:
                yield Remark(f"{_pages([seen[mark.text], mark.number])}像是同一页扫了两次")
            seen.setdefault(mark.text, mark.number)

    def _of_looks(self) -> Iterable[Remark]:
        """What is only told: backs left out, pages that lie on their head."""
        if not self.code:
            yield Remark("没有二维码，请核对是不是一件、要不要拆开")
        elif not all(mark.is_by_qr for mark in self.coded):
            yield Remark("二维码看不清，编号是从页脚文字读出的")
        if self.blanks:
            yield Remark(f"{_pages(self.blanks)}空白，没有放进来", "tell")
        turned = [mark.number for mark in self.marks if mark.turns == 2]
        if turned:
            yield Remark(f"{_pages(turned)}上下颠倒，查看时会自动转正", "tell")
        lying = [mark.number for mark in self.marks if mark.turns % 2]
        if lying:
            yield Remark(f"{_pages(lying)}横放，查看时会自动转正", "tell")
        unread = [mark.number for mark in self.marks if mark.is_unread]
        if unread:
            yield Remark(f"{_pages(unread)}没能识别")


def _begin(mark: PageMark, before: Sequence[_Paper], titles: Mapping[str, str]) -> _Paper:
    paper = _Paper(mark.code, mark.titled)
    if mark.code is None:
        if mark.titled and before:
            title = titles.get(mark.titled, mark.titled)
            paper.remarks.append(Remark(f"第 {mark.number} 页没有二维码，按标题“{title}”另作一件"))
        return paper
    for order, other in enumerate(before, start=1):
        if mark.code.case_no and other.code == mark.code:
            paper.remarks.append(_tell_relation(mark, order, other))
    return paper


def _tell_relation(mark: PageMark, order: int, other: _Paper) -> Remark:
    """The same form of the same case stands earlier in the scan."""
    if mark.page_no is not None and mark.page_no not in other.page_numbers:
        return Remark(f"与前面第 {order} 件是同一份表，中间隔开了；如是同一件，请并入")
    return Remark(f"与前面第 {order} 件编号、页码都相同，可能是重复扫描")


def _pages(numbers: Sequence[int]) -> str:
    """Pages as a keeper is told of them: 原件第 3、4 页."""
    return f"原件第 {'、'.join(map(str, numbers))} 页"
