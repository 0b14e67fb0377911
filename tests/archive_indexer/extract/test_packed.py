"""Files inside packed files and mails."""

import hashlib
import lzma
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from archive_indexer.disk.file_names import MOST_NAME_BYTES
from archive_indexer.documents import Extraction
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.packed import member_of, read_packed
from tests.archive_indexer.extract.made.made_files import (
    LIMITS,
    NOTE,
    pack,
    put,
    texts_inside,
    zip_of,
)


def test_a_mail_is_its_letter_and_its_attachments(tmp_path: Path):
    """Each attachment is a member with its name."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "低保名单", "a@example.org", "b@example.org"
    mail.set_content("请查收测试乙的材料")
    mail.add_attachment(NOTE.encode(), maintype="text", subtype="plain", filename="说明.txt")
    extraction = extract_pages(put(tmp_path, "a.eml", mail.as_bytes()), LIMITS)
    (letter,) = extraction.pages
    assert "低保名单" in letter.text
    assert "请查收测试乙的材料" in letter.text
    assert texts_inside(extraction) == {"说明.txt": NOTE}


@pytest.mark.parametrize("kind", ["zip", "rar", "7z", "tar", "gz"])
def test_files_in_a_packed_file_are_read(tmp_path: Path, kind: str):
    """Each is a member with its own name, content and pages."""
    file = put(tmp_path, "包", pack(kind, "a/note.txt", NOTE.encode()))
    extraction = extract_pages(file, LIMITS)
    assert extraction.kind == kind
    (member,) = extraction.members
    assert (member.name, member.size) == ("a/note.txt", len(NOTE.encode()))
    assert member.sha256 == hashlib.sha256(NOTE.encode()).hexdigest()
    assert texts_inside(extraction) == {"a/note.txt": NOTE}
    assert "a/note.txt" in extraction.pages[0].text


def test_an_xz_of_before_its_head_had_a_mark_is_read(tmp_path: Path):
    """It is called .lzma, and holds a tar mostly."""
    packed = lzma.compress(pack("tar", "note.txt", NOTE.encode()), lzma.FORMAT_ALONE)
    extraction = extract_pages(put(tmp_path, "a.tar.lzma", packed), LIMITS)
    assert texts_inside(extraction) == {"note.txt": NOTE}


def test_a_packed_file_in_a_packed_file_is_read(tmp_path: Path):
    """Names are joined as they are shown: outer.zip!/inner.zip!/note.txt."""
    inner = zip_of(("note.txt", NOTE.encode()))
    file = put(tmp_path, "a.zip", zip_of(("inner.zip", inner)))
    inside = texts_inside(extract_pages(file, LIMITS))
    assert inside["inner.zip!/note.txt"] == NOTE
    assert "note.txt" in inside["inner.zip"]


def test_gbk_names_in_a_zip_are_read(tmp_path: Path):
    """Windows wrote them without saying in which code."""
    content = zip_of(("QQQQ.txt", NOTE.encode())).replace(b"QQQQ", "名单".encode("gbk"))
    assert list(texts_inside(extract_pages(put(tmp_path, "a.zip", content), LIMITS))) == [
        "名单.txt"
    ]


def test_a_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path):
    """It is a member with a reason."""
    members = (("坏.pdf", b"%PDF-1.4 x"), ("好.txt", NOTE.encode()), ("Thumbs.db", b"x"))
    extraction = extract_pages(put(tmp_path, "a.zip", zip_of(*members)), LIMITS)
    assert texts_inside(extraction) == {"坏.pdf": "", "好.txt": NOTE}
    assert "已损坏" in extraction.members[0].extraction.reason


def test_names_inside_lead_nowhere_and_are_never_the_same(tmp_path: Path):
    """Two files of one name are told apart, `..` is dropped."""
    members = (("../a.txt", b"x1"), ("a.txt", b"x2"), ("/b\\c\n.txt", b"x3"))
    inside = texts_inside(extract_pages(put(tmp_path, "a.zip", zip_of(*members)), LIMITS))
    assert inside == {"a.txt": "x1", "a（2）.txt": "x2", "b/c_.txt": "x3"}


def test_a_name_inside_that_no_database_keeps_is_shortened(tmp_path: Path):
    """Two that begin alike are told apart, also in a packed file in a packed file."""
    long, inner = "长" * 500, zip_of((f"{'内' * 399}.txt", b"x3"))
    members = ((f"{long}/1.txt", b"x1"), (f"{long}/2.txt", b"x2"), (f"{'外' * 200}.zip", inner))
    file = put(tmp_path, "a.zip", zip_of(*members))
    inside = texts_inside(extract_pages(file, LIMITS))
    texts = {text: name for name, text in inside.items() if len(text) == 2}
    assert [*texts] == ["x1", "x2", "x3"]
    assert all(len(name.encode()) <= MOST_NAME_BYTES for name in inside)
    assert all(name.endswith(".txt") for name in texts.values())
    assert texts["x1"].startswith("长" * 380)
    assert texts["x3"].startswith(f"{'外' * 200}.zip!/内内")
    assert texts_inside(extract_pages(file, LIMITS)) == inside


def test_what_follows_a_dot_need_not_be_an_ending(tmp_path: Path):
    """“1.关于……的通知”: no file on disk can be called so at full length."""
    name = f"1.关于{'测试' * 50}的通知"
    file = put(tmp_path, "a.zip", zip_of((name, NOTE.encode())))
    assert texts_inside(extract_pages(file, LIMITS)) == {name: NOTE}


@pytest.mark.parametrize("kind", ["zip", "rar", "7z", "tar", "gz"])
def test_one_file_is_taken_out_of_a_packed_one(tmp_path: Path, kind: str):
    """By its number on the way, also out of a packed file in a packed file."""
    inner = pack(kind, "note.txt", NOTE.encode())
    file = put(tmp_path, "a.zip", zip_of(("first.txt", b"x"), ("inner", inner)))
    with member_of(file, (1, 0)) as taken:
        assert taken.read_bytes() == NOTE.encode()
    with pytest.raises(LookupError), member_of(file, (7,)):
        pass


def test_a_web_page_saved_in_one_file_is_read(tmp_path: Path):
    """As Word saves it: nobody sent it, its letters are coded, its pictures lie in it."""
    page = "<html><body><p>=C3=F1=D5=FE</p></body></html>"
    parts = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\n"
        "Content-Transfer-Encoding: quoted-printable\n"
        f'Content-Type: text/html; charset="gb2312"\n\n{page}\n--B\n'
        "Content-Location: file:///C:/a.txt\nContent-Type: application/x-note\n\nnote\n--B--\n"
    )
    extraction = extract_pages(put(tmp_path, "材料.doc", parts.encode()), LIMITS)
    assert extraction.pages[0].text == "民政"
    assert [member.extraction.pages[0].text for member in extraction.members] == ["note"]


def test_every_letter_of_a_box_of_mails_is_read(tmp_path: Path):
    """Each is a mail of its own; a line of a letter that begins alike is none."""
    letters = (
        f"From a@example.org Mon Jan  1 0{number}:00:00 2024\nFrom: a@example.org\n"
        f"Subject: s{number}\n\nFrom here on\n\nFrom now on {NOTE}{number}\n\n"
        for number in (1, 2)
    )
    file = put(tmp_path, "信", "".join(letters).encode())
    extraction = extract_pages(file, LIMITS)
    inside = texts_inside(extraction)
    assert [*inside] == ["第1封.eml", "第2封.eml"]
    assert all(f"主题：s{at}" in text for at, text in enumerate(inside.values(), start=1))
    assert all(f"{NOTE}{at}" in text for at, text in enumerate(inside.values(), start=1))
    assert "邮箱文件内共 2 个文件" in extraction.pages[0].text
    with member_of(file, (1,)) as taken:
        assert b"Subject: s2" in taken.read_bytes()


def test_a_report_about_several_addressees_is_read_whole(tmp_path: Path):
    """Such a part of a mail is a row of heads without letters."""
    report = (
        b"From: a@b.c\r\nTo: d@e.f\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/report; boundary=q\r\n\r\n--q\r\n"
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: one\r\n\r\n"
        b"Final-Recipient: two\r\n\r\n--q--\r\n"
    )
    (text,) = texts_inside(extract_pages(put(tmp_path, "a.eml", report), LIMITS)).values()
    assert "one" in text
    assert "two" in text


def test_an_encrypted_zip_says_so(tmp_path: Path):
    """The flag of encryption alone is enough."""
    content = bytearray(zip_of(("a.txt", b"secret")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "加密" in extract_pages(put(tmp_path, "a.zip", bytes(content)), LIMITS).reason


def test_only_the_photos_that_are_wanted_so_are_read_as_they_were_sent(tmp_path: Path):
    """Others in the same packed file are taken straight as ever."""
    file = put(tmp_path, "a.zip", zip_of(("甲.jpg", b"one"), ("乙.jpg", b"two")))
    seen = {}

    def read(photo: Path, limits) -> Extraction:
        seen[photo.read_bytes()] = limits.manner.is_as_sent
        return Extraction("jpg")

    manner = replace(LIMITS.manner, as_sent_inside=frozenset({hashlib.sha256(b"one").hexdigest()}))
    extraction = read_packed(file, replace(LIMITS, manner=manner), "zip", read)
    assert seen == {b"one": True, b"two": False}
    assert [one.extraction.is_as_sent for one in extraction.members] == [True, False]
