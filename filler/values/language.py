"""The words specs are written in: each function is one where it is written.

`@derivation`, `@field_rule` and `@form_check` make a word of a function; the kinds of its
arguments are those of its signature, `*args` may be many, a default makes one optional.
"""

import functools
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType, ModuleType
from typing import Annotated, Any, Generic, Literal, NamedTuple, ParamSpec, TypeVar, get_args

from filler.form.forms import Field
from minzheng.county.registry.terms import Terms

P = ParamSpec("P")
R = TypeVar("R")
WordKind = Literal["derivation", "field_rule", "form_check"]
#: What every function is given before the arguments of the spec.
_GIVEN = {"derivation": 1, "field_rule": 2, "form_check": 1}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ARGUMENT = re.compile(r"\s*\"([^\"]*)\"\s*|([^,，]+)")
_FORM_ID = re.compile(r"[A-Z]{2,3}-\d\d[A-Z]?")
_COLUMN = re.compile(r"([a-z_]\w*)\.([a-z_]\w*)")


class NameClashError(ValueError):
    """Two words of one name: a spec could not say which it means."""


class Around(NamedTuple):
    """What an argument may speak of: fields, the table named before it, other words."""

    fields: Mapping[str, Field]
    terms: Terms
    table: Field | None = None
    words: Mapping[str, "SpecWord[..., Any]"] = MappingProxyType({})  #: for `derived`


@dataclass(frozen=True, slots=True)
class ArgumentKind:
    """What an argument must be; of one that is not, what is wrong with it, in Chinese."""

    name: str
    find_fault: Callable[[str, Around], str]


def is_number(text: str) -> bool:
    """Whether a text is a number as specs write it."""
    return _NUMBER.fullmatch(text) is not None


def _slug_fault(arg: str, around: Around) -> str:
    return "" if arg in around.fields else "不是本表字段"


def _rows_fault(arg: str, around: Around) -> str:
    is_table = arg in around.fields and around.fields[arg].type == "rows"
    return "" if is_table else "不是本表的表格字段"


def _column_fault(arg: str, around: Around) -> str:
    columns = around.table.columns if around.table else ()
    is_there = around.table is None or any(one.slug == arg for one in columns)
    return "" if is_there else "不是该表格的列"


def _number_fault(arg: str, around: Around) -> str:
    if arg in around.fields or is_number(arg) or around.terms.knows(arg):
        return ""
    return "既不是本表字段、数字，也不是 registry/terms.toml 中的名称"


def _term_fault(arg: str, around: Around) -> str:
    return "" if around.terms.knows(arg) else "不在 registry/terms.toml 中"


def _period_fault(arg: str, around: Around) -> str:
    return (
        "" if around.terms.is_period(arg) else "不是 registry/terms.toml 中以天、工作日或月计的期限"
    )


def _law_fault(arg: str, around: Around) -> str:
    is_id = re.fullmatch(r"[a-z][a-z0-9]*", arg)
    return "" if is_id else "不是 registry/laws.toml 中的 id"


def _count_fault(arg: str, around: Around) -> str:
    return "" if arg.isdecimal() else "不是整数"


def _form_fault(arg: str, around: Around) -> str:
    return "" if _FORM_ID.fullmatch(arg) else "不是表格编号"


def _answer_fault(arg: str, around: Around) -> str:
    form_id, _, slug = arg.partition("=")
    return "" if _FORM_ID.fullmatch(form_id) and slug else "应写成 DB-02=c_date"


def _no_fault(arg: str, around: Around) -> str:
    return ""


#: A field of the form; in a row, one of its columns, too.
Slug = Annotated[str, ArgumentKind("slug", _slug_fault)]
Rows = Annotated[str, ArgumentKind("rows", _rows_fault)]
#: A column of the table named before it.
Column = Annotated[str, ArgumentKind("column", _column_fault)]
#: A field, a number, or a name of registry/terms.toml.
Number = Annotated[str, ArgumentKind("number", _number_fault)]
Term = Annotated[str, ArgumentKind("term", _term_fault)]
#: A term of days, working days or months.
Period = Annotated[str, ArgumentKind("period", _period_fault)]
Count = Annotated[str, ArgumentKind("count", _count_fault)]
#: A regulation; whether there is one is seen when all forms are read.
LawId = Annotated[str, ArgumentKind("law", _law_fault)]
#: A form of the county; whether there is one is seen when all forms are read.
FormId = Annotated[str, ArgumentKind("form", _form_fault)]
#: An answer of such a form: `DB-02=c_date`.
FormAnswer = Annotated[str, ArgumentKind("form", _answer_fault)]
#: A field's text, or the word itself.
Word = Annotated[str, ArgumentKind("word", _no_fault)]
Text = Annotated[str, ArgumentKind("text", _no_fault)]


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a word."""

    kind: ArgumentKind
    is_optional: bool = False
    is_many: bool = False


@dataclass(frozen=True)
class SpecWord(Generic[P, R]):
    """A function that a spec may call by its name."""

    function: Callable[P, R]
    kind: WordKind
    arguments: tuple[Argument, ...]
    is_warning: bool = False

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """What the function gives."""
        return self.function(*args, **kwargs)

    @property
    def name(self) -> str:
        """What specs call it."""
        return self.function.__name__


def derivation(function: Callable[P, R]) -> SpecWord[P, R]:
    """Make a function a word for `derived`."""
    return _word(function, "derivation")


def field_rule(*, warning: bool = False) -> Callable[[Callable[P, R]], SpecWord[P, R]]:
    """Make a function a word for `rules`: it gets the field's value, too."""
    return functools.partial(_word, kind="field_rule", warning=warning)


