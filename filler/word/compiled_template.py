"""A Word template compiled once and rendered many times (docxtpl's template syntax).

docxtpl cleans the XML and Jinja compiles it once; rendering makes only the changed
parts anew. Nothing is lost silently: a tag that is no field and a field that stands nowhere fail
at compile time; a value that does not come out, or an output that is not well-formed, at
render time. A compiled template keeps nothing of what it rendered.
"""

import io
import re
import xml.parsers.expat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

import jinja2
from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from filler.errors import RenderError, TemplateError
from filler.word.annexes.annex_rooms import AnnexRooms, names_in
from filler.word.bindings import Bindings
from filler.word.checkboxes import Checkboxes, bind_checkboxes
from filler.word.hidden_values import find_hidden_values
from filler.word.joining.framed_body import (
    OWN_NUMBER,
    BodyFrame,
    give_own_numbers,
    own_number,
)
from filler.word.name_book import NameBook
from filler.word.photo_rooms import PhotoRooms, make_rooms
from filler.word.property_texts import code_of, has_own_bullets, properties_of
from filler.word.proving.fitted_grids import fit_grids, has_cell_tags
from filler.word.proving.mended_parts import mend, need_mending, repeats_notes
from filler.word.proving.sample_rows import repeat_sample_rows
from filler.word.proving.stray_tags import find_described_tags, find_stray_tags
from filler.word.proving.trial_prints import trial_contexts
from filler.word.render_limits import RenderLimits
from filler.word.tags.cell_tags import COLOUR, COUNT, SPAN, colour, make_room_for_cell_tags, span
from filler.word.tags.plain_tags import PlainTags, Printed, plain_tags
from filler.word.tags.rich_tags import RUNS, Runs
from filler.word.tags.value_filters import FILTERS, apply_filter
from filler.word.template_limits import find_package_problems, find_reaching_problems
from filler.word.template_mistakes import find_name_problems, place_name, read_trees
from filler.word.template_tags import (
    TagNames,
    printed_braces,
    prints_special_words,
    write_braces,
)
from filler.word.well_formed import is_always_well_formed
from filler.word.word_package import QUICK_LEVEL, QUICKEST, USUAL_LEVEL, WordPackage, Written
from filler.word.word_source import (
    PLACEHOLDER_CODE,
    drop_attached_template,
    is_tagged,
    open_word,
    read_sources,
)
from filler.word.word_texts import (
    label_of,
    mark_texts,
    name_in_row,
    on_one_line,
    refuse_unprintable,
    whole_text,
)
from minzheng.county.errors import Problem
from minzheng.external.files.file_properties import CORE, core_xml, make_room
from minzheng.external.qr_codes import QUICK, draw_numbered, draw_qr

Context = Mapping[str, Any]  #: texts by slug; a table of rows is a list of such mappings

_BODY = "word/document.xml"
_WORTH_KEEPING = 32  #: letters of a piece of the template
_FONT = re.compile(r'<w:rFonts[^>]*w:eastAsia="([^"]+)"')


