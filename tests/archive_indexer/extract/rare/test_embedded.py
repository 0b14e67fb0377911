"""Files that lie within documents."""

import struct
from dataclasses import replace
from pathlib import Path

import pytest

from archive_indexer.documents import ExtractedPage, Extraction, Member
from archive_indexer.extract.rare.embedded import with_embedded
from tests.archive_indexer.extract.made.made_documents import relations
from tests.archive_indexer.extract.made.made_files import LIMITS, put, zip_of
from tests.archive_indexer.extract.rare.made_outlook import compound

HOLDER = Extraction(
    "docx", (ExtractedPage(1, "正文", unread=("含 2 个嵌入的文件或对象，未识别",)),)
)


def native(name: str, content: bytes) -> bytes:
    """A file laid in as it is."""
    path = name.encode("gb18030") + b"\0"
    behind = struct.pack("<II", 3, len(path)) + path + struct.pack("<I", len(content)) + content
    return struct.pack("<IH", 0, 2) + path + b"C:\\" + path + behind


def reading(file: Path, limits) -> Extraction:
    """Every file whose text can be told is one page of it."""
    try:
        text = file.read_bytes().decode()
    except UnicodeDecodeError:
        return Extraction("unknown", reason="认不出")
    return Extraction("txt", (ExtractedPage(1, text, codes=("MZ1 DB-01",)),))


def held(tmp_path: Path, *members: tuple[str, bytes], limits=LIMITS, read=reading) -> Extraction:
    return with_embedded(put(tmp_path, "a.docx", zip_of(*members)), HOLDER, limits, read)


def texts(found: Extraction) -> list[str]:
    return [page.text for page in found.pages]


def test_what_lies_in_a_document_is_further_pages(tmp_path: Path):
    """What cannot be read stays counted; a code in it tells nothing of the whole."""
    found = held(
        tmp_path, ("word/embeddings/a.xlsx", "表中之字".encode()),
        ("word/embeddings/b.bin", b"\xff"), ("word/document.xml", b"<x/>"),
        ("word/embeddings/", b""),
    )  # fmt: skip
    assert [(page.number, page.text, page.codes) for page in found.pages] == [
        (1, "正文", ()), (2, "表中之字", ()),
    ]  # fmt: skip
    assert found.pages[0].unread == ("含 1 个嵌入的文件或对象，未识别",)


def test_when_all_was_read_nothing_is_said(tmp_path: Path):
    """Other words stay."""
    both = [(f"xl/embeddings/{name}", b"x") for name in "ab"]
    assert held(tmp_path, *both).pages[0].unread == ()
    beside = replace(HOLDER.pages[0], unread=("含 1 段声音或视频，未识别",))
    file = put(tmp_path, "b.docx", zip_of(*both))
    found = with_embedded(file, replace(HOLDER, pages=(beside,)), LIMITS, reading)
    assert found.pages[0].unread == ("含 1 段声音或视频，未识别",)


@pytest.mark.parametrize(
    ("streams", "text"),
    [
        ({"Package": "表中之字".encode()}, "表中之字"),
        ({"CONTENTS": b"%PDF"}, "%PDF"),
        ({"\x01Ole10Native": native("名单.txt", b"words")}, "嵌入的文件：名单.txt\nwords"),
    ],
)
def test_a_store_of_ole_is_unwrapped(tmp_path: Path, streams, text):
    """With the name that people gave the file, where it is told."""
    found = held(tmp_path, ("word/embeddings/o.bin", compound(streams)))
    assert texts(found) == ["正文", text]


def test_an_old_document_is_read_as_it_is(tmp_path: Path):
    """It is a store of OLE itself."""
    seen = []

    def read(file: Path, limits) -> Extraction:
        seen.append((file.suffix, file.read_bytes()[:4], limits.depth))
        return Extraction("doc", (ExtractedPage(1, "旧文"),))

    old = compound({"WordDocument": b"x"})
    assert texts(held(tmp_path, ("word/embeddings/a.doc", old), read=read)) == ["正文", "旧文"]
    assert seen == [(".doc", b"\xd0\xcf\x11\xe0", LIMITS.depth - 1)]


@pytest.mark.parametrize(
    "content",
    [
        compound({"Equation Native": b"x"}),
        compound({"\x01Ole10Native": b"x" * 8}),
        compound({"\x01Ole10Native": b"x" * 6 + b"a\0b\0"}),
        compound({"Package": b"x"})[:600],
    ],
)
def test_what_no_stream_tells_stays_counted(tmp_path: Path, content):
    """A formula, and stores that are broken."""
    assert held(tmp_path, ("word/embeddings/o.bin", content)) == HOLDER


def test_a_table_behind_a_chart_was_read_with_it(tmp_path: Path):
    """It is no file that people laid in."""
    found = held(
        tmp_path, ("ppt/embeddings/a.xlsx", b"x"), ("ppt/charts/c.xml", b"<x/>"),
        ("ppt/charts/_rels/c.xml.rels", relations(("package", "../embeddings/a.xlsx"))),
    )  # fmt: skip
    assert found == HOLDER


def test_what_is_packed_in_it_is_read_or_said_not_to_be(tmp_path: Path):
    """A packed file laid into a document has members of its own."""
    inner = Extraction("txt", (ExtractedPage(1, "包中之字"),))
    broken = Extraction("pdf", reason="已损坏")
    members = tuple(
        Member(name, (at,), "", 1, one)
        for at, (name, one) in enumerate([("a.txt", inner), ("b.pdf", broken)])
    )

    def read(file: Path, limits) -> Extraction:
        return Extraction("zip", (ExtractedPage(1, "压缩包"),), members=members)

    found = held(tmp_path, ("word/embeddings/a.zip", b"x"), read=read)
    assert texts(found) == ["正文", "压缩包", "包中之字", ""]
    assert found.pages[3].unread == ("其中的“b.pdf”未识别：已损坏",)


@pytest.mark.parametrize("limits", [replace(LIMITS, depth=0), replace(LIMITS, max_pages=1)])
def test_there_is_an_end_to_depth_and_pages(tmp_path: Path, limits):
    """A document may hold itself."""
    assert held(tmp_path, ("word/embeddings/a.docx", b"x"), limits=limits) == HOLDER


def test_what_is_no_package_is_left_as_it_was(tmp_path: Path):
    """Its reader knew how to read it all the same."""
    assert with_embedded(put(tmp_path, "a.xlsx", b"<x/>"), HOLDER, LIMITS, reading) == HOLDER
