"""Whatever must be named or numbered once in a file is so for each record of a print run.

Drawings, content controls, bookmarks and what speaks of them, editable ranges, tracked
changes, notes, comments, old shapes: Word refuses twins, or shows one person's for another's.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from filler.errors import BatchError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SHAPE_KIND = "{urn:schemas-microsoft-com:vml}shapetype"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_VML, _OFFICE = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PLACED = "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}"
_BOXES = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_ID, _NAME = f"{_W}id", f"{_W}name"
#: Word gives them again, as it does those of paragraphs.
_OF_PLACES = (f"{_PLACED}anchorId", f"{_PLACED}editId", f"{_W14}anchorId")
_MOST_STORIES = 65_535  #: a text that flows from box to box has a short number
_NEXT_BOX = re.compile(r"(mso-next-textbox:\s*#)([^;\s]+)")
_LONGEST_NAME = 40  #: of a bookmark, for Word
#: They would show all people what one part of the file holds.
_BINDINGS = (
    f"{_W}dataBinding", "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding",
)  # fmt: skip
_SEQUENCE = re.compile(r"\s*SEQ\s+(\S+)", re.IGNORECASE)
_FIELD_WORD = re.compile(r"[^\s\"]+")
_LAST_PLACE = "_GoBack"  #: where somebody stopped typing; of no use in print

#: Marks that belong together by their number, and whose numbers differ from all others'.
_MARKS = (
    "bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "ins", "del", "moveFrom", "moveTo",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
    "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "rPrChange", "pPrChange",
    "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
    "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
)  # fmt: skip
#: Those of people who write at the same time.
_MARKS_14 = (
    "conflictIns", "conflictDel", "customXmlConflictInsRangeStart",
    "customXmlConflictInsRangeEnd", "customXmlConflictDelRangeStart",
    "customXmlConflictDelRangeEnd",
)  # fmt: skip
_ENDS = re.compile(r"(Start|End)$")
_MOVES = ("moveFromRange", "moveToRange")  #: the place left and the place taken bear one name


@dataclass
class Numbering:
    """Numbers that must differ over the whole file."""

    drawing: int = 1000
    mark: int = 0
    control: int = 0
    note: int = 0
    comment: int = 0
    paragraph: int = 0x10000000
    story: int = 0
    relation: int = 0  #: of the body: pages, pictures

    def next_mark(self) -> str:
        """The number of a bookmark, an editable range or a change."""
        self.mark += 1
        return str(self.mark)


@dataclass
class RecordIds:
    """The numbers and names of one record: what stood in it, and what it is now."""

    numbering: Numbering
    record: int
    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  #: kind → old → new
    _marks: dict[tuple[str, str], str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _shapes: dict[str, str] = field(default_factory=dict)
    _kinds: frozenset[str] = frozenset()  #: of shapes, as the part calls them
    _stories: dict[str, str] = field(default_factory=dict)
    _counted: set[str] = field(default_factory=set)

    def learn_names(self, root: Any) -> None:
        """Take in the bookmarks of a part before anything speaks of them."""
        for start in root.iter(f"{_W}bookmarkStart"):
            name = start.get(_NAME, "")
            if name and name != _LAST_PLACE:
                ending = f"_{self.record}"
                self._names[name] = name[: _LONGEST_NAME - len(ending)] + ending

    def renumber(self, root: Any) -> None:
        """Give a part of the record numbers and names of its own."""
        gone = []
        self._kinds = frozenset(one.get("id", "") for one in root.iter(_SHAPE_KIND))
        for element in root.iter(*_TOUCHED):
            change = _CHANGES.get(element.tag)
            if change is not None:
                change(self, element)
            elif element.tag in _BINDINGS:
                gone.append(element)
            else:
                self._shape(element)
        for element in (*gone, *_last_places(root)):
            element.getparent().remove(element)
        if self._names or self.record > 1:
            self._change_fields(root)

    def drawing(self, element: Any) -> None:
        """A picture, chart or text box."""
        self.numbering.drawing += 1
        element.set("id", str(self.numbering.drawing))

    def place(self, element: Any) -> None:
        """Where a drawing stands."""
        for name in _OF_PLACES:
            element.attrib.pop(name, None)

    def story(self, element: Any) -> None:
        """A text box whose text flows on in others, and those.

        Raises:
            BatchError: there are more than Word can number.
        """
        old = element.get("id")
        if old is None:
            return
        if old not in self._stories:
            self.numbering.story += 1
            self._stories[old] = str(self.numbering.story)
            if self.numbering.story > _MOST_STORIES:
                where = f"第 {self.record} 份起，文本框超过 {_MOST_STORIES} 个"
                raise BatchError(f"{where}，Word 编不出号。请分几次合并。")
        element.set("id", self._stories[old])

    def form_field(self, element: Any) -> None:
        """A field of an old form is called as the bookmark around it."""
        for name in element.iterfind(_NAME):
            old = name.get(f"{_W}val", "")
            name.set(f"{_W}val", self._names.get(old, old))

    def control(self, element: Any) -> None:
        """A content control."""
        name = element.find(_ID)
        if name is not None:
            self.numbering.control += 1
            name.set(f"{_W}val", str(self.numbering.control))

    def mark(self, element: Any) -> None:
        """A start or an end; the names of bookmarks and moves change, too."""
        tag = element.tag.rpartition("}")[2]
        family = _ENDS.sub("", tag)
        old = element.get(_ID)
        if family == tag:
            element.set(_ID, self.numbering.next_mark())
        elif old is not None:
            known = self._marks.get((family, old)) or self.numbering.next_mark()
            self._marks[family, old] = known
            element.set(_ID, known)
        name = element.get(_NAME)
        if name in self._names:
            element.set(_NAME, self._names[name])
        elif name and family in _MOVES:
            element.set(_NAME, f"{name}_{self.record}")

    def note(self, element: Any) -> None:
        """A place where a note or a comment belongs."""
        kind = element.tag.removeprefix(_W)
        numbers = self.notes.get("comment" if kind.startswith("comment") else kind, {})
        if element.get(_ID) in numbers:
            element.set(_ID, numbers[element.get(_ID)])

    def forget_paragraph(self, element: Any) -> None:
        """Word gives its own ids to paragraphs again."""
        for name in (f"{_W14}paraId", f"{_W14}textId"):
            element.attrib.pop(name, None)

    def anchor(self, element: Any) -> None:
        """A link to a bookmark of the record."""
        name = element.get(f"{_W}anchor")
        if name in self._names:
            element.set(f"{_W}anchor", self._names[name])

    def _shape(self, element: Any) -> None:
        """An old shape or a kind of them, and what speaks of it."""
        self.place(element)
        if element.get("id") and (element.tag != _SHAPE_KIND or self.record > 1):
            element.set("id", self._shape_name(element.get("id")))
        for name in (f"{_OFFICE}spid", "ShapeID"):
            if element.get(name):
                element.set(name, self._shape_name(element.get(name)))
        if element.get("type", "")[1:] in self._kinds and self.record > 1:
            element.set("type", f"#{self._shape_name(element.get('type')[1:])}")
        if element.get("idref", "").startswith("#"):
            element.set("idref", f"#{self._shape_name(element.get('idref')[1:])}")
        if "mso-next-textbox" in element.get("style", ""):
            element.set("style", _NEXT_BOX.sub(self._next_box, element.get("style")))

    def _next_box(self, said: re.Match[str]) -> str:
        return f"{said[1]}{self._shape_name(said[2])}"

    def _shape_name(self, name: str) -> str:
        return self._shapes.setdefault(name, f"{name}_{self.record}")

    def _change_fields(self, root: Any) -> None:
        """Fields speak of the record's own bookmarks; counters begin again with it."""
        for one in root.iter(f"{_W}fldSimple"):
            instruction = self._renamed(one.get(f"{_W}instr", ""))
            one.set(f"{_W}instr", self._counted_anew(instruction))
        for parts in _instructions(root):
            old = "".join(part.text or "" for part in parts)
            new = self._counted_anew(self._renamed(old))
            if new != old:
                parts[0].text = new
                for part in parts[1:]:
                    part.text = ""

    def _renamed(self, instruction: str) -> str:
        if not self._names:
            return instruction
        first = instruction.split(maxsplit=1)[:1]
        start = instruction.find(first[0]) + len(first[0]) if first and first[0].isupper() else 0
        rest = _FIELD_WORD.sub(lambda word: self._names.get(word[0], word[0]), instruction[start:])
        return instruction[:start] + rest

    def _counted_anew(self, instruction: str) -> str:
        match = _SEQUENCE.match(instruction)
        if match is None or self.record == 1 or match[1] in self._counted:
            return instruction
        self._counted.add(match[1])
        has_own = re.search(r"\\[rcRC]\b", instruction)
        return instruction if has_own else f"{instruction.rstrip()} \\r 1 "


