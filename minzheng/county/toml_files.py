"""TOML files that people write: what is wrong is said in Chinese, with line and column."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@lru_cache(maxsize=24)
def parse_once(text: str) -> Mapping[str, Any]:
    """What stands in a file, told by its text: a start asks it of some a dozen times.

    Nobody changes it.

    Raises:
        TOMLDecodeError: it cannot be understood.
    """
    return tomllib.loads(text)


def explain(error: tomllib.TOMLDecodeError) -> str:
    """Where a TOML file cannot be understood."""
    place = _PLACE.search(str(error))
    if place is None:
        return (
            "不合 TOML 格式：文件末尾不完整"
            if "end of document" in str(error)
            else "不合 TOML 格式"
        )
    return f"第 {place[1]} 行第 {place[2]} 列不合 TOML 格式"
