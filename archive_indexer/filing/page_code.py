"""Our code on the pages of a file: which form, which case, which of its pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive_indexer.documents import ExtractedPage, Guess
from minzheng.county.form_code import FormCode, find_line, read_qr

_CASE = re.compile(r"^(?P<dossier>[A-Z]{2})-(?P<place>\d{6})-(?P<year>\d{4})-\d{4}$")
_PAGE_OF = re.compile(r"第\s*(\d{1,3})\s*页\s*[/／]?\s*共\s*(\d{1,3})\s*页")


@dataclass(frozen=True, slots=True)
class CodeFound:
    """Our code on a page, how sure it was read, and where."""

    code: FormCode
    confidence: float
    because: str

    def guess(self, value: str) -> Guess:
        """What the code tells, with its certainty and reason."""
        return Guess(value, self.confidence, self.because, "code")

    @property
    def case(self) -> re.Match[str] | None:
        """The parts of the case number: dossier, place, year."""
        return _CASE.match(self.code.case_no)


def find_code(pages: Sequence[ExtractedPage]) -> CodeFound | None:
    """The first QR code of ours, else the first printed code line."""
    for page in pages:
        for text in page.codes:
            code = read_qr(text)
            if code is not None:
                return CodeFound(code, 1.0, f"第 {page.number} 页二维码")
    for page in pages:
        code = find_line(page.text)
        if code is not None:
            return CodeFound(code, 0.95, f"第 {page.number} 页页脚编号")
    return None


def form_page(found: CodeFound | None, pages: Sequence[ExtractedPage]) -> Guess | None:
    """Which pages of the form these are: 1/2, 1-2/2."""
    matches = [match for page in pages if (match := _PAGE_OF.search(page.text))]
    if found is None or not matches:
        return None
    numbers = sorted({int(match[1]) for match in matches})
    span = f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
    return Guess(f"{span}/{matches[0][2]}", 0.95, "页脚的页码", "code")