def _last_places(root: Any) -> list[Any]:
    starts = [one for one in root.iter(f"{_W}bookmarkStart") if one.get(_NAME) == _LAST_PLACE]
    numbers = {one.get(_ID) for one in starts}
    if not numbers:
        return []
    return [*starts, *(one for one in root.iter(f"{_W}bookmarkEnd") if one.get(_ID) in numbers)]


def _instructions(root: Any) -> Iterator[list[Any]]:
    """The pieces of each field's instruction: Word cuts them anywhere, and nests fields."""
    open_fields: list[list[Any]] = []
    for element in root.iter(f"{_W}fldChar", f"{_W}instrText"):
        kind = element.get(f"{_W}fldCharType")
        if element.tag == f"{_W}instrText":
            if open_fields:
                open_fields[-1].append(element)
            continue
        if kind == "begin":
            open_fields.append([])
        elif kind == "end" and open_fields:
            parts = open_fields.pop()
            if parts:
                yield parts
    yield from filter(None, open_fields)


def used_notes(roots: Iterable[Any]) -> dict[str, list[str]]:
    """Kind → the notes and comments that parts of a record speak of, in their order."""
    used: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for root in roots:
        for element in root.iter(*_NOTE_TAGS):
            kind = element.tag.removeprefix(_W)
            used["comment" if kind.startswith("comment") else kind][element.get(_ID, "")] = None
    return {kind: list(numbers) for kind, numbers in used.items()}


