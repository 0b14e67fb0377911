"""Chinese in letters of ASCII alone."""

import pytest

from archive_indexer.extract.plain_text import decode
from archive_indexer.extract.rare.seven_bit import seven_bit_readings

SAID = "旧城村低保户名单，三人。"


@pytest.mark.parametrize("code", ["hz", "utf-7"])
def test_a_text_of_seven_bits_is_read(code: str):
    """Old mail programs wrote so; what is Latin in it stays."""
    text = f"2018 {SAID}\nabc {SAID}\n"
    assert decode(text.encode(code)) == text


def test_a_text_with_shifts_is_read():
    """ISO-2022-CN: the signs of GB 2312 with their highest bit away."""
    signs = bytes(byte & 0x7F for byte in "低保名单".encode("gb2312"))
    assert decode(b"\x1b$)A2018 \x0e" + signs + b"\x0f ok\n") == "2018 低保名单 ok\n"


@pytest.mark.parametrize(
    "text",
    [
        "C++ABCD and 1+1=2, +8613800138000", "if (~{a,b~}) then", "a+bcd-@example.org",
        "-----BEGIN-----\nMII+abcd/EFGH+ijklMNOPqrst+uvwx/yz12345+678=\n", "~~ ~/bin", "",
    ],
)  # fmt: skip
def test_what_only_looks_so_stays(text: str):
    """A plus sign and a tilde stand in many texts."""
    assert decode(text.encode()) == text


def test_a_text_beyond_ascii_is_none():
    """Nothing of seven bits has the eighth."""
    assert seven_bit_readings("~{低~}".encode()) == []
