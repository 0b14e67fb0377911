"""How a record stands in a print run, learned once: the next of its kind is only filled in.

Records of one template differ in their texts, pictures and numbers alone. One is merged with
marks in place of all of them; where a mark comes out, the next record's own belongs. What is
otherwise in anything else, or brings notes of its own, is parsed and merged as it is.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from filler.word.joining.framed_records import RecordFrame
from filler.word.joining.packed_parts import PackedPiece
from filler.word.joining.record_ids import Numbering
from filler.word.joining.record_package import RecordPackage, Related
from filler.word.joining.run_parts import RunParts, TrialParts
from minzheng.external.files.file_properties import CORE

Shape = tuple[tuple[str, int], ...]  #: names and checksums of parts that hold nobody's own
#: Numbers that nothing else has: a sign, what is numbered, which one.
_SIGN, _MOST = 90917, 1_000_000
_MARK = re.compile(rb"(?:rIdM)?90917(\d)(\d{6})")
_TEXT, _DRAWING, _BOOKMARK, _CONTROL, _RELATION, _RECORD = range(1, 7)
_BREAKS = tuple(f'</w:t><w:{one}/><w:t xml:space="preserve">'.encode() for one in ("br", "tab"))
_ROOM = re.compile(
    rb"(<w:t(?: xml:space=\"preserve\")?>)((?:[^<]|%b)*)(?=</w:t>)"
    % b"|".join(re.escape(one) for one in _BREAKS)
)
#: What an issued document never holds: a parser is to judge it.
_DOUBTFUL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|\]\]>"
    rb"|&(?!(?:amp|lt|gt|quot|apos|#34|#39);)"
)
#: What a mark could be taken for, texts that are none, names that a long number shortens.
_UNFIT = re.compile(rb"90917\d{7}|<!|<w:bookmarkStart [^>]*w:name=\"[^\"]{27}")
_OTHER_LETTERS = re.compile(rb"\s*<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
_NUMBER = re.compile(rb"(?<=<w:permStart w:id=\")\d+|(?<=<w:permEnd w:id=\")\d+")
_PAGE = re.compile(r"(?:.*/)?(?:header|footer)\d*\.xml")
_PICTURES = "/media/"
_MOST_MOULDS = 16  #: records that are all different are not worth the trials
_FIRST_LOOK = 4  #: so many records tell which texts all have in common


def trial_numbering() -> Numbering:
    """Numbers by which it is known what was given to the trial's record."""
    drawing, mark, control, relation = map(_first, (_DRAWING, _BOOKMARK, _CONTROL, _RELATION))
    return Numbering(drawing=drawing, mark=mark, control=control, relation=relation)


def _first(kind: int) -> int:
    return (_SIGN * 10 + kind) * _MOST


_END_OF_TEXT = b"</w:t>"
_NONE = -1  #: the place behind the last text
TRIAL_RECORD = _first(_RECORD)


@dataclass(frozen=True)
class MarkedPackage(RecordPackage):
    """A record with marks in place of its texts and pictures."""

    marked: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, part: str) -> bytes:
        """A part's bytes."""
        return self.marked[part] if part in self.marked else super().read(part)


def mark_record(package: RecordPackage, pages: Iterable[str]) -> MarkedPackage | None:
    """The record with marks; None when they could not be told from what stands there.

    `pages` are its headers and footers.
    """
    marked = {name: name.encode() for name in package.names if _PICTURES in name}
    count = 0
    for name in (package.document, *pages):
        data = package.read(name)
        if _UNFIT.search(data) or _OTHER_LETTERS.match(data):
            return None
        marked[name], count = _with_marks(data, count)
    if count >= _MOST:
        return None
    return MarkedPackage(package.archive, package.docx, marked=marked)


def _with_marks(data: bytes, count: int) -> tuple[bytes, int]:
    """A part with its texts marked from a number on, and the next one."""
    pieces = _ROOM.split(data)
    for at in range(2, len(pieces), 3):
        pieces[at] = b"%d" % (_first(_TEXT) + count)
        count += 1
    return b"".join(pieces), count


