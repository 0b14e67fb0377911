"""Mails that Outlook saved."""

import datetime as dt
from pathlib import Path

import pytest

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.packed import member_of
from tests.archive_indexer.extract.made.made_files import LIMITS, NOTE, put, texts_inside
from tests.archive_indexer.extract.rare.made_outlook import binary, compound, fixed, text
from tests.archive_indexer.extract.rare.test_packed_rtf import SIMPLE

SUBJECT, BODY, HTML, RTF, CLASS, SENT = 0x0037, 0x1000, 0x1013, 0x1009, 0x001A, 0x0039
NAME, ADDRESS, ROLE = 0x3001, 0x39FE, 0x0C15
DAY = dt.datetime(2018, 5, 7, 1, 30, tzinfo=dt.UTC)
TICKS = int((DAY - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)).total_seconds()) * 10_000_000


def person(name: str, address: str, role: int) -> dict:
    return {**text(NAME, name), **text(ADDRESS, address), **fixed(8, {ROLE: role})}


def attached(name: str, content: bytes) -> dict:
    return {**text(0x3707, name), **binary(0x3701, content), **fixed(8, {0x3705: 1})}


def letter(head: int = 32, **more) -> dict:
    return {
        **text(SUBJECT, "低保名单"), **text(CLASS, "IPM.Note"), **text(BODY, "请查收测试乙的材料"),
        **text(0x0C1A, "测试甲"), **text(0x5D01, "a@example.org"), **fixed(head, {SENT: TICKS}),
        **more,
    }  # fmt: skip


def read(folder: Path, tree: dict):
    extraction = extract_pages(put(folder, "信.msg", compound(tree)), LIMITS)
    assert extraction.kind == "msg", extraction.reason
    return extraction


def test_a_mail_of_outlook_is_its_letter_and_its_attachments(tmp_path: Path):
    """Who wrote what to whom and when, on the clock of here."""
    people = {
        "__recip_version1.0_#00000000": person("测试丙", "c@example.org", 1),
        "__recip_version1.0_#00000001": person("测试丁", "/O=X/CN=D", 2),
    }
    files = {"__attach_version1.0_#00000000": attached("说明.txt", NOTE.encode())}
    extraction = read(tmp_path, letter(**people, **files))
    assert extraction.pages[0].text.splitlines() == [
        "主题：低保名单", "发件人：测试甲 <a@example.org>", "收件人：测试丙 <c@example.org>",
        "抄送：测试丁", "日期：2018-05-07 09:30:00+08:00", "请查收测试乙的材料",
    ]  # fmt: skip
    assert texts_inside(extraction) == {"说明.txt": NOTE}
    with member_of(tmp_path / "信.msg", (0,)) as member:
        assert member.read_text() == NOTE


def test_a_mail_within_a_mail_of_outlook_is_a_file_of_its_own(tmp_path: Path):
    """With what is attached to it."""
    inner = letter(24, **{"__attach_version1.0_#00000000": attached("内.txt", NOTE.encode())})
    within = {**text(NAME, "转来的"), **fixed(8, {0x3705: 5}), "__substg1.0_3701000D": inner}
    inside = texts_inside(read(tmp_path, letter(**{"__attach_version1.0_#00000000": within})))
    assert "低保名单" in inside["转来的.eml"]
    assert inside["转来的.eml!/内.txt"] == NOTE


def test_an_object_of_another_program_is_told(tmp_path: Path):
    """Nothing here takes it out."""
    drawn = {**text(NAME, "图"), "__substg1.0_3701000D": {"CONTENTS": b"x"}}
    extraction = read(tmp_path, letter(**{"__attach_version1.0_#00000000": drawn}))
    assert extraction.pages[0].unread == ("含 1 个嵌入的文件或对象，未识别",)


@pytest.mark.parametrize(("code", "page"), [("gb18030", 936), ("big5", 950), ("cp1251", 1251)])
def test_a_mail_without_unicode_is_read_in_its_code(tmp_path: Path, code: str, page: int):
    """Old ones name the code page of Windows."""
    said = "Название" if code == "cp1251" else "鎮坪縣名單"
    tree = {
        **binary(SUBJECT, said.encode(code), 0x1E), **text(CLASS, "IPM.Note"),
        **fixed(32, {0x3FFD: page}),
    }  # fmt: skip
    assert read(tmp_path, tree).pages[0].text == f"主题：{said}"


def test_what_only_the_web_page_of_a_letter_says_is_read(tmp_path: Path):
    """In the code that the mail names."""
    tree = letter(**binary(HTML, "<p>请查收测试乙的材料<p>另附三张照片".encode("gb18030")))
    tree |= fixed(32, {0x3FDE: 936})
    assert read(tmp_path, tree).pages[0].text.splitlines()[-2:] == [
        "请查收测试乙的材料", "另附三张照片",
    ]  # fmt: skip


def test_a_letter_that_is_only_packed_rtf_is_read(tmp_path: Path):
    """As a file of its own."""
    tree = {**text(SUBJECT, "x"), **binary(RTF, SIMPLE), **fixed(32, {0x3705: 1})}
    assert texts_inside(read(tmp_path, tree)) == {"正文.rtf": "hello world"}


def test_a_card_of_a_person_tells_its_telephones(tmp_path: Path):
    """What is no letter has its words elsewhere."""
    tree = {
        **text(SUBJECT, "测试甲"), **text(CLASS, "IPM.Contact"), **text(0x3A1C, "13800138000"),
        **fixed(32, {0x3705: 1}),
    }  # fmt: skip
    assert "13800138000" in read(tmp_path, tree).pages[0].text
