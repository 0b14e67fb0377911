"""Mails that Outlook wraps into a winmail.dat."""

import struct
from email.message import EmailMessage
from pathlib import Path

import pytest

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.packed import member_of
from archive_indexer.extract.rare.tnef import read_tnef
from tests.archive_indexer.extract.made.made_files import LIMITS, NOTE, put, texts_inside

SUBJECT, BODY, SENDER, NAME, ADDRESS, ROLE = 0x0037, 0x1000, 0x0C1A, 0x3001, 0x39FE, 0x0C15
LONG_NAME, CONTENT = 0x3707, 0x3701
PROPERTIES, PEOPLE, CODES, RENDERING, OF_FILE = 0x9003, 0x9004, 0x9007, 0x9002, 0x9005
OLD_TITLE, OLD_CONTENT, OLD_SUBJECT, OLD_FROM = 0x8010, 0x800F, 0x8004, 0x8000
MAIL_WITHIN = bytes.fromhex("0703020000000000c000000000000046")
STORAGE_WITHIN = bytes.fromhex("0b00000000000000c000000000000046")


def of_any_length(number: int, kind: int, *values: bytes, name: bytes = b"") -> bytes:
    held = b"".join(
        struct.pack("<I", len(one)) + one.ljust(-(-len(one) // 4) * 4, b"\0") for one in values
    )
    return struct.pack("<HH", kind, number) + name + struct.pack("<I", len(values)) + held


def text(number: int, said: str) -> bytes:
    return of_any_length(number, 0x1F, (said + "\0").encode("utf-16-le"))


def long(number: int, value: int) -> bytes:
    return struct.pack("<HHI", 3, number, value)


def counted(*properties: bytes) -> bytes:
    return struct.pack("<I", len(properties)) + b"".join(properties)


def attribute(number: int, value: bytes, level: int = 1) -> bytes:
    return struct.pack("<BHHI", level, number, 6, len(value)) + value + b"\0\0"


def tnef(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\1\0" + b"".join(attributes)


def attached(*properties: bytes) -> bytes:
    return attribute(RENDERING, bytes(14), 2) + attribute(OF_FILE, counted(*properties), 2)


LETTER = attribute(
    PROPERTIES,
    counted(text(SUBJECT, "低保名单"), text(BODY, "请查收测试乙的材料"), text(SENDER, "测试甲")),
)


def read(folder: Path, content: bytes):
    extraction = extract_pages(put(folder, "winmail.dat", content), LIMITS)
    assert extraction.kind == "tnef", extraction.reason
    return extraction


def test_the_letter_says_who_wrote_what_to_whom(tmp_path):
    """As that of any mail."""
    person = counted(text(NAME, "测试丙"), text(ADDRESS, "c@example.org"), long(ROLE, 1))
    people = attribute(PEOPLE, struct.pack("<I", 1) + person)
    (page,) = read(tmp_path, tnef(LETTER, people)).pages
    for said in ("低保名单", "请查收测试乙的材料", "测试甲", "测试丙", "c@example.org"):
        assert said in page.text


def test_attached_files_are_read_and_can_be_taken_out(tmp_path):
    """Each by its long name."""
    file = attached(text(LONG_NAME, "说明.txt"), of_any_length(CONTENT, 0x102, NOTE.encode()))
    extraction = read(tmp_path, tnef(LETTER, file))
    assert texts_inside(extraction) == {"说明.txt": NOTE}
    with member_of(tmp_path / "winmail.dat", extraction.members[0].steps) as taken:
        assert taken.read_text("utf-8") == NOTE


def test_what_older_programs_wrote_is_read(tmp_path):
    """In attributes of their own, in the code that is named."""
    sender = "测试甲".encode("gbk") + b"\0"
    address = b"SMTP:a@example.org\0"
    told = struct.pack("<4H", 4, 0, len(sender), len(address)) + sender + address
    content = tnef(
        attribute(CODES, struct.pack("<II", 936, 0)),
        attribute(OLD_FROM, told),
        attribute(OLD_SUBJECT, "低保名单\0".encode("gbk")),
        attribute(RENDERING, bytes(14), 2),
        attribute(OLD_CONTENT, NOTE.encode(), 2),
        attribute(OLD_TITLE, "说明.txt\0".encode("gbk"), 2),
    )
    extraction = read(tmp_path, content)
    assert "测试甲 <a@example.org>" in extraction.pages[0].text
    assert "低保名单" in extraction.pages[0].text
    assert texts_inside(extraction) == {"说明.txt": NOTE}


@pytest.mark.parametrize(
    "name",
    [
        bytes(16) + struct.pack("<II", 0, 7),
        bytes(16) + struct.pack("<II", 1, 6) + "场所\0".encode("utf-16-le") + b"\0\0",
    ],
)
def test_properties_that_bear_names_are_passed(tmp_path, name):
    """What stands behind them is read."""
    named = of_any_length(0x8001, 0x101F, b"a\0\0\0", b"b\0\0\0", name=name)
    content = tnef(attribute(PROPERTIES, counted(named, text(SUBJECT, "低保名单"))))
    assert "低保名单" in read(tmp_path, content).pages[0].text


def test_a_mail_within_is_a_mail(tmp_path):
    """It is wrapped in the same way."""
    inner = tnef(attribute(PROPERTIES, counted(text(SUBJECT, "里面的信"), text(BODY, "第二封"))))
    file = attached(of_any_length(CONTENT, 0x0D, MAIL_WITHIN + inner))
    (said,) = texts_inside(read(tmp_path, tnef(LETTER, file))).values()
    assert "里面的信" in said and "第二封" in said


def test_a_thing_of_another_program_is_told(tmp_path):
    """An empty file is no such thing."""
    thing = attached(of_any_length(CONTENT, 0x0D, STORAGE_WITHIN + b"\1\2"))
    empty = attached(text(LONG_NAME, "空.txt"), of_any_length(CONTENT, 0x102, b""))
    extraction = read(tmp_path, tnef(LETTER, thing, empty))
    assert extraction.pages[0].unread == ("含 1 个嵌入的文件或对象，未识别",)


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_one_that_is_cut_off_says_so(tmp_path, cut):
    """What stands before is read."""
    file = attached(text(LONG_NAME, "说明.txt"), of_any_length(CONTENT, 0x102, NOTE.encode() * 9))
    extraction = read(tmp_path, tnef(LETTER, file)[:-cut])
    assert "低保名单" in extraction.pages[0].text
    is_whole = "邮件不完整，可能缺了一部分" not in extraction.pages[0].unread
    assert is_whole == (cut == 1)


def test_in_a_mail_it_is_read_as_a_mail(tmp_path):
    """As it comes to everybody who has no Outlook."""
    mail = EmailMessage()
    mail["Subject"] = "转发"
    mail.set_content("见附件")
    file = attached(text(LONG_NAME, "说明.txt"), of_any_length(CONTENT, 0x102, NOTE.encode()))
    mail.add_attachment(tnef(LETTER, file), "application", "ms-tnef", filename="winmail.dat")
    extraction = extract_pages(put(tmp_path, "信.eml", mail.as_bytes()), LIMITS)
    inside = texts_inside(extraction)
    assert "请查收测试乙的材料" in inside["winmail.dat"]
    assert inside["winmail.dat!/说明.txt"] == NOTE


def test_what_is_none_is_refused(tmp_path):
    """By its first bytes."""
    with pytest.raises(ValueError, match="TNEF"):
        read_tnef(put(tmp_path, "winmail.dat", b"no"))
