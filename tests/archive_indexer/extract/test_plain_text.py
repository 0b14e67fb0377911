"""Text files in the encodings that villages have."""

from pathlib import Path

import pytest

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.plain_text import (
    _is_common,
    _strange_share,
    as_pages,
    common_share,
    decode,
    looks_like_text,
    read_csv,
    read_plain_text,
    split_pages,
)
from tests.archive_indexer.extract.made.made_files import LIMITS, put

TRADITIONAL = "鎮坪縣農村最低生活保障申請書，申請人測試甲，家庭人口三人，因病致貧。"


def test_traditional_text_in_big5_is_read(tmp_path: Path):
    """Files from elsewhere are not read as rare GBK characters."""
    file = put(tmp_path, "a.txt", TRADITIONAL.encode("big5"))
    assert extract_pages(file, LIMITS).pages[0].text == TRADITIONAL


@pytest.mark.parametrize(
    "content",
    ["姓名,住址\r测试甲,旧城村\r", '姓名,住址\n"测试甲,旧城村\n' + "旧" * 140_000],
    ids=["old Mac", "quote without end"],
)
def test_a_csv_of_another_manner_is_read_all_the_same(tmp_path: Path, content: str):
    """Rows that end as on an old Mac; a quotation mark that is never closed."""
    pages = read_csv(put(tmp_path, "a.csv", content.encode()), LIMITS).pages
    text = "".join(page.text for page in pages)
    assert "测试甲" in text and "旧城村" in text


def test_a_csv_is_rows_of_cells(tmp_path: Path):
    """A comma is no part of a name, a quoted one is part of its cell."""
    file = put(tmp_path, "a.csv", '姓名,住址\n测试甲,"旧城村,三组"\n'.encode("gb18030"))
    extraction = extract_pages(file, LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("csv", "姓名 住址\n测试甲 旧城村,三组")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_files_are_read_in_their_encoding(tmp_path: Path, encoding: str):
    """UTF-8, GB18030 and UTF-16 with and without its mark are told apart."""
    file = put(tmp_path, "a.txt", "测试甲的说明材料\n第二行".encode(encoding))
    assert extract_pages(file, LIMITS).pages[0].text == "测试甲的说明材料\n第二行"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{"姓名": "\\u6d4b\\u8bd5甲"}', '{"姓名": "测试甲"}'),
        ('{"a": "\\ud840\\udc0b"}', '{"a": "\U0002000b"}'),
        ("a\\u0022b \\ud840 \\u00", "a\\u0022b \\ud840 \\u00"),
        ("<名>&#27979;&#x8bd5;&#60;甲</名>", "<名>测试&#60;甲</名>"),
        ("&#27979; 不是标记", "&#27979; 不是标记"),
    ],
)
def test_signs_that_a_program_wrote_as_numbers_are_signs(tmp_path: Path, written, said):
    """In JSON and in XML; marks, halves of signs and texts about them stay."""
    file = put(tmp_path, "a.json", written.encode())
    assert read_plain_text(file, LIMITS).pages[0].text == said


SIMPLE, TRADITIONAL = "旧城村低保户申请书，三人。", "鎮坪縣農村最低生活保障申請書，三人。"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SIMPLE, "utf-8"), (SIMPLE, "utf-8-sig"), (SIMPLE, "utf-16"),
        (f"{SIMPLE}\n", "utf-16-le"), (f"{SIMPLE}\n", "utf-16-be"),
        (SIMPLE, "gb18030"), (TRADITIONAL, "big5"), (TRADITIONAL, "gb18030"),
        ("abc 123\r\n\tx", "utf-16-le"), ("abc 123", "ascii"), ("測试㐀", "gb18030"),
    ],
)  # fmt: skip
def test_a_text_is_read_in_the_code_it_was_written_in(text, code):
    """With and without a mark at its beginning."""
    assert decode(text.encode(code)) == text
    assert looks_like_text(text.encode(code))


