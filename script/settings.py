"""`python -m script.settings`: config.toml and docs/settings.md, from the declared settings."""

import json
import unicodedata
from itertools import groupby
from pathlib import Path

from minzheng.county.config import PROJECT_FOLDER
from minzheng.county.settings.all_settings import SETTINGS
from minzheng.county.settings.setting import Setting

CONFIG_FILE = PROJECT_FOLDER / "config.toml"
GUIDE_FILE = PROJECT_FOLDER / "docs" / "settings.md"
_HEAD = "# 民政十五专档 设置。改后重新启动生效；写错了会告诉您是哪一项、读到什么、可以写什么。\n"
_GUIDE_HEAD = """# 设置

由 `python -m script.settings` 按程序中的声明生成，`config.toml` 里的注释用的是同一份。
改后重新启动生效；没有写的项按默认值；写错的项启动时一次全部列出。
"""
_TITLES = {
    "archive": "档案和收件箱", "database": "数据库", "reading": "识别", "search": "查档",
    "web": "网页服务", "accounts": "账号和审计", "sign_in": "单位统一登录", "forms": "填表",
    "batches": "批量出具", "backup": "备份", "publicity": "公示", "office": "单位名称",
}  # fmt: skip
_COMMENT_COLUMN = 26


def as_toml() -> str:
    """A config.toml with every setting at its default and its comment beside it."""
    tables = (f"\n[{table}]\n" + "".join(map(_line, settings)) for table, settings in _by_table())
    return _HEAD + "".join(tables)


def as_guide() -> str:
    """The chapter on settings."""
    tables = (
        f"\n## [{table}] {_TITLES[table]}\n\n| 项 | 默认 | 可以写 | 说明 |\n|---|---|---|---|\n"
        + "".join(map(_row, settings))
        for table, settings in _by_table()
    )
    return _GUIDE_HEAD + "".join(tables)


def _by_table() -> list[tuple[str, list[Setting]]]:
    grouped = groupby(SETTINGS.values(), key=lambda one: one.table)
    return [(table, list(settings)) for table, settings in grouped]


def _line(one: Setting) -> str:
    said = f"{one.key} = {_value(one)}"
    return f"{said}{' ' * max(1, _COMMENT_COLUMN - _width(said))}# {one.explanation}\n"


def _row(one: Setting) -> str:
    return f"| `{one.key}` | `{_value(one)}` | {one.describe()} | {one.explanation} |\n"


def _value(one: Setting) -> str:
    return json.dumps(one.default, ensure_ascii=False)


def _width(text: str) -> int:
    """Columns on a screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    _write(CONFIG_FILE, as_toml())
    _write(GUIDE_FILE, as_guide())