@dataclass(frozen=True, slots=True)
class Cast:
    """A part as it comes out, with the places of what is a record's own."""

    pieces: tuple[bytes, ...]  #: every other one is a record's own
    texts: tuple[int, ...]  #: which text stands in each of those; of a number, none
    numbers: tuple[tuple[int, int, int], ...]  #: place, of what, which one

    @classmethod
    def of(cls, data: bytes) -> "Cast":
        """By the marks in it."""
        pieces = _MARK.split(data)
        made, texts, numbers = list(pieces[:1]), [], []
        for kind, number, rest in zip(*(pieces[at::3] for at in (1, 2, 3)), strict=True):
            is_text = int(kind) == _TEXT
            texts.append(int(number) if is_text else _NONE)
            if not is_text:
                numbers.append((len(made), int(kind), int(number)))
            made += [b"", rest]
        return cls(tuple(made), tuple(texts), tuple(numbers))

    def filled(self, texts: Sequence[bytes], own: "OwnNumbers") -> bytes:
        """With a record's own; `texts` end with an empty one."""
        pieces = list(self.pieces)
        pieces[1::2] = map(texts.__getitem__, self.texts)
        for at, kind, which in self.numbers:
            if kind == _RELATION:
                pieces[at] = own.relations[which - 1].encode()
            else:
                pieces[at] = b"%d" % (own.first[kind] + which)
        return b"".join(pieces)

    def renumbered(self, marks: int) -> "Cast":
        """The same where so many marks before it are not counted."""
        numbers = (
            (at, kind, which - marks if kind == _BOOKMARK else which)
            for at, kind, which in self.numbers
        )
        return replace(self, numbers=tuple(numbers))

    def narrowed(self, known: Sequence[bytes], places: Mapping[int, int]) -> "Cast":
        """The same with known texts in it, but for those that have a place of their own."""
        pieces, texts, numbers = [self.pieces[0]], [], []
        kinds = {at: (kind, which) for at, kind, which in self.numbers}
        for at, text in zip(range(1, len(self.pieces), 2), self.texts, strict=True):
            rest = self.pieces[at + 1]
            if at in kinds:
                numbers.append((len(pieces), *kinds[at]))
            elif text not in places:
                pieces[-1] += known[text] + rest
                continue
            texts.append(places.get(text, _NONE))
            pieces += [b"", rest]
        return Cast(tuple(pieces), tuple(texts), tuple(numbers))


class OwnNumbers(NamedTuple):
    """What the numbers of a record begin after, and the ids of what it names."""

    first: Mapping[int, int]
    relations: Sequence[str]


class _Page(NamedTuple):
    """A header or footer: its name in the trial, how it comes out, what it is related to."""

    made: str
    cast: Cast
    kind: str
    related: tuple[tuple[str, Related], ...]


@dataclass(frozen=True, slots=True)
class RunState:
    """What a run gives to its next record."""

    parts: RunParts
    numbering: Numbering
    relate: Callable[[Related], str]
    record: int
    document: str  #: the part that holds the body
    shared: Container[str]  #: parts that all records have in common
    own_numbers: set[bytes]  #: of records that were taken as they lay


class CastRecord(NamedTuple):
    """A record's body as it goes into the run: what is packed already, and the rest."""

    packed: PackedPiece | None
    rest: bytes


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before, between and after the texts of a part."""

    pieces: tuple[bytes, ...]
    beginnings: tuple[bytes, ...]  #: the same without the end of the text before it
    sizes: tuple[int, ...]  #: of the beginnings that a text follows

    @classmethod
    def of(cls, data: bytes) -> "Around":
        """Of a part."""
        found = _ROOM.split(data)
        before = (found[at] + found[at + 1] for at in range(0, len(found) - 1, 3))
        pieces = (*before, found[-1])
        beginnings = (pieces[0], *(one.removeprefix(_END_OF_TEXT) for one in pieces[1:]))
        return cls(pieces, beginnings, tuple(map(len, beginnings[:-1])))

    def narrowed(self, known: Sequence[bytes], own: Container[int]) -> "Around":
        """The same where only some texts, by number, are a record's own; `known` are all."""
        pieces = [self.pieces[0]]
        for number, rest in enumerate(self.pieces[1:]):
            if number in own:
                pieces.append(rest)
            else:
                pieces[-1] += known[number] + rest
        return Around(tuple(pieces), (), ())

    def texts_of(self, data: bytes) -> list[bytes] | None:
        """The texts of a part in which all else stands as here; None when it does not."""
        if not self.beginnings:
            return _texts_between(data, self.pieces)
        cut = data.split(_END_OF_TEXT)
        if len(cut) != len(self.pieces):  # a text of several lines, or something else
            return _texts_between(data, self.pieces)
        if cut[-1] != self.beginnings[-1] or not all(map(bytes.startswith, cut, self.beginnings)):
            return None
        texts = [one[size:] for one, size in zip(cut, self.sizes, strict=False)]
        return None if b"<" in b"".join(texts) else texts


