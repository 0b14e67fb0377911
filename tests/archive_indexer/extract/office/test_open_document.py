"""OpenDocument files."""

from pathlib import Path

import pytest
from lxml import etree

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import UnreadableError
from archive_indexer.extract.office import open_document
from archive_indexer.extract.office.open_document import read_opendocument, remarks_in
from tests.archive_indexer.extract.made.made_documents import _ODF_SPACES
from tests.archive_indexer.extract.made.made_files import LIMITS, put, zip_of


def test_an_encrypted_document_says_so(tmp_path: Path):
    """Its content is no XML then."""
    manifest = b"<m><file-entry><encryption-data/></file-entry></m>"
    package = zip_of(("META-INF/manifest.xml", manifest), ("content.xml", b"\1\2"))
    with pytest.raises(UnreadableError, match="已加密"):
        read_opendocument(put(tmp_path, "a.odt", package), LIMITS)


def test_the_remarks_of_a_sheet_are_told_without_its_cells():
    """Cells are read elsewhere."""
    content = etree.fromstring(
        f"<office:x {_ODF_SPACES}><table:table-cell><office:annotation><text:p>已核</text:p>"
        "</office:annotation><text:p>格</text:p></table:table-cell>"
        "<draw:text-box><text:p>框内</text:p></draw:text-box></office:x>"
    )
    assert remarks_in(content) == ["批注：已核", "框内"]


def test_what_stands_at_the_foot_of_slides_is_read(tmp_path: Path):
    """It is declared once, and no paragraph."""
    content = (
        f'<office:x {_ODF_SPACES} xmlns:presentation="p"><office:body><office:presentation>'
        "<presentation:footer-decl>页脚之字</presentation:footer-decl><text:p>正文</text:p>"
        "</office:presentation></office:body></office:x>"
    )
    package = zip_of(("content.xml", content.encode()))
    page = read_opendocument(put(tmp_path, "a.odp", package), LIMITS).pages[0]
    assert page.text == "页脚之字\n正文"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("<annotation>人均 = 收入 / 3</annotation>", "人均 = 收入 / 3"), ("", "人均=3")],
)
def test_a_formula_within_a_document_is_read(tmp_path: Path, typed: str, said: str):
    """As it was typed, or sign by sign."""
    signs = "" if typed else "<mi>人均</mi><mo>=</mo><mn>3</mn>"
    package = zip_of(
        ("content.xml", f"<office:x {_ODF_SPACES}><text:p>正文</text:p></office:x>".encode()),
        ("Object 1/content.xml", f"<math><semantics>{signs}{typed}</semantics></math>".encode()),
    )
    page = read_opendocument(put(tmp_path, "a.odt", package), LIMITS).pages[0]
    assert page.text == f"正文\n{said}"


def test_a_broken_part_is_told(tmp_path: Path):
    """What stands at the foot of every page may have been in it."""
    content = f"<office:x {_ODF_SPACES}><text:p>正文</text:p></office:x>".encode()
    package = zip_of(("content.xml", content), ("styles.xml", b"<broken"))
    page = read_opendocument(put(tmp_path, "a.odt", package), LIMITS).pages[0]
    assert page.unread == ("含 1 处内容已损坏（styles.xml），未识别",)


def test_a_document_in_one_file_of_xml_is_read(tmp_path: Path, monkeypatch):
    """Its words without their tags, heads and feet, and the pictures written in it."""
    seen = []
    monkeypatch.setattr(
        open_document, "read_pictures", lambda held, *_: (seen.extend(held), ((), ()))[1]
    )
    flat = (
        f"<?xml version='1.0'?><office:document {_ODF_SPACES} "
        "office:mimetype='application/vnd.oasis.opendocument.text'><office:meta>题名</office:meta>"
        "<office:master-styles><text:p>页眉之字</text:p></office:master-styles><office:body>"
        "<office:text><text:p>平<text:span>面</text:span>之字</text:p><draw:image>"
        "<office:binary-data>eA==</office:binary-data></draw:image></office:text></office:body>"
        "</office:document>"
    )
    (page,) = extract_pages(put(tmp_path, "a.fodt", flat.encode()), LIMITS).pages
    assert page.text == "平面之字\n页眉之字"
    assert [load() for _, load in seen] == [b"x"]


def test_what_stands_beside_the_cells_of_a_sheet_is_read():
    """Shapes, descriptions, and what is said when a cell is filled in."""
    content = etree.fromstring(
        f"<x {_ODF_SPACES}><table:help-message table:title='提题'><text:p>提词</text:p>"
        "</table:help-message><draw:line><text:p>线词</text:p></draw:line><svg:desc>图词</svg:desc></x>"
    )
    assert remarks_in(content) == ["提题", "提词", "线词", "图：图词"]