class _Environment(SandboxedEnvironment):
    """A row's columns can be read, and nothing else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class Part(NamedTuple):
    """A part that is made anew for each document."""

    name: str
    source: str
    is_word: bool
    is_proved: bool  #: its output is well-formed whatever the values
    is_safe: bool  #: what is marked already need not be escaped again
    made_of: "MadeOf"


class MadeOf(NamedTuple):
    """What prints a part."""

    template: jinja2.Template
    plain: PlainTags | None  #: the same at once; None where it says more than names


class Found(NamedTuple):
    """What compiling found out about a template."""

    labels: Mapping[str, str]
    font: str
    qr_member: str
    fits_grids: bool
    needs_mending: bool


class CompiledTemplate:
    """A template ready to be rendered."""

    def __init__(
        self,
        docx: bytes,
        where: str,
        book: NameBook | None = None,
        required: Mapping[str, str] | None = None,
        *,
        limits: RenderLimits | None = None,
        bindings: Bindings | None = None,
        is_new: bool = True,
        is_fitted: bool = True,
        is_quick: bool = True,
        is_named: bool = True,
        is_once: bool = True,
        is_framed: bool = True,
        is_numbered: bool = True,
        is_by_parts: bool = True,
        is_kept: bool = False,
    ) -> None:
        """Compile.

        Args:
            docx: the template.
            where: its name, for messages.
            book: names and labels a tag may use, columns as `members.m_age`; none: any name.
            required: names that must be printed, and how a clerk calls them.
            limits: what one rendering may take.
            bindings: photos that may stand in it, choices its controls may show.
            is_new: not that of a document issued before this was mended, which comes out as it did.
            is_fitted: nor of one issued before tables were fitted and `{_{` printed braces.
            is_quick: nor of one issued before what changes was packed quickly.
            is_named: nor of one issued before parts were called as Word calls them.
            is_once: nor of one issued before every kind of id was told apart.
            is_framed: nor of one issued before bodies were packed for print runs.
            is_numbered: nor of one issued before codes were drawn by their numbers.
            is_by_parts: nor of one issued before its parts were promised, not its bytes.
            is_kept: it was kept with an issued document, which comes out again whatever is found.

        Raises:
            TemplateError: with every mistake in the template.
        """
        self.source = docx
        self._limits = limits or RenderLimits()
        self._frame: BodyFrame | None = None
        self._is_new, self._is_fitted, self._is_quick = is_new, is_fitted, is_quick
        self._is_once, self._is_framed, self._is_numbered = is_once, is_framed, is_numbered
        self._is_by_parts = is_by_parts
        refused = find_package_problems(docx, where)
        refused += find_stray_tags(docx, where) if is_new and not refused else ()
        refused += () if is_kept or refused else find_unsafe(docx, where)
        if refused:
            raise TemplateError(refused)
        word = open_word(docx, where, is_named=is_named)
        drop_attached_template(word)
        repeat_sample_rows(word.docx.element.body)
        make_room_for_cell_tags(word.docx.element.body)
        bound = bindings or Bindings(annexes=names_in(word.docx.element.body))
        self.photos = make_rooms(word, bound.photos, bound.row_photos)
        self.annexes = AnnexRooms(bound.annexes)
        self.boxes = bind_checkboxes(word.docx.element.body, bound.choices)
        self._fits_grids = is_fitted and has_cell_tags(word.docx.element.body)
        runs: list[Runs] = []
        sources = read_sources(word, bound.rich, runs, is_new=is_new, is_fitted=is_fitted)
        self.runs = runs
        self._filters = _filters(runs)
        self.names = TagNames()
        book = book or NameBook(frozenset(), {})
        trees, problems = read_trees(
            where, sources, _new_environment(self._filters), book, self.names, is_new=is_new
        )
        problems += self.annexes.find_faults(word.docx.element.body, trees, where)
        for tree in trees.values() if is_fitted else ():
            write_braces(tree)
        problems += [Problem(where, fault.what, fault.do) for fault in self.boxes.faults]
        self.names.used -= self.boxes.bound.keys()
        self.names.printed |= {f"{slug}_boxes" for slug in self.boxes.whole} & book.known
        problems += find_name_problems(where, self.names, book, required or {})
        if problems:
            raise TemplateError(problems)
        self._labels: Mapping[str, str] = {**_labels_by_name(book), **(required or {})}
        self._compile(word, sources, trees)
        self._try_out(where, bound.rich)

    @classmethod
    def again(
        cls,
        docx: bytes,
        found: Found,
        parts: Iterable[Sequence[Any]],
        packages: tuple[WordPackage, WordPackage],
        *,
        names: TagNames,
        photos: PhotoRooms,
        annexes: AnnexRooms,
        boxes: Checkboxes,
    ) -> "CompiledTemplate":
        """A template of now, of what was found out about it; `parts` without what renders them."""
        made = cls.__new__(cls)
        made.source, made._limits, made.runs, made._frame = docx, RenderLimits(), [], None
        made._is_new = made._is_fitted = made._is_quick = made._is_once = made._is_framed = True
        made._is_numbered = made._is_by_parts = True
        made.names, made.photos, made.annexes, made.boxes = names, photos, annexes, boxes
        made._filters = _filters(made.runs)
        made._labels, made.main_font, made._qr_member = found.labels, found.font, found.qr_member
        made._fits_grids, made._needs_mending = found.fits_grids, found.needs_mending
        made._package, made._told = packages
        made._take_parts(made._part_again(*one) for one in parts)
        return made

    @property
    def is_of_now(self) -> bool:
        """Whether it is no template of a document issued before."""
        flags = self._is_new, self._is_fitted, self._is_quick, self._is_once, self._is_framed
        return all((*flags, self._is_numbered, self._is_by_parts))

    @property
    def found(self) -> Found:
        """What was found out about it."""
        flags = self._fits_grids, self._needs_mending
        return Found(self._labels, self.main_font, self._qr_member, *flags)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that change."""
        return self._parts

    @property
    def packages(self) -> tuple[WordPackage, WordPackage]:
        """What never changes: as the template tells of itself, and as documents do."""
        return self._package, self._told

    def render(
        self,
        context: Context,
        qr: str = "",
        photos: Mapping[str, bytes] | None = None,
        *,
        whole: str | None = None,
    ) -> bytes:
        """The Word file, as `write` makes it."""
        return self.write(context, qr, photos, whole=whole).docx

    def write(
        self,
        context: Context,
        qr: str = "",
        photos: Mapping[str, bytes] | None = None,
        *,
        whole: str | None = None,
    ) -> Written:
        """The Word file, and what its parts are known by.

        `photos` holds photos and annexes that the context names, by hash.
        What the context says of the file itself takes the place of the template's properties.
        `whole` are its texts put together, where they are known.

        Raises:
            RenderError: when a value did not come out or the output is damaged.
        """
        marked, members, pieces = self._fill(context, whole)
        if self._needs_mending:
            found = {name: members[name] for name in self._word_names if name in members}
            members |= mend(found, is_once=self._is_once)
        if self._fits_grids:
            members[_BODY] = fit_grids(members[_BODY])
        if not self._all_stand(marked, pieces):
            _refuse_lost(self._printed_values(marked), frozenset(pieces), self._labels)
        told = properties_of(context)
        package = self._package if told is None else self._told
        members |= self.photos.members(context, photos or {}, package.contents)
        contents = {**package.contents, **members}
        told_apart = has_own_bullets(context)
        members |= self.annexes.members(context, photos or {}, contents, told_apart=told_apart)
        if self._qr_member:
            members[self._qr_member] = self._draw(qr)
        packed = {} if photos else self._framed(members)
        return package.write(members, {CORE: core_xml(told)} if told else {}, packed)

    def _draw(self, qr: str) -> bytes:
        """The code, as it was drawn when the document was issued."""
        if self._is_numbered:
            return draw_numbered(qr)
        return draw_qr(qr, QUICK) if self._is_framed else draw_qr(qr)

    def _framed(self, members: Mapping[str, bytes]) -> dict[str, bytes]:
        """The body, packed such that print runs take it as it lies; nothing where none may."""
        if self._frame is None or self._needs_mending or self._fits_grids:
            return {}
        packed = self._frame.packed(members[_BODY], self._package.level)
        return {_BODY: packed} if packed else {}

    def _fill(
        self, context: Context, whole: str | None = None
    ) -> tuple[Context, dict[str, bytes], list[str]]:
        """The values as printed, the changed parts, and all their pieces."""
        whole = whole_text(context) if whole is None else whole
        refuse_unprintable(context, self._labels, whole)
        self._limits.refuse_too_many_rows(context, self.names.looped, self.names.nested)
        marked = mark_texts(context, whole)
        self.photos.draw(marked, context)
        self.annexes.draw(marked, context)
        marked |= self.boxes.states(context)
        if self._frame is not None:
            marked[OWN_NUMBER] = own_number(code_of(context))
        plain = context if self._all_word else on_one_line(context)
        members: dict[str, bytes] = {}
        pieces: list[str] = []
        for part in self._parts:
            data, texts = self._print(part, marked if part.is_word else plain)
            if not self._stand_anyway:
                pieces += texts
            if not part.is_proved:
                _refuse_damaged(part.name, data)
            members[part.name] = data
        return marked, members, pieces

    def _print(self, part: Part, context: Context) -> Printed:
        plain = part.made_of.plain
        printed = plain.print(context) if plain else None
        if printed is not None and len(printed.data) <= self._limits.characters:
            return printed
        made = self._run(part, context)
        constant = self._constant.get
        return Printed(b"".join([constant(piece) or piece.encode() for piece in made]), made)

    def _run(self, part: Part, context: Context) -> list[str]:
        template = part.made_of.template
        pieces = template.root_render_func(template.new_context(dict(context)))
        try:
            return self._limits.collect(pieces, place_name(part.name))
        except (jinja2.TemplateError, TypeError, ArithmeticError) as error:
            place = place_name(part.name)
            raise RenderError(f"{place}中的标签无法填写：{error}") from error

    def _compile(
        self, word: Any, sources: Mapping[str, str], trees: Mapping[str, nodes.Template]
    ) -> None:
        parts, constant = [], {}
        for name, source in sources.items():
            if is_tagged(source, is_new=self._is_new):
                is_word = name != CORE
                is_proved = is_word and is_always_well_formed(trees[name])
                is_safe = is_word and not prints_special_words(trees[name])
                made_of = self._made_of(name, source, trees[name], is_safe)
                parts.append(Part(name, source, is_word, is_proved, is_safe, made_of))
            else:
                constant[name] = (printed_braces(source) if self._is_fitted else source).encode()
        buffer = io.BytesIO()
        word.docx.save(buffer)
        fonts = Counter(font for source in sources.values() for font in _FONT.findall(source))
        self.main_font = fonts.most_common(1)[0][0] if fonts else ""
        self._package = WordPackage(buffer.getvalue(), constant, self._level)
        self._told = self._package.altered(*make_room(self._package.contents))
        self._qr_member = self._package.find_member(draw_qr(PLACEHOLDER_CODE))
        self._needs_mending = False  #: the trial tells
        self._take_parts(parts)

    @property
    def _level(self) -> int:
        """How what changes with each document is packed."""
        if self._is_quick and self._is_by_parts:
            return QUICKEST
        return QUICK_LEVEL if self._is_quick else USUAL_LEVEL

    def _part_again(
        self, name: str, source: str, is_word: bool, is_proved: bool, is_safe: bool
    ) -> Part:
        tree = _new_environment(self._filters).parse(source)
        write_braces(tree)
        made_of = self._made_of(name, source, tree, is_safe)
        return Part(name, source, is_word, is_proved, is_safe, made_of)

    def _made_of(self, name: str, source: str, tree: nodes.Template, is_safe: bool) -> MadeOf:
        if name == _BODY and self._is_framed and not self.runs and not self.annexes.labels:
            self._frame = BodyFrame.of(source)
        if name == _BODY and self._frame is not None:
            give_own_numbers(tree)
        plain = plain_tags(tree) if is_safe else None
        return MadeOf(_new_environment(self._filters, escapes=not is_safe).from_string(tree), plain)

    def _take_parts(self, parts: Iterable[Part]) -> None:
        """The parts that change, and what follows from them and from the names."""
        self._parts = tuple(parts)
        self._word_names = tuple(part.name for part in self._parts if part.is_word)
        self._doubtful = tuple(one.name for one in self._parts if one.is_word and not one.is_proved)
        self._constant: dict[str, bytes] = {}  #: the template's own pieces, as bytes; it as well
        self._all_word = all(part.is_word for part in self._parts)
        in_text = tuple(sorted(self.names.plain))
        self._single = tuple(name for name in in_text if "." not in name)
        self._columns = tuple(name.split(".", 1) for name in in_text if "." in name)
        self._filtered = tuple(sorted(self.names.filtered))
        plain = (part.made_of.plain for part in self._parts)
        named = frozenset[str]().union(*(one.names for one in plain if one))
        self._stand_anyway = not self._filtered and self.names.plain <= named
        #: What may not have come out, as it stands in a part that is printed in some cases.
        self._doubted = tuple(name for name in self._single if name not in named)
        columns = ((table, one) for table, one in self._columns if f"{table}.{one}" not in named)
        self._doubted_columns = tuple(columns)

    def _try_out(self, where: str, rich: Iterable[str]) -> None:
        """Print with trial values: what a loop cuts comes out damaged, what it repeats twice."""
        trials = trial_contexts(
            self.names.used,
            self.names.words,
            self.photos.names,
            rich,
            self._limits.rows,
            annexes=self.annexes.labels,
        )
        hidden: set[str] = set()
        for trial in trials if self._is_new else islice(trials, 1):
            made = self._try_print(where, trial)
            parts = [made[name] for name in self._word_names]
            hidden |= find_hidden_values(made[name] for name in self._doubtful)
            if displaced := list(self.annexes.find_displaced(made, where)):
                raise TemplateError(displaced)
            if self._is_new and repeats_notes(parts):
                what = "脚注、尾注写在循环里，各行只能共用一条"
                raise TemplateError([Problem(where, what, "把脚注移到循环外，或写成普通文字")])
            self._needs_mending |= self._is_new and need_mending(parts, is_once=self._is_once)
        if hidden:
            what = f"标签 {'、'.join(sorted(hidden))} 写在看不见的地方"
            raise TemplateError([Problem(where, what, "写在普通文字里，只用 {{字段}}")])

    def _try_print(self, where: str, trial: Context) -> dict[str, bytes]:
        try:
            _, made, pieces = self._fill(trial)
            self._constant |= {
                one: one.encode() for one in pieces if len(one) > _WORTH_KEEPING and "<" in one
            }
            for name in made if self.photos.names else ():
                _refuse_damaged(name, made[name])
        except RenderError as error:
            what = f"试印失败（{error}）"
            problem = Problem(where, what, "检查循环标签是否各占一行（{%tr for %}）")
            raise TemplateError([problem]) from error
        return made

    def _all_stand(self, marked: Context, pieces: Sequence[str]) -> bool:
        """Whether all values came out: says quickly that they did, where no filter writes any."""
        if self._stand_anyway:
            return True
        if self._filtered:
            return False
        values = {marked.get(name, "") for name in self._doubted}
        for table, column in self._doubted_columns:
            values.update([row.get(column, "") for row in marked.get(table, ())])
        return values <= {""} or values <= {"", *pieces}

    def _printed_values(self, marked: Context) -> Iterator[tuple[str, str]]:
        for name in self._single:
            yield name, marked.get(name, "")
        for table, column in self._columns:
            for number, row in enumerate(marked.get(table, ()), 1):
                yield name_in_row(table, column, number), row.get(column, "")
        for name, used in self._filtered:
            table, found, column = name.partition(".")
            written = self._filters[used]
            if not found:
                yield name, written(marked.get(name, ""))
            for number, row in enumerate(marked.get(table, ()) if found else (), 1):
                yield name_in_row(table, column, number), written(row.get(column, ""))