@dataclass(frozen=True, slots=True)
class Mould:
    """One record as it was merged with marks."""

    fixed: tuple[tuple[str, "Around"], ...]  #: by part: what stands around its texts
    body: Cast
    pages: tuple[_Page, ...]
    sources: tuple[tuple[str, str, str], ...]  #: name in the trial, in the record, content type
    relations: tuple[Related, ...]  #: that the body has beside those of all
    used: tuple[int, int, int]  #: how many drawings, marks and controls were numbered

    def read(self, package: RecordPackage) -> list[bytes]:
        """The parts of a record that hold its texts."""
        return [package.read(name) for name, _ in self.fixed]

    def texts_of(self, parts: Iterable[bytes]) -> list[bytes] | None:
        """The texts of a record by its parts, and an empty one; None: it is otherwise."""
        texts: list[bytes] = []
        for (_, fixed), data in zip(self.fixed, parts, strict=True):
            found = fixed.texts_of(data)
            if found is None:
                return None
            texts += found
        if not _are_plain(texts):
            return None
        texts.append(b"")
        return texts

    def narrowed(self, known: Sequence[bytes], varying: Container[int]) -> "Mould":
        """The same for records that have all but a few texts in common."""
        places: dict[int, int] = {}
        fixed, first = [], 0
        for name, around in self.fixed:
            count = len(around.pieces) - 1
            own = [number for number in range(count) if first + number in varying]
            places |= {first + number: len(places) + at for at, number in enumerate(own)}
            fixed.append((name, around.narrowed(known[first : first + count], frozenset(own))))
            first += count
        places[_NONE] = _NONE
        pages = (page._replace(cast=page.cast.narrowed(known, places)) for page in self.pages)
        body = self.body.narrowed(known, places)
        return replace(self, fixed=tuple(fixed), body=body, pages=tuple(pages))

    def without_body(
        self, rest: Cast, known: Sequence[bytes], first: int, marks: int
    ) -> "Mould | None":
        """The same for records of which all but the end of the body is taken as it lies.

        Args:
            rest: what stands there in the run.
            known: the texts of one such record.
            first: which of them is the first that stands in no body.
            marks: how many marks of the body keep their numbers.
        """
        own = range(first, len(known) - 1)
        pages = [one._replace(cast=one.cast.renumbered(marks)) for one in self.pages]
        changed = replace(self, body=rest.renumbered(marks), pages=tuple(pages))
        casts = (changed.body, *(one.cast for one in changed.pages))
        numbers = (which for cast in casts for _, kind, which in cast.numbers if kind == _BOOKMARK)
        if any(which <= 0 for which in numbers):
            return None
        drawings, before, controls = self.used
        used = drawings, before - marks, controls
        return replace(changed.narrowed(known, own), fixed=self.fixed[1:], used=used)

    def cast(self, package: RecordPackage, run: RunState, texts: Sequence[bytes]) -> bytes:
        """A record's body as the mould's came out; its parts are written."""
        called = dict(self._called(package, run.parts))
        ids = [run.relate(_renamed(one, called)) for one in self.relations]
        numbering = run.numbering
        first = {_DRAWING: numbering.drawing, _BOOKMARK: numbering.mark}
        first |= {_CONTROL: numbering.control, _RECORD: run.record}
        own = OwnNumbers(first, ids)
        for page in self.pages:
            name = called[page.made]
            run.parts.write(name, page.cast.filled(texts, own), page.kind)
            if page.related:
                related = ((number, _renamed(one, called)) for number, one in page.related)
                run.parts.write_relations(name, related)
        drawings, marks, controls = self.used
        numbering.drawing += drawings
        numbering.mark += marks
        numbering.control += controls
        return self.body.filled(texts, own)

    def _called(self, package: RecordPackage, parts: RunParts) -> Iterator[tuple[str, str]]:
        """Names in the trial with those in the run; pictures are written once."""
        for made, source, kind in self.sources:
            if _PICTURES in source:
                yield made, parts.keep(source, package.read(source), kind)
            else:
                yield made, parts.new_name(source)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a marked record."""

    package: MarkedPackage
    parts: TrialParts
    numbering: Numbering
    body: bytes
    relations: tuple[Related, ...]  #: that no record before had

    def mould(self) -> Mould | None:
        """The mould; None when the record brings more than texts, pages and pictures."""
        package, parts = self.package, self.parts
        pages = {name for name, source in parts.sources.items() if _PICTURES not in source}
        pictures = parts.sources.keys() - pages
        if parts.data.keys() != parts.sources.keys() or not all(
            parts.data[name] == parts.sources[name].encode() for name in pictures
        ):
            return None
        own = [name for name in package.marked if _PICTURES not in name]
        numbering, before = self.numbering, trial_numbering()
        if _of_others(numbering) != _of_others(before):
            return None
        return Mould(
            tuple((name, Around.of(RecordPackage.read(package, name))) for name in own),
            Cast.of(self.body),
            tuple(self._page(name) for name in parts.sources if name in pages),
            tuple((made, old, package.content_type(old)) for made, old in parts.sources.items()),
            self.relations,
            (
                numbering.drawing - before.drawing,
                numbering.mark - before.mark,
                numbering.control - before.control,
            ),
        )

    def _page(self, name: str) -> _Page:
        parts = self.parts
        related = tuple(parts.related.get(name, ()))
        return _Page(name, Cast.of(parts.data[name]), parts.kinds.get(name, ""), related)


class _FramedMould:
    """What becomes of records whose bodies are taken as they lie: only their pages are read."""

    def __init__(self, frame: RecordFrame, mould: Mould) -> None:
        self._frame, self._rest = frame, _UsedMould(mould)

    def cast(self, package: RecordPackage, run: RunState) -> CastRecord | None:
        """A record; None: it is otherwise, perhaps not as issued, or bears another's number."""
        piece = self._frame.body_of(package, run.document)
        if piece is None or not package.is_as_issued:
            return None
        number = self._frame.own_number(piece)
        if number in run.own_numbers:
            return None
        rest = self._rest.cast(package, run)
        if rest is None:
            return None
        run.own_numbers.update([number] if number else ())
        return CastRecord(piece, rest)


