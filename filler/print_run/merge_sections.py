"""A record inside a print run: a section of its own, with pages counted from one."""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lxml import etree

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_SPACE}}}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCES = frozenset({f"{_W}headerReference", f"{_W}footerReference"})
_BEFORE_NOTES = {
    "footnotePr": _REFERENCES,
    "endnotePr": _REFERENCES | {f"{_W}footnotePr"},
}
_AFTER_NO_ENDNOTE = frozenset(
    _W + name
    for name in (
        "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings",
        "footnoteColumns", "sectPrChange",
    )
)  # fmt: skip
#: What may stand behind the endnotes' properties in settings.
_AFTER_ENDNOTES = frozenset(
    _W + name
    for name in (
        "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping",
        "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions",
        "readModeInkLockDown", "smartTagType", "shapeDefaults", "doNotEmbedSmartTags",
        "decimalSymbol", "listSeparator",
    )
) | {
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr",
    "{http://schemas.openxmlformats.org/schemaLibrary/2006/main}schemaLibrary",
}  # fmt: skip
#: What stands before the page number's start in a section's properties.
_BEFORE_NUMBER = frozenset(
    f"{_W}{name}"
    for name in (
        "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz",
        "pgMar", "paperSrc", "pgBorders", "lnNumType",
    )
)  # fmt: skip
_TINY = 20  #: a line of one point, for a record that ends without a paragraph


def sections_of(body: Any) -> list[Any]:
    """The properties of each section in their order; a body without any gets empty ones."""
    if body.find(f"{_W}sectPr") is None:
        body.append(body.makeelement(f"{_W}sectPr", {}))
    return [
        one for one in body.iter(f"{_W}sectPr") if one.getparent().tag in (f"{_W}pPr", body.tag)
    ]


def end_record(
    body: Any, sections: Sequence[Any], number: int, mark: str, *, is_last: bool
) -> None:
    """Close the record's section and mark its end; its pages start from one.

    Args:
        body: the record's.
        sections: its sections' properties.
        number: of the record, counted from one.
        mark: the number of the bookmark at its end.
        is_last: whether no record follows.
    """
    _start_from_one(sections[0])
    paragraph = _last_paragraph(body)
    for tag, extra in (("bookmarkStart", {f"{_W}name": end_name(number)}), ("bookmarkEnd", {})):
        paragraph.append(paragraph.makeelement(_W + tag, {f"{_W}id": mark, **extra}))
    if not is_last:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            properties = paragraph.makeelement(f"{_W}pPr", {})
            paragraph.insert(0, properties)
        change = properties.find(f"{_W}pPrChange")
        if change is None:
            properties.append(sections[-1])
        else:
            change.addprevious(sections[-1])


def page_kinds(root: Any) -> list[tuple[str, str]]:
    """Which headers and footers a form has: header or footer, and on which pages."""
    return sorted(
        {
            (kind, one.get(f"{_W}type", "default"))
            for kind in ("header", "footer")
            for one in root.iter(f"{_W}{kind}Reference")
        }
    )


def close_pages(
    section: Any, kinds: Sequence[tuple[str, str]], blank_page: Callable[[str], str]
) -> None:
    """What the first section of a record lacks it would take from the record before it."""
    own = {
        (kind, one.get(f"{_W}type", "default"))
        for kind in ("header", "footer")
        for one in section.findall(f"{_W}{kind}Reference")
    }
    for kind, pages in kinds:
        if (kind, pages) not in own:
            told = {f"{_W}type": pages, f"{_R}id": blank_page(kind)}
            section.insert(0, section.makeelement(f"{_W}{kind}Reference", told))


def keep_notes_with_record(sections: Sequence[Any], used: Mapping[str, Sequence[str]]) -> None:
    """Notes are counted anew in each record, and endnotes stand at its own end."""
    if used.get("footnoteReference"):
        _count_notes_anew(sections[0], "footnotePr")
    if not used.get("endnoteReference"):
        return
    _count_notes_anew(sections[0], "endnotePr")
    for section in sections[:-1]:
        if section.find(f"{_W}noEndnote") is None:
            at = sum(child.tag not in _AFTER_NO_ENDNOTE for child in section)
            section.insert(at, section.makeelement(f"{_W}noEndnote", {}))


def _count_notes_anew(section: Any, kind: str) -> None:
    properties = section.find(_W + kind)
    if properties is None:
        properties = section.makeelement(_W + kind, {})
        section.insert(sum(child.tag in _BEFORE_NOTES[kind] for child in section), properties)
    restart = properties.find(f"{_W}numRestart")
    if restart is None:
        restart = etree.SubElement(properties, f"{_W}numRestart")
    if restart.get(f"{_W}val") != "eachPage":
        restart.set(f"{_W}val", "eachSect")


def notes_at_section_end(settings: bytes) -> bytes:
    """Settings by which endnotes stand at the end of a section, not of the whole run."""
    root: Any = etree.fromstring(settings)
    properties = root.find(f"{_W}endnotePr")
    if properties is None:
        properties = root.makeelement(f"{_W}endnotePr", {})
        following = next((one for one in root if one.tag in _AFTER_ENDNOTES), None)
        if following is None:
            root.append(properties)
        else:
            following.addprevious(properties)
    for old in properties.findall(f"{_W}pos"):
        properties.remove(old)
    properties.insert(0, properties.makeelement(f"{_W}pos", {f"{_W}val": "sectEnd"}))
    changed: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return changed


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


def end_name(number: int) -> str:
    """The bookmark at a record's end, counted from one: letters and digits only."""
    return f"record{number}"


def _reference(number: int) -> str:
    return f" PAGEREF {end_name(number)} "


def _start_from_one(section: Any) -> None:
    for old in section.findall(f"{_W}type"):
        section.remove(old)
    numbers = section.find(f"{_W}pgNumType")
    if numbers is None:
        numbers = section.makeelement(f"{_W}pgNumType", {})
        section.insert(sum(child.tag in _BEFORE_NUMBER for child in section), numbers)
    numbers.set(f"{_W}start", "1")


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
