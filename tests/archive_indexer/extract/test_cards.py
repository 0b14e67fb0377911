"""Visiting cards and calendars."""

from pathlib import Path

from archive_indexer.extract.extract_pages import extract_pages
from tests.archive_indexer.extract.made.made_files import LIMITS, put


def _text(folder: Path, content: bytes) -> str:
    (page,) = extract_pages(put(folder, "a.dat", content), LIMITS).pages
    return page.text


def test_a_card_in_numbers_is_read(tmp_path: Path):
    """Old telephones write Chinese as the numbers of its bytes, over several lines."""
    card = (
        b"BEGIN:VCARD\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=B8=89\r\n"
        b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=GBK:=B5=CD=\r\n=B1=A3\r\n"
        b"TEL;CELL:13800138000\r\nEND:VCARD\r\n"
    )
    text = _text(tmp_path, card)
    assert ":张;三" in text
    assert ":低保" in text
    assert "13800138000" in text


def test_a_card_in_unicode_of_two_bytes_is_read(tmp_path: Path):
    """With the mark at its beginning."""
    card = "BEGIN:VCARD\r\nFN:张三\r\nNOTE:低\r\n 保\r\nEND:VCARD\r\n"
    text = _text(tmp_path, card.encode("utf-16"))
    assert "FN:张三" in text and "NOTE:低保" in text


def test_folded_lines_are_whole(tmp_path: Path):
    """A fold may stand within a word, and within a sign."""
    lines = ("BEGIN:VCALENDAR", "SUMMARY:镇坪县民政局", "DESCRIPTION:一\\n二\\,三")
    event = "\r\n".join(lines).encode()
    at = event.index("政".encode()) + 1
    text = _text(tmp_path, event[:at] + b"\r\n " + event[at:])
    assert "SUMMARY:镇坪县民政局" in text
    assert "DESCRIPTION:一\n二,三" in text


def test_pictures_in_a_card_are_told(tmp_path: Path):
    """They are no letters."""
    card = b"BEGIN:VCARD\r\nFN:x\r\nPHOTO;ENCODING=b:/9j/4AAQ\r\n SkZJ\r\nEND:VCARD\r\n"
    (page,) = extract_pages(put(tmp_path, "a.vcf", card), LIMITS).pages
    assert page.unread == ("含 1 张照片或声音，未识别",)
    assert "SkZJ" not in page.text
