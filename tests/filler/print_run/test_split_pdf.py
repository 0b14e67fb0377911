"""PDFs cut from one of a whole run look as if each had been made alone."""

from itertools import islice

import pypdf
import pypdfium2
import pytest
from PIL import ImageChops
from stdnum.cn import ric

from filler.form.form_data import Refused
from filler.print_run import pdf_files
from filler.print_run.pdf_files import make_pdfs
from filler.print_run.split_pdf import split_pdf
from minzheng.external.libreoffice import convert_to_pdf


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
        issued = fill("COM-03", answers)
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
    outcome = make_pdfs(documents, tmp_path)
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