class _UsedMould:
    """A mould, and one in which all texts stand that its records had in common until now.

    Nine of ten texts are the form's own. A record that has another one there is cast by the
    whole mould, and from time to time the narrow one is made anew.
    """

    def __init__(self, mould: Mould) -> None:
        self._whole = mould
        self._narrow: Mould | None = None
        self._first: list[bytes] = []
        self._varying: set[int] = set()
        self._cast, self._next = 0, _FIRST_LOOK

    def cast(self, package: RecordPackage, run: RunState) -> bytes | None:
        """A record's body; None: the mould does not fit."""
        parts = self._whole.read(package)
        texts = self._narrow.texts_of(parts) if self._narrow else None
        if self._narrow and texts is not None:
            return self._narrow.cast(package, run, texts)
        texts = self._whole.texts_of(parts)
        if texts is None:
            return None
        self._learn(texts)
        return self._whole.cast(package, run, texts)

    def _learn(self, texts: list[bytes]) -> None:
        self._cast += 1
        self._first = self._first or texts
        pairs = enumerate(zip(self._first, texts, strict=True))
        self._varying.update(at for at, (one, other) in pairs if one != other)
        if self._cast == self._next:
            self._next *= 2
            self._narrow = self._whole.narrowed(self._first, self._varying)


class Moulds:
    """The moulds of a run, by the shape of their records."""

    def __init__(self) -> None:
        self._by_shape: dict[Shape, list[_UsedMould]] = {}
        self._framed: dict[Shape, list[_FramedMould]] = {}
        self._tried = 0

    def cast(self, package: RecordPackage, run: RunState) -> CastRecord | None:
        """A record's body by the mould that fits; None: there is none."""
        shape = shape_of(package, run.shared, run.document)
        for framed in self._framed.get(shape, ()):
            made = framed.cast(package, run)
            if made is not None:
                return made
        moulds = self._by_shape.get(shape, [])
        for number, mould in enumerate(moulds):
            body = mould.cast(package, run)
            if body is not None:
                moulds.insert(0, moulds.pop(number))
                return CastRecord(None, body)
        return None

    def are_wanted(self) -> bool:
        """Whether another trial is worth its time."""
        return self._tried < _MOST_MOULDS

    def learn(self, package: RecordPackage, shared: Container[str], trial: Trial | None) -> None:
        """Take in what came of a trial; None: there could be none."""
        self._tried += 1
        mould = trial.mould() if trial else None
        if mould:
            shape = shape_of(package, shared, package.document)
            self._by_shape.setdefault(shape, []).insert(0, _UsedMould(mould))
            framed = _framed_mould(package, trial, mould) if trial else None
            if framed:
                self._framed.setdefault(shape, []).insert(0, framed)


