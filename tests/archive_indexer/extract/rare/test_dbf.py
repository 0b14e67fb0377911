"""Tables of dBase and FoxPro."""

import datetime as dt
import struct
from pathlib import Path

import pytest

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.rare.dbf import looks_like_table
from tests.archive_indexer.extract.made.made_files import LIMITS, put

COLUMNS = (("姓名", "C", 10, 0), ("出生", "D", 8, 0), ("金额", "N", 8, 2))
ROWS = (("测试甲", "19500102", "  450.50"), ("测试乙", "", ""))


def table(columns=COLUMNS, rows=ROWS, code="gb18030", *, version=3, named=0, deleted=()) -> bytes:
    described = b"".join(
        struct.pack("<11sc4xBB14x", name.encode(code), kind.encode(), length, decimals)
        for name, kind, length, decimals in columns
    )
    length = 1 + sum(one[2] for one in columns)
    head = bytearray(
        struct.pack("<BBBBIHH20x", version, 99, 12, 31, len(rows), 33 + len(described), length)
    )
    head[29] = named
    records = b""
    for number, row in enumerate(rows):
        records += b"*" if number in deleted else b" "
        for cell, (_, _, size, _) in zip(row, columns, strict=True):
            raw = cell if isinstance(cell, bytes) else cell.encode(code)
            records += raw[:size].ljust(size)
    return bytes(head) + described + b"\r" + records + b"\x1a"


def read(folder: Path, content: bytes, name: str = "名册.dbf"):
    extraction = extract_pages(put(folder, name, content), LIMITS)
    assert extraction.kind == "dbf"
    return extraction.pages[0]


@pytest.mark.parametrize(("code", "named"), [("gb18030", 0), ("gb18030", 3), ("utf-8", 0x4D)])
@pytest.mark.parametrize("name", ["名册.dbf", "a.dat"])
def test_a_record_is_a_line(tmp_path: Path, code: str, named: int, name: str):
    """Whatever code its head names, and whatever it is called."""
    page = read(tmp_path, table(code=code, named=named), name)
    assert page.text == "姓名 出生 金额\n测试甲 1950-01-02 450.50\n测试乙"
    assert page.unread == ()


def test_a_table_in_another_script_is_read_as_its_head_says(tmp_path: Path):
    """Only what makes no Chinese."""
    columns, rows = (("NAME", "C", 30, 0),), (("больничное учреждение",),)
    assert read(tmp_path, table(columns, rows, "cp1251", named=0xC9)).text.endswith(rows[0][0])


def test_a_record_that_was_deleted_says_so(tmp_path: Path):
    """FoxPro hides it until the table is packed."""
    lines = read(tmp_path, table(deleted=(1,))).text.splitlines()
    assert lines[1:] == ["测试甲 1950-01-02 450.50", "测试乙 （已打删除标记）"]


def test_a_sign_that_was_cut_is_left_out(tmp_path: Path):
    """A column ends within it."""
    columns = (("A", "C", 5, 0),)
    assert read(tmp_path, table(columns, (("低保户",), ("五保户",)))).text == "A\n低保\n五保"


def test_numbers_of_foxpro_are_read(tmp_path: Path):
    """Whole ones, fractions, money, a day with its hour; what tells of empty cells is none."""
    day = dt.datetime(2018, 5, 7).toordinal() + 1_721_425
    columns = (
        ("A", "I", 4, 0), ("B", "B", 8, 2), ("C", "Y", 8, 4), ("D", "T", 8, 0), ("E", "T", 8, 0),
        ("_NullFlags", "0", 1, 0),
    )  # fmt: skip
    row = (
        struct.pack("<i", -7), struct.pack("<d", 2.5), struct.pack("<q", 4_505_000),
        struct.pack("<II", day, 3_600_000), struct.pack("<II", day, 0), b"\1",
    )  # fmt: skip
    text = read(tmp_path, table(columns, (row,), version=0x30)).text
    assert text == "A B C D E\n-7 2.50 450.50 2018-05-07 01:00:00 2018-05-07"


def test_long_remarks_are_told_to_lie_beside(tmp_path: Path):
    """They are in another file, which is read by itself."""
    columns = (("姓名", "C", 10, 0), ("备注", "M", 10, 0))
    page = read(tmp_path, table(columns, (("测试甲", "         1"), ("测试乙", ""))))
    assert page.text == "姓名 备注\n测试甲\n测试乙"
    assert page.unread == ("含 1 条备注，内容在同名的 .fpt 或 .dbt 文件里",)


def test_records_that_are_missing_are_told(tmp_path: Path):
    """A copy that broke off."""
    page = read(tmp_path, table()[:-20])
    assert page.unread == ("少了 1 条记录，文件可能没有复制完整",)


def fpt(*texts: str) -> bytes:
    blocks = b""
    for text in texts:
        raw = text.encode("gb18030")
        block = struct.pack(">II", 1, len(raw)) + raw
        blocks += block.ljust(-(-len(block) // 64) * 64, b"\0")
    return (b"\0\0\0\0\0\0" + struct.pack(">H", 64)).ljust(512, b"\0") + blocks


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.FPT", fpt("因病致贫，", "已核" * 40)),
        ("a.dbt", bytes(512) + ("因病致贫，\x1a\x1a".encode("gb18030")).ljust(512, b"\0")
         + ("已核" * 40).encode("gb18030") + b"\x1a"),
    ],
)  # fmt: skip
def test_the_file_of_remarks_is_read(tmp_path: Path, name: str, content: bytes):
    """Block by block."""
    text = read(tmp_path, content, name).text
    assert "因病致贫，" in text and "已核" * 40 in text


def test_a_file_of_remarks_without_any_says_so(tmp_path: Path):
    """It is not broken."""
    assert "没有文字" in extract_pages(put(tmp_path, "a.dbt", bytes(600)), LIMITS).reason


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda whole: b"\x07" + whole[1:], lambda whole: whole[:2] + b"\x0d" + whole[3:],
        lambda whole: whole[:43] + b"x" + whole[44:], lambda whole: whole[:60],
        lambda whole: whole[:10] + b"\1\1" + whole[12:],
    ],
    ids=["version", "month", "type", "short", "length"],
)  # fmt: skip
def test_every_mark_of_a_table_is_needed(spoiled):
    """One byte tells a table from nothing."""
    assert looks_like_table(table())
    assert not looks_like_table(spoiled(table()))


def test_a_table_that_nothing_here_reads_is_no_unknown_file(tmp_path: Path):
    """Of another version; its ending tells what to do."""
    reason = extract_pages(put(tmp_path, "a.dbf", b"\x8c" + bytes(80)), LIMITS).reason
    assert "DBF" in reason and "Excel" in reason
