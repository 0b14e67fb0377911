"""Annexes come into a document where their marks stand, with all that belongs to them.

Styles, lists, notes and comments, pictures, charts and links: every part under a free name,
every number anew. The annex keeps its bytes; the same document comes out of them again.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from lxml import etree

from filler.word.annexes.annex_lists import AnnexLists, name_shapes, new_numbering
from filler.word.annexes.annex_looks import AnnexLooks
from filler.word.joining.known_spaces import with_spaces
from filler.word.joining.record_ids import Numbering, RecordIds, used_notes
from filler.word.joining.record_notes import NOTES, JoinedNotes, JoinedPart, relation_uses
from filler.word.joining.record_package import (
    TYPES,
    RecordPackage,
    Related,
    relations_of,
    relations_told,
)
from filler.word.joining.run_parts import RunParts, copy_related

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BODY, _STYLES, _NUMBERING = "word/document.xml", "styles", "numbering"
_SHA = f"{_W}name"
MARK = f"{_W}annex"  #: stands where an annex shall come
#: Numbers that no template and no program reaches.
_MARKS_FROM, _DRAWINGS_FROM = 700_000, 7_000_000
_FIRST_OF_ALL = 2  #: an annex counts as a record after the form's own


def marked(sha256: str) -> str:
    """The mark that stands for an annex."""
    return f'<w:annex w:name="{sha256}"/>'


def join_annexes(
    contents: Mapping[str, bytes], annexes: Mapping[str, bytes], *, told_apart: bool = True
) -> dict[str, bytes]:
    """The members of a Word file that change when annexes take the place of their marks.

    Args:
        contents: all members, the body with its marks.
        annexes: Word files by hash.
        told_apart: not of a document issued before pictures for bullets were.
    """
    form = _Form(contents, told_apart=told_apart)
    for number, mark in enumerate(list(form.root.iter(MARK)), start=1):
        with zipfile.ZipFile(io.BytesIO(annexes[mark.get(_SHA)])) as archive:
            _Annex(form, _Changed(archive), number).put(mark)
    return form.changed()


class _Changed(RecordPackage):
    """A package of which some parts were changed since they were read."""

    @cached_property
    def changes(self) -> dict[str, bytes]:
        """What is read instead."""
        return {}

    def read(self, part: str) -> bytes:
        """A part's bytes as they are now."""
        return self.changes.get(part) or super().read(part)


class _Kept(RunParts):
    """New parts, kept instead of written."""

    def __init__(self, names: Mapping[str, bytes]) -> None:
        super().__init__(None)
        self.made: dict[str, bytes] = {}
        for name in names:
            self.mark(name)

    def _put(self, name: str, data: bytes) -> None:
        self.made[name] = data


class _Form:
    """The document that takes annexes in."""

    def __init__(self, contents: Mapping[str, bytes], *, told_apart: bool) -> None:
        self.contents, self.parts, self.told_apart = contents, _Kept(contents), told_apart
        self.root: Any = etree.fromstring(contents[_BODY])
        told = contents.get(relations_of(_BODY), b"")
        self.relations = {one: number for number, one in relations_told(told, _BODY).items()}
        self.numbering = Numbering(drawing=_DRAWINGS_FROM, mark=_MARKS_FROM, control=_MARKS_FROM)
        self.notes = JoinedNotes(self.numbering)
        self.roots: dict[str, Any] = {}  #: parts that take something in, by kind
        self.own_relations: dict[str, dict[Related, str]] = {}
        for name in NOTES:
            self._begin_notes(name)

    def named(self, kind: str) -> str:
        """The part of a kind; empty when there is none."""
        found = (one.target for one in self.relations if one.name == kind)
        return next(found, "")

    def bytes_of(self, kind: str) -> bytes:
        """What the part of a kind holds; nothing when there is none."""
        return self.contents.get(self.named(kind), b"")

    def part(self, kind: str, begin: Callable[[], Any]) -> Any:
        """The part of a kind as a tree; a new one where there is none."""
        if kind not in self.roots:
            data = self.bytes_of(kind)
            self.roots[kind] = etree.fromstring(data) if data else begin()
        return self.roots[kind]

    def relate(self, target: Related) -> str:
        """The id by which the body names something."""
        return self.relations.setdefault(target, f"rIdA{len(self.relations) + 1}")

    def relate_list(self, target: Related) -> str:
        """The id by which a list names its picture."""
        part = self.named(_NUMBERING)
        if _NUMBERING not in self.own_relations:
            told = self.contents.get(relations_of(part), b"") if part else b""
            known = {one: number for number, one in relations_told(told, part).items()}
            self.own_relations[_NUMBERING] = known
        known = self.own_relations[_NUMBERING]
        return known.setdefault(target, f"rIdA{len(known) + 1}")

    def changed(self) -> dict[str, bytes]:
        """All members that are new or other than before."""
        for kind, root in self.roots.items():
            name = self._write(kind, root)
            if kind in self.own_relations:
                targets = ((number, one) for one, number in self.own_relations[kind].items())
                self.parts.write_relations(name, targets)
        for part in self.notes.parts.values():
            self.parts.write(part.related.target, _as_bytes(part.root), part.content_type)
            self.relate(part.related)
            if part.relations:
                told = ((number, one) for one, number in part.relations.items())
                self.parts.write_relations(part.related.target, told)
        self.parts.write(_BODY, _as_bytes(self.root))
        targets = ((number, one) for one, number in self.relations.items())
        self.parts.write_relations(_BODY, targets)
        self.parts.write_kinds(self.contents[TYPES])
        return self.parts.made

    def _write(self, kind: str, root: Any) -> str:
        name = self.named(kind)
        is_new = not name
        name = name or self.parts.new_name(f"word/{kind}.xml")
        self.parts.write(name, _as_bytes(root), f"{_CONTENT}.{kind}+xml" if is_new else "")
        self.relate(Related(f"{_OFFICE}/{kind}", name))
        return name

    def _begin_notes(self, name: str) -> None:
        """Notes of the form keep their numbers; those of annexes come behind."""
        related = next((one for one in self.relations if one.name == name), None)
        data = self.bytes_of(name)
        if related is None or not data:
            return
        root: Any = etree.fromstring(data)
        told = self.contents.get(relations_of(related.target), b"")
        known = {one: number for number, one in relations_told(told, related.target).items()}
        self.notes.parts[name] = JoinedPart(related, "", root, known)
        most = max((int(one.get(f"{_W}id", 0)) for one in root), default=0)
        if name == "comments":
            self.numbering.comment = most + 1
        else:
            self.numbering.note = max(self.numbering.note, most - 1)

    def learn_spaces(self, other: Any) -> None:
        """Take in what an annex declares: prefixes, and which of them may be passed over."""
        self.root = with_spaces(self.root, other)


