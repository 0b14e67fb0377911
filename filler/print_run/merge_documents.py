"""One print run: many issued documents of one form as one Word file, in their order.

Each record keeps its header, footer, code line and QR, its notes, lists and bookmarks, and
counts its own pages. The file is written piece by piece: a run of thousands needs no more
memory than one record.
"""

import copy
import io
import posixpath
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, NoReturn

from lxml import etree

from filler.errors import BatchError
from filler.print_run.merge_sections import (
    close_pages,
    end_record,
    keep_notes_with_record,
    notes_at_section_end,
    own_page_count,
    page_kinds,
    sections_of,
)
from filler.print_run.record_lists import RecordLists
from filler.print_run.record_mould import (
    TRIAL_RECORD,
    Moulds,
    RunState,
    Trial,
    mark_record,
    trial_numbering,
)
from filler.print_run.run_looks import LookParts, OwnNames, RunLooks
from filler.word.annexes.annex_lists import new_numbering
from filler.word.joining.known_spaces import knows_spaces, with_spaces
from filler.word.joining.packed_parts import PackedStream
from filler.word.joining.record_ids import Numbering, RecordIds, used_notes
from filler.word.joining.record_notes import (
    MORE_OF_COMMENTS,
    NOTES,
    JoinedNotes,
    JoinedPart,
    relation_uses,
)
from filler.word.joining.record_package import (
    TYPES,
    KeptFile,
    RecordPackage,
    Related,
    relations_of,
)
from filler.word.joining.run_parts import HEAD, RunParts, TrialParts, copy_related, member
from minzheng.external.files.file_properties import (
    CORE,
    PACKAGE_RELATIONS,
    PRODUCT,
    FileProperties,
    core_xml,
    make_room,
)
from minzheng.external.files.whole_file import whole_file

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAGES = ("header", "footer")
_JOINED = (*NOTES, *MORE_OF_COMMENTS)
#: What Word finds by its kind alone; anything else is of use only where the body names it.
_SHARED = frozenset((
    "styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering",
    "glossaryDocument", "customXml", "keyMapCustomizations", "recipientData",
))  # fmt: skip
#: Runs that are only a step to a PDF.
OF_NOBODY = FileProperties(PRODUCT, "")
_BODY = re.compile(rb"<w:body(?:\s[^>]*)?>(.*)</w:body>", re.DOTALL)
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PART_NAMES = {
    "styles": "样式",
    "numbering": "编号",
    "settings": "设置",
    "theme": "主题",
    "fontTable": "字体表",
}
_BACKGROUND = f"{_W}background"
_OTHERS = {_BACKGROUND: "页面背景"}  #: what stands in the body's part


