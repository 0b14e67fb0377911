"""What stands beside the cells of an old workbook."""

import io
import struct
from pathlib import Path

from PIL import Image

from archive_indexer.extract.office import old_sheet
from archive_indexer.extract.office.old_sheet import beside_old_sheets, is_locked

HEAD, BOXED, CONTINUED, PICTURES = 0x14, 0x1B6, 0x3C, 0xEB


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def box_of(signs: int) -> bytes:
    return bytes(10) + struct.pack("<H", signs) + bytes(6)


def flagged(text: str) -> bytes:
    return b"\1" + text.encode("utf-16-le")


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((40, 40), 80).save(stream, kind)
    return stream.getvalue()


def test_a_workbook_behind_a_password_is_known(tmp_path: Path, monkeypatch):
    """By the second of its records, also the oldest way that no library here opens."""
    begin, way = record(0x809, bytes(16)), record(0x2F, bytes(6))
    monkeypatch.setattr(old_sheet, "_stream", lambda file: begin + way + record(0xE1, b"\0\0"))
    assert is_locked(tmp_path / "a.xls")
    monkeypatch.setattr(old_sheet, "_stream", lambda file: begin + record(0xE1, b"\0\0"))
    assert not is_locked(tmp_path / "a.xls")


def test_heads_boxes_and_pictures_are_found(tmp_path: Path, monkeypatch):
    """A box's text continues it; a picture may lie in several records."""
    jpeg, png = picture("JPEG"), picture("PNG")
    store = b"head" + jpeg + b"between" + png
    head = "&C页眉之字&P"
    stream = (
        record(HEAD, struct.pack("<H", len(head)) + flagged(head))
        + record(BOXED, box_of(4))
        + record(CONTINUED, flagged("批注之字"))
        + record(CONTINUED, b"how it looks")
        + record(PICTURES, store[:900])
        + record(CONTINUED, store[900:])
    )
    monkeypatch.setattr(old_sheet, "_stream", lambda file: stream)
    found = beside_old_sheets(tmp_path)
    assert found.lines == ["页眉之字", "批注之字"]
    assert found.pictures == [jpeg, png]


def test_a_long_box_goes_on_in_further_records(tmp_path: Path, monkeypatch):
    """Each with its own code; an empty box has no such record, and takes no other's."""
    stream = (
        record(BOXED, box_of(9))
        + record(CONTINUED, flagged("第一段之字"))
        + record(CONTINUED, b"\0abcd")
        + record(CONTINUED, b"how it looks")
        + record(BOXED, box_of(0))
        + record(CONTINUED, b"how it looks")
    )
    monkeypatch.setattr(old_sheet, "_stream", lambda file: stream)
    assert beside_old_sheets(tmp_path).lines == ["第一段之字abcd"]


def test_words_of_a_chart_are_found(tmp_path: Path, monkeypatch):
    """Its titles and the names of its rows of figures."""
    title = "逐年人数"
    body = b"\0\0" + bytes([len(title)]) + flagged(title)
    stream = record(0x100D, body) + record(0x100D, b"\0\0\0")
    monkeypatch.setattr(old_sheet, "_stream", lambda file: stream)
    assert beside_old_sheets(tmp_path).lines == [title]


def test_drawings_in_strokes_are_counted(tmp_path: Path, monkeypatch):
    """Beside pictures that are read."""
    drawn = b"\x40\x3d\x1a\xf0" + bytes(40) + b"\x60\x21\x1b\xf0" + bytes(40)
    monkeypatch.setattr(old_sheet, "_stream", lambda file: record(PICTURES, drawn))
    assert beside_old_sheets(tmp_path).drawn == 2


def test_what_is_no_old_workbook_tells_nothing(tmp_path: Path):
    """Neither does a stream that ends within a record."""
    (tmp_path / "a.xls").write_bytes(b"no workbook")
    found = beside_old_sheets(tmp_path / "a.xls")
    assert (found.lines, found.pictures) == ([], [])
