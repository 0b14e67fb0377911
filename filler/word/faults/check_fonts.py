"""Whether a template names Chinese fonts."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from docx.oxml.ns import qn

from filler.word.faults.template_text import Fault, PlacedText

_CHINESE = re.compile(r"[\u3400-\u9fff{]")


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
