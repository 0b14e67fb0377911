"""What a page says about itself: our code, its page number, a known title, or nothing."""

import re
from collections.abc import Callable, Sequence

from archive_indexer.documents import ExtractedPage
from minzheng.county.form_code import FormCode, find_line, read_qr
from minzheng.inbox.papers import PageEvidence

_COUNTED = re.compile(r"第\s*(\d{1,3})\s*页\s*[/／|]?\s*共\s*(\d{1,3})\s*页")

#: The form whose title a page bears, or nothing.
TitleOf = Callable[[ExtractedPage], str]


def gather_evidence(pages: Sequence[ExtractedPage], title_of: TitleOf) -> tuple[PageEvidence, ...]:
    """What every page of a scan says of itself."""
    return tuple(_evidence_of(page, title_of) for page in pages)


def _evidence_of(page: ExtractedPage, title_of: TitleOf) -> PageEvidence:
    by_qr = next((code for text in page.codes if (code := read_qr(text))), None)
    code = by_qr or _code_of_line(page.text)
    page_no, page_count = _count(page.text) if code else (None, None)
    return PageEvidence(
        number=page.number,
        code=code,
        is_by_qr=by_qr is not None,
        page_no=page_no,
        page_count=page_count,
        is_blank=page.origin == "blank",
        is_unread=page.origin == "unread",
        turns=page.turns,
        titled="" if code else title_of(page),
        text="".join(page.text.split()),
    )


def _code_of_line(text: str) -> FormCode | None:
    """The printed line, with the form as the QR would have it."""
    code = find_line(text)
    return FormCode(code.form_id.upper(), code.version, code.case_no) if code else None


def _count(text: str) -> tuple[int | None, int | None]:
    """第x页/共y页 as printed below; a paper's own text may speak of pages before."""
    found = _COUNTED.findall(text)
    if not found:
        return None, None
    page_no, page_count = (int(part) for part in found[-1])
    return (page_no, page_count) if 1 <= page_no <= page_count else (None, None)
