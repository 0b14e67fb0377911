"""What may stand after an option."""

import argparse
import re

import pytest

from minzheng.cli.argument_values import (
    count,
    megabytes,
    reason,
    token_days,
    worker_name,
    year,
)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (count, "1", 1), (count, "10000", 10_000),
        (megabytes, "100000000", 100_000_000),
        (year, "1949", "1949"), (year, "2018", "2018"),
        (reason, "  复核   张三家  ", "复核 张三家"), (reason, "复核档案", "复核档案"),
        (token_days, "1", 1), (token_days, "365", 365),
        (worker_name, "三楼-2.a", "三楼-2.a"), (worker_name, "x" * 40, "x" * 40),
    ],
)  # fmt: skip
def test_what_is_right_is_read(read, text, value):
    """Both ends of each range are in."""
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (count, "0", "1–10000"), (count, "10001", "1–10000"), (count, "-1", "“-1”"),
        (worker_name, "", "1–40"), (worker_name, "x" * 41, "1–40"), (worker_name, "a/b", "斜杠"),
        (count, "1.5", "整数"), (megabytes, "0", "1–100000000"),
        (megabytes, "100000001", "整数"), (year, "18", "四位年份"), (year, "2118", "四位年份"),
        (year, "2018年", "四位年份"), (reason, "复 核 ", "4 至 120"), (reason, "字" * 121, "120"),
        (token_days, "0", "1–365"), (token_days, "366", "1–365"), (token_days, "一", "“一”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_in_chinese(read, text, said):
    """With what was read and what may stand there."""
    with pytest.raises(argparse.ArgumentTypeError, match=re.escape(said)):
        read(text)
