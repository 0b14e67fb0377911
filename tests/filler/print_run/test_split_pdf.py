"""PDFs cut from one of a whole run look as if each had been made alone."""

from itertools import islice

import pypdf
import pypdfium2
import pytest
from PIL import ImageChops
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from stdnum.cn import ric

from filler.form.form_data import Refused
from filler.print_run import pdf_files
from filler.print_run.pdf_files import make_pdfs
from filler.print_run.split_pdf import _own_resources, split_pdf
from minzheng.external.libreoffice import convert_to_pdf
from tests.archival_reader import faults_of_pdf
from tests.journeys.waiting import COMMAND_SECONDS


@pytest.fixture
def documents(fill, answers_of, tmp_path):
    """Three households; the second has so many members that it goes on to another page."""
    files = []
    for number, members in enumerate((2, 9, 1), start=1):
        answers = answers_of("COM-03")
        head = answers["members"][0]
        rest = [{**head, "m_rel": "子", "m_id": one} for one in islice(numbers(), members - 1)]
        answers["members"] = [head, *rest]
        answers["conclusion"] += f"（第 {number} 户）"
        issued = fill("COM-03", answers | {"case_no": "新案件"})
        assert not isinstance(issued, Refused), issued.problems
        file = tmp_path / f"{number:04d}_户.docx"
        file.write_bytes(issued.docx)
        files.append(file)
    return files


def numbers():
    """Sound ID numbers of grown-ups."""
    for day in range(1, 29):
        body = f"610927198001{day:02d}001"
        yield body + ric.calc_check_digit(body + "0")


def looks(file):
    """Each page as a picture without its code line, and its words."""
    pdf = pypdfium2.PdfDocument(file)
    try:
        pages = [page.render(scale=1).to_pil().convert("L") for page in pdf]
        words = ["".join(page.get_textpage().get_text_range().split()) for page in pdf]
    finally:
        pdf.close()
    return [page.crop((0, 0, page.width, page.height - 36)) for page in pages], words


def test_cut_and_single_pdfs_look_the_same(documents, tmp_path, monkeypatch):
    """Page for page and pixel for pixel; each record has all its pages and counts them."""
    monkeypatch.setattr(pdf_files, "_convert", lambda *_: pytest.fail("not cut from the run"))
    outcome = make_pdfs(documents, tmp_path, seconds=COMMAND_SECONDS)
    assert not outcome.failed
    alone = tmp_path / "alone"
    alone.mkdir()
    single = convert_to_pdf(documents, alone)
    counts = []
    for cut, one in zip(outcome.made, single, strict=True):
        (pages, words), (expected, right_words) = looks(cut), looks(one)
        assert words == right_words
        for page, right in zip(pages, expected, strict=True):
            assert page.size == right.size
            assert ImageChops.difference(page, right).getextrema()[1] < 8
        counts.append(len(pages))
        assert f"共{len(pages)}页" in words[-1]
        assert faults_of_pdf(cut.read_bytes()) == []
        assert cut.stat().st_size < 1.5 * one.stat().st_size + 20_000
    assert counts[1] > counts[0]


@pytest.mark.parametrize("ends", [[], [0], [1, 0], [0, 2], [0, 0]])
def test_pages_that_cannot_be_told_apart_are_not_cut(tmp_path, ends):
    """A missing end, ends out of order, pages after the last: then each file is made alone."""
    writer = pypdf.PdfWriter()
    for _ in range(2):
        writer.add_blank_page(100, 100)
    for number, page in enumerate(ends, start=1):
        writer.add_named_destination(f"/record{number}", min(page, 1))
    if ends == [0, 2]:
        writer.add_blank_page(100, 100)
    whole = tmp_path / "whole.pdf"
    writer.write(whole)
    outs = [tmp_path / "1.pdf", tmp_path / "2.pdf"]
    assert not split_pdf(whole, outs)
    assert not any(out.exists() for out in outs)


def pages_of(file):
    return [page.mediabox.width for page in pypdf.PdfReader(file).pages]


def run_of(tmp_path, *ends, pages):
    """A PDF whose pages are as wide as they are numbered, with the ends of its records."""
    writer = pypdf.PdfWriter()
    for number in range(pages):
        writer.add_blank_page(100 + number, 100)
    for number, page in enumerate(ends, start=1):
        writer.add_named_destination(f"/record{number}", page)
    whole = tmp_path / "whole.pdf"
    writer.write(whole)
    return whole


def test_each_record_gets_the_pages_up_to_its_end(tmp_path):
    """From behind the one before."""
    outs = [tmp_path / f"{number}.pdf" for number in (1, 2, 3)]
    assert split_pdf(run_of(tmp_path, 0, 2, 3, pages=4), outs)
    assert [pages_of(out) for out in outs] == [[100], [101, 102], [103]]


def test_a_damaged_run_is_not_cut(tmp_path):
    """Whoever wrote it."""
    whole = tmp_path / "whole.pdf"
    whole.write_bytes(b"%PDF-1.7 and nothing behind it")
    assert not split_pdf(whole, [tmp_path / "1.pdf"])
    assert not (tmp_path / "1.pdf").exists()
    assert not split_pdf(run_of(tmp_path, pages=1), [])


def test_a_page_keeps_the_pictures_and_fonts_it_uses():
    """Others are left to the pages that show them."""
    names = {"/XObject": ["/Im1", "/Im2"], "/Font": ["/F1", "/F2"], "/ExtGState": ["/G1"]}
    resources = DictionaryObject({
        NameObject(kind): DictionaryObject({NameObject(one): NameObject("/x") for one in found})
        for kind, found in names.items()
    })  # fmt: skip
    page = pypdf.PageObject.create_blank_page(width=10, height=10)
    page[NameObject("/Resources")] = resources
    own = _own_resources(page)
    assert {kind: list(own[kind]) for kind in names} == {
        "/XObject": [], "/Font": [], "/ExtGState": ["/G1"]
    }  # fmt: skip
    stream = DecodedStreamObject()
    stream.set_data(b"/F2 12 Tf /Im1 Do")
    page[NameObject("/Contents")] = stream
    own = _own_resources(page)
    assert (list(own["/XObject"]), list(own["/Font"])) == (["/Im1"], ["/F2"])
