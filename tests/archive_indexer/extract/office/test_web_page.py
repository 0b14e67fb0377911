"""Web pages, and documents of Office in one XML file, whatever they are called."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from archive_indexer.extract.effort import is_quick
from archive_indexer.extract.extract_pages import extract_pages
from tests.archive_indexer.extract.made.made_files import LIMITS, put

TABLE = (
    "<table><tr><th>姓名<th>金额</tr><tr><td>测试<b>甲</b></td><td>1,<font>234</font>.50</td></tr>"
    "</table>"
)


@pytest.mark.parametrize(
    "source",
    [
        f"<html><head><style>td {{color:red}}</style></head><body>{TABLE}</body></html>",
        f"<!DOCTYPE html>\n<html><body><script>var 隐藏 = 1</script>{TABLE}",
        f"<!-- saved from url -->\n<html>{TABLE}</html>",
        f'<?xml version="1.0" encoding="gb2312"?><html>{TABLE}</html>',
        f"<html><!--[if gte mso 9]><xml>隐藏</xml><![endif]-->{TABLE}</html>",
        TABLE,
    ],
)
@pytest.mark.parametrize("name", ["a.html", "名单.xls", "证明.doc", "a.txt"])
def test_a_web_page_is_what_people_see_of_it(tmp_path: Path, source: str, name: str):
    """Rows and words that tags would tear apart; no code, whatever the file is called."""
    extraction = extract_pages(put(tmp_path, name, source.encode("gb18030")), LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("html", "姓名 金额\n测试甲 1,234.50")


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_web_page_in_unicode_of_two_bytes_is_read(tmp_path: Path, code: str):
    """Programs of Windows save so, with and without a mark."""
    source = f'<html><head><meta charset="unicode"></head><body>{TABLE}</body></html>'
    extraction = extract_pages(put(tmp_path, "名单.xls", source.encode(code)), LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("html", "姓名 金额\n测试甲 1,234.50")


def test_paragraphs_of_a_web_page_are_apart(tmp_path: Path):
    """Whether a block begins or ends between two words."""
    source = "<html><body>第一<p>第二</p>第三<br>第四<div>第五</div><pre>第六</pre></body></html>"
    page = extract_pages(put(tmp_path, "a.html", source.encode()), LIMITS).pages[0]
    assert page.text.splitlines() == ["第一", "第二", "第三", "第四", "第五", "第六"]


def test_signs_written_as_numbers_are_read(tmp_path: Path):
    """`&#27979;` is a sign like any other."""
    page = extract_pages(put(tmp_path, "a.html", b"<html>&#27979;&#35797;&nbsp;A</html>"), LIMITS)
    assert page.pages[0].text == "测试 A"


def test_what_was_typed_into_a_form_is_read(tmp_path: Path):
    """Fields, ticked boxes, the words in place of a picture; no hidden code."""
    source = (
        '<html>姓名<input value="测试甲"><input type="hidden" value="x9z">'
        '<input type=checkbox checked>低保<input type=radio>特困<img src="a.png" alt="印章"></html>'
    )
    page = extract_pages(put(tmp_path, "a.html", source.encode()), LIMITS).pages[0]
    assert page.text == "姓名 测试甲 ☑低保☐特困 印章"
    assert page.unread == ("含 1 张图片不在文件里，未识别",)


def test_a_picture_within_a_web_page_is_a_further_page(tmp_path: Path, monkeypatch):
    """Written as base64; one that is broken is told."""
    seen = []
    monkeypatch.setattr(
        "archive_indexer.extract.office.web_page.read_pictures",
        lambda found, first, limits: (tuple(seen.extend(load() for _, load in found) or ()), ()),
    )
    picture = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(picture, "PNG")
    within = base64.b64encode(picture.getvalue()).decode()
    source = f'<html>测试<img src="data:image/png;base64,{within}"></html>'
    file = put(tmp_path, "a.html", source.encode())
    assert extract_pages(file, LIMITS).pages[0].unread == ()
    assert seen == [picture.getvalue()]


def test_a_broken_picture_within_a_web_page_is_told(tmp_path: Path):
    """It is not taken for an ornament."""
    file = put(tmp_path, "a.html", b'<html>x<img src="data:image/png;base64,A"></html>')
    assert extract_pages(file, LIMITS).pages[0].unread == ("含 1 张图片打不开（picture），未识别",)


def test_a_web_page_with_a_large_picture_waits_with_the_scans(tmp_path: Path):
    """Text alone is read at once."""
    large = base64.b64encode(b"\xff\xd8\xff\xe0" + b"x" * 30_000)
    page = b'<html><img src="data:image/jpeg;base64,' + large + b'"></html>'
    assert not is_quick(put(tmp_path, "a.html", page))
    assert is_quick(put(tmp_path, "b.html", TABLE.encode()))


SHEET = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table>'
    '<Row><Cell><Data ss:Type="String">测试甲</Data></Cell>'
    '<Cell><Data ss:Type="DateTime">2018-05-07T00:00:00.000</Data><Comment><Data>已核</Data>'
    "</Comment></Cell></Row></Table></Worksheet></Workbook>"
)
LETTER = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
    "<w:p><w:r><w:t>测试</w:t></w:r><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>属实</w:t></w:r>"
    "</w:p></w:body></w:wordDocument>"
)
FLAT = (
    '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document><w:body><w:p><w:r>'
    "<w:t>测试甲</w:t></w:r></w:p></w:body></w:document></pkg:xmlData></pkg:part>"
    '<pkg:part pkg:name="/word/header1.xml"><pkg:xmlData><w:hdr><w:p><w:r><w:t>页眉</w:t></w:r>'
    "</w:p></w:hdr></pkg:xmlData></pkg:part></pkg:package>"
)


@pytest.mark.parametrize(
    ("name", "source", "text"),
    [
        ("名单.xls", SHEET, "名单\n测试甲 2018-05-07 已核\n批注：已核"),
        ("证明.doc", LETTER, "测试甲\n属实"),
        ("证明.xml", FLAT, "测试甲\n页眉"),
    ],
)
def test_a_document_of_office_in_one_file_is_read(tmp_path: Path, name, source, text):
    """Rows of a sheet, paragraphs of a letter, its heads."""
    extraction = extract_pages(put(tmp_path, name, source.encode()), LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("xml", text)


def test_a_cut_document_in_one_file_says_that_it_is_broken(tmp_path: Path):
    """And not only that it is a text."""
    extraction = extract_pages(put(tmp_path, "a.xml", LETTER[:-30].encode()), LIMITS)
    assert "已损坏" in extraction.reason


def test_pictures_of_a_document_in_one_file_are_read(tmp_path: Path):
    """Those that are drawn in strokes are counted."""
    drawn = '<w:binData w:name="wordml://1.wmf">AAAA</w:binData></w:p></w:body>'
    source = LETTER.replace("</w:p></w:body>", drawn)
    page = extract_pages(put(tmp_path, "a.doc", source.encode()), LIMITS).pages[0]
    assert page.unread == ("含 1 张 EMF、WMF 图形，未识别。请另存为 PDF",)