def find_unsafe(docx: bytes, where: str) -> Iterator[Problem]:
    """What a template that is put in place may not hold, of a file that was let in."""
    yield from find_reaching_problems(docx, where)
    yield from find_described_tags(docx, where)


def _filters(runs: Sequence[Runs]) -> Mapping[str, Callable[[str], str]]:
    """What a template's values may go through: ours by name, runs by number."""
    own = {name: partial(apply_filter, name) for name in FILTERS}
    return own | {f"{RUNS}{number}": make for number, make in enumerate(runs)}


def _labels_by_name(book: NameBook) -> dict[str, str]:
    return {names[0]: label for label, names in book.labels.items() if len(names) == 1}


def _new_environment(
    filters: Mapping[str, Callable[[str], str]], *, escapes: bool = True
) -> _Environment:
    """What compiles; texts that are marked already need not be escaped again."""
    environment = _Environment(autoescape=escapes, undefined=jinja2.StrictUndefined)
    environment.keep_trailing_newline = True
    environment.globals.clear()
    environment.filters.clear()
    environment.filters |= {**filters, COLOUR: colour, SPAN: span, COUNT: len}
    return environment


def _refuse_damaged(name: str, data: bytes) -> None:
    try:
        xml.parsers.expat.ParserCreate().Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        raise RenderError(f"{place_name(name)}生成的内容不完整") from error


def _refuse_lost(
    values: Iterable[tuple[str, str]], pieces: Collection[str], labels: Mapping[str, str]
) -> None:
    lost = [label_of(name, labels) for name, value in values if value and value not in pieces]
    if lost:
        raise RenderError(f"有 {len(lost)} 项内容没有印出：{'、'.join(lost)}")
