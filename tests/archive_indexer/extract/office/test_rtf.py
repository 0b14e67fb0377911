"""RTF documents."""

import io
from pathlib import Path

from PIL import Image

from archive_indexer.documents import ExtractedPage
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.office import pictures
from tests.archive_indexer.extract.made_files import LIMITS, put


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
