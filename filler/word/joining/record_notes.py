"""Notes and comments of all records in one part, each record's its own.

Only what a record speaks of is taken; the lines between text and notes come from the first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from filler.word.joining.record_ids import Numbering, RecordIds, new_numbers
from filler.word.joining.record_package import RecordPackage, Related

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_ID = f"{_W}id"
#: Kinds of relations whose parts are joined, and how the body calls what stands in them.
NOTES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference", "comments": "comment"}
#: Parts that say more of comments, by the paragraphs of these.
MORE_OF_COMMENTS = ("commentsExtended", "commentsIds", "commentsExtensible", "people")
_SPECIAL = 2  #: numbers below are the separators'
Copy = Callable[[Related], Related]  #: something related as it is called in the print run
Settle = Callable[[Any], None]


def _as_it_is(_: Any) -> None:
    """For parts whose names are the same in the whole."""


@dataclass
class JoinedPart:
    """One part that is made of all records' parts of a kind."""

    related: Related
    content_type: str
    root: Any
    relations: dict[Related, str] = field(default_factory=dict)

    def relate(self, target: Related) -> str:
        """The id of something related."""
        return self.relations.setdefault(target, f"rIdN{len(self.relations) + 1}")


@dataclass
class JoinedNotes:
    """The joined parts of a print run, by the end of their kind."""

    numbering: Numbering
    parts: dict[str, JoinedPart] = field(default_factory=dict)

    def numbers_for(
        self, found: Iterable[Related], used: dict[str, list[str]]
    ) -> dict[str, dict[str, str]]:
        """New numbers of all that a record speaks of, where there is a part that holds it."""
        there = {one.name for one in found}
        made: dict[str, dict[str, str]] = {}
        for name, word in NOTES.items():
            olds = used.get(word, []) if name in there else []
            if name == "comments":
                made[word] = new_numbers(olds, self.numbering.comment)
                self.numbering.comment += len(olds)
            else:
                made[word] = new_numbers(olds, self.numbering.note + _SPECIAL)
                self.numbering.note += len(olds)
        return made

    def add(
        self,
        package: RecordPackage,
        related: Related,
        ids: RecordIds,
        copied: Copy,
        settle: Settle = _as_it_is,
    ) -> None:
        """Add what a record's part holds and the record speaks of.

        `settle` gives its styles and lists the names they have in the whole.
        """
        root: Any = etree.fromstring(package.read(related.target))
        settle(root)
        part = self.parts.get(related.name)
        if part is None:
            part = _begun(package, related, keeps=_is_special)
            self.parts[related.name] = part
        numbers = ids.notes.get(NOTES[related.name], {})
        wanted = [one for one in root if not _is_special(one) and one.get(_ID) in numbers]
        paragraphs = self._paragraph_ids(root) if related.name == "comments" else {}
        relations = package.relations(related.target)
        for note in wanted:
            note.set(_ID, numbers[note.get(_ID)])
            keep = _marked_paragraphs(note, paragraphs)
            ids.renumber(note)
            for paragraph, name in keep:
                paragraph.set(f"{_W14}paraId", name)
            for element, name, one in relation_uses(note, relations):
                element.set(name, part.relate(copied(one)))
            part.root.append(note)
        self._paragraphs = paragraphs

    def _paragraph_ids(self, root: Any) -> dict[str, str]:
        """New names for the paragraphs of comments: other parts speak of them."""
        names = {}
        for paragraph in root.iter(f"{_W}p"):
            old = paragraph.get(f"{_W14}paraId")
            if old:
                self.numbering.paragraph += 1
                names[old] = f"{self.numbering.paragraph:08X}"
        return names

    def add_more(self, package: RecordPackage, related: Related) -> None:
        """Add what another part says of the record's comments."""
        root: Any = etree.fromstring(package.read(related.target))
        part = self.parts.get(related.name)
        if part is None:
            part = _begun(package, related, keeps=lambda _: False)
            self.parts[related.name] = part
        known = {tuple(sorted(one.attrib.items())) for one in part.root}
        for one in root:
            if self._is_of_record(one) and tuple(sorted(one.attrib.items())) not in known:
                part.root.append(one)

    def _is_of_record(self, element: Any) -> bool:
        """Whether it speaks of a comment that was taken; its paragraph is called anew."""
        for name, value in list(element.attrib.items()):
            short = str(name).rsplit("}", 1)[-1]
            if short in ("paraId", "paraIdParent"):
                if value not in self._paragraphs:
                    return False
                element.set(name, self._paragraphs[value])
        return True

    _paragraphs: dict[str, str] = field(default_factory=dict)


def _is_special(note: Any) -> bool:
    return note.get(f"{_W}type") not in (None, "normal")


def _begun(package: RecordPackage, related: Related, keeps: Callable[[Any], bool]) -> JoinedPart:
    """A joined part with what every record would bring."""
    root: Any = etree.fromstring(package.read(related.target))
    for one in list(root):
        if not keeps(one):
            root.remove(one)
        for paragraph in one.iter(f"{_W}p"):
            paragraph.attrib.pop(f"{_W14}paraId", None)
    return JoinedPart(related, package.content_type(related.target), root)


def _marked_paragraphs(note: Any, names: dict[str, str]) -> list[tuple[Any, str]]:
    found = ((one, names.get(one.get(f"{_W14}paraId", ""))) for one in note.iter(f"{_W}p"))
    return [(paragraph, name) for paragraph, name in found if name]


def relation_uses(root: Any, relations: dict[str, Related]) -> list[tuple[Any, str, Related]]:
    """Every place in a part that names something related."""
    if not relations:
        return []
    found: Any = _FIND_RELATIONS(root)
    return [(one.getparent(), one.attrname, relations[one]) for one in found if one in relations]


_SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_OF_SHAPES = (
    "@*[local-name()='relid' and namespace-uri()='urn:schemas-microsoft-com:office:office']"
)
_FIND_RELATIONS = etree.XPath(
    " | ".join([f".//@*[namespace-uri()='{space}']" for space in _SPACES] + [f".//{_OF_SHAPES}"])
)