def new_numbers(olds: Iterable[str], first: int) -> dict[str, str]:
    """Old numbers with new ones, counted on."""
    return {old: str(new) for old, new in zip(olds, count(first), strict=False)}


_NOTE_TAGS = tuple(
    _W + tag
    for tag in (
        "footnoteReference", "endnoteReference", "commentRangeStart", "commentRangeEnd",
        "commentReference",
    )
)  # fmt: skip
_CHANGES: dict[str, Callable[[RecordIds, Any], None]] = {
    _DRAWING: RecordIds.drawing,
    **dict.fromkeys((_DRAWN + "anchor", _DRAWN + "inline"), RecordIds.place),
    **dict.fromkeys((_W + "pict", _W + "object"), RecordIds.place),
    **dict.fromkeys((_BOXES + "txbx", _BOXES + "linkedTxbx"), RecordIds.story),
    f"{_W}ffData": RecordIds.form_field,
    f"{_W}sdtPr": RecordIds.control,
    f"{_W}p": RecordIds.forget_paragraph,
    f"{_W}tr": RecordIds.forget_paragraph,
    f"{_W}hyperlink": RecordIds.anchor,
    **dict.fromkeys((_W + tag for tag in _MARKS), RecordIds.mark),
    **dict.fromkeys((_W14 + tag for tag in _MARKS_14), RecordIds.mark),
    **dict.fromkeys(_NOTE_TAGS, RecordIds.note),
}
#: Nothing else is looked at: a record has thousands of elements.
_TOUCHED = (*_CHANGES, *_BINDINGS, f"{_VML}*", f"{_OFFICE}*")
