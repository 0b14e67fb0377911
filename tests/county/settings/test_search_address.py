"""The address of a search server."""

import pytest

from minzheng.county.settings.database_address import WrongAddressError
from minzheng.county.settings.search_address import SearchAddress, read_search_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://10.0.0.6:9200", SearchAddress("http://10.0.0.6:9200")),
        ("https://h/", SearchAddress("https://h")),
        ("https://u:p%40@h:1/way/", SearchAddress("https://h:1/way", "u", "p@")),
        ("http://[::1]:9200", SearchAddress("http://[::1]:9200")),
    ],
)
def test_an_address_is_read(text, address):
    """With whoever asks apart."""
    assert read_search_address(text) == address


@pytest.mark.parametrize("text", ["", "h:9200", "ftp://h", "http://", "http://h:port"])
def test_what_is_no_address_is_told(text):
    """With how to write one."""
    with pytest.raises(WrongAddressError) as refused:
        read_search_address(text)
    assert "https://用户名@主机:9200" in refused.value.do


def test_a_password_is_not_shown():
    """Wherever an address is printed."""
    assert "secret" not in repr(read_search_address("https://u:secret@h"))
