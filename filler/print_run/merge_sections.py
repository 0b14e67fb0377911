"""A record inside a print run: a section of its own, with pages counted from one."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_SPACE}}}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
#: What stands before the page number's start in a section's properties.
_BEFORE_NUMBER = frozenset(
    f"{_W}{name}"
    for name in (
        "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz",
        "pgMar", "paperSrc", "pgBorders", "lnNumType",
    )
)  # fmt: skip
_TINY = 20  #: a line of one point, for a record that ends without a paragraph


@dataclass
class Numbering:
    """Numbers that must differ over the whole file."""

    drawing: int = 1000
    other: int = 0


def end_record(body: Any, sections: Sequence[Any], number: int, *, is_last: bool) -> None:
    """Close the record's section and mark its end; its pages start from one."""
    _start_from_one(sections[0])
    paragraph = _last_paragraph(body)
    for tag, extra in (("bookmarkStart", {f"{_W}name": end_name(number)}), ("bookmarkEnd", {})):
        paragraph.append(paragraph.makeelement(_W + tag, {f"{_W}id": str(number), **extra}))
    if not is_last:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            properties = paragraph.makeelement(f"{_W}pPr", {})
            paragraph.insert(0, properties)
        properties.append(sections[-1])


def own_page_count(root: Any, number: int, sections: int) -> None:
    """共y页 counts the record's pages, not those of the run.

    Word knows the pages of a section; LibreOffice does not and shows the result
    written there, which is a reference to the page of the record's end.
    """
    own = " SECTIONPAGES " if sections == 1 else _reference(number)
    for instruction in root.iter(f"{_W}instrText"):
        if (instruction.text or "").split()[:1] == ["NUMPAGES"]:
            instruction.text = own
            if sections == 1:
                _put_result(instruction.getparent(), number)
    for field in root.iter(f"{_W}fldSimple"):
        if field.get(f"{_W}instr", "").split()[:1] == ["NUMPAGES"]:
            field.set(f"{_W}instr", _reference(number))


def number_parts(root: Any, numbering: Numbering) -> None:
    """Drawings and content controls get numbers of their own; Word refuses twins."""
    for drawing in root.iter(_DRAWING):
        numbering.drawing += 1
        drawing.set("id", str(numbering.drawing))
    for control in root.iter(f"{_W}sdtPr"):
        name = control.find(f"{_W}id")
        if name is not None:
            numbering.other += 1
            name.set(f"{_W}val", str(numbering.other))
    for paragraph in root.iter(f"{_W}p"):
        for name in (f"{_W14}paraId", f"{_W14}textId"):
            paragraph.attrib.pop(name, None)


def end_name(number: int) -> str:
    """The bookmark at a record's end, counted from one: letters and digits only."""
    return f"record{number}"


def _reference(number: int) -> str:
    return f" PAGEREF {end_name(number)} "


def _start_from_one(section: Any) -> None:
    for tag in ("type", "pgNumType"):
        for old in section.findall(_W + tag):
            section.remove(old)
    at = sum(child.tag in _BEFORE_NUMBER for child in section)
    section.insert(at, section.makeelement(f"{_W}pgNumType", {f"{_W}start": "1"}))


def _last_paragraph(body: Any) -> Any:
    children = [child for child in body if child.tag != f"{_W}sectPr"]
    last = children[-1] if children else None
    if last is not None and last.tag == f"{_W}p" and last.find(f"{_W}pPr/{_W}sectPr") is None:
        return last
    tiny = f'<w:p xmlns:w="{_SPACE}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="{_TINY}"'
    paragraph = etree.fromstring(f'{tiny} w:lineRule="exact"/></w:pPr></w:p>')
    body.insert(len(children), paragraph)
    return paragraph


def _put_result(run: Any, number: int) -> None:
    """The field's result becomes a field itself."""
    inside = _results(run)
    if not inside:
        return
    first = inside[0]
    look = first.find(f"{_W}rPr")
    # LibreOffice leaves no gap between Chinese and the number of a reference, as it does else.
    gap = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    made = [
        _run(look, "t", gap, " "),
        _run(look, "fldChar", {f"{_W}fldCharType": "begin"}),
        _run(look, "instrText", {}, _reference(number)),
        _run(look, "fldChar", {f"{_W}fldCharType": "separate"}),
        _run(look, "t", {}, "1"),
        _run(look, "fldChar", {f"{_W}fldCharType": "end"}),
        _run(look, "t", gap, " "),
    ]
    for one in made:
        first.addprevious(one)
    for one in inside:
        one.getparent().remove(one)


def _results(run: Any) -> list[Any]:
    """The runs between a field's separator and its end."""
    found, is_inside = [], False
    for following in run.itersiblings():
        mark = following.find(f"{_W}fldChar")
        kind = mark.get(f"{_W}fldCharType") if mark is not None else ""
        if kind == "end":
            break
        if is_inside:
            found.append(following)
        is_inside = is_inside or kind == "separate"
    return found


def _run(look: Any, tag: str, attributes: dict[str, str], text: str = "") -> Any:
    run = etree.Element(f"{_W}r")
    if look is not None:
        run.append(copy.deepcopy(look))
    content = etree.SubElement(run, _W + tag, attributes)
    if text:
        content.text = text
    return run
