"""Styles and lists of a print run: those of its form, and what annexes of its records bring.

All records have the form's own. What an annex brought differs from record to record: what says
the same as a style or list of the run is that one, all else comes in under a free name.
"""

import copy
import hashlib
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from filler.errors import BatchError
from filler.print_run.record_lists import RecordLists
from filler.word.annexes.annex_looks import is_of_annex
from filler.word.joining.record_notes import relation_uses
from filler.word.joining.record_package import RecordPackage, Related

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _ID, _NUM_ID, _ABSTRACT = f"{_W}val", f"{_W}styleId", f"{_W}numId", f"{_W}abstractNumId"
_BULLET, _BULLET_ID, _OF_LEVEL = f"{_W}numPicBullet", f"{_W}numPicBulletId", f"{_W}lvlPicBulletId"
_NAMED = tuple(_W + name for name in ("pStyle", "rStyle", "tblStyle"))
_OTHERS = tuple(_W + name for name in ("basedOn", "link", "next"))
_OF_NOBODY = tuple(_W + name for name in ("nsid", "tmpl", "rsid"))
_FIRST_NSID = 0x4D5B0000  #: by it Word knows lists that belong together
#: More than this Word does not read.
MOST_STYLES = 4_000

Take = Callable[[Related], str]  #: the id of a picture of bullets in the run's part of lists


@dataclass(frozen=True)
class OwnNames:
    """What styles and lists of one record are called in the run, where it is otherwise."""

    styles: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)

    def settle(self, root: Any) -> None:
        """Give what a part names the names it has in the run."""
        for element in root.iter(*_NAMED) if self.styles else ():
            element.set(_VAL, self.styles.get(element.get(_VAL), element.get(_VAL)))
        for element in root.iter(_NUM_ID) if self.lists else ():
            element.set(_VAL, self.lists.get(element.get(_VAL), element.get(_VAL)))


@dataclass(frozen=True)
class LookParts:
    """The parts of one document that say how it looks; empty where there is none."""

    styles: bytes
    numbering: bytes
    relations: dict[str, Related]  #: of the lists
    pictures: Mapping[str, bytes]  #: of bullets, by id: a digest

    @classmethod
    def of(cls, package: RecordPackage, styles: str, numbering: str) -> "LookParts":
        """Those of a document, by the names of its parts."""
        relations = package.relations(numbering) if numbering else {}
        pictures = {
            number: hashlib.sha256(package.read(one.target)).digest()
            for number, one in relations.items()
            if one.target in package.names
        }
        return cls(
            package.read(styles) if styles in package.names else b"",
            package.read(numbering) if numbering in package.names else b"",
            relations,
            pictures,
        )

    def digest(self) -> bytes:
        """The same for documents that look the same."""
        told = sorted(self.pictures.items())
        return hashlib.sha256(repr((self.styles, self.numbering, told)).encode()).digest()


