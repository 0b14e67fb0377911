"""Words of specs: registered where they are written, their arguments told by signatures."""

from types import ModuleType

import pytest

from filler.form.forms import Field
from filler.values import language
from filler.values.language import (
    Argument,
    Around,
    Column,
    Count,
    NameClashError,
    Number,
    Rows,
    Slug,
    Term,
    Text,
    Word,
    derivation,
    field_rule,
    find_argument_faults,
    form_check,
    refuse_clashes,
    words_of,
)
from minzheng.county.registry.terms import load_terms

KEYS = Field("keys", "钥匙", "rows", columns=(Field("key_no", "编号", "text"),))
AROUND = Around({"count": Field("count", "把数", "int"), "keys": KEYS}, load_terms(), KEYS)


def module(name: str, *words) -> ModuleType:
    """A module in which these words were written."""
    made = ModuleType(name)
    for word in words:
        word.function.__module__ = name
        setattr(made, word.name, word)
    return made


def test_arguments_are_those_of_the_signature():
    """`*args` may be many, a default makes one optional; what every word is given is none."""

    @field_rule(warning=True)
    def a_rule(scope, value, rows: Rows, column: Column = "", *words: Text) -> None: ...

    kinds = [(one.kind.name, one.is_optional, one.is_many) for one in a_rule.arguments]
    assert kinds == [("rows", False, False), ("column", True, False), ("text", False, True)]
    assert (a_rule.name, a_rule.kind, a_rule.is_warning) == ("a_rule", "field_rule", True)


def test_a_word_can_be_called_like_its_function():
    """Words use one another."""

    @derivation
    def twice(scope, slug: Slug) -> str:
        return slug + slug

    assert twice(None, "ab") == "abab" == twice.function(None, "ab")


def test_an_argument_without_a_kind_is_refused_at_once():
    """Where it is written, not when a spec uses it."""
    with pytest.raises(TypeError, match="slug has no kind"):

        @derivation
        def half(scope, slug: str) -> None: ...


def test_words_are_found_in_the_module_that_wrote_them():
    """By kind; what is only imported belongs to the other one."""

    @derivation
    def one(scope) -> None: ...

    @form_check()
    def two(scope) -> None: ...

    writer = module("writer", one, two)
    reader = ModuleType("reader")
    reader.one = one
    assert set(words_of("derivation", [writer, reader])) == {"one"}
    assert set(words_of("form_check", [writer, reader])) == {"two"}


def test_no_two_words_have_one_name():
    """Neither in one kind nor over all of them."""

    @derivation
    def same(scope) -> None: ...

    first = module("first", same)

    @derivation
    def same(scope) -> None: ...

    second = module("second", same)

    @form_check()
    def same(scope) -> None: ...

    third = module("third", same)
    with pytest.raises(NameClashError, match="same: first, second"):
        words_of("derivation", [first, second])
    with pytest.raises(NameClashError, match="same: first, third"):
        refuse_clashes(words_of("derivation", [first]), words_of("form_check", [third]))


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (Slug, "count", "counts"),
        (Rows, "keys", "count"),
        (Column, "key_no", "key"),
        (Number, "count", "counts"),
        (Number, "12.5", "12,5"),
        (Number, "书面告知", "书面通知"),
        (Term, "书面告知", "3"),
        (Term, "老人探访", "老人"),
        (Count, "12", "-1"),
    ],
)
def test_each_kind_knows_what_it_is_not(kind, right, wrong):
    """And says so in Chinese."""
    found = next(one for one in kind.__metadata__ if isinstance(one, language.ArgumentKind))
    assert found.find_fault(right, AROUND) == ""
    assert found.find_fault(wrong, AROUND)


FIELDS = {
    "a": Field("a", "a", "text"),
    "t": Field("t", "t", "rows", columns=(Field("c", "c", "text"),)),
}


FIELDS_AROUND = Around(FIELDS, load_terms())


KINDS = {"slug": Slug, "rows": Rows, "column": Column, "number": Number, "term": Term,
         "count": Count, "text": Text, "word": Word}  # fmt: skip


def arguments(*kinds: str) -> tuple[Argument, ...]:
    """Arguments of these kinds: `slug?` may be left out, of `slug*` there may be many."""
    return tuple(
        Argument(KINDS[one.rstrip("?*")].__metadata__[0], one.endswith("?"), one.endswith("*"))
        for one in kinds
    )


@pytest.mark.parametrize(
    ("kinds", "args", "is_right"),
    [
        (("slug",), ("a",), True), (("slug",), ("b",), False), (("slug",), (), False),
        (("slug",), ("a", "a"), False), (("slug", "slug?"), ("a",), True), ((), (), True), ((),
        ("a",), False),
        (("slug", "slug?"), ("a", "a"), True), (("slug", "slug?"), ("a", "a", "a"), False),
        (("slug*",), (), True), (("slug*",), ("a",) * 99, True),
        (("slug*",), ("a", "b"), False), (("rows", "column"), ("t", "c"), True),
        (("rows", "column"), ("t", "d"), False), (("rows", "column"), ("a", "c"), False),
        (("number",), ("12",), True), (("number",), ("-1.5",), True), (("number",), ("1.",), False),
        (("number",), ("a",), True), (("number",), ("照料协议",), True), (("term",),
        ("老人探访",), True),
        (("term",), ("没有",), False), (("count",), ("3",), True), (("count",), ("-3",), False),
        (("text",), ("任何",), True), (("word",), ("任何",), True),
    ],
)  # fmt: skip
def test_the_arguments_of_a_call_exist(kinds, args, is_right):
    """So many, and of their kinds."""
    assert (not list(find_argument_faults("f", args, arguments(*kinds), FIELDS_AROUND))) == is_right


def test_a_wrong_count_says_how_many_there_should_be():
    """Exactly so many, or so many and more."""
    told = [
        next(find_argument_faults("f", (), arguments(*kinds), FIELDS_AROUND))
        for kinds in (("slug",), ("slug", "slug?"))
    ]
    assert told == ["f 应有 1 个参数，读到 0 个", "f 应有 1 个以上参数，读到 0 个"]
