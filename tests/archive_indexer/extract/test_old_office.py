"""Files of old Office programs."""

import struct
from pathlib import Path

import docx
import pytest

from archive_indexer.extract import old_office
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import UnreadableError
from minzheng.external.libreoffice import convert_with_libreoffice
from tests.archive_indexer.extract.made.made_files import LIMITS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_an_old_word_file_is_read_through_libreoffice(tmp_path: Path):
    """A .doc, under whatever name; its remarks, too."""
    document = docx.Document()
    paragraph = document.add_paragraph("旧格式的测试甲低保材料，情况属实。")
    document.add_comment(paragraph.runs, text="批注之字", author="某人")
    document.save(str(tmp_path / "a.docx"))
    (made,) = convert_with_libreoffice([tmp_path / "a.docx"], tmp_path, "doc")
    extraction = extract_pages(made.rename(tmp_path / "a.wps"), LIMITS)
    assert extraction.kind == "doc"
    assert "旧格式的测试甲低保材料" in extraction.pages[0].text
    assert "批注之字" in extraction.pages[0].text


def lotus(*rows: tuple[str | float, ...]) -> bytes:
    """A table as Lotus 1-2-3 of the nineties wrote it."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    content = record(0, struct.pack("<H", 0x406))
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            place = struct.pack("<BHH", 255, right, down)
            if isinstance(value, str):
                content += record(15, place + b"'" + value.encode("gbk") + b"\0")
            else:
                content += record(14, place + struct.pack("<d", value))
    return content + record(1, b"")


def test_a_table_of_the_nineties_is_read_in_chinese(tmp_path: Path):
    """It was taken for part of a program; it tells of no code."""
    file = tmp_path / "发放表.WK1"
    file.write_bytes(lotus(("姓名", "金额"), ("测试甲", 568.0), ("农村最低生活保障", "x")))
    extraction = extract_pages(file, LIMITS)
    assert (extraction.kind, extraction.reason) == ("wk1", "")
    assert "姓名 金额\n测试甲 568\n农村最低生活保障 x" in extraction.pages[0].text


def test_a_table_of_the_nineties_in_latin_letters_stays_as_it_is(tmp_path: Path):
    """Nothing is turned into Chinese that is none."""
    file = tmp_path / "a.wk1"
    file.write_bytes(lotus(("Name", "Amount"), ("Test", 12.5)))
    assert extract_pages(file, LIMITS).pages[0].text.split("\n")[1:] == ["Name Amount", "Test 12.5"]


@pytest.mark.parametrize(
    ("is_lacking", "said"), [(True, "少装了一部分（libreoffice-impress"), (False, "打不开")]
)
def test_slides_are_not_called_broken_where_their_reader_is_missing(
    tmp_path: Path, monkeypatch, is_lacking, said
):
    """What to install, else what to do with the file."""
    monkeypatch.setattr(old_office, "lacks_part_for", lambda kind: is_lacking)
    file = tmp_path / "会议.ppt"
    file.write_bytes(OLE + b"\0" * 2000)
    with pytest.raises(UnreadableError) as refused:
        old_office.read_old_office(file, LIMITS, "ppt")
    assert said in str(refused.value)
    assert "另存为 pptx" in str(refused.value)
