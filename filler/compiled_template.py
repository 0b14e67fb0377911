"""A Word template compiled once and rendered many times (docxtpl's template syntax).

docxtpl cleans the XML and Jinja compiles it once; rendering makes only the changed
parts anew. Nothing is lost silently: a tag that is no field and a field that stands
nowhere fail at compile time; a value that does not come out, or an output that is not
well-formed, fails at render time. A compiled template keeps nothing of what it rendered.
"""

import io
import re
import xml.parsers.expat
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from county.errors import Problem
from external.qr_codes import draw_qr
from filler.errors import RenderError, TemplateError
from filler.page_texts import ways_to_print
from filler.printable import refuse_unprintable
from filler.render_limits import RenderLimits
from filler.template_limits import find_package_problems
from filler.template_tags import TagNames, find_unclear_tags
from filler.well_formed import is_always_well_formed
from filler.word_package import WordPackage
from filler.word_source import CORE, PLACEHOLDER_CODE, TAGGED, open_word, read_sources

Context = Mapping[str, Any]  #: texts by slug; a table of rows is a list of such mappings

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


class _Environment(SandboxedEnvironment):
    """A row's columns can be read, and nothing else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class _Part(NamedTuple):
    name: str
    template: jinja2.Template
    is_word: bool
    is_proved: bool  #: its output is well-formed whatever the values


class CompiledTemplate:
    """A template ready to be rendered."""

    def __init__(
        self,
        docx: bytes,
        where: str,
        known: Iterable[str] = (),
        required: Mapping[str, str] | None = None,
        limits: RenderLimits | None = None,
    ) -> None:
        """Compile.

        Args:
            docx: the template.
            where: its name, for messages.
            known: names a tag may use, columns as `members.m_age`; none given: any name.
            required: names that must be printed, and how a clerk calls them.
            limits: what one rendering may take.

        Raises:
            TemplateError: with every mistake in the template.
        """
        self._limits = limits or RenderLimits()
        refused = find_package_problems(docx, where)
        if refused:
            raise TemplateError(refused)
        word = open_word(docx, where)
        sources = read_sources(word)
        self.names = TagNames()
        problems = list(self._find_problems(where, sources, frozenset(known)))
        problems += self._find_missing(where, required or {})
        if problems:
            raise TemplateError(problems)
        self._compile(word, sources)
        self._try_out(where)

    def render(self, context: Context, qr: str = "") -> bytes:
        """The Word file.

        Raises:
            RenderError: when a value did not come out or the output is damaged.
        """
        refuse_unprintable(context)
        self._limits.refuse_too_many_rows(context, self.names.looped, self.names.nested)
        marked = _marked(context)
        plain = context if self._all_word else _on_one_line(context)
        members: dict[str, bytes] = {}
        pieces: set[str] = set()
        for part in self._parts:
            made = self._run(part, marked if part.is_word else plain)
            pieces.update(made)
            data = "".join(made).encode()
            if not part.is_proved:
                _refuse_damaged(part.name, data)
            members[part.name] = data
        _refuse_lost(self._printed_values(marked), pieces)
        if self._qr_member:
            members[self._qr_member] = draw_qr(qr)
        return self._package.write(members)

    def _run(self, part: _Part, context: Context) -> list[str]:
        template = part.template
        pieces = template.root_render_func(template.new_context(dict(context)))
        try:
            return self._limits.collect(pieces, _place_name(part.name))
        except jinja2.TemplateError as error:
            place = _place_name(part.name)
            raise RenderError(f"{place}中的标签无法填写：{error.message}") from error

    def _find_problems(
        self, where: str, sources: Mapping[str, str], known: frozenset[str]
    ) -> Iterator[Problem]:
        environment = _new_environment()
        for name, source in sources.items():
            place = f"{where} {_place_name(name)}"
            yield from find_unclear_tags(place, source)
            try:
                self.names.add(environment.parse(source), {})
            except jinja2.TemplateSyntaxError as error:
                yield Problem(
                    place,
                    f"标签写法有误（{error.message}）",
                    "检查 {% for %}、{% if %} 是否成对、完整",
                )
        for kind in sorted(self.names.forbidden):
            yield Problem(where, f"标签中用了不允许的写法（{kind}）", "标签只写字段、for、if")
        for name in sorted(self.names.used - known) if known else ():
            yield Problem(where, f"“{name}”不是本表字段", "改正标签，或在说明文件中增加字段", name)

    def _find_missing(self, where: str, required: Mapping[str, str]) -> Iterator[Problem]:
        for name, label in required.items():
            if not any(way <= self.names.printed for way in ways_to_print(name)):
                yield Problem(where, f"没有地方印“{label}”", f"在模板中加上 {{{{{name}}}}}", name)

    def _compile(self, word: Any, sources: Mapping[str, str]) -> None:
        environment = _new_environment()
        parts, constant = [], {}
        for name, source in sources.items():
            if TAGGED.search(source):
                is_word = name != CORE
                is_proved = is_word and is_always_well_formed(environment.parse(source))
                template = environment.from_string(source)
                parts.append(_Part(name, template, is_word, is_proved))
            else:
                constant[name] = source.encode()
        buffer = io.BytesIO()
        word.docx.save(buffer)
        self._package = WordPackage(buffer.getvalue(), constant)
        self._parts = tuple(parts)
        self._all_word = all(part.is_word for part in parts)
        self._qr_member = self._package.find_member(draw_qr(PLACEHOLDER_CODE))
        self._single = tuple(name for name in self.names.printed if "." not in name)
        self._columns = tuple(
            tuple(name.split(".", 1)) for name in self.names.printed if "." in name
        )

    def _try_out(self, where: str) -> None:
        """Render once with two rows: a loop that cuts cells comes out damaged."""
        tables = {name.split(".")[0] for name in self.names.used if "." in name}
        row = {name.split(".", 1)[1]: "试" for name in self.names.used if "." in name}
        context = {name: "试" for name in self.names.used if "." not in name}
        try:
            self.render({**context, **{table: [row, row] for table in tables}}, PLACEHOLDER_CODE)
        except RenderError as error:
            problem = Problem(
                where, f"试印失败（{error}）", "检查循环标签是否各占一行（{%tr for %}）"
            )
            raise TemplateError([problem]) from error

    def _printed_values(self, marked: Context) -> Iterator[tuple[str, str]]:
        for name in self._single:
            yield name, marked.get(name, "")
        for table, column in self._columns:
            for number, row in enumerate(marked.get(table, ()), 1):
                yield f"{table} 第{number}行 {column}", row.get(column, "")


def _new_environment() -> _Environment:
    environment = _Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.keep_trailing_newline = True
    environment.globals.clear()
    environment.filters.clear()
    return environment


def _place_name(name: str) -> str:
    for part, words in (("document", "正文"), ("header", "页眉"), ("footer", "页脚")):
        if part in name:
            return words
    return "文档属性" if name == CORE else "脚注"


def _marked(context: Context) -> dict[str, Any]:
    return {
        name: [_marked(row) for row in value] if isinstance(value, list) else _mark(value)
        for name, value in context.items()
    }


def _mark(text: str) -> Markup:
    safe = escape(text)
    if "\r" in safe:
        safe = Markup("\n".join(re.split("\r\n?", safe)))
    if "\n" in safe or "\t" in safe:
        return Markup(str(safe).replace("\n", _BREAK).replace("\t", _TAB))
    return safe


def _on_one_line(context: Context) -> dict[str, Any]:
    return {
        name: value if isinstance(value, list) else " ".join(value.split())
        for name, value in context.items()
    }


def _refuse_damaged(name: str, data: bytes) -> None:
    try:
        xml.parsers.expat.ParserCreate().Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        raise RenderError(f"{_place_name(name)}生成的内容不完整：{error}") from error


def _refuse_lost(values: Iterable[tuple[str, str]], pieces: set[str]) -> None:
    lost = [name for name, value in values if value and value not in pieces]
    if lost:
        raise RenderError(f"有 {len(lost)} 项内容没有印出：{'、'.join(lost)}")
