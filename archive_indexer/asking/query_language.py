"""A question in a clerk's words, understood: a condition, or what is wrong with it.

question := all { 或 all }
all      := { [且] part }
part     := 不含 part | ( question ) | field:value | "phrase" | word
word     := text { … text }: texts that stand close together
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from archive_indexer.asking.query_fields import FIELDS, id_writings, read_field, with_every_spelling
from archive_indexer.index.grams import find_problem, grams_of
from archive_indexer.queries import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Condition,
    HasValue,
    Near,
    Without,
    Word,
)
from minzheng.county.county import County
from minzheng.county.errors import Problem
from minzheng.county.personal_numbers import close_up_numbers, whole_number
from minzheng.county.writing.chinese_text import fold_for_search

_MOST_CHARACTERS = 500
_DEEPEST = 20
_WHERE = "查询词"
_QUOTED = r'["“”„](?P<quoted{0}>[^"“”„]*)(?P<closed{0}>["“”„]?)'
_TOKEN = re.compile(
    rf"(?P<open>[(（])|(?P<close>[)）])"
    rf"|(?P<field>{'|'.join(sorted(FIELDS, key=len, reverse=True))})[:：]\s*"
    rf"(?:{_QUOTED.format(1)}|(?P<value>[^\s()（）\"“”]*))"
    rf"|{_QUOTED.format(2)}"
    rf"|(?P<word>[^\s()（）\"“”„]+)"
)
_JOINS = {
    **dict.fromkeys(("或", "或者", "or", "|", "||"), "或"),
    **dict.fromkeys(("且", "并且", "and", "&", "&&"), "且"),
    **dict.fromkeys(("不含", "不包含", "not", "-", "!"), "不含"),
}
_NEAR = re.compile(r"…+|\.{3,}")  #: between texts that stand close together
_ATTACHED = re.compile(r"(?:不含|[-−－])[:：]?(?=.*[^\d\W]{2})(.{2,})")


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the question as it was understood."""

    text: str
    also: tuple[str, ...] = ()  #: what is searched with it: synonyms, old names
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """The question as a condition, in parts to be shown; or problems."""

    condition: Condition = EVERYTHING
    chips: tuple[Chip, ...] = ()
    problems: tuple[Problem, ...] = ()
    words: tuple[str, ...] = ()  #: folded words as typed, without what was added

    @property
    def has_synonyms(self) -> bool:
        """Whether anything is searched that was not typed."""
        return any(chip.also for chip in self.chips)


def understand(text: str, county: County, with_synonyms: bool = True) -> Understood:
    """Read a question; no text is an error, every mistake is told."""
    if len(text) > _MOST_CHARACTERS:
        problem = Problem(_WHERE, "太长", f"请缩短到 {_MOST_CHARACTERS} 个字以内")
        return Understood(problems=(problem,))
    plain = close_up_numbers(text.replace("\0", " "))
    reader = _Reader(list(_TOKEN.finditer(plain)), county, with_synonyms)
    condition = reader.question()
    reader.check_end()
    if not reader.chips and not reader.problems:
        do = "输入姓名、身份证号、村名或文件中的任何文字"
        reader.problems.append(Problem(_WHERE, "没有输入要查的内容", do))
    problems = tuple(dict.fromkeys(reader.problems))
    return Understood(condition, tuple(reader.chips), problems, tuple(reader.words))


@dataclass(frozen=True, slots=True)
class Written:
    """One piece of a question as it was written."""

    text: str
    is_free: bool  #: a word or phrase that is asked for, and no field, bracket or join


def pieces_of(text: str) -> tuple[Written, ...]:
    """The question in pieces; put together again with spaces they ask the same."""
    pieces: list[Written] = []
    excludes = False
    for token in _TOKEN.finditer(close_up_numbers(text.replace("\0", " "))):
        word = token["word"] or ""
        phrase = token["quoted2"]
        is_asked = bool(word and word.lower() not in _JOINS and not _ATTACHED.fullmatch(word))
        is_free = (is_asked or phrase is not None) and not excludes
        shown = phrase if is_free and phrase is not None else token[0]
        pieces.append(Written(shown, is_free))
        excludes = _JOINS.get(word.lower()) == "不含"
    return tuple(pieces)


