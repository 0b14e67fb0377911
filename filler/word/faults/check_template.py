"""★ Everything that is wrong with a Word template, all at once, each where it stands."""

import copy
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from filler.errors import TemplateError
from filler.form.forms import FormSpec
from filler.word.bindings import bindings_of
from filler.word.checkboxes import bind_checkboxes
from filler.word.compiled_template import CompiledTemplate, find_unsafe
from filler.word.faults.check_fonts import find_font_faults
from filler.word.faults.check_loops import find_loop_faults, find_lost_branches
from filler.word.faults.check_room import find_room_faults
from filler.word.faults.check_tags import find_block_faults, find_name_faults, find_written_faults
from filler.word.faults.marked_copy import mark_faults
from filler.word.faults.tag_blocks import find_tags, pair_blocks
from filler.word.faults.template_text import Fault, PlacedText, read_template_text
from filler.word.name_book import NameBook, name_book
from filler.word.page_texts import required_names, ways_to_print
from filler.word.part_names import use_usual_names
from filler.word.proving.sample_rows import sample_loops
from filler.word.proving.stray_tags import find_stray_tags
from filler.word.template_limits import BROKEN_FILE, find_package_problems
from filler.word.template_tags import TagNames
from filler.word.word_source import find_attached_template
from minzheng.county.errors import Problem

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class CheckedTemplate:
    """What was found, and a copy with the faults marked by comments."""

    problems: tuple[Problem, ...]
    marked: bytes = b""  #: empty when the file could not be opened
    notes: tuple[str, ...] = ()  #: what is no fault but will be otherwise in the documents


def check_template(data: bytes, where: str, spec: FormSpec | None = None) -> CheckedTemplate:
    """Check a template, against a form's spec when one is given."""
    refused = find_package_problems(data, where) or [
        *find_stray_tags(data, where),
        *find_unsafe(data, where),
    ]
    if refused:
        return CheckedTemplate(tuple(refused))
    try:
        document = docx.Document(io.BytesIO(data))
        use_usual_names(document)
    except (*BROKEN_FILE, KeyError, PackageNotFoundError):
        what, do = "不是完好的 .docx 文件", "用 Word 或 WPS 另存为 .docx 后再放入"
        return CheckedTemplate((Problem(where, what, do),))
    faults = list(_find_faults(document, spec)) or list(_compile_faults(data, where, spec))
    problems = tuple(fault.problem() for fault in faults)
    fonts = list(find_font_faults(read_template_text(document), document))
    notes = (*_notes(document), *_font_notes(fonts))
    return CheckedTemplate(problems, mark_faults(document, [*faults, *fonts], where), notes)


def _notes(document: Any) -> tuple[str, ...]:
    attached = find_attached_template(document.part.package)
    return (f"所附模板“{attached}”不会带进文书",) if attached else ()


def _font_notes(fonts: Sequence[Fault]) -> Iterator[str]:
    """It is filled all the same; on another computer it may look otherwise."""
    if fonts:
        named = "、".join(f"{one.where}{one.what}" for one in fonts[:_SHOWN])
        more = f"等 {len(fonts)} 处" if len(fonts) > _SHOWN else ""
        yield f"{named}{more}，各台电脑印出来不一样；{fonts[0].do}"


def _find_faults(document: Any, spec: FormSpec | None) -> Iterator[Fault]:
    texts = read_template_text(document)
    names = TagNames()
    book = name_book(spec) if spec else None
    for _, group in groupby(texts, key=lambda text: text.part):
        yield from _part_faults(tuple(group), book, names)
    yield from _box_faults(document, texts, spec, names)
    yield from _missing_faults(names, spec)
    yield from find_room_faults(texts, spec)


def _part_faults(
    texts: tuple[PlacedText, ...], book: NameBook | None, names: TagNames
) -> Iterator[Fault]:
    for text in texts:
        yield from find_written_faults(text)
        yield from find_lost_branches(text)
    tags = [tag for text in texts for tag in find_tags(text)]
    blocks = pair_blocks(tags)
    yield from find_block_faults(blocks)
    yield from find_loop_faults(blocks)
    for tag in tags:
        loops = blocks.loops_at[tag]
        if tag.text.row is not None:
            loops = sample_loops(tag.written, loops)
        yield from find_name_faults(tag, loops, book, names)


def _box_faults(
    document: Any, texts: tuple[PlacedText, ...], spec: FormSpec | None, names: TagNames
) -> Iterator[Fault]:
    """Checkbox controls that are bound to nothing, or to some of the choices only."""
    if spec is None:
        return
    body = copy.deepcopy(document.element.body)
    boxes = bind_checkboxes(body, bindings_of(spec).choices)
    names.printed |= {f"{slug}_boxes" for slug in boxes.whole}
    controls = list(body.iter(qn("w:sdt")))
    own = list(document.element.body.iter(qn("w:sdt")))
    for fault in boxes.faults:
        at = own[controls.index(fault.element)] if fault.element is not None else None
        yield Fault(fault.what, fault.do, _text_of(at, texts))


def _text_of(control: Any, texts: tuple[PlacedText, ...]) -> PlacedText | None:
    """The paragraph a control stands in, or the first that stands in it."""
    if control is None:
        return None
    around = {*control.iterancestors(qn("w:p")), *control.iter(qn("w:p"))}
    return next((text for text in texts if text.paragraph in around), None)


def _missing_faults(names: TagNames, spec: FormSpec | None) -> Iterator[Fault]:
    for name, label in required_names(spec).items() if spec else ():
        if not any(way <= names.printed for way in ways_to_print(name)):
            yield Fault(f"没有地方印“{label}”", f"在模板中加上 {{{{{name}}}}}")


def _compile_faults(data: bytes, where: str, spec: FormSpec | None) -> Iterator[Fault]:
    """What only rendering shows."""
    book, required = (name_book(spec), required_names(spec)) if spec else (None, None)
    try:
        CompiledTemplate(data, where, book, required, bindings=bindings_of(spec) if spec else None)
    except TemplateError as error:
        for problem in error.problems:
            yield Fault(problem.what, problem.do)
