"""A run that is only a step to a PDF says nothing that is not printed."""

import io
import zipfile

import pypdfium2
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from filler.print_run.lean_run import holds_only_codes, make_lean
from filler.print_run.merge_documents import merge_to_file
from minzheng.external.libreoffice import convert_to_pdf
from script.golden import dump

_RANGES = b"<w:permStart "


def parts_of(run) -> dict[str, bytes]:
    with zipfile.ZipFile(run) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_all_but_what_prints_nothing_stays_as_it_is(fill, answers_of, tmp_path):
    """Every part but body and footers is the same, and so is every word of these."""
    run = tmp_path / "run.docx"
    merge_to_file([fill("ZF-01", answers_of("ZF-01")).docx] * 3, run)
    before, words = parts_of(run), dump(run.read_bytes())
    assert before["word/document.xml"].count(_RANGES) > 3
    make_lean(run)
    after = parts_of(run)
    assert list(after) == list(before)
    changed = {name for name in after if after[name] != before[name]}
    footers = {name for name in after if name.startswith("word/footer")}
    assert changed == {"word/document.xml", *footers}
    assert b"<w:perm" not in after["word/document.xml"]
    assert not any(b"SECTIONPAGES" in after[name] for name in footers)
    assert all(after[name].count(b" PAGEREF record") == 1 for name in footers)
    assert dump(run.read_bytes()) == words


def test_its_pages_are_those_of_the_whole_run(fill, answers_of, tmp_path):
    """Every letter has its place; how many pages there are stands a tenth of a point beside it."""
    whole, lean = tmp_path / "whole.docx", tmp_path / "lean.docx"
    merge_to_file([fill("ZF-01", answers_of("ZF-01")).docx] * 2, whole)
    lean.write_bytes(whole.read_bytes())
    make_lean(lean)
    first, second = map(_letters, convert_to_pdf([whole, lean], tmp_path))
    assert {page for page, _, _ in first} == {0, 1, 2, 3}
    assert [(page, sign) for page, sign, _ in first] == [(page, sign) for page, sign, _ in second]
    for (_, sign, before), (_, _, after) in zip(first, second, strict=True):
        assert after == pytest.approx(before, abs=0.11), sign


def _letters(pdf):
    """What is printed, sign by sign: its page, itself, its box in points."""
    return [
        (number, sign, words.get_charbox(at))
        for number, page in enumerate(pypdfium2.PdfDocument(pdf))
        for words in (page.get_textpage(),)
        for at in range(words.count_chars())
        for sign in (words.get_text_range(at, 1),)
        if sign.strip()
    ]


_BIG, _SMALL = '<w:sz w:val="44"/>', '<w:sz w:val="21"/>'


@pytest.mark.parametrize(
    ("properties", "mark", "text", "stays"),
    [
        ("", _BIG, "字", False),
        ("", f'{_BIG}<w:szCs w:val="44"/>', "字", False),
        ("", _SMALL, "字", True),
        ("", _BIG, "", True),
        ('<w:pStyle w:val="List"/>', _BIG, "字", True),
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', _BIG, "字", True),
    ],
)
def test_a_mark_that_looks_like_its_text_says_nothing(tmp_path, properties, mark, text, stays):
    """Where it looks otherwise, stands alone or may give a list's number its look, it does."""
    run, document = tmp_path / "run.docx", Document()
    words = f"<w:t>{text}</w:t>" if text else "<w:t></w:t>"
    xml = (
        f"<w:p {nsdecls('w')}><w:pPr>{properties}<w:rPr>{mark}</w:rPr></w:pPr>"
        f"<w:r><w:rPr>{_BIG}</w:rPr>{words}</w:r></w:p>"
    )
    document.element.body.insert(0, parse_xml(xml))
    document.save(str(run))
    make_lean(run)
    (made, *_) = Document(io.BytesIO(run.read_bytes())).paragraphs
    assert bool(made._p.pPr.xpath("w:rPr")) is stays
    assert made.text == text


def test_what_is_written_about_ranges_stays(tmp_path):
    """Words that look like a range are no range."""
    run, document = tmp_path / "run.docx", Document()
    document.add_paragraph('<w:permStart w:id="1"/>')
    document.save(str(run))
    make_lean(run)
    assert Document(io.BytesIO(run.read_bytes())).paragraphs[0].text == '<w:permStart w:id="1"/>'


def test_a_run_with_a_photo_holds_more_than_codes(fill, answers_of, tmp_path):
    """A form has its code only; what is larger may be a photo."""
    run = tmp_path / "run.docx"
    merge_to_file([fill("ZF-01", answers_of("ZF-01")).docx] * 2, run)
    assert holds_only_codes(run)
    with zipfile.ZipFile(run, "a") as archive:
        archive.writestr("word/media/photo.jpg", bytes(5000))
    assert not holds_only_codes(run)