class RunLooks:
    """The styles and lists of a run as they grow with its records."""

    def __init__(self, first: LookParts, lists: RecordLists) -> None:
        """Begin with those of the first record."""
        self._lists = lists
        self._root: Any = etree.fromstring(first.styles)
        self._form = list(_of_form(self._root))
        self._ids = {one.get(_ID) for one in self._root.findall(f"{_W}style")}
        self._called = {one.get(_VAL) for one in self._root.iterfind(f"{_W}style/{_W}name")}
        own = _Looks(first, self._root)
        self._styles = {own.whole(name): name for name in own.brought()}
        self._abstracts = {key: name for key, name in own.abstracts({})}
        self._numbers = {key: name for key, name in own.numbers(self._named_abstracts(own, {}))}
        self._seen = {first.digest(): OwnNames()}
        self.have_grown = False

    def names_of(self, record: LookParts, take: Take) -> OwnNames | None:
        """What a record's styles and lists are called; None: its form has other ones.

        Args:
            record: its parts.
            take: takes a picture of bullets in.

        Raises:
            BatchError: there would be more styles than Word reads.
        """
        key = record.digest()
        if key not in self._seen:
            root = etree.fromstring(record.styles)
            if list(_of_form(root)) != self._form:
                return None
            self._seen[key] = self._learned(_Looks(record, root), take)
        return self._seen[key]

    def xml(self) -> bytes:
        """The part of styles as it is now."""
        data: bytes = etree.tostring(
            self._root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return data

    def _learned(self, own: "_Looks", take: Take) -> OwnNames:
        styles, fresh = {}, []
        for name in own.brought():
            whole = own.whole(name)
            if whole not in self._styles:
                self._styles[whole] = self._free(name)
                fresh.append((name, self._styles[whole]))
            styles[name] = self._styles[whole]
        lists = self._learn_lists(own, styles, take)
        for old, new in fresh:
            self._add(own.styles[old], new, styles, lists)
        if fresh:
            self._lists.learn_styles(self._root)
        return OwnNames(_changed(styles), _changed(lists))

    def _learn_lists(self, own: "_Looks", styles: Mapping[str, str], take: Take) -> dict[str, str]:
        for key, old in own.abstracts(styles):
            if key not in self._abstracts:
                made = copy.deepcopy(own.by_abstract[old])
                self._settle(made, own, styles, take)
                self._abstracts[key] = self._lists.add_abstract(made, _FIRST_NSID)
        names = self._named_abstracts(own, styles)
        lists = {}
        for key, old in own.numbers(names):
            if key not in self._numbers:
                made = copy.deepcopy(own.by_number[old])
                self._settle(made, own, styles, take)
                of = names.get(made.find(_ABSTRACT).get(_VAL), "")
                self._numbers[key] = self._lists.add_number(made, of) if of else old
            lists[old] = self._numbers[key]
        return lists

    def _named_abstracts(self, own: "_Looks", styles: Mapping[str, str]) -> dict[str, str]:
        return {old: self._abstracts[key] for key, old in own.abstracts(styles)}

    def _settle(self, made: Any, own: "_Looks", styles: Mapping[str, str], take: Take) -> None:
        """Styles and bullets of a list as they are called in the run."""
        for element in made.iter(*_NAMED):
            element.set(_VAL, styles.get(element.get(_VAL), element.get(_VAL)))
        for element in made.iter(_OF_LEVEL):
            bullet = own.bullets.get(element.get(_VAL))
            if bullet is None:
                continue
            taken = copy.deepcopy(bullet)
            for one, name, related in relation_uses(taken, own.parts.relations):
                one.set(name, take(related))
            element.set(_VAL, self._lists.add_bullet(taken))

    def _free(self, name: str) -> str:
        made = next(one for one in _numbered(f"{name}_", name) if one not in self._ids)
        self._ids.add(made)
        return made

    def _add(
        self, style: Any, name: str, styles: Mapping[str, str], lists: Mapping[str, str]
    ) -> None:
        if len(self._ids) > MOST_STYLES:
            what = f"各份附件的样式合起来超过 {MOST_STYLES} 种，Word 打不开"
            raise BatchError(f"{what}。请分几次合并，或逐份打印。")
        made = copy.deepcopy(style)
        made.set(_ID, name)
        called = made.find(f"{_W}name")
        called.set(_VAL, self._free_title(called.get(_VAL)))
        for other in made.iter(*_OTHERS):
            other.set(_VAL, styles.get(other.get(_VAL), other.get(_VAL)))
        for number in made.iter(_NUM_ID):
            number.set(_VAL, lists.get(number.get(_VAL), number.get(_VAL)))
        self._root.append(made)
        self.have_grown = True

    def _free_title(self, title: str) -> str:
        made = next(one for one in _numbered(f"{title} ", title) if one not in self._called)
        self._called.add(made)
        return made


class _Looks:
    """The styles and lists of one document, and what each says."""

    def __init__(self, parts: LookParts, styles: Any) -> None:
        self.parts = parts
        self.styles = {one.get(_ID): one for one in styles.findall(f"{_W}style")}
        root: Any = etree.fromstring(parts.numbering or b"<none/>")
        self.by_abstract = {one.get(_ABSTRACT): one for one in root.findall(f"{_W}abstractNum")}
        self.by_number = {one.get(_NUM_ID): one for one in root.findall(f"{_W}num")}
        self.bullets = {one.get(_BULLET_ID): one for one in root.findall(_BULLET)}

    def brought(self) -> list[str]:
        """The styles that annexes brought."""
        return [name for name, style in self.styles.items() if is_of_annex(style)]

    def whole(self, name: str) -> bytes:
        """What a style says with all the styles and lists it names, and those name."""
        found: dict[str, bytes] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one in found or one not in self.styles:
                continue
            style = self.styles[one]
            lists = [self._list_of(number.get(_VAL)) for number in style.iter(_NUM_ID)]
            told = [_said(style), *(self._said(part, {}) for pair in lists for part in pair)]
            found[one] = b"\n".join(told)
            waiting += [other.get(_VAL) for other in style.iter(*_OTHERS)]
            named = (part.iter(*_NAMED) for pair in lists for part in pair)
            waiting += [other.get(_VAL) for other in itertools.chain.from_iterable(named)]
        return hashlib.sha256(repr((name, sorted(found.items()))).encode()).digest()

    def _list_of(self, number: str) -> tuple[Any, ...]:
        found = self.by_number.get(number)
        if found is None:
            return ()
        abstract = self.by_abstract.get(found.find(_ABSTRACT).get(_VAL))
        return (found,) if abstract is None else (found, abstract)

    def abstracts(self, styles: Mapping[str, str]) -> Iterator[tuple[tuple[bytes, int], str]]:
        """What each list says, the how manieth that says so, and its number."""
        return _counted_alike(
            (self._said(one, styles), number) for number, one in self.by_abstract.items()
        )

    def numbers(self, abstracts: Mapping[str, str]) -> Iterator[tuple[tuple[bytes, int], str]]:
        """The same of what paragraphs name, of lists as they are called in the run."""
        return _counted_alike(
            (self._said(one, {}, abstracts), number) for number, one in self.by_number.items()
        )

    def _said(
        self, element: Any, styles: Mapping[str, str], abstracts: Mapping[str, str] | None = None
    ) -> bytes:
        """What a list says, whatever its number is."""
        made = copy.deepcopy(element)
        for name in (_ABSTRACT, _NUM_ID):
            made.attrib.pop(name, None)
        for one in made.iter(*_NAMED):
            one.set(_VAL, styles.get(one.get(_VAL), one.get(_VAL)))
        for one in made.iter(_ABSTRACT):
            one.set(_VAL, (abstracts or {}).get(one.get(_VAL), ""))
        pictures = [self._picture(one) for one in made.iter(_OF_LEVEL)]
        for one in made.iter(_OF_LEVEL):
            one.set(_VAL, "")
        return _said(made) + b"".join(pictures)

    def _picture(self, level: Any) -> bytes:
        bullet = self.bullets.get(level.get(_VAL))
        if bullet is None:
            return b""
        named = (attribute for one in bullet.iter() for attribute in one.attrib.values())
        return b"".join(self.parts.pictures.get(str(one), b"") for one in named)


def _of_form(styles: Any) -> Iterator[bytes]:
    """What the form's own part of styles says."""
    for one in styles:
        if one.tag != f"{_W}style" or not is_of_annex(one):
            yield _said(one)


def _said(element: Any) -> bytes:
    made = copy.deepcopy(element)
    for one in [one for one in made if one.tag in _OF_NOBODY]:
        made.remove(one)
    made.tail = None
    plain: bytes = etree.tostring(made, method="c14n", exclusive=True)
    return plain


def _counted_alike(told: Iterator[tuple[bytes, str]]) -> Iterator[tuple[tuple[bytes, int], str]]:
    """Two lists of one document that say the same stay two."""
    known: Counter[bytes] = Counter()
    for said, number in told:
        yield (said, known[said]), number
        known[said] += 1


def _changed(names: Mapping[str, str]) -> dict[str, str]:
    return {old: new for old, new in names.items() if old != new}


def _numbered(name: str, first: str) -> Iterator[str]:
    """A name as it is, then with a number behind it."""
    yield first
    yield from (f"{name}{number}" for number in itertools.count(2))
