"""The address of a PostgreSQL database: taken apart, or refused with what to do."""

from pathlib import Path

import pytest

from minzheng.county.settings.database_address import (
    DatabaseAddress,
    WrongAddressError,
    read_address,
    read_password,
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("postgresql://u@h/d", DatabaseAddress("h", 5432, "d", "u")),
        ("postgres://u:p@h:6000/d", DatabaseAddress("h", 6000, "d", "u", "p")),
        (
            "PostgreSQL://u:a%40b%2F@10.0.0.1/库",
            DatabaseAddress("10.0.0.1", 5432, "库", "u", "a@b/"),
        ),
        ("postgresql://u@[::1]:1/d", DatabaseAddress("::1", 1, "d", "u")),
        (
            "postgresql://u@/d?host=/run/postgresql&sslmode=require",
            DatabaseAddress("/run/postgresql", 5432, "d", "u", "", {"sslmode": "require"}),
        ),
    ],
)
def test_an_address_is_taken_apart(text, address):
    """What is written with a percent sign means its character."""
    assert read_address(text) == address


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mysql://u:p@h/d", "读到的是“mysql”"),
        ("sqlite:///x", "读到的是“sqlite”"),
        ("postgresql:u@h/d", "读到的是别的文字"),
        ("127.0.0.1:5432", "读到的是别的文字"),
        ("postgresql://h/d", "没有写用户名"),
        ("postgresql://u@/d", "没有写主机"),
        ("postgresql://u@h", "没有写库名"),
        ("postgresql://u@h/a/b", "库名里有斜杠"),
        ("postgresql://u@h:many/d", "主机、端口或问号后面的写法不对"),
        ("postgresql://u@h:70000/d", "主机、端口或问号后面的写法不对"),
        ("postgresql://u@h/d?sslmode", "主机、端口或问号后面的写法不对"),
        ("postgresql://u@h/d?timeout=5", "问号后面的 timeout 不认得"),
    ],
)
def test_what_is_no_address_is_refused_without_its_password(text, said):
    """With what may be written instead."""
    with pytest.raises(WrongAddressError) as refused:
        read_address(text.replace("u@", "u:geheim@"))
    assert said in refused.value.what
    assert refused.value.do
    assert "geheim" not in refused.value.what + refused.value.do


def test_an_address_is_shown_without_its_password():
    """In messages, and where a whole is printed."""
    address = read_address("postgresql://u:geheim@h/d")
    assert str(address) == "u@h:5432/d"
    assert "geheim" not in repr(address)


def test_a_password_is_the_first_line_of_its_file(tmp_path: Path):
    """As editors of Windows write it, too."""
    file = tmp_path / "p"
    file.write_bytes("\ufeffgeheim 1\r\nrest".encode())
    assert read_password(file) == "geheim 1"


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "不存在"), (b"", "是空的"), (b"\n", "是空的"), (b"\xff", "读不出来")],
)
def test_a_file_without_a_password_is_named(tmp_path: Path, content, said):
    """And what is to be done with it."""
    file = tmp_path / "p"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(WrongAddressError, match=said):
        read_password(file)