def form_check(*, warning: bool = False) -> Callable[[Callable[P, R]], SpecWord[P, R]]:
    """Make a function a word for `checks`."""
    return functools.partial(_word, kind="form_check", warning=warning)


def words_of(kind: WordKind, modules: Iterable[ModuleType]) -> Mapping[str, SpecWord[..., Any]]:
    """The words of a kind that modules hold, by name.

    Raises:
        NameClashError: when two have one name.
    """
    found: dict[str, SpecWord[..., Any]] = {}
    for word in _words_in(modules):
        if word.kind == kind:
            _refuse_clash(word, found)
            found[word.name] = word
    return MappingProxyType(found)


def refuse_clashes(*vocabularies: Mapping[str, SpecWord[..., Any]]) -> None:
    """Names are unique over all kinds.

    Raises:
        NameClashError: when two words have one name.
    """
    found: dict[str, SpecWord[..., Any]] = {}
    for word in (word for words in vocabularies for word in words.values()):
        _refuse_clash(word, found)
        found[word.name] = word


def split_arguments(text: str) -> tuple[str, ...]:
    """The arguments of a call; `members.m_id` counts as two."""
    arguments: list[str] = []
    for quoted, bare in _ARGUMENT.findall(text):
        column = _COLUMN.fullmatch(bare.strip())
        arguments += [column[1], column[2]] if column else [quoted or bare.strip()]
    return tuple(one for one in arguments if one)


def find_argument_faults(
    name: str, given: tuple[str, ...], arguments: tuple[Argument, ...], around: Around
) -> Iterator[str]:
    """What is wrong with the arguments of a call, in Chinese."""
    least = sum(not (one.is_optional or one.is_many) for one in arguments)
    most = len(given) if arguments and arguments[-1].is_many else len(arguments)
    if not least <= len(given) <= most:
        wanted = f"{least} 个" if least == most else f"{least} 个以上"
        yield f"{name} 应有 {wanted}参数，读到 {len(given)} 个"
        return
    for index, text in enumerate(given):
        kind = arguments[min(index, len(arguments) - 1)].kind
        fault = kind.find_fault(text, around)
        if kind.name == "rows":
            around = around._replace(table=None if fault else around.fields[text])
        if fault:
            told = f"公式“{text}”：" if kind.name == "formula" else f"{name} 的参数“{text}”"
            yield told + fault


def _word(function: Callable[P, R], kind: WordKind, warning: bool = False) -> SpecWord[P, R]:
    return SpecWord(function, kind, tuple(_arguments(function, _GIVEN[kind])), warning)


def _arguments(function: Callable[..., Any], given: int) -> Iterator[Argument]:
    for parameter in list(inspect.signature(function).parameters.values())[given:]:
        kind = next(
            (one for one in get_args(parameter.annotation) if isinstance(one, ArgumentKind)), None
        )
        if kind is None:
            raise TypeError(f"{function.__qualname__}: {parameter.name} has no kind of argument")
        yield Argument(
            kind,
            is_optional=parameter.default is not parameter.empty,
            is_many=parameter.kind is parameter.VAR_POSITIONAL,
        )


def _words_in(modules: Iterable[ModuleType]) -> Iterator[SpecWord[..., Any]]:
    for module in modules:
        for word in vars(module).values():
            if isinstance(word, SpecWord) and word.function.__module__ == module.__name__:
                yield word


def _refuse_clash(word: SpecWord[..., Any], found: Mapping[str, SpecWord[..., Any]]) -> None:
    other = found.get(word.name)
    if other is not None:
        modules = f"{other.function.__module__}, {word.function.__module__}"
        raise NameClashError(f"{word.name}: {modules}")
