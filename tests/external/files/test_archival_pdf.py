"""Pages put together of PDF/A are PDF/A again."""

import io

import docx
import pypdf
import pypdfium2
import pytest
from pypdf.generic import DictionaryObject, NameObject

from minzheng.external.files.archival_pdf import archival_marks, as_archival
from minzheng.external.libreoffice import convert_to_pdf
from tests.archival_reader import faults_of_pdf


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A PDF of LibreOffice."""
    folder = tmp_path_factory.mktemp("pdf")
    document = docx.Document()
    document.core_properties.title = "测试（一）"
    document.add_paragraph("测试甲 abc")
    document.save(str(folder / "one.docx"))
    return convert_to_pdf([folder / "one.docx"], folder)[0]


def written_by_pdfium(made):
    whole = pypdfium2.PdfDocument.new()
    whole.import_pages(pypdfium2.PdfDocument(made))
    stream = io.BytesIO()
    whole.save(stream)
    return stream.getvalue()


def written_by_pypdf(made):
    writer = pypdf.PdfWriter()
    for page in pypdf.PdfReader(made).pages:
        writer.add_page(page)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_what_libreoffice_makes_is_archival(made):
    """PDF/A-2b: for the archive, readable in thirty years, its fonts and colours inside."""
    assert faults_of_pdf(made.read_bytes()) == []


@pytest.mark.parametrize("written", [written_by_pdfium, written_by_pypdf])
def test_the_marks_are_written_again(made, written):
    """Whoever put the pages together had lost them; the pages themselves stay as they are."""
    data = written(made)
    assert "does not say that it is PDF/A-2b" in faults_of_pdf(data)
    again = as_archival(data, archival_marks(made))
    assert faults_of_pdf(again) == []
    assert again.startswith(data)
    reader = pypdf.PdfReader(io.BytesIO(again))
    assert reader.metadata.title == "测试（一）"
    assert [page.extract_text().strip() for page in reader.pages] == ["测试甲 abc"]
    assert "测试甲" in pypdfium2.PdfDocument(again)[0].get_textpage().get_text_range()


def test_the_same_pages_make_the_same_file(made):
    """The identity comes from the content."""
    data, marks = written_by_pypdf(made), archival_marks(made)
    assert as_archival(data, marks) == as_archival(data, marks)


def test_a_file_that_is_none_has_no_marks(tmp_path):
    """Nothing is said of a file that did not say it."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "x.pdf")
    assert archival_marks(tmp_path / "x.pdf") is None


def test_the_reader_sees_what_is_missing(made):
    """The checks above can fail."""
    data = made.read_bytes()
    assert "has no identity" in faults_of_pdf(data.replace(b"/ID", b"/Id"))
    assert "does not say that it is PDF/A-2b" in faults_of_pdf(data.replace(b"part>2<", b"part>1<"))
    lost = data.replace(b"/FontFile2", b"/FontFile9").replace(b"/FontFile3", b"/FontFile9")
    assert any("is not in the file" in one for one in faults_of_pdf(lost))
    assert "goes on behind its end" in faults_of_pdf(data + b"more")


@pytest.mark.parametrize(
    ("put", "said"),
    [
        ({"/S": "/Launch"}, "does something by itself: /Launch"),
        ({"/BM": "/Odd"}, "mixes colours by /Odd"),
        ({"/Subtype": "/Movie"}, "has a mark that is not printed: /Movie"),
        ({"/ColorSpace": "/DeviceCMYK"}, "has colours of a printing press"),
    ],
)
def test_the_reader_sees_what_is_forbidden_wherever_it_stands(made, put, said):
    """Any object that a page leads to is looked at."""
    writer = pypdf.PdfWriter(made)
    names = {NameObject(key): NameObject(value) for key, value in put.items()}
    writer.pages[0][NameObject("/PieceInfo")] = writer._add_object(DictionaryObject(names))
    stream = io.BytesIO()
    writer.write(stream)
    assert said in faults_of_pdf(stream.getvalue())
