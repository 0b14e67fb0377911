"""The parts of a Word template as Jinja sources, cleaned by docxtpl, with the QR in its place."""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from lxml import etree

from filler.errors import TemplateError
from filler.word.part_names import use_usual_names
from filler.word.tags.cell_tags import guard_cell_tags, in_order
from filler.word.tags.rich_tags import Runs, name_rich_tags
from filler.word.template_limits import ATTACHED
from filler.word.word_names import qn
from minzheng.county.errors import Problem
from minzheng.county.loaded_later import LoadedLater
from minzheng.external.files.file_properties import CORE
from minzheng.external.qr_codes import draw_qr

_QR = re.compile(r"\{\{\s*qr\s*\}\}")
_QR_SIZE = 14 * 36_000  #: millimetres, in Word's smallest measure
docxtpl = LoadedLater("docxtpl")  #: only what compiles a template needs it
PLACEHOLDER_CODE = "MZ:COM-00:V0:-"
_BRACED = re.compile(r"[{}｛｝]")  # tags, and what was meant as one
TAGGED = re.compile(r"\{[\{%#]")
_TAGGED_BEFORE = re.compile(r"\{[\{%]")
_SMART_TAG, _SMART_PROPERTIES = qn("w:smartTag"), qn("w:smartTagPr")
_WORD_PARTS = re.compile(r"/word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
#: docxtpl takes everything behind it for a remark, the ends of rows with it.
_NO_REMARK = re.compile(r"\{(?=(?:<[^>]*>)*#(?!.*#(?:<[^>]*>)*\}))", re.DOTALL)
_APART = "{\u2060"  #: a brace that begins nothing
_BETWEEN_TAGS = re.compile(r">\s+<")
_DOC_PR = re.compile(r"(<wp:docPr\b[^>]*?\bid=\")\d*(\")")
_FIRST_DOC_PR = 1001  # as docxtpl numbers them


def open_word(docx: bytes, where: str, *, is_named: bool = True) -> Any:
    """The template, as docxtpl holds it.

    Args:
        docx: the file.
        where: its name, for messages.
        is_named: call its parts as Word does.

    Raises:
        TemplateError: it is no sound Word file.
    """
    word = docxtpl.DocxTemplate(io.BytesIO(docx))
    try:
        word.init_docx()
        word.render_init()
        if is_named:
            use_usual_names(word.docx)
    except (KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        problem = Problem(where, "不是完好的 .docx 文件", "用 Word 或 WPS 另存为 .docx 后再放入")
        raise TemplateError([problem]) from error
    return word


def find_attached_template(package: Any) -> str:
    """The template that a file says it was made from; empty when it says nothing."""
    return next((relation.target_ref for _, _, relation in _attached(package)), "")


def drop_attached_template(word: Any) -> None:
    """Word would fetch it, from wherever it lay on the machine of who drew the file."""
    for part, name, _ in list(_attached(word.docx.part.package)):
        del part.rels[name]
        for element in list(part.element.iter(qn("w:attachedTemplate"))):
            element.getparent().remove(element)


def _attached(package: Any) -> Iterator[tuple[Any, str, Any]]:
    for part in package.iter_parts():
        for name, relation in part.rels.items():
            if relation.is_external and relation.reltype.endswith(ATTACHED):
                yield part, name, relation


def read_sources(
    word: Any,
    rich: Collection[str] = (),
    runs: list[Runs] | None = None,
    *,
    is_new: bool = True,
    is_fitted: bool = True,
) -> dict[str, str]:
    """The parts that may change, by their names, the body first.

    Args:
        word: the template as docxtpl holds it.
        rich: names whose values are runs.
        runs: takes in what makes the runs of other rich tags.
        is_new: not the template of a document issued before, whose bytes must come again.
        is_fitted: nor of one issued before properties of cells were put in order.
    """
    parts = _word_parts(word)
    patched = _patched_sources(parts, word, rich, runs if runs is not None else [], is_new=is_new)
    if is_fitted:
        patched = {name: in_order(source) for name, source in patched.items()}
    return _number_drawings(_place_qr([part for part, _ in parts], patched))


def is_tagged(source: str, *, is_new: bool = True) -> bool:
    """Whether a part is made anew for each document; before, a remark alone did not make it so."""
    return bool((TAGGED if is_new else _TAGGED_BEFORE).search(source))


def _patched_sources(
    parts: Iterable[tuple[Any, str]],
    word: Any,
    rich: Collection[str],
    runs: list[Runs],
    *,
    is_new: bool,
) -> dict[str, str]:
    sources: dict[str, str] = {}
    for part, found in parts:
        xml = _prepared(found, rich, runs) if is_new else found
        patched = guard_cell_tags(word.patch_xml(xml)).replace(_APART, "{")
        sources[part.partname.lstrip("/")] = _DECLARATION + patched
    core = word.docx.core_properties._element
    sources[CORE] = _DECLARATION + etree.tostring(core, encoding="unicode")
    return sources


def _prepared(xml: str, rich: Collection[str], runs: list[Runs]) -> str:
    return _NO_REMARK.sub(_APART, _with_rich_tags(_without_smart_tags(xml), rich, runs))


def _word_parts(word: Any) -> list[tuple[Any, str]]:
    """Each part that may change, and its XML."""
    named = (one for one in word.docx.part.package.iter_parts() if _WORD_PARTS.match(one.partname))
    parts = [(part, xml) for part in named if _BRACED.search(_bare(xml := _xml_of(part)))]
    body = word.docx.part.partname
    return sorted(parts, key=lambda one: (one[0].partname != body, one[0].partname))


def _bare(xml: str) -> str:
    """A part's text without markup: Word splits tags over runs."""
    return re.sub(r"<[^>]+>", "", xml) + ("{{" if "<wp:docPr" in xml else "")


def _xml_of(part: Any) -> str:
    return etree.tostring(etree.fromstring(part.blob), encoding="unicode")


def _without_smart_tags(xml: str) -> str:
    """Old Word marks dates and places, and cuts tags by it; nobody sees the marks."""
    if "<w:smartTag" not in xml:
        return xml
    root: Any = etree.fromstring(xml)
    for mark in list(root.iter(_SMART_TAG)):
        for child in list(mark):
            if child.tag != _SMART_PROPERTIES:
                mark.addprevious(child)
        mark.getparent().remove(mark)
    return etree.tostring(root, encoding="unicode")


def _with_rich_tags(xml: str, rich: Collection[str], runs: list[Runs]) -> str:
    if "{{r" not in re.sub(r"<[^>]+>", "", xml):
        return xml
    root: Any = etree.fromstring(xml)
    name_rich_tags(root, rich, runs)
    return etree.tostring(root, encoding="unicode")


def _place_qr(parts: Iterable[Any], sources: dict[str, str]) -> dict[str, str]:
    """Put the QR's drawing in place of its tag; only the picture changes later."""
    for part in parts:
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
