"""What is wrong with a TOML file."""

import tomllib

import pytest

from minzheng.county.toml_files import explain


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a = ]", "第 1 行第 5 列"), ("a = 1\nb 2", "第 2 行第 3 列"), ('a = "x', "不")],
)
def test_the_place_is_named_in_chinese(text, shown):
    """Line and column, no English."""
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert shown in explain(caught.value)
    assert not explain(caught.value).isascii()


@pytest.mark.parametrize(
    ("text", "said"),
    [('a = "x', "不合 TOML 格式"), ("a = ]", "第 1 行第 5 列"), ("[a", "不合 TOML 格式")],
)
def test_the_end_of_a_file_is_named(text, said):
    """A file that breaks off says so."""
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert said in explain(caught.value)
    assert ("末尾" in explain(caught.value)) == ("end of document" in str(caught.value))