@pytest.mark.parametrize(
    ("head", "is_text"),
    [
        (b"", True), (b"abc", True), (b"\xff\xfea\x00", True), (b"\xfe\xff\x00a", True),
        (b"a\0b", False), (b"a\0b\0", True), (b"\0\0\0\0", False), (b"a\0b\0\x01\0\x02\0", False),
        (b"a\0b\0c\0d\0\x01\0", False), (b"a\0b\0c\0d\0e\0\x01\0", True), (b"a\0b\0c", True),
        (b"\0a\0b", True), (bytes(range(256)), False),
    ],
)  # fmt: skip
def test_bytes_with_zeros_are_text_only_where_they_make_sense(head, is_text):
    """A fifth of strange signs is too much."""
    assert looks_like_text(head) == is_text


def test_what_no_code_explains_is_read_all_the_same():
    """Nothing is lost but the broken sign."""
    assert decode(b"\xb5\xcd\xb1\xa3\xff\xff\xff").startswith("低保")


@pytest.mark.parametrize(
    ("lengths", "pages"),
    [
        ([3999, 1], [3999, 1]), ([1999, 1999], [3999]), ([2000, 1999], [4000]),
        ([5000, 5000], [5000, 5000]),
        ([], [0]), ([2, 2], [5]),
    ],
)  # fmt: skip
def test_a_page_ends_with_a_line(lengths, pages):
    """As many lines as fit; one that is too long stands alone."""
    parts = split_pages("\n".join("字" * length for length in lengths))
    assert [len(part) for part in parts] == pages


def test_a_text_may_be_as_long_as_the_limit():
    """One sign more is not read; pages are numbered from where they begin."""
    limits = Limits(max_characters=10)
    assert [page.number for page in as_pages("字" * 10, limits, 3)] == [3]
    with pytest.raises(UnreadableError, match="过大"):
        as_pages("字" * 11, limits)


def test_rows_of_a_table_are_lines(tmp_path):
    """Blank cells leave no gap."""
    file = tmp_path / "a.csv"
    file.write_text('姓名, 金额 ,\n"甲,乙",,100\n', encoding="utf-8")
    assert [page.text for page in read_csv(file, Limits()).pages] == ["姓名 金额\n甲,乙 100"]
    assert read_csv(file, Limits()).kind == "csv"
    assert read_plain_text(file, Limits()).kind == "txt"


@pytest.mark.parametrize(
    ("char", "is_common"),
    [
        ("\u7691", True), ("\u9a7b", True), ("\u58ee", True),  # simplified, first and last row
        ("\u4e0c", False), ("\u56df", False),  # simplified, the row behind
        ("\u5315", True), ("\u5167", True), ("\u9c77", True), ("\u9a5f", True),  # traditional
        ("\u4e42", False), ("\u30a8", False), ("\u0391", False),
        ("\u3000", True), ("\u3001", True), ("\u301e", True), ("\uff01", True),
        ("\uff5e", True), ("\uffe5", False), ("\u2192", False), ("\u3400", False),
    ],
)  # fmt: skip
def test_a_sign_is_common_in_one_of_the_two_scripts(char, is_common):
    """Or it is a mark of theirs."""
    assert _is_common(char) == is_common


@pytest.mark.parametrize(
    ("text", "share"),
    [("", 1.0), ("abc", 1.0), ("\u4f4e\x7f", 1.0), ("\u4f4e\u3400", 0.5), ("\u3400", 0.0),
     ("a\u4f4e\u4fdd\u3400\u3401", 0.5)],
)  # fmt: skip
def test_only_chinese_tells_how_common_a_text_is(text, share):
    """Latin letters stand in every code."""
    assert common_share(text) == share


@pytest.mark.parametrize(
    ("text", "share"),
    [("", 0.0), ("a b\r\n\t\f\x7f", 0.0), ("ab\x1fc", 0.25), ("ab\u3400c", 0.25),
     ("\u4f4e\ufffd", 0.5), ("\x00\x01", 1.0)],
)  # fmt: skip
def test_what_nobody_writes_is_counted(text, share):
    """Control characters, rare signs, what could not be read; not blanks and ends of lines."""
    assert _strange_share(text) == share
