"""TOML files that people write: what is wrong is said in Chinese, with line and column."""

import re
import tomllib

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


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
