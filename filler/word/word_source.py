"""The parts of a Word template as Jinja sources, cleaned by docxtpl, with the QR in its place."""

import io
import re
import zipfile
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate
from lxml import etree

from filler.errors import TemplateError
from minzheng.county.errors import Problem
from minzheng.external.files.file_properties import CORE
from minzheng.external.qr_codes import draw_qr

_QR = re.compile(r"\{\{\s*qr\s*\}\}")
_QR_SIZE = Mm(14)
PLACEHOLDER_CODE = "MZ:COM-00:V0:-"
_BRACED = re.compile(r"[{}｛｝]")  # tags, and what was meant as one
TAGGED = re.compile(r"\{[\{%]")
_WORD_PARTS = re.compile(r"/word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_BETWEEN_TAGS = re.compile(r">\s+<")
_DOC_PR = re.compile(r"(<wp:docPr\b[^>]*?\bid=\")\d*(\")")
_FIRST_DOC_PR = 1001  # as docxtpl numbers them


def open_word(docx: bytes, where: str) -> Any:
    """The template, as docxtpl holds it.

    Raises:
        TemplateError: it is no sound Word file.
    """
    word = DocxTemplate(io.BytesIO(docx))
    try:
        word.init_docx()
        word.render_init()
    except (KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        problem = Problem(where, "不是完好的 .docx 文件", "用 Word 或 WPS 另存为 .docx 后再放入")
        raise TemplateError([problem]) from error
    return word


def read_sources(word: Any) -> dict[str, str]:
    """The parts that may change, by their names, the body first."""
    return _number_drawings(_place_qr(word, _patched_sources(word)))


def _patched_sources(word: Any) -> dict[str, str]:
    sources: dict[str, str] = {}
    for part in _word_parts(word):
        sources[part.partname.lstrip("/")] = _DECLARATION + word.patch_xml(_xml_of(part))
    core = word.docx.core_properties._element
    sources[CORE] = _DECLARATION + etree.tostring(core, encoding="unicode")
    return sources


def _word_parts(word: Any) -> list[Any]:
    parts = [
        part
        for part in word.docx.part.package.iter_parts()
        if _WORD_PARTS.match(part.partname) and _BRACED.search(_bare(part))
    ]
    return sorted(parts, key=lambda part: (part.partname != word.docx.part.partname, part.partname))


def _bare(part: Any) -> str:
    """The part's text without markup: Word splits tags over runs."""
    return re.sub(r"<[^>]+>", "", _xml_of(part)) + ("{{" if "<wp:docPr" in _xml_of(part) else "")


def _xml_of(part: Any) -> str:
    return etree.tostring(etree.fromstring(part.blob), encoding="unicode")


def _place_qr(word: Any, sources: dict[str, str]) -> dict[str, str]:
    """Put the QR's drawing in place of its tag; only the picture changes later."""
    for part in _word_parts(word):
        name = part.partname.lstrip("/")
        if _QR.search(sources[name]):
            inline = part.new_pic_inline(io.BytesIO(draw_qr(PLACEHOLDER_CODE)), _QR_SIZE, _QR_SIZE)
            picture = _BETWEEN_TAGS.sub("><", inline.xml).strip()
            drawing = (
                f"</w:t></w:r><w:r><w:drawing>{picture}</w:drawing></w:r>"
                '<w:r><w:t xml:space="preserve">'
            )
            sources[name] = drawing.join(_QR.split(sources[name]))
    return sources


def _number_drawings(sources: dict[str, str]) -> dict[str, str]:
    """Number the drawings uniquely over all parts; Word refuses twins."""
    numbers = iter(range(_FIRST_DOC_PR, 1_000_000))
    return {
        name: _DOC_PR.sub(lambda match: f"{match[1]}{next(numbers)}{match[2]}", source)
        for name, source in sources.items()
    }
