"""The sheet on which a person with Word and WPS ticks what was looked at."""

import io
from collections.abc import Sequence

from script.drawing.paper import SONG_TITLE, Paper, label, value
from script.drawing.wording import SMALL

_WIDTHS = (8, 39, 87, 12, 12, 16)
_HEADS = ("序", "文件", "看什么", "Word", "WPS", "不符处")
_BOX, _DENSE = "□", 9.5


def draw_check_sheet(rows: Sequence[tuple[str, str]], every: Sequence[str]) -> bytes:
    """One page of A4: a row a file, a box for each program."""
    paper = Paper(210, 297, (18, 18, 16, 18))
    paper.line("Word 与 WPS 人工核对单", font=SONG_TITLE, size=20, align="center", after=4)
    paper.line("核对人：____________　日期：　　年　月　日　程序版本：____________", size=SMALL)
    programs = (
        "Windows ______　Word 版本：____________　WPS 版本：____________　打印机：____________"
    )
    paper.line(programs, size=SMALL, after=4)
    grid = paper.grid(_WIDTHS)
    grid.row(*(label(text, size=_DENSE) for text in _HEADS), height=8, header=True)
    for number, (file, look) in enumerate(rows, 1):
        grid.row(
            value(str(number), size=_DENSE),
            value(file, size=_DENSE, align="left"),
            value(look, size=_DENSE, align="left"),
            *(value(_BOX, size=14) for _ in range(2)),
            value(""),
            height=13,
        )
    for line in every:
        grid.row(
            value("*", size=_DENSE),
            value(line, 2, size=_DENSE, align="left"),
            *(value(_BOX, size=14) for _ in range(2)),
            value(""),
            height=9,
        )
    paper.line(
        "与说明一致的打 √；不一致的写在“不符处”，连同文件和软件版本登记为问题。",
        size=_DENSE,
        before=4,
    )
    paper.line(
        "核对结论：□全部相符　□有不符，编号：____________　签字：____________", size=SMALL, before=4
    )
    stream = io.BytesIO()
    paper.close().save(stream)
    return stream.getvalue()
