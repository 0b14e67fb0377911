"""What only a person with Word and WPS can check: the files, and a sheet to tick.

`script/strict_reader --human FOLDER` makes them; `python -m script.check_in_word --docs`
writes docs/check_in_word.md anew.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import django

from script.drawing.check_sheet import draw_check_sheet

PROJECT = Path(__file__).resolve().parents[1]
DOCS = PROJECT / "docs" / "check_in_word.md"
SHEET = "00_核对单.docx"
_HEAD = f"""# What only Word and WPS can show

The tests read every form by the schemas of ECMA-376, by openxml-audit, mammoth, pandoc and LibreOffice (`script/strict_reader`). Neither Word nor WPS is at hand there. Before a release somebody who has both makes the files and ticks the sheet that lies among them, `{SHEET}` (one page, A4):

    script/strict_reader --human FOLDER

All people in them are invented. What is not as the sheet says is filed as an issue, with the file, the program and its version. `python -m script.check_in_word --docs` writes this page anew.

| 文件 | 看什么 |
|---|---|
"""


class Piece(NamedTuple):
    """One file and what is to be seen in it."""

    file: str
    look: str
    maker: str  #: the function of script/word_pieces.py that makes it


PIECES = (
    Piece("01_受保护的表.docx", "打开无“无法读取的内容”提示；共 2 页，月保障金在第 1 页；标签改不动，填写处可改；审阅→停止保护不要密码；文件→信息有单位、标题", "protected_form"),
    Piece("02_空白手填.docx", "共 2 页；手填处有横线或空格，没有孤立的“元”“人”；字体为小标宋、仿宋、黑体", "blank_form"),
    Piece("03_续表.docx", "第 7 口人起在续表上；续表有标题、表头、编号", "continued_form"),
    Piece("04_合并打印.docx", "5 户各为一节，每户页码从 1 起；页脚二维码各不相同；导航或书签有 5 户", "print_run"),
    Piece("05_长表.docx", "每页重复表头；没有一行被拆到两页；合计在最后一页，盖章处不单独成页", "long_table"),
    Piece("06_A3公示.docx", "纸张为 A3 竖版；缩印到 A4 时不缺边", "large_notice"),
    Piece("07_照片.docx", "两张照片都在框内、方向正、不变形；横的一张和竖的一张", "photos"),
    Piece("08_复选框.docx", "“农村低保”已勾选；单击可勾、可取消；保存后再开不变", "checkboxes"),
    Piece("09_通知书.docx", "存根与正文之间有骑缝线；落款在右，日期在署名下；送达栏完整", "letter"),
    Piece("10_盒脊.docx", "字从上到下竖排，不倒不横；框宽与盒脊相符（量一量）", "spine"),
    Piece("11_存成的PDF.pdf", "与 01 逐页相同；放大后字不缺；能搜到“月保障金”；Acrobat 或福昕提示它符合 PDF/A", "as_pdf"),
    Piece("12_附件.docx", "“调查报告”起是别人的文件：字体大、有编号的列表从一起、有表有图；前后是本表的字体；表中两行各有一张照片，都在格内", "annex"),
    Piece("13_各带附件.docx", "两份记录各为一节，页码从 1 起；第一份的附件字大，第二份的字小；两份附件里的列表都从一起", "annex_run"),
)  # fmt: skip
EVERY_FILE = (
    "每份 .docx：另存一次再打开，版面不变",
    "打印预览的页数与页脚“共几页”一致",
    "手机扫页脚二维码，显示表号与编号",
)


def as_markdown() -> str:
    """The page for docs/."""
    rows = [f"| {piece.file} | {piece.look} |" for piece in PIECES]
    every = [f"- {line}" for line in EVERY_FILE]
    return _HEAD + "\n".join((*rows, "", "每一份都要看：", "", *every)) + "\n"


def write_files(folder: Path, makers: Callable[[str], bytes | None]) -> list[str]:
    """All pieces and the sheet; the names of those that could not be made here."""
    folder.mkdir(parents=True, exist_ok=True)
    lacking = []
    for piece in PIECES:
        data = makers(piece.maker)
        if data is None:
            lacking.append(piece.file)
        else:
            (folder / piece.file).write_bytes(data)
    rows = [(piece.file, piece.look) for piece in PIECES]
    (folder / SHEET).write_bytes(draw_check_sheet(rows, EVERY_FILE))
    return lacking


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files, or the page of the docs; 1 when a file could not be made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--docs", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.docs:
        DOCS.write_text(as_markdown(), encoding="utf-8")
        return 0
    if asked.folder is None:
        parser.error("a folder is needed")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    pieces = importlib.import_module("script.word_pieces").Pieces()
    lacking = write_files(asked.folder, lambda maker: getattr(pieces, maker)())
    print(f"{len(PIECES) + 1 - len(lacking)} files in {asked.folder}; begin with {SHEET}")
    for name in lacking:
        print(f"not made, LibreOffice is missing: {name}")
    return int(bool(lacking))


if __name__ == "__main__":
    sys.exit(main())
