"""What a loop repeats is told apart: every number and name once, and who speaks of whom.

A row that is repeated repeats the ids of what stands in it. The first keeps its own; those
behind get others, and what speaks of them speaks of those of its own row.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WP14 = "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}"
_BOXES = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_VML, _OFFICE = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"
_DRAWING, _KIND_OF_SHAPE = f"{_WP}docPr", f"{_VML}shapetype"
_STORY, _NEXT_STORY = f"{_BOXES}txbx", f"{_BOXES}linkedTxbx"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ID, _NAME = f"{_W}id", f"{_W}name"
_MARKS = frozenset(_W + name for name in ("bookmarkStart", "bookmarkEnd", "permStart", "permEnd"))
#: Marks of changes that have a start and an end, besides those.
_RANGE = re.compile(r"(\w+Range)(Start|End)")
_CHANGES = frozenset(_W + name for name in ("ins", "del", "moveFrom", "moveTo"))
_CHANGED = re.compile(r"\w+Change")
_COMMENTED = frozenset(
    _W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
)
_PLACES = (f"{_WP14}anchorId", f"{_W14}anchorId")
_SPID = f"{_OFFICE}spid"
_NEXT_BOX = re.compile(r"(mso-next-textbox:\s*#)([^;\s]+)")
_DRAWINGS_FROM, _STORIES_FROM, _OTHERS_FROM = 20_001, 40_001, 900_001


@dataclass
class _Called:
    """What the shapes of a part are called, row by row, and who speaks of them."""

    _names: defaultdict[tuple[str, str], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _speakers: defaultdict[tuple[str, str, str], list[Any]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def names(self, kind: str, old: str, new: str) -> None:
        """One more that was called so is called otherwise."""
        self._names[kind, old].append(new)

    def speaks(self, kind: str, element: Any, attribute: str, old: str) -> None:
        """An element speaks of what was called so."""
        self._speakers[kind, attribute, old.removeprefix("#")].append(element)

    def follow(self) -> None:
        """Let each speak of that of its own row: rows repeat both alike."""
        for (kind, attribute, old), elements in self._speakers.items():
            names = self._names.get((kind, old), [])
            if len(names) < 2:
                continue
            share = max(len(elements) // len(names), 1)
            for number, element in enumerate(elements):
                new = names[min(number // share, len(names) - 1)]
                before, _, behind = element.get(attribute).rpartition(old)
                element.set(attribute, before + new + behind)


@dataclass
class Twins:
    """What was seen so far, over all parts; the first keeps its number."""

    is_once: bool = True  #: not of a document issued before every kind of id was told apart
    seen: set[tuple[str, str]] = field(default_factory=set)
    drawing: int = _DRAWINGS_FROM
    story: int = _STORIES_FROM
    other: int = _OTHERS_FROM
    _open: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _copies: "Twins | None" = None  #: what stands once more for old programs
    _parts: int = 0
    _moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    _called: _Called = field(default_factory=_Called)

    def part(self, root: Any) -> None:
        """Give every twin in a part a number of its own."""
        copies = [one for copy in root.iter(_FALLBACK) for one in copy.iter()]
        are_copies = frozenset(map(id, copies))  # which live as long as the list
        self._part([one for one in root.iter() if id(one) not in are_copies])
        if self.is_once and copies:
            self._copies = self._copies or Twins(
                drawing=self.drawing + 20_000, story=self.story + 10_000, other=self.other + 50_000
            )
            self._copies._part(copies)

    def _part(self, elements: list[Any]) -> None:
        self._parts += 1
        self._called = _Called()
        gone = [one for one in elements if self._must_go(one)]
        self._called.follow()
        for element in gone:
            parent = element.getparent()
            parent.remove(element)
            if parent.tag == f"{_W}r" and len(parent) == 0:
                parent.getparent().remove(parent)

    def _must_go(self, element: Any) -> bool:
        """Renumber a twin; True where a second one has no sense at all."""
        tag = element.tag
        if not isinstance(tag, str):
            return False
        if tag in _MARKS:
            return self._end(element) if tag.endswith("End") else self._start(element)
        if tag in _COMMENTED:
            return self._is_twin(tag, element.get(_ID, ""))
        if tag == _KIND_OF_SHAPE:
            return self.is_once and self._is_twin(f"kind {self._parts}", element.get("id", ""))
        self._renumber(element)
        if self.is_once:
            self._renumber_more(element)
        return False

    def _renumber(self, element: Any) -> None:
        tag = element.tag
        if tag == _DRAWING and self._is_twin("drawing", element.get("id", "")):
            self.drawing += 1
            element.set("id", str(self.drawing))
        elif tag == f"{_W}sdtPr":
            self._renumber_control(element.find(_ID))
        elif tag in (f"{_W}p", f"{_W}tr"):
            self._forget_paragraph(element)
        elif tag in _CHANGES and self._is_twin("change", element.get(_ID, "")):
            element.set(_ID, self._next())
        elif tag.startswith(_VML):
            self._rename_shape(element)

    def _renumber_more(self, element: Any) -> None:
        """What was not told apart before."""
        tag = element.tag
        for name in _PLACES:
            if element.get(name) and self._is_twin(name, element.get(name)):
                del element.attrib[name]
        if tag == _STORY and element.get("id"):
            self._begin_story(element)
        elif tag == _NEXT_STORY:
            self._called.speaks("story", element, "id", element.get("id", ""))
        elif tag.startswith((_VML, _OFFICE)):
            self._learn_speakers(element)
        elif tag.startswith(_W):
            self._renumber_change(element, tag.removeprefix(_W))

    def _renumber_change(self, element: Any, name: str) -> None:
        ranged = _RANGE.fullmatch(name)
        if ranged:
            self._range(element, *ranged.groups())
        elif _CHANGED.fullmatch(name) and self._is_twin("change", element.get(_ID, "")):
            element.set(_ID, self._next())

    def _range(self, element: Any, kind: str, end: str) -> None:
        """A start and its end; the place left and the place taken bear one name."""
        key = kind, element.get(_ID, "")
        if end == "End":
            element.set(_ID, self._open.get(key, key[1]) or key[1])
            return
        new = self._next() if self._is_twin(kind, key[1]) else key[1]
        self._open[key] = new
        element.set(_ID, new)
        name = element.get(_NAME)
        if name is not None:
            self._moves[kind, name] += 1
            turn = self._moves[kind, name]
            element.set(_NAME, name if turn == 1 else f"{name}_{turn}")

    def _begin_story(self, element: Any) -> None:
        old = element.get("id")
        if self._is_twin("story", old):
            self.story += 1
            element.set("id", str(self.story))
        self._called.names("story", old, element.get("id"))

    def _learn_speakers(self, element: Any) -> None:
        is_rule = element.tag.startswith(_OFFICE) and element.get("id")
        if is_rule and self._is_twin("rule", element.get("id")):
            element.set("id", f"{element.get('id')}_{self._next()}")
        if element.get("ShapeID"):
            self._called.speaks("shape", element, "ShapeID", element.get("ShapeID"))
        if element.get(_SPID):
            self._rename_as_drawn(element, element.get(_SPID), element.get("id", ""))
        if element.get("idref", "").startswith("#"):
            self._called.speaks("shape", element, "idref", element.get("idref"))
        if found := _NEXT_BOX.search(element.get("style", "")):
            self._called.speaks("shape", element, "style", found[2])

    def _is_twin(self, kind: str, number: str) -> bool:
        is_twin = (kind, number) in self.seen
        self.seen.add((kind, number))
        return is_twin

    def _next(self) -> str:
        self.other += 1
        return str(self.other)

    def _renumber_control(self, name: Any) -> None:
        if name is not None and self._is_twin("control", name.get(f"{_W}val", "")):
            name.set(f"{_W}val", self._next())

    def _forget_paragraph(self, element: Any) -> None:
        name = element.get(f"{_W14}paraId")
        if name and self._is_twin("paragraph", name):
            del element.attrib[f"{_W14}paraId"]

    def _rename_shape(self, element: Any) -> None:
        name = element.get("id")
        if not name:
            return
        if self._is_twin("shape", name):
            element.set("id", f"{name}_{self._next()}")
        self._called.names("shape", name, element.get("id"))

    def _rename_as_drawn(self, element: Any, old: str, name: str) -> None:
        """What an old shape was called where it was drawn; often as it is called here."""
        is_twin = self._is_twin(_SPID, old)
        if name == old or name.startswith(f"{old}_"):
            element.set(_SPID, name)
            return
        element.set(_SPID, f"{old}_{self._next()}" if is_twin else old)
        self._called.names("shape", old, element.get(_SPID))

    def _start(self, element: Any) -> bool:
        """A second bookmark of a name goes with its end; a second range gets a number."""
        kind, old = _kind(element), element.get(_ID, "")
        has_twin = self._is_twin(kind, old)
        name = element.get(_NAME)
        if name is not None and self._is_twin("name", name):
            self._open[kind, old] = None
            return True
        new = self._next() if has_twin else old
        element.set(_ID, new)
        self._open[kind, old] = new
        return False

    def _end(self, element: Any) -> bool:
        key = _kind(element), element.get(_ID, "")
        new = self._open.get(key, key[1])
        if new is None:
            return True
        element.set(_ID, new)
        return False


def _kind(element: Any) -> str:
    return str(element.tag.removeprefix(_W).removesuffix("Start").removesuffix("End"))
