"""★ The county's one book of policies for a day: cover, contents, fifteen chapters, versions.

Nothing in it is typed: chapters → Word → once through LibreOffice for the numbers of its pages.
"""

import datetime as dt
import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Pt

from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.lean_word import new_document
from minzheng.external.files.list_document import SONG
from minzheng.external.files.named_places import pages_of_names
from minzheng.external.libreoffice import LibreOfficeMissingError, convert_to_pdf
from minzheng.external.run_program import ProgramFailedError
from minzheng.policies.book_parts import page_of, section_end
from minzheng.policies.book_text import (
    VERSIONS,
    chapter_text,
    chapter_title,
    contents,
    cover,
    entries_of,
    preface,
    versions_text,
)
from minzheng.policies.chapters import Chapter, Policies

_FIRST = 'w:fmt="decimal" w:start="1"'
_BEFORE = 3  #: sections before the first chapter: cover, preface, contents
_NAME = "民政政策汇编"


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """The book of a day."""

    word: bytes
    pages: Mapping[str, int]  #: of each heading, by its mark; none where nobody counted them


def make_book(policies: Policies, day: dt.date, county: str, bureau: str) -> PolicyBook:
    """Make the book as its chapters read on a day.

    Where LibreOffice is not installed, or fails, the contents name no pages until Word, asked
    to when it opens the file, has counted them.
    """
    text = _Text(policies, day, county, bureau)
    try:
        pages = _pages_of(as_pdf(text.written({}, is_sketch=True)))
    except (LibreOfficeMissingError, ProgramFailedError):
        return PolicyBook(text.written({}, asks_word=True), {})
    return PolicyBook(text.written(pages), pages)


def as_pdf(word: bytes) -> bytes:
    """The book as PDF/A.

    Raises:
        LibreOfficeMissingError: it is not installed.
        ProgramFailedError: it made nothing.
    """
    with tempfile.TemporaryDirectory(prefix="minzheng-book-") as folder:
        file = Path(folder) / "book.docx"
        file.write_bytes(word)
        (made,) = convert_to_pdf([file], Path(folder), keeps_bookmarks=True)
        return made.read_bytes()


class _Text:
    """The book's text, written once without page numbers and once with them."""

    def __init__(self, policies: Policies, day: dt.date, county: str, bureau: str) -> None:
        self._properties = FileProperties(bureau, f"{county}{_NAME}（{day}）", day)
        self._chapters: tuple[Chapter, ...] = policies.chapters(day)
        self._before = cover(county, bureau, day) + "".join(preface(self._chapters, day))
        self._versions = versions_text(policies.county.laws, day)

    def written(
        self, pages: Mapping[str, int], *, is_sketch: bool = False, asks_word: bool = False
    ) -> bytes:
        """The Word file with these pages in its contents."""
        document: Any = new_document(self._properties, ("Header", "Footer"))
        listed = contents(entries_of(self._chapters), pages)
        chapters = "".join(
            chapter_text(one, is_sketch=is_sketch)
            + section_end(numbers=_FIRST if one.number == 1 else "")
            for one in self._chapters
        )
        whole = f"{self._before}{listed}{chapters}{self._versions}{page_of('')}"
        inside = parse_xml(f"<w:body {nsdecls('w')}>{whole}</w:body>")
        document.element.replace(document.element.body, inside)
        document.styles["Normal"].paragraph_format.space_after = Pt(0)
        for at, section in enumerate(document.sections):
            _lay_edges(section, self._head_of(at), at)
        if asks_word:
            update = parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>')
            document.settings.element.insert(0, update)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    def _head_of(self, at: int) -> str:
        number = at - _BEFORE
        if number < 0:
            return _NAME
        return chapter_title(self._chapters[number]) if number < len(self._chapters) else VERSIONS


def _lay_edges(section: Section, head: str, at: int) -> None:
    """The head and foot of a section's pages; the cover and what stands before have none."""
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    if at < _BEFORE - 1:
        return
    _say(section.header.paragraphs[0], head)
    foot = section.footer.paragraphs[0]
    _say(foot, "— ")
    page = '<w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:t>1</w:t></w:r>'
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE ">{page}</w:fldSimple>'))
    _say(foot, " —")


def _say(paragraph: Any, text: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(10.5), "Times New Roman"
    run.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)


def _pages_of(pdf: bytes) -> dict[str, int]:
    """On which page each heading stands, as the foot of the page counts them."""
    found = pages_of_names(pypdf.PdfReader(io.BytesIO(pdf)))
    first = found.get("chapter1", 0)
    return {mark: at - first + 1 for mark, at in found.items() if at >= first}