@dataclass
class _Reader:
    """Walks over the tokens, one function a rule of the grammar."""

    tokens: list[re.Match[str]]
    county: County
    with_synonyms: bool
    at: int = 0
    chips: list[Chip] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    excluded: int = 0
    depth: int = 0

    def question(self) -> Condition:
        """Parts of which one must hold."""
        parts = [self.all_parts()]
        while self.join() == "或":
            self.at += 1
            parts.append(self.all_parts())
        if len(parts) > 1 and EVERYTHING in parts:
            self.mistake("“或”的一边没有内容", "在“或”的两边都写上词，如 低保 或 特困")
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def all_parts(self) -> Condition:
        """Parts that must all hold."""
        parts: list[Condition] = []
        while self.at < len(self.tokens) and self.join() != "或" and not self.token()["close"]:
            if self.join() == "且":
                self.at += 1
                continue
            parts.append(self.part())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def part(self) -> Condition:
        """One word, field, bracket, or what must not hold."""
        token = self.token()
        self.at += 1
        if token["open"]:
            return self.bracket()
        if token["field"]:
            return self.field(token)
        if token["quoted2"] is not None:
            if not token["closed2"]:
                self.mistake("引号没有成对", "在短语后面补上引号")
            return self.word(token["quoted2"], is_phrase=True)
        if _JOINS.get(token["word"].lower()) == "不含":
            return self.without()
        attached = _ATTACHED.fullmatch(token["word"])
        if attached:
            return self.excluding(lambda: self.word(attached[1]))
        return self.word(token["word"])

    def bracket(self) -> Condition:
        """What stands between brackets."""
        if not self.can_go_deeper():
            return EVERYTHING
        inside = self.question()
        self.depth -= 1
        if self.at < len(self.tokens):
            self.at += 1
        else:
            self.mistake("括号没有成对", "补上右括号，或去掉左括号")
        return inside

    def without(self) -> Condition:
        """What comes after 不含."""
        if self.at >= len(self.tokens) or self.join() or self.token()["close"]:
            if self.join() == "不含" and self.can_go_deeper():
                self.at += 1
                inside = self.without()
                self.depth -= 1
                return inside
            self.mistake("“不含”后面没有内容", "在“不含”后面写上不要的词，如 低保 不含 停保")
            return EVERYTHING
        return self.excluding(self.part)

    def excluding(self, read: Callable[[], Condition]) -> Condition:
        """The opposite of what is read."""
        self.excluded += 1
        inside = read()
        self.excluded -= 1
        return Without(inside)

    def field(self, token: re.Match[str]) -> Condition:
        """A field word and its value."""
        value = token["value"] if token["quoted1"] is None else token["quoted1"]
        meaning = read_field(token["field"], value, self.county)
        if isinstance(meaning, Problem):
            self.problems.append(meaning)
            return EVERYTHING
        shown = f"{token['field']}：{_in_words(meaning, value)}"
        self.chips.append(Chip(shown, (), self.is_excluded))
        if value.isascii() and value.isalpha() and isinstance(meaning, AnyOf | HasValue):
            self.words.append(value.lower())
        return meaning

    def word(self, text: str, is_phrase: bool = False) -> Condition:
        """A word with its synonyms, unless it stands in quotation marks."""
        near = () if is_phrase else _near_parts(text)
        if near:
            return self.near(near)
        folded = fold_for_search(text)
        problem = find_problem(text, folded)
        if problem is not None:
            self.problems.append(problem)
            return EVERYTHING
        writings = id_writings(folded)
        also = _also(folded, self.county) if self.with_synonyms and not is_phrase else ()
        shown = f"“{text}”" if is_phrase else text
        self.chips.append(Chip(shown, (*writings[1:], *also), self.is_excluded))
        if not self.is_excluded:
            self.words.append(folded)
        number = whole_number(text)
        if number:
            return AnyOf(with_every_spelling(folded, number))
        parts = tuple(Word(one) for one in (*writings, *also) if grams_of(one))
        return parts[0] if len(parts) == 1 else AnyOf(parts)

    def near(self, parts: tuple[str, ...]) -> Condition:
        """Texts that stand close together."""
        self.chips.append(Chip(f"{'…'.join(parts)}（相隔不远）", (), self.is_excluded))
        return Near(parts)

    @property
    def is_excluded(self) -> bool:
        """Whether what is read now must not stand in a hit."""
        return self.excluded % 2 == 1

    def token(self) -> re.Match[str]:
        """The token to be read next."""
        return self.tokens[self.at]

    def join(self) -> str:
        """或, 且 or 不含 when that is the next token."""
        if self.at >= len(self.tokens):
            return ""
        return _JOINS.get((self.token()["word"] or "").lower(), "")

    def check_end(self) -> None:
        """Tell of closing brackets that nothing opened."""
        if self.at < len(self.tokens):
            self.mistake("多了一个右括号", "去掉右括号，或在前面补上左括号")

    def can_go_deeper(self) -> bool:
        """Whether one more bracket may be opened; goes to the end if not."""
        self.depth += 1
        if self.depth <= _DEEPEST:
            return True
        self.at, self.depth = len(self.tokens), self.depth - 1
        self.mistake("括号太多", f"最多套 {_DEEPEST} 层")
        return False

    def mistake(self, what: str, do: str) -> None:
        """Add a mistake of the question."""
        self.problems.append(Problem(_WHERE, what, do))


def _near_parts(text: str) -> tuple[str, ...]:
    """The texts between dots, when each can be searched: a masked number is none."""
    parts = tuple(map(fold_for_search, _NEAR.split(text)))
    return parts if len(parts) > 1 and all(map(grams_of, parts)) else ()


def _also(folded: str, county: County) -> tuple[str, ...]:
    """Synonyms of a word, and the other names of a village."""
    places = [
        name
        for place in county.places.settlements
        if folded in (names := (place.name, *place.other_names))
        for name in names
    ]
    found = (*county.synonyms.others(folded), *places)
    return tuple(dict.fromkeys(one for one in found if one != folded))


def _in_words(meaning: Condition, value: str) -> str:
    """A village or a year as it was understood, else as it was typed."""
    if isinstance(meaning, HasValue) and meaning.name in ("town", "village", "year"):
        ends = (meaning.values[0], meaning.values[-1]) if meaning.values else (value,)
        return "—".join(dict.fromkeys(ends))
    return value.strip()
