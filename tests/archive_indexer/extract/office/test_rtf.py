"""RTF documents."""

import io
from pathlib import Path

import pytest
from PIL import Image

from archive_indexer.documents import ExtractedPage
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.office import pictures, rtf
from archive_indexer.extract.office.rtf import read_rtf
from tests.archive_indexer.extract.made.made_files import LIMITS, put


def test_an_rtf_is_read(tmp_path: Path):
    """Chinese stands in it as bytes of GBK and as numbers."""
    gbk = "".join(f"\\'{byte:02x}" for byte in "测试甲".encode("gbk"))
    file = put(
        tmp_path, "a.doc", rb"{\rtf1\ansi\ansicpg936 " + gbk.encode() + rb" \u35828?\u26126?}"
    )
    extraction = extract_pages(file, LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("rtf", "测试甲 说明")


def test_what_stands_beside_the_text_is_read_too(tmp_path: Path, monkeypatch):
    """Heads, feet, footnotes, remarks, boxes; pictures once, though written twice."""
    monkeypatch.setattr(
        pictures, "read_page_image", lambda image, number, **_: ExtractedPage(number, "SEEN")
    )
    stream = io.BytesIO()
    Image.new("RGB", (700, 500), "white").save(stream, "PNG")
    source = (
        r"{\rtf1\ansi\headery720{\headerf HEAD\par}{\footer FOOT\par} BODY {\footnote NOTE}"
        r"{\*\annotation REMARK}{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt BOX\par}}}"
        r"{\*\shppict{\pict\pngblip " + stream.getvalue().hex() + r"}}"
        r"{\nonshppict{\pict\wmetafile8 0100}}{\pict\wmetafile8 0200}\par}"
    )
    first, second = extract_pages(put(tmp_path, "a.rtf", source.encode()), LIMITS).pages
    words = first.text.split()
    assert sorted(words) == sorted(["HEAD", "FOOT", "BODY", "NOTE", "REMARK", "BOX"])
    assert second.text == "SEEN"
    assert first.unread == ("含 1 张 EMF、WMF 图形，未识别。请另存为 PDF",)


@pytest.mark.parametrize(
    "number",
    [
        r"{\pntext\f0 \'b5\'da\'c8\'fd\'cc\'f5\tab}{\*\pn\pnlvlbody{\pntxtb \'b5\'da}}",
        r"{\listtext\pard\plain\f3 \'b5\'da\'c8\'fd\'cc\'f5\tab}",
        r"{\listtext\f3 \u31532?\u19977?\u26465?\tab}",
    ],
)
def test_the_numbers_of_lists_are_read(tmp_path: Path, number: str):
    """They are written in it as text, in either of two ways."""
    source = r"{\rtf1\ansi\ansicpg936 \pard " + number + r" END\par}"
    page = extract_pages(put(tmp_path, "a.rtf", source.encode()), LIMITS).pages[0]
    assert page.text.split() == ["第三条", "END"]


@pytest.mark.parametrize(
    "bullet",
    [r"{\pntext\f2\'B7\tab}", r"{\listtext\pard\plain\f3 \'b7\tab}", r"{\listtext\f4 o\tab}",
     r"{\listtext{\f3 \'a7}\tab}", r"{\listtext\f3 \u-3913 ?\tab}"],
)  # fmt: skip
def test_a_bullet_of_a_list_is_no_text(tmp_path: Path, bullet: str):
    """It is a sign of one font."""
    source = r"{\rtf1\ansi\ansicpg936 {\pard " + bullet + r"\'ce\'c4 END\par}}"
    page = extract_pages(put(tmp_path, "a.rtf", source.encode()), LIMITS).pages[0]
    assert page.text.split() == ["文", "END"]


def _read(folder: Path, body: str):
    content = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset134 S;}}" + body + "}"
    return read_rtf(put(folder, "a.rtf", content.encode("latin-1")), LIMITS)


def test_bytes_that_are_written_as_they_are_are_read(tmp_path: Path):
    """Some programs write no numbers for them."""
    (page,) = _read(tmp_path, "镇坪县民政局".encode("gbk").decode("latin-1")).pages
    assert page.text == "镇坪县民政局"


def test_further_places_are_read(tmp_path: Path):
    """Who wrote a remark, formulas, and what newer programs see in place of older signs."""
    (page,) = _read(
        tmp_path,
        r"{\*\atnauthor who}{\mmath{\*\moMath{\mr two}{\mr words}}}"
        r"{\upr{old}{\*\ud{new}}}{\object{\*\objdata 0102}{\result shown}}",
    ).pages
    assert [word for word in ("who", "twowords", "new", "shown") if word not in page.text] == []
    assert "0102" not in page.text
    assert page.unread == ("含 1 个嵌入的文件或对象，未识别",)


def test_pictures_byte_by_byte_and_without_a_head_are_taken(tmp_path: Path, monkeypatch):
    """Braces in their bytes close nothing."""
    seen = []
    monkeypatch.setattr(rtf, "read_pictures", lambda held, *_: (seen.extend(held), ((), ()))[1])
    png, dib = "\x89PNG\r\n\x1a\n}}{\\par", "28000000" + "00" * 200
    body = f"a{{\\pict\\pngblip\\bin{len(png)} {png}}}b{{\\pict\\dibitmap0 {dib}}}c"
    (page,) = _read(tmp_path, body).pages
    assert page.text == "abc"
    assert sorted(load() for _, load in seen) == [bytes.fromhex(dib), png.encode("latin-1")]
