"""`{% cellbg … %}` and `{% colspan … %}`: the colour of a cell, and how many columns it spans.

docxtpl writes what they say into attributes; here nothing but a colour or a number gets there.
"""

import re
from collections.abc import Mapping
from typing import Any

from filler.errors import RenderError
from filler.word.hidden_values import is_marked
from filler.word.word_names import qn
from minzheng.county.loaded_later import LoadedLater

docx_oxml = LoadedLater("docx.oxml")  #: only what compiles a template makes elements

COLOUR, SPAN, COUNT = "_colour", "_span", "count"
CELL_TAGS: Mapping[str, str] = {"cellbg": COLOUR, "colspan": SPAN}
_COLOURS: Mapping[str, str] = {
    "红": "FF0000", "橙": "FFC000", "黄": "FFFF00", "绿": "92D050", "蓝": "9DC3E6", "紫": "CC99FF",
    "灰": "D9D9D9", "浅灰": "F2F2F2", "粉": "F8CBAD", "白": "FFFFFF", "": "auto", "无": "auto",
    "auto": "auto",
}  # fmt: skip
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_MOST_COLUMNS = 63  #: of a table of Word
_TAG = re.compile(r"\{%\s*(?:cellbg|colspan)\s")
_FILL = re.compile(r'(<w:shd w:val="clear" w:color="auto" w:fill=")\{\{(.*?)\}\}(?="/>)')
_SPANS = re.compile(r'(<w:gridSpan w:val=")\{\{(.*?)\}\}(?="/>)')
_PROPERTIES = re.compile(r"(<w:tcPr[^>]*>)((?:(?!</w:tcPr>).)*\{[{%].*?)(</w:tcPr>)", re.DOTALL)
_PROPERTY = re.compile(r"<w:(\w+)\b(?:[^<>]*/>|[^<>]*>.*?</w:\1>)", re.DOTALL)
_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
    "textDirection", "tcFitText", "vAlign", "hideMark",
)  # fmt: skip


def make_room_for_cell_tags(body: Any) -> None:
    """A cell without properties gets some: else what its tag says were lost."""
    for cell in body.iter(qn("w:tc")):
        text = "".join(node.text or "" for node in cell.iter(qn("w:t")))
        if cell.find(qn("w:tcPr")) is None and _TAG.search(text):
            cell.insert(0, docx_oxml.OxmlElement("w:tcPr"))


def guard_cell_tags(source: str) -> str:
    """Nothing but a colour and a number comes out of what docxtpl made of the tags."""
    guarded = _FILL.sub(rf"\1{{{{ (\2)|{COLOUR} }}}}", source)
    return _SPANS.sub(rf"\1{{{{ (\2)|{SPAN} }}}}", guarded)


def in_order(source: str) -> str:
    """The properties of cells with tags in the order that the schema asks for."""
    return _PROPERTIES.sub(lambda match: match[1] + _sorted(match[2]) + match[3], source)


def _sorted(properties: str) -> str:
    found = list(_PROPERTY.finditer(properties))
    if "".join(one[0] for one in found) != properties:
        return properties
    found.sort(key=lambda one: _ORDER.index(one[1]) if one[1] in _ORDER else len(_ORDER))
    return "".join(one[0] for one in found)


def colour(value: Any) -> str:
    """A colour as Word has it; a word of Chinese, six hexadecimal digits, or none.

    Raises:
        RenderError: it is no colour.
    """
    text = str(value or "").strip().removeprefix("#")
    if is_marked(text):
        return "auto"
    if text in _COLOURS:
        return _COLOURS[text]
    if _HEX.fullmatch(text):
        return text
    known = "、".join(one for one in _COLOURS if one not in ("", "auto"))
    what = f"“{text[:20]}”不是颜色，模板里的 cellbg 涂不出来。"
    raise RenderError(f"{what}写成 {known}，或六位十六进制如 FFDD00。")


def span(value: Any) -> int:
    """How many columns a cell spans.

    Raises:
        RenderError: it is no such number.
    """
    if isinstance(value, int) and 0 <= value <= _MOST_COLUMNS:
        return max(value, 1)
    raise RenderError(f"colspan 应为 1–{_MOST_COLUMNS} 的整数，现为“{value}”。改正模板的标签。")