class _Annex:
    """One annex on its way into a document."""

    def __init__(self, form: _Form, package: _Changed, number: int) -> None:
        self._form, self._package, self._number = form, package, number
        self._related = package.relations(package.document)
        self._known: dict[str, str] = {}  #: what was copied of it, and its new names

    def put(self, mark: Any) -> None:
        """Take the place of a mark."""
        root: Any = etree.fromstring(self._package.read(self._package.document))
        body = root.find(f"{_W}body")
        for section in body.findall(f"{_W}sectPr"):
            body.remove(section)
        notes = self._note_roots()
        self._settle([body, *notes.values()])
        for name, other in notes.items():
            self._package.changes[self._related_part(name)] = _as_bytes(other)
        self._join(body)
        _insert(body, mark)
        self._form.learn_spaces(root)

    def _part(self, kind: str) -> Any:
        """A part of the annex as a tree; None when there is none."""
        name = self._related_part(kind)
        return etree.fromstring(self._package.read(name)) if name else None

    def _related_part(self, kind: str) -> str:
        found = (one.target for one in self._related.values() if one.name == kind)
        return next((name for name in found if name in self._package.names), "")

    def _note_roots(self) -> dict[str, Any]:
        found = ((name, self._part(name)) for name in NOTES)
        return {name: root for name, root in found if root is not None}

    def _settle(self, roots: list[Any]) -> None:
        """Styles and lists of the annex's parts as they are called in the form."""
        looks = self._looks()
        for root in roots:
            if looks is not None:
                looks.restyle(root)
        own = self._part(_NUMBERING)
        added = list(looks.added) if looks else []
        if own is None or not any(_has_list(one) for one in (*roots, *added)):
            return
        host = self._form.part(_NUMBERING, new_numbering)
        lists = AnnexLists(own, host, looks.settle if looks else lambda _: None)
        lists.renumber([*roots, *added])
        lists.renumber(looks.added[len(added) :] if looks else [])  # those that lists name
        self._take_bullets(lists)

    def _looks(self) -> AnnexLooks | None:
        own, host = self._part(_STYLES), self._form.bytes_of(_STYLES)
        if own is None or not host:
            return None
        theme = self._related_part("theme")
        themes = (self._package.read(theme) if theme else b"", self._form.bytes_of("theme"))
        return AnnexLooks(own, self._form.part(_STYLES, lambda: None), themes, self._number)

    def _take_bullets(self, lists: AnnexLists) -> None:
        name = self._related_part(_NUMBERING)
        relations = self._package.relations(name)
        for bullet in lists.bullets:
            if self._form.told_apart:
                name_shapes(bullet)
            for element, key, one in relation_uses(bullet, relations):
                element.set(key, self._form.relate_list(self._copied(one)))

    def _join(self, body: Any) -> None:
        """Numbers, notes, and what the body names of other parts."""
        numbers = self._form.notes.numbers_for(self._related.values(), used_notes([body]))
        ids = RecordIds(self._form.numbering, self._number + _FIRST_OF_ALL - 1, numbers)
        ids.learn_names(body)
        uses = relation_uses(body, self._related)
        ids.renumber(body)
        for name in NOTES:
            one = next((one for one in self._related.values() if one.name == name), None)
            if one is not None and one.target in self._package.names and numbers[NOTES[name]]:
                self._form.notes.add(self._package, one, ids, self._copied)
        for element, key, one in uses:
            element.set(key, self._form.relate(self._copied(one)))

    def _copied(self, related: Related) -> Related:
        return copy_related(
            self._package, related, self._form.parts, self._known, self._form.relate
        )


def _has_list(root: Any) -> bool:
    return next(root.iter(f"{_W}numId"), None) is not None


def _insert(body: Any, mark: Any) -> None:
    """The annex's blocks in place of a mark; tables that touch would become one."""
    blocks = list(body)
    before, behind = mark.getprevious(), mark.getnext()
    if blocks and _is_table(blocks[0]) and _is_table(before):
        blocks.insert(0, mark.makeelement(f"{_W}p", {}))
    ends_cell = mark.getparent().tag == f"{_W}tc" and behind is None
    if blocks and _is_table(blocks[-1]) and (_is_table(behind) or ends_cell):
        blocks.append(mark.makeelement(f"{_W}p", {}))
    for block in blocks or [mark.makeelement(f"{_W}p", {})]:
        mark.addprevious(block)
    mark.getparent().remove(mark)


def _is_table(element: Any) -> bool:
    return element is not None and element.tag == f"{_W}tbl"


def _as_bytes(root: Any) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