def merge_documents(
    documents: Iterable[bytes | KeptFile], out: IO[bytes], properties: FileProperties = OF_NOBODY
) -> int:
    """Write one Word file holding all documents; how many there were.

    A body is taken as it lies where the file's sum says that it is what was issued.

    Raises:
        BatchError: there is none, or they are not of one version of one form.
    """
    with (
        tempfile.TemporaryFile(prefix="minzheng-merge-") as body,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        merger = _Merger(archive, PackedStream(body), properties)
        for one, is_last in _with_last(documents):
            merger.add(one if isinstance(one, KeptFile) else KeptFile(one), is_last)
        merger.finish()
        return merger.count


def merge_to_file(
    documents: Iterable[bytes | KeptFile], file: Path, properties: FileProperties = OF_NOBODY
) -> int:
    """Write one Word file, whole or not at all.

    Raises:
        BatchError: there is none, or they are not of one version of one form.
    """
    with whole_file(file) as stream:
        return merge_documents(documents, stream, properties)


def _with_last(
    documents: Iterable[bytes | KeptFile],
) -> Iterator[tuple[bytes | KeptFile, bool]]:
    before: bytes | KeptFile | None = None
    for document in documents:
        if before is not None:
            yield before, False
        before = document
    if before is not None:
        yield before, True


def _background(root: Any) -> bytes:
    """The colour or picture behind the pages, as it is told; nothing where there is none."""
    found = root.find(_BACKGROUND)
    return b"" if found is None else bytes(etree.tostring(found, method="c14n"))


def _empty(root: Any) -> Any:
    """A root without anything in it."""
    made = etree.Element(root.tag, nsmap=root.nsmap)
    made.attrib.update(root.attrib)
    return made


def _around(root: Any) -> bytes:
    """The part of a body with nothing in it."""
    made = copy.deepcopy(root)
    body = made.find(f"{_W}body")
    body.clear()
    body.text = ""  # so that it is written with an end of its own
    data: bytes = etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


class _Merger:
    """The file being written: shared parts once, record parts as they come."""

    def __init__(
        self, archive: zipfile.ZipFile, packed: PackedStream, properties: FileProperties
    ) -> None:
        self._archive, self._packed, self._properties = archive, packed, properties
        self._body: PackedStream | io.BytesIO = packed
        self._parts = RunParts(archive)
        self._numbering = Numbering()
        self._notes = JoinedNotes(self._numbering)
        self._lists: RecordLists | None = None
        self._looks: RunLooks | None = None
        self._of_lists: dict[Related, str] = {}  #: what the part of lists is related to
        self._relations: dict[Related, str] = {}  #: what the body is related to → its id
        self._shared: dict[str, str] = {}  #: part → what it is, the same in all records
        self._blank_pages: dict[str, Related] = {}
        self._moulds = Moulds()
        self._own_numbers: set[bytes] = set()  #: of records that were taken as they lay
        self.count = 0

    def add(self, file: KeptFile, is_last: bool) -> None:
        """Add one record."""
        package = RecordPackage.open(*file)
        with package.archive:
            if self.count and not is_last and self._cast(package):
                return
            root: Any = etree.fromstring(package.read(package.document))
            related = package.relations(package.document)
            if not self.count:
                self._begin(package, root, related)
            self.count += 1
            self._refuse_stranger(package, root)
            self._names = self._names_of(package)
            root = self._in_frame(root)
            touched = self._lists.touched if self._lists else 0
            self._add_record(package, root, related, is_last=is_last)
            has_lists = bool(self._lists and self._lists.touched > touched)
            if self.count > 1 and not is_last and self._moulds.are_wanted():
                trial = None if has_lists else self._try(package, related)
                self._moulds.learn(package, self._shared, trial)

    def _cast(self, package: RecordPackage) -> bool:
        """Add a record that is like one before in all but its own texts and pictures."""
        run = RunState(
            self._parts, self._numbering, self._relate, self.count + 1, self._document,
            self._shared, self._own_numbers,
        )  # fmt: skip
        made = self._moulds.cast(package, run)
        if made is None:
            return False
        self.count += 1
        if made.packed is not None:
            self._packed.copy(made.packed)
        self._body.write(made.rest)
        return True

    def _try(self, package: RecordPackage, related: dict[str, Related]) -> Trial | None:
        """Merge a record once more, with marks, and nothing of it is written."""
        pages = dict.fromkeys(one.target for one in related.values() if one.name in _PAGES)
        marked = mark_record(package, pages)
        if marked is None:
            return None
        trial = copy.copy(self)
        trial._parts = parts = TrialParts(self._parts)
        trial._numbering = numbering = trial_numbering()
        trial._notes, trial._lists = JoinedNotes(numbering), None
        trial._relations, trial._blank_pages = dict(self._relations), dict(self._blank_pages)
        trial._body, trial.count = io.BytesIO(), TRIAL_RECORD
        root = trial._in_frame(etree.fromstring(marked.read(marked.document)))
        trial._add_record(marked, root, related, is_last=False)
        new = tuple(one for one in trial._relations if one not in self._relations)
        return Trial(marked, parts, numbering, trial._body.getvalue(), new)

    def finish(self) -> None:
        """Write what is known only now: the body, the relations, the kinds of parts."""
        if not self.count:
            raise BatchError("没有可以合并的文书。")
        for part in self._notes.parts.values():
            self._write_joined(part)
        if self._looks is not None and self._looks.have_grown:
            self._held[self._styles_part] = self._looks.xml()
        if self._lists is not None and self._lists.has_changed:
            self._held[self._numbering_part] = self._lists.xml()
        if self._of_lists:
            told = ((number, one) for one, number in self._of_lists.items())
            self._parts.write_relations(self._numbering_part, told)
        if "endnotes" in self._notes.parts and self._settings_part in self._held:
            self._held[self._settings_part] = notes_at_section_end(self._held[self._settings_part])
        for name, data in self._held.items():
            self._parts.write(name, data)
        targets = ((number, one) for one, number in self._relations.items())
        self._parts.write_relations(self._document, targets)
        self._write_body()
        self._parts.write_kinds(self._types)

    def _begin(self, package: RecordPackage, root: Any, related: dict[str, Related]) -> None:
        """Copy what all records share, and hold what may change to the end."""
        self._document, self._root = package.document, _empty(root)
        self._frame = package.read(package.document)
        if _BODY.search(self._frame) is None:  # it is empty, or told under another name
            self._frame = _around(root)
        self._has_grown = False
        used = {one for _, _, one in relation_uses(root, related)}
        shared = [
            (number, one)
            for number, one in related.items()
            if one not in used and one.name in _SHARED
        ]
        self._relations = {one: number for number, one in shared}
        names = {one.name: one.target for _, one in shared}
        self._numbering_part = self._lists_of_first = names.get("numbering", "")
        self._settings_part = names.get("settings", "")
        self._styles_part = names.get("styles", "")
        self._begin_looks(package)
        self._kinds_of_pages = page_kinds(root)
        self._copy_shared(package, shared)
        self._name_lists_as_usual(package)

    def _name_lists_as_usual(self, package: RecordPackage) -> None:
        """What an annex brought under another name; readers look for lists by the usual one."""
        old, usual = self._numbering_part, self._usual_numbering
        if not old or old == usual or usual in package.names:
            return
        related = next(one for one in self._relations if one.target == old)
        self._relations[related._replace(target=usual)] = self._relations.pop(related)
        self._held[usual] = self._held.pop(old)
        self._parts.kinds[usual] = package.content_type(old)
        self._numbering_part = usual

    @property
    def _usual_numbering(self) -> str:
        return posixpath.join(posixpath.dirname(self._document), "numbering.xml")

    def _begin_looks(self, package: RecordPackage) -> None:
        """The form's styles and lists; where it has no lists, annexes may bring some."""
        if self._styles_part not in package.names:
            return
        parts = LookParts.of(package, self._styles_part, self._numbering_part)
        lists = parts.numbering or etree.tostring(new_numbering())
        self._lists = RecordLists(lists, parts.styles)
        self._looks = RunLooks(parts, self._lists)
        self._of_lists = {one: number for number, one in parts.relations.items()}

    def _copy_shared(self, package: RecordPackage, shared: list[tuple[str, Related]]) -> None:
        own, gone = make_room({name: package.read(name) for name in (TYPES, PACKAGE_RELATIONS)})
        self._types = own.pop(TYPES)
        own[CORE] = core_xml(self._properties)
        for name, data in own.items():
            self._parts.write(name, data)
        kept = (one.target for one in package.relations("").values() if not one.is_outside)
        roots = [*(one.target for _, one in shared if not one.is_outside), *kept]
        held = (self._numbering_part, self._settings_part, self._styles_part)
        self._held: dict[str, bytes] = {}
        for name in package.reachable(iter(roots), without={self._document}):
            if name in own or name in gone:
                continue
            self._shared[name] = posixpath.splitext(posixpath.basename(name))[0]
            if name in held:
                self._held[name] = package.read(name)
            else:
                self._parts.write(name, package.read(name))
            relations = relations_of(name)
            if relations in package.names and name != self._numbering_part:
                self._parts.write(relations, package.read(relations))

    def _refuse_stranger(self, package: RecordPackage, root: Any) -> None:
        """Let in only what was made of the same template."""
        if self.count == 1:
            grown = {
                self._styles_part,
                self._numbering_part,
                *(one.target for one in self._of_lists),
            }
            fixed = self._shared.keys() - (grown if self._looks is not None else set())
            self._checksums = {name: package.checksum(name) for name in sorted(fixed)}
            self._background = _background(root)
            return
        other = [name for name, crc in self._checksums.items() if package.checksum(name) != crc]
        if package.document != self._document:
            other.append(package.document)
        if _background(root) != self._background:
            other.append(_BACKGROUND)
        if other:
            self._refuse(other[0])

    def _growing(self) -> frozenset[str]:
        """Parts to which an annex may add."""
        pictures = (one.target for one in self._of_lists)
        return frozenset((self._styles_part, self._lists_of_first, *pictures))

    def _refuse(self, part: str) -> NoReturn:
        word = self._shared.get(part, _OTHERS.get(part, "正文")).rstrip("0123456789")
        where = f"第 {self.count} 份的{_PART_NAMES.get(word, word)}不同"
        raise BatchError(f"各份文书不是同一版本的模板（{where}），不能合并成一份。请分开打印。")

    def _names_of(self, package: RecordPackage) -> OwnNames:
        """What the record's annexes brought, as it is called in the run; nothing of the first's."""
        if self._looks is None or self.count == 1:
            return OwnNames()
        related = package.relations(package.document).values()
        numbering = next((one.target for one in related if one.name == "numbering"), "")
        parts = LookParts.of(package, self._styles_part, numbering)
        known: dict[str, str] = {}
        names = self._looks.names_of(
            parts, lambda one: self._relate_list(self._copied(package, one, known))
        )
        if names is None:
            self._refuse(self._styles_part)
        if self._lists and self._lists.has_changed and not self._numbering_part:
            self._take_numbering(package, numbering)
        return names

    def _take_numbering(self, package: RecordPackage, part: str) -> None:
        """The form has no lists, and the record brings the first."""
        self._numbering_part = usual = self._usual_numbering
        self._parts.kinds[usual] = package.content_type(part)
        self._relate(Related(f"{_OFFICE}/numbering", usual))

    def _relate_list(self, target: Related) -> str:
        """The id by which a list names its picture."""
        return self._of_lists.setdefault(target, f"rIdM{len(self._of_lists) + 1}")

    def _in_frame(self, root: Any) -> Any:
        """The record such that all prefixes in it mean in the run what they mean in it."""
        if not knows_spaces(self._root, root):
            self._root, self._has_grown = with_spaces(self._root, root), True
        if self._root.nsmap.items() >= root.nsmap.items():
            return root
        made, body = copy.deepcopy(self._root), root.find(f"{_W}body")
        held = etree.SubElement(made, f"{_W}body")
        for block in list(body):
            held.append(block)  # another's prefix is declared where it is used
        return made

    def _add_record(
        self, package: RecordPackage, root: Any, related: dict[str, Related], *, is_last: bool
    ) -> None:
        body = root.find(f"{_W}body")
        sections = sections_of(body)
        uses = relation_uses(body, related)
        pages = self._read_pages(package, uses)
        used = used_notes([body])
        notes = self._notes.numbers_for(related.values(), used)
        ids = RecordIds(self._numbering, self.count, notes)
        for part in (body, *pages.values()):
            self._names.settle(part)
            ids.learn_names(part)
        for part in (body, *pages.values()):
            ids.renumber(part)
            own_page_count(part, self.count, len(sections))
        if self._lists is not None and self.count > 1:
            self._lists.begin_again([body, *pages.values()])
        known: dict[str, str] = {}
        self._join_notes(package, related, ids, known)
        for element, name, one in uses:
            element.set(name, self._take(package, one, pages, known))
        keep_notes_with_record(sections, used)
        if self.count > 1:
            close_pages(sections[0], self._kinds_of_pages, self._blank_page)
        end_record(body, sections, self.count, self._numbering.next_mark(), is_last=is_last)
        match = _BODY.search(etree.tostring(root, encoding="UTF-8"))
        if self.count == 1:
            self._write_head(package, root, related, known)
        self._body.write(match[1] if match else b"")

    def _write_head(
        self, package: RecordPackage, root: Any, related: dict[str, Related], known: dict[str, str]
    ) -> None:
        """What stands before all records; what stands after them is kept for the end."""
        if self._background:
            self._frame = self._with_background(package, root, related, known)
        match = _BODY.search(self._frame)
        if match is None:
            raise BatchError("文书的正文读不出来，不能合并。")
        self._head = self._frame[: match.start(1)]
        self._body.write(self._head)
        self._tail = self._frame[match.end(1) :]

    def _with_background(
        self, package: RecordPackage, root: Any, related: dict[str, Related], known: dict[str, str]
    ) -> bytes:
        """What stands around the body: the colour or picture behind the pages, once for all."""
        for element, name, one in relation_uses(root.find(_BACKGROUND), related):
            element.set(name, self._relate(self._copied(package, one, known)))
        return _around(root)

    def _read_pages(
        self, package: RecordPackage, uses: Iterable[tuple[Any, str, Related]]
    ) -> dict[str, Any]:
        """The headers and footers the record's sections name."""
        found = (one.target for _, _, one in uses if one.name in _PAGES)
        return {name: etree.fromstring(package.read(name)) for name in dict.fromkeys(found)}

    def _join_notes(
        self,
        package: RecordPackage,
        related: dict[str, Related],
        ids: RecordIds,
        known: dict[str, str],
    ) -> None:
        for name in _JOINED:
            one = next((one for one in related.values() if one.name == name), None)
            if one is None or one.target not in package.names:
                continue
            if name in MORE_OF_COMMENTS:
                self._notes.add_more(package, one)
                continue
            copied = partial(self._copied, package, known=known)
            self._notes.add(package, one, ids, copied, self._names.settle)

    def _take(
        self,
        package: RecordPackage,
        related: Related,
        pages: dict[str, Any],
        known: dict[str, str],
    ) -> str:
        """The id of a record's header, footer, picture or other part in the whole."""
        page = pages.get(related.target)
        if page is None:
            return self._relate(self._copied(package, related, known))
        if related.target not in known:
            known[related.target] = self._write_page(package, related, page, known)
        return self._relate(related._replace(target=known[related.target]))

    def _write_page(
        self, package: RecordPackage, related: Related, page: Any, known: dict[str, str]
    ) -> str:
        inner = package.relations(related.target)
        name = self._parts.new_name(related.target)
        data = etree.tostring(page, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._parts.write(name, data, f"{_CONTENT}.{related.name}+xml")
        if inner:
            targets = ((key, self._copied(package, one, known)) for key, one in inner.items())
            self._parts.write_relations(name, targets)
        return name

    def _copied(self, package: RecordPackage, related: Related, known: dict[str, str]) -> Related:
        return copy_related(package, related, self._parts, known, self._relate)

    def _blank_page(self, kind: str) -> str:
        """The id of an empty header or footer: a record has none, and inherits none."""
        if kind not in self._blank_pages:
            short = {"header": "hdr", "footer": "ftr"}[kind]
            folder = posixpath.dirname(self._document)
            name = self._parts.new_name(posixpath.join(folder, f"{kind}.xml"))
            xml = f'<w:{short} xmlns:w="{_SPACE}"><w:p/></w:{short}>'.encode()
            self._parts.write(name, HEAD + xml, f"{_CONTENT}.{kind}+xml")
            self._blank_pages[kind] = Related(f"{_OFFICE}/{kind}", name)
        return self._relate(self._blank_pages[kind])

    def _relate(self, target: Related) -> str:
        if target not in self._relations:
            self._numbering.relation += 1
            self._relations[target] = f"rIdM{self._numbering.relation}"
        return self._relations[target]

    def _write_joined(self, part: JoinedPart) -> None:
        name = part.related.target
        data = etree.tostring(part.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._parts.write(name, data, part.content_type)
        if part.relations:
            targets = ((number, one) for one, number in part.relations.items())
            self._parts.write_relations(name, targets)
        self._relate(part.related)

    def _write_body(self) -> None:
        self._packed.write(self._tail)
        self._parts.mark(self._document)
        if not self._has_grown:
            self._packed.put(self._archive, member(self._document))
            return
        with tempfile.TemporaryFile(prefix="minzheng-merge-") as kept:
            packed = self._packed.with_head(len(self._head), self._grown_head(), kept)
            packed.put(self._archive, member(self._document))

    def _grown_head(self) -> bytes:
        """What stands before all records, with the prefixes that later ones declare."""
        root = with_spaces(etree.fromstring(self._head + self._tail), self._root)
        match = _BODY.search(_around(root))
        return _around(root)[: match.start(1)] if match else self._head
