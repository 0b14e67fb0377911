"""One PDF of many records becomes a PDF each, by the bookmarks at the records' ends."""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject

from filler.print_run.merge_sections import end_name
from minzheng.external.files.archival_pdf import archival_marks, as_archival
from minzheng.external.files.named_places import pages_of_names
from minzheng.external.files.whole_file import write_whole

_USED = {
    "/XObject": re.compile(rb"(/[^\s/]+)\s+Do\b"),
    "/Font": re.compile(rb"(/[^\s/]+)\s+\S+\s+Tf\b"),
}


def split_pdf(whole: Path, outs: Sequence[Path]) -> bool:
    """Write each record's pages; False, and nothing, when it is not sure which they are."""
    try:
        reader = pypdf.PdfReader(whole)
        ends = _ends(reader, len(outs))
        if not ends:
            return False
        starts, marks = [0, *(end + 1 for end in ends)], archival_marks(whole)
        for out, start, end in zip(outs, starts, ends, strict=False):
            cut = _cut(reader, range(start, end + 1))
            write_whole(out, as_archival(cut, marks) if marks else cut)
    except (PyPdfError, KeyError, ValueError, TypeError):
        return False
    return True


def _ends(reader: pypdf.PdfReader, count: int) -> list[int]:
    """The last page of each record; none when one is missing or they overlap."""
    named = pages_of_names(reader)
    ends: list[int] = []
    for number in range(1, count + 1):
        end = named.get(end_name(number), -1)
        if end <= (ends[-1] if ends else -1):
            return []
        ends.append(end)
    return ends if ends and ends[-1] == len(reader.pages) - 1 else []


def _cut(reader: pypdf.PdfReader, pages: range) -> bytes:
    writer = pypdf.PdfWriter()
    writer.pdf_header = reader.pdf_header
    for number in pages:
        page = reader.pages[number]
        page[NameObject("/Resources")] = _own_resources(page)
        writer.add_page(page)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _own_resources(page: Any) -> DictionaryObject:
    """What the page uses: LibreOffice names the pictures of all records on every page."""
    content = page.get_contents()
    data = content.get_data() if content is not None else b""
    own = DictionaryObject(page["/Resources"].get_object())
    for kind, use in _USED.items():
        named = own.get(kind)
        if named is not None:
            used = {match.decode() for match in use.findall(data)}
            all_of = named.get_object()
            own[NameObject(kind)] = DictionaryObject(
                {name: value for name, value in all_of.items() if name in used}
            )
    return own
