"""The first sheet of a dossier, 工作须知: what, how well, in which steps, under which rules.

Its spec's `[drawing]` table holds the texts; whoever keeps the dossier edits them in Word.
The legal basis is that of the day: registry/laws.toml has it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document

from script.drawing.paper import SONG_TITLE, Grid, Paper, label, value
from script.drawing.wording import PLACE, dated

_WIDTHS = (21, 8, 60, 26, 26, 29)
_LISTS = (("工作内容", "content"), ("工作标准", "standard"))
_ENDS = (("责任层级", "levels"), ("办理时限", "limit"), ("保管期限", "keeping"))
_STEP_HEADS = ("序", "环节和做法", "由谁办", "时限", "用表、材料")
_TEXT, _SMALLER = 9.5, 1.0  #: points of the texts; of the steps so much less
_KEEPER = "专管员:{{ keeper or '________' }}"
_POINT_MM = 0.3528


def is_work_notice(table: Mapping[str, Any]) -> bool:
    """Whether a spec draws such a sheet."""
    return "steps" in table.get("drawing", {})


def draw_work_notice(table: Mapping[str, Any]) -> Document:
    """One page that hangs at the front of the dossier; a long one says `size = 8.5`."""
    told = table["drawing"]
    paper = Paper(210, 297, (20, 20, 25, 20))
    large = min(22, int(paper.type_width / len(table["title"]) / _POINT_MM))
    paper.line("{{ title }}", font=SONG_TITLE, size=large, align="center", after=6)
    paper.two_ends(PLACE, f"编制日期:{dated('made_on')}", 11, _KEEPER)
    grid, size = paper.grid(_WIDTHS), float(told.get("size", _TEXT))
    _text_row(grid, "服务对象", [told["serves"]], size)
    _text_row(grid, "依据", ["{{ basis }}"], size)
    for name, key in _LISTS:
        _text_row(grid, name, told[key], size)
    _steps(grid, told["steps"], size - _SMALLER)
    _text_row(grid, "工作要求", told["demands"], size)
    for name, key in _ENDS:
        _text_row(grid, name, [_tagged(told[key])], size)
    return paper.finish()


def _tagged(text: str) -> str:
    """`{days}` as a tag: what follows from the law of the day."""
    return re.sub(r"\{(\w+)\}", r"{{ \1 }}", text)


def _text_row(grid: Grid, name: str, texts: Sequence[str], size: float) -> None:
    lines = [f"{n}．{text}" for n, text in enumerate(texts, 1)] if len(texts) > 1 else texts
    grid.row(
        label(name, size=12), value("\n".join(lines), span=5, size=size, align="left"), height=7
    )


def _steps(grid: Grid, steps: Sequence[Sequence[str]], size: float) -> None:
    heads = (label(text, size=size) for text in _STEP_HEADS)
    grid.row(label("工作程序", merge="restart", vertical="center"), *heads, height=8)
    for number, (what, who, when, papers) in enumerate(steps, 1):
        grid.row(
            label("", merge="continue"),
            value(str(number), size=size),
            value(what, size=size, align="left"),
            *(value(text, size=size) for text in (who, when)),
            value(papers, size=size),
            height=6,
        )
