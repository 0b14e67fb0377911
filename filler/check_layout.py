"""Whether a template names Chinese fonts and leaves room for seals and signatures."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import Any

from docx.oxml.ns import qn

from filler.forms import Field, FormSpec
from filler.template_fault import Fault
from filler.template_text import PlacedText, read_row

SEAL_ROOM_MM = 38
SIGNATURE_ROOM_MM = 7
_LINE_MM, _MOST_LINES = 5, 2  #: a seal may rise over that many lines before its table
_TWIPS_PER_MM = 1440 / 25.4
_CHINESE = re.compile(r"[\u3400-\u9fff{]")
_SEALED = re.compile(r"[（(](?:盖章|公章|印章)[）)]")
_SIGNED = re.compile(r"^.{0,20}(?:签[字名章收]|按印|手印)[）)]?[：:]?\s*$|签.{0,4}[：:]\s*_{4,}")
_NOISE = re.compile(r"[\s（）()]")
_LABEL_ENDS = re.compile(r"(人?签字按印|人?签字|人?签名|人?盖章|人?签章|人|\d+)$")


def find_font_faults(texts: Iterable[PlacedText], document: Any) -> Iterator[Fault]:
    """Runs whose Chinese would come out in a font of chance."""
    fonts = _Fonts(document)
    for text in texts:
        for run in text.paragraph.iter(qn("w:r")):
            words = "".join(node.text or "" for node in run.iter(qn("w:t")))
            if _CHINESE.search(words) and not fonts.has_chinese(run, text.paragraph):
                what = f"“{words.strip()[:12]}”没有指定中文字体"
                yield Fault(what, "选中后把中文字体设为仿宋_GB2312 等", text)
                break


class _Fonts:
    """The fonts of a document's styles."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))}
        self._default_paragraph = next(
            (
                key
                for key, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1"
            ),
            "",
        )
        self._has_theme_font = _has_chinese_theme(document)
        self._has_default = self._names_font(
            root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
        )

    def has_chinese(self, run: Any, paragraph: Any) -> bool:
        """Through the run, its style, the paragraph's style and the defaults."""
        own_style = _style_of(paragraph, "w:pPr/w:pStyle") or self._default_paragraph
        return (
            self._names_font(run)
            or self._style_names(_style_of(run, "w:rPr/w:rStyle"))
            or self._style_names(own_style)
            or self._has_default
        )

    def _style_names(self, key: str) -> bool:
        seen: set[str] = set()
        while key and key in self._styles and key not in seen:
            seen.add(key)
            style = self._styles[key]
            if self._names_font(style):
                return True
            key = _style_of(style, "w:basedOn")
        return False

    def _names_font(self, owner: Any) -> bool:
        if owner is None:
            return False
        fonts = owner.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is None:
            return False
        by_theme = fonts.get(qn("w:eastAsiaTheme")) and self._has_theme_font
        return bool(fonts.get(qn("w:eastAsia")) or by_theme)


def _style_of(element: Any, path: str) -> str:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return "" if found is None else found.get(qn("w:val"), "")


def _has_chinese_theme(document: Any) -> bool:
    for part in document.part.package.iter_parts():
        if "/theme/" in part.partname:
            return b'script="Hans"' in part.blob or b'<a:ea typeface="\xe4' in part.blob
    return False


def find_room_faults(texts: Iterable[PlacedText], spec: FormSpec | None) -> Iterator[Fault]:
    """Seals and signatures of the spec without a place, or with too small a one."""
    texts = tuple(texts)
    seen: set[Any] = set()
    for text in texts:
        if text.row is None or text.row in seen:
            continue
        seen.add(text.row)
        yield from _seal_faults(text)
        if not spec or any(field.type == "sign" for field in spec.fields):
            yield from _signature_faults(text)
    for field in spec.fields if spec else ():
        if field.type in ("seal", "sign") and not _has_place(field, texts):
            kind = "盖章" if field.type == "seal" else "签字"
            yield Fault(f"没有给“{field.label}”{kind}的位置", f"加上“{field.label}”并留出空白")


def _seal_faults(text: PlacedText) -> Iterator[Fault]:
    if _SEALED.search("".join(read_row(text.row))):
        room = _height_mm(text.row) + _height_above_mm(text.row)
        if 0 < room < SEAL_ROOM_MM - 0.5:
            what = f"盖章处只有 {room:.0f} 毫米高，不足 {SEAL_ROOM_MM} 毫米"
            yield Fault(what, "加高这一行或上面相连的一行", text)


def _signature_faults(text: PlacedText) -> Iterator[Fault]:
    if _is_signed(text.row) and 0 < _height_mm(text.row) < SIGNATURE_ROOM_MM:
        what = f"签字处只有 {_height_mm(text.row):.0f} 毫米高"
        yield Fault(what, f"加高到 {SIGNATURE_ROOM_MM} 毫米以上", text)


def _is_signed(row: Any) -> bool:
    """A cell that asks for a signature, not one that tells of signatures."""
    return any(_SIGNED.search("".join(read_row(cell)).strip()) for cell in row.iter(qn("w:tc")))


def _height_mm(row: Any) -> float:
    height = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
    return float(height.get(qn("w:val"), 0)) / _TWIPS_PER_MM if height is not None else 0.0


def _height_above_mm(row: Any) -> float:
    """What adjoins above: the row of the same opinion, or the lines before the table."""
    above = row.getprevious()
    if above is None or above.tag != qn("w:tr"):
        return _LINE_MM * len(list(takewhile(_is_paragraph, _before(row.getparent()))))
    if _SEALED.search("".join(read_row(above))):
        return 0.0
    return _height_mm(above)


def _before(table: Any) -> Iterator[Any]:
    return islice(table.itersiblings(preceding=True), _MOST_LINES)


def _is_paragraph(element: Any) -> bool:
    return bool(element.tag == qn("w:p"))


def _has_place(field: Field, texts: tuple[PlacedText, ...]) -> bool:
    """By its tag, or by its label, which may be broken over lines and shortened (制表人: 制表)."""
    tag = re.compile(r"\{\{\s*" + re.escape(field.slug) + r"\b")
    if any(tag.search(text.text) for text in texts):
        return True
    label = _LABEL_ENDS.sub("", _NOISE.sub("", field.label)) or field.label
    short = label[1:] if label[:1] in "镇县村" and len(label) > 2 else label
    return short in _NOISE.sub("", "".join(text.text for text in texts))
