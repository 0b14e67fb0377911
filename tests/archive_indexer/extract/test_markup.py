"""OpenDocument and slides."""

from pathlib import Path

import pytest

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.markup import tree_of
from tests.archive_indexer.extract.made.made_files import LIMITS, put, zip_of


def test_an_opendocument_text_is_read_by_rows(tmp_path: Path):
    """Paragraphs and tables in their order."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
        "<text:h>证明</text:h><table:table><table:table-row>"
        "<table:table-cell><text:p>姓名</text:p></table:table-cell>"
        "<table:table-cell><text:p>测试<text:span>甲</text:span></text:p></table:table-cell>"
        "</table:table-row></table:table><text:p>情况属实</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.text"
    file = put(
        tmp_path, "a.odt", zip_of(("mimetype", mime.encode()), ("content.xml", content.encode()))
    )
    extraction = extract_pages(file, LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("odt", "证明\n姓名 测试甲\n情况属实")


def test_a_slide_is_a_page(tmp_path: Path):
    """Slides come in their order, the tenth after the ninth."""
    drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    slides = [
        (
            f"ppt/slides/slide{n}.xml",
            f"<x {drawing}><a:p><a:r><a:t>第{n}张</a:t></a:r></a:p></x>".encode(),
        )
        for n in (10, 2, 1)
    ]
    file = put(tmp_path, "a.pptx", zip_of(("ppt/presentation.xml", b"<x/>"), *slides))
    assert [page.text for page in extract_pages(file, LIMITS).pages] == ["第1张", "第2张", "第10张"]


@pytest.mark.parametrize(
    "members",
    [
        (("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "x">]><x>&a;</x>'),),
        (
            (
                "OFD.xml",
                b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x><DocRoot>&a;</DocRoot></x>',
            ),
        ),
        (
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 99 + b'">]><x>&a;</x>'),
        ),
    ],
)
def test_entities_are_not_expanded(tmp_path: Path, members: tuple[tuple[str, bytes], ...]):
    """No bomb of entities goes off and no file of the machine is shown."""
    extraction = extract_pages(put(tmp_path, "a", zip_of(*members)), LIMITS)
    text = "".join(page.text for page in extraction.pages)
    assert "root:" not in text
    assert "xxxx" not in text


@pytest.mark.parametrize("code", ["ascii", "utf-16"])
def test_what_a_document_names_elsewhere_is_not_opened(tmp_path: Path, code: str):
    """Neither the file of its type, which is none here, nor one of its words."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("secret")
    source = (
        f'<!DOCTYPE r SYSTEM "{elsewhere.as_uri()}" [<!ENTITY a SYSTEM "{elsewhere.as_uri()}">]>'
        "<r>said&a;</r>"
    )
    assert "secret" not in "".join(map(str, tree_of(source.encode(code)).itertext()))


def test_two_places_of_one_name_are_no_harm():
    """As programs leave them behind when they copy."""
    tree = tree_of(b'<r xml:id="a"><c xml:id="a">said</c></r>')
    assert "".join(map(str, tree.itertext())) == "said"
