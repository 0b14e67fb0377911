"""Many documents become one print run."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from filler.errors import BatchError
from filler.print_run.merge_documents import merge_documents, merge_to_file
from minzheng.external.libreoffice import convert_to_pdf
from tests.strict_reader import faults_of

PAGE = re.compile(r"((?:ZF|DB)-\d{6}-\d{4}-\d{4})\s*第\s*(\d+)\s*页/共\s*(\d+)\s*页")


@pytest.fixture
def documents(fill, visits):
    return [fill("ZF-01", answers).docx for answers in visits(3)]


def merge(documents) -> bytes:
    stream = io.BytesIO()
    merge_documents(documents, stream)
    return stream.getvalue()


def test_every_record_is_a_section_with_its_own_code_line_and_qr(documents):
    """In roster order; nothing of one stands in another's footer."""
    merged = docx.Document(io.BytesIO(merge(documents)))
    assert len(merged.sections) == 3
    for number, section in enumerate(merged.sections, start=1):
        text = "".join(paragraph.text for paragraph in section.footer.paragraphs)
        assert f"-{number:04d} " in text
        assert len(section.footer.part.rels) == 1
    pictures = {
        section.footer.part.rels[name].target_part.sha1
        for section in merged.sections
        for name in section.footer.part.rels
    }
    assert len(pictures) == 3


def test_no_text_of_any_record_is_lost(documents):
    """Cell by cell."""
    merged = docx.Document(io.BytesIO(merge(documents)))
    wanted = [_texts(docx.Document(io.BytesIO(one))) for one in documents]
    assert _texts(merged) == [text for texts in wanted for text in texts]


def test_numbers_that_must_differ_do(documents):
    """Drawings, bookmarks, parts: Word refuses twins."""
    with zipfile.ZipFile(io.BytesIO(merge(documents))) as archive:
        names = archive.namelist()
        xml = b"".join(archive.read(name) for name in names if name.endswith(".xml")).decode()
    assert len(names) == len(set(names))
    for pattern in (r'<wp:docPr [^>]*?id="(\d+)"', r'<w:bookmarkStart [^>]*?w:id="(\d+)"'):
        found = re.findall(pattern, xml)
        assert len(found) == len(set(found)) == 3


def test_the_same_documents_give_the_same_bytes(documents):
    """A run can be checked against its hash."""
    assert merge(documents) == merge(documents)


def test_pages_are_counted_for_each_record(documents, fill, answers_of, tmp_path):
    """第1页/共2页 again for each, in LibreOffice too; not one page more than alone."""
    files = [tmp_path / "all.docx", tmp_path / "one.docx"]
    files[0].write_bytes(merge(documents))
    files[1].write_bytes(documents[0])
    whole, single = (pypdf.PdfReader(file) for file in convert_to_pdf(files, tmp_path))
    pages = len(single.pages)
    assert len(whole.pages) == 3 * pages
    found = PAGE.findall("".join(page.extract_text() for page in whole.pages))
    counts = [(int(page), int(of)) for _, page, of in found]
    assert counts == [(page, pages) for _ in range(3) for page in range(1, pages + 1)]


def test_nothing_and_strangers_are_refused(documents, tmp_path):
    """Another template has other styles."""
    with pytest.raises(BatchError, match="没有"):
        merge([])
    other = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(documents[0])) as source, zipfile.ZipFile(other, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            is_looks = name == "word/styles.xml"
            copy.writestr(name, data.replace(b'w:line="276"', b'w:line="9"') if is_looks else data)
    with pytest.raises(BatchError, match="版本"):
        merge([documents[0], other.getvalue()])


def test_forms_of_every_layout_can_be_merged(fill, answers_of, catalogue):
    """Whatever its template is made of; a strict reader finds nothing."""
    for spec in {spec.layout: spec for spec in catalogue.forms}.values():
        issued = [fill(spec.id, answers_of(spec.id)).docx for _ in range(2)]
        merged = merge(issued)
        assert len(docx.Document(io.BytesIO(merged)).sections) == 2
        assert faults_of(merged) == []


def _texts(document) -> list[str]:
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def test_an_unfinished_run_leaves_nothing(tmp_path: Path):
    """Whole or not at all."""
    with pytest.raises(BatchError):
        merge_to_file([], tmp_path / "x.docx")
    assert not list(tmp_path.iterdir())
