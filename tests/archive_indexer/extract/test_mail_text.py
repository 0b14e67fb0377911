"""Mails as programs write them that know one code, and do not say which."""

from base64 import b64encode
from binascii import b2a_uu
from email import message_from_bytes, policy

import pytest

from archive_indexer.extract.mail_text import (
    head_of,
    leaves,
    letter_text,
    name_of_attached,
    written_in,
)

_HEAD = "From: 张三 <a@example.org>\r\nSubject: 低保申请\r\n"


def _letter(content: bytes) -> str:
    return letter_text(message_from_bytes(content, policy=policy.default))


@pytest.mark.parametrize("code", ["gb18030", "utf-8", "big5"])
@pytest.mark.parametrize("said", ["", "; charset=us-ascii", "; charset=iso-8859-1"])
def test_a_letter_that_does_not_say_its_code_is_read(code: str, said: str):
    """Neither its heads nor its words are lost."""
    words = "測試的說明，民國一百年" if code == "big5" else "测试甲的说明，镇坪县民政局"
    mail = f"Subject: {words}\r\nContent-Type: text/plain{said}\r\n\r\n{words}".encode(code)
    assert _letter(mail) == f"主题：{words}\n{words}"


def test_signs_beyond_the_code_that_is_named_are_read():
    """GB2312 is said where GB18030 is written, in heads and letters."""
    words = "朱镕基、张喆、㙍"
    head = b"Subject: =?gb2312?B?" + b64encode(words.encode("gb18030")) + b"?=\r\n"
    mail = head + b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + words.encode("gb18030")
    assert _letter(mail) == f"主题：{words}\n{words}"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("zero", [" ", "`"])
def test_a_file_written_into_the_letter_itself_is_found(ending: str, zero: str):
    """Old programs knew no parts: its letters stand in no text, its bytes are whole."""
    content = bytes(range(256)) * 3 + b"x"
    lines = [b2a_uu(content[at : at + 45]).decode().rstrip("\n") for at in range(0, 769, 45)]
    coded = ["begin 644 名册.jpg", *(line.replace(" ", zero) for line in lines), "`", "end"]
    body = ending.join(["正文", *coded, "此致", ""]).encode()
    head = b"Subject: a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    mail = message_from_bytes(head + body, policy=policy.default)
    assert list(written_in(mail)) == [("名册.jpg", content)]
    assert letter_text(mail).split() == ["主题：a", "正文", "附件：名册.jpg", "此致"]


def test_a_sign_cut_in_two_between_encoded_words_is_whole():
    """Programs count bytes and not signs."""
    raw = "镇坪县民政局".encode()
    one, other = (f"=?utf-8?B?{b64encode(part).decode()}?=" for part in (raw[:7], raw[7:]))
    mail = message_from_bytes(f"Subject: {one}\r\n {other}\r\n\r\n".encode(), policy=policy.default)
    assert head_of(mail, "subject") == "镇坪县民政局"


def test_other_letters_stay_what_they_are():
    """Of Western Europe, with signs that look like Chinese ones to who expects those."""
    words = "Müller möchte fünf Bücher, naïve cafés"
    mail = b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n" + words.encode("latin-1")
    assert _letter(mail) == words


def test_a_page_says_its_code_itself():
    """A letter in HTML whose head says nothing."""
    page = "<meta charset=big5><p>測試的說明</p>".encode("big5")
    assert _letter(b"Content-Type: text/html\r\n\r\n" + page) == "測試的說明"


def test_names_of_attached_files_are_read_in_any_code():
    """As bytes, which some programs write."""
    part = 'Content-Disposition: attachment; filename="花名册.xls"\r\n\r\nx'.encode("gbk")
    mail = b"Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n" + part + b"\r\n--q--"
    (attached,) = leaves(message_from_bytes(mail, policy=policy.default))
    assert name_of_attached(attached) == "花名册.xls"
