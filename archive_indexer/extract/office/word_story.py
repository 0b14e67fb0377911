"""The stories of a Word document: paragraphs and tables, and the boxes that stand in them.

What was struck out with changes tracked is not read, what was put in is. Where a drawing
is written a second time for older programs, one of the two is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from archive_indexer.extract.office.list_numbers import ListCounter
from archive_indexer.extract.office.parts import local_name

_SPACES = ("wordprocessingml/2006/main", "wordprocessingml/main", "word/2003/wordml")
_STRUCK_OUT = frozenset({"del", "moveFrom", "delText", "delInstrText", "instrText", "Fallback"})
_FORMULAS = frozenset({"oMath", "oMathPara"})  #: they may stand without a paragraph
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
#: Boxes that Word draws with signs of Wingdings.
_SYMBOLS = {
    0xF0FE: "☑", 0xF052: "☑", 0xF0A8: "☐", 0xF06F: "☐", 0xF0A3: "☐", 0xF0FD: "☒", 0xF054: "☒",
    0xF0FC: "✓", 0xF0FB: "✗",
}  # fmt: skip
_FALSE = ("0", "false", "off")


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)  #: stories drawn beside it
    above: list[str] = field(default_factory=list)  #: small signs over its words: how to say them

    def lines(self, counter: ListCounter | None) -> Iterator[str]:
        yield "".join(self.pieces).strip()
        if self.above:
            yield " ".join(self.above)
        for box in self.boxes:
            yield from story_lines(box, counter.boxes() if counter else None)


def story_lines(story: etree._Element, counter: ListCounter | None = None) -> Iterator[str]:
    """Every paragraph and every row of a table, in their order, with the numbers of lists."""
    for child in story.iterchildren("*"):
        name = local_name(child)
        if name in _STRUCK_OUT:
            continue
        if name == "AlternateContent":
            yield from story_lines(_alternative(child), counter)
        elif name == "p" and _is_of_word(child):
            paragraph = _Paragraph([counter.number(child) if counter else ""])
            _gather(child, paragraph)
            yield from paragraph.lines(counter)
        elif name in _FORMULAS:
            formula = _Paragraph()
            _gather(child, formula)
            yield from formula.lines(counter)
        elif name == "tbl" and _is_of_word(child):
            yield from _table_lines(child, counter)
        else:
            yield from story_lines(child, counter)


def _table_lines(table: etree._Element, counter: ListCounter | None) -> Iterator[str]:
    """A row is a line; a cell that reaches over several rows is told in each of them."""
    above: dict[int, str] = {}
    for row in _inside(table, "tr"):
        if row.find("{*}trPr/{*}del") is not None:
            continue  # it was struck out
        texts, column = [], _number(row.find("{*}trPr/{*}gridBefore"), 0)
        for cell in _inside(row, "tc"):
            merged = cell.find("{*}tcPr/{*}vMerge")
            goes_on = merged is not None and _attribute(merged, "val") != "restart"
            # what lies under a merged cell is not shown, and not counted
            lines = story_lines(cell, None if goes_on else counter)
            own = " ".join(filter(None, (line.strip() for line in lines)))
            above[column] = own or above.get(column, "") if goes_on else own
            texts.append(above[column])
            column += _number(cell.find("{*}tcPr/{*}gridSpan"), 1)
        yield " ".join(filter(None, texts))


def _inside(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those within controls and marks of changes."""
    for child in node.iterchildren("*"):
        if local_name(child) == name:
            yield child
        elif local_name(child) not in _STRUCK_OUT:
            yield from _inside(child, name)


def _number(node: etree._Element | None, otherwise: int) -> int:
    text = _attribute(node, "val") if node is not None else ""
    return int(text) if text.isdecimal() else otherwise


def _gather(node: etree._Element, into: _Paragraph) -> None:
    """The text of a paragraph, and the boxes that hang on it."""
    for child in node.iterchildren("*"):
        name = local_name(child)
        if name in _STRUCK_OUT:
            continue
        if name == "AlternateContent":
            _gather(_alternative(child), into)
        elif name == "rt" and _is_of_word(child):
            into.above.append("".join(str(node.text or "") for node in child.iter("{*}t")))
        elif name == "txbxContent":
            into.boxes.append(child)
        elif name == "textpath":
            into.boxes.append(_as_story(child.get("string", "")))
        else:
            into.pieces.append(_own_text(child, name))
            _gather(child, into)


def _own_text(node: etree._Element, name: str) -> str:
    if name == "t":
        return node.text or ""
    if name == "sym":
        return _symbol(_attribute(node, "char"))
    if name == "checkBox" and _is_of_word(node):
        return "☑" if _is_ticked(node) else "☐"
    if name == "ddList":
        return _chosen(node)
    return _SIGNS.get(name, "") if _is_of_word(node) else ""


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(number, chr(number) if number < 0xE000 else "")


def _is_ticked(box: etree._Element) -> bool:
    """A box of an old form: ticked, or ticked from the beginning."""
    for name in ("checked", "default"):
        found = box.find(f"{{*}}{name}")
        if found is not None:
            return _attribute(found, "val") not in _FALSE
    return False


def _chosen(entries: etree._Element) -> str:
    """What was chosen of an old form's list."""
    result = entries.find("{*}result")
    choices = [_attribute(one, "val") for one in entries.findall("{*}listEntry")]
    number = _attribute(result, "val") if result is not None else "0"
    at = int(number) if number.isdecimal() else 0
    return choices[at] if at < len(choices) else ""


def _alternative(content: etree._Element) -> etree._Element:
    """The one of several drawings of the same that says something."""
    for one in content.iterchildren("*"):
        if any((node.text or "").strip() for node in one.iter("{*}t")):
            return one
    return content if not len(content) else content[0]


def _as_story(text: str) -> etree._Element:
    """Words that are written as an attribute, as a story of one paragraph."""
    space = f"http://schemas.openxmlformats.org/{_SPACES[0]}"
    story = etree.Element(f"{{{space}}}txbxContent")
    run = etree.SubElement(etree.SubElement(story, f"{{{space}}}p"), f"{{{space}}}t")
    run.text = text
    return story


def _attribute(node: etree._Element, name: str) -> str:
    return next((str(v) for key, v in node.attrib.items() if _last(str(key)) == name), "")


def _last(key: str) -> str:
    return key.rsplit("}", 1)[-1]


def _is_of_word(node: etree._Element) -> bool:
    return node.tag[1:].partition("}")[0].endswith(_SPACES)