def _framed_mould(package: RecordPackage, trial: Trial, mould: Mould) -> _FramedMould | None:
    """How bodies of this kind are taken as they lie; None: a run changes something in them."""
    document = package.document
    frame = RecordFrame.of(package, document)
    known = mould.texts_of(mould.read(package))
    if frame is None or known is None or any("numbering" in name for name in package.names):
        return None
    whole = package.read(document)
    size = len(whole) - len(frame.head) - len(frame.end)
    body, count = _with_marks(whole[len(frame.head) :][:size], 0)
    end, texts = _with_marks(frame.end, count)
    before = _NUMBER.split(body)
    after = _NUMBER.split(trial.body, len(before) - 1) if before[1:] else [trial.body]
    rest = after[-1].removeprefix(before[-1])
    is_same = after[:-1] == before[:-1] and after[-1].startswith(before[-1])
    if not is_same or trial.package.marked[document] != b"".join((frame.head, body, end)):
        return None
    used = len(set(_NUMBER.findall(trial.body[: len(trial.body) - len(rest)])))
    alone = mould.without_body(Cast.of(rest), known, texts, used)
    return _FramedMould(frame, alone) if alone else None


def shape_of(package: RecordPackage, shared: Container[str], document: str) -> Shape:
    """All parts with their checksums, without those of parts that hold a record's own."""
    return tuple(
        [
            (name, 0 if (_is_own(name) and name not in shared) or name == document else info.CRC)
            for name, info in package.archive.NameToInfo.items()
        ]
    )


@lru_cache(maxsize=1024)
def _is_own(name: str) -> bool:
    """Whether each record has a part of this name for itself: what it tells, a page, a picture."""
    return name == CORE or _PICTURES in name or bool(_PAGE.fullmatch(name))


def _of_others(numbering: Numbering) -> tuple[int, ...]:
    """What has been numbered that a mould has no marks for."""
    return numbering.note, numbering.comment, numbering.story


def _renamed(related: Related, called: Mapping[str, str]) -> Related:
    name = called.get(related.target)
    return related if name is None else related._replace(target=name)


def _texts_between(data: bytes, fixed: Sequence[bytes]) -> list[bytes] | None:
    """The texts of a part in which all else stands as in another; None when it does not."""
    if not data.startswith(fixed[0]):
        return None
    start, found = len(fixed[0]), []
    for following in fixed[1:]:
        end = data.find(b"<", start)
        while not data.startswith(following, end):
            size = next((len(one) for one in _BREAKS if data.startswith(one, end)), 0)
            if not size:
                return None
            end = data.find(b"<", end + size)
        found.append(data[start:end])
        start = end + len(following)
    return found if start == len(data) else None


def _are_plain(texts: Iterable[bytes]) -> bool:
    whole = b"\n".join(texts)
    try:
        whole.decode()
    except UnicodeDecodeError:
        return False
    return not _DOUBTFUL.search(whole)
