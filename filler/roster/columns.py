"""Which column of a roster holds which field: headings written and headings understood."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from difflib import SequenceMatcher
from functools import lru_cache

from filler.form.forms import Field, FormSpec
from filler.form.heading_words import NO_WORDS, HeadingWords, Words

#: Columns that join the rows of a second sheet to their household.
NUMBER, BELONGS_TO = "序号", "所属序号"
_NUMBER_HEADINGS = frozenset({"序号", "户号", "编号", "所属序号", "所属户号", "户序号"})
_ID_HEADINGS = frozenset(
    {"户主身份证号", "户主身份证号码", "申请人身份证号", "申请人身份证号码", "所属身份证号"}
)
#: Columns the program itself adds to a marked copy; they are no answers.
CHECKED = "核对结果"
CASE_NO = "案件编号"
REMARK = "备注"
_OWN_HEADINGS = frozenset({CHECKED, NUMBER, REMARK})
#: Sheets that hold no records.
GUIDE, LISTS = "填写说明", "选项"
OWN_SHEETS = frozenset({GUIDE, LISTS, CHECKED})

_NAMES_OF_PEOPLE = frozenset({"姓名", "名字"})
_ENDING = re.compile(r"[*※★☆△▲●#]+$|[(（](必填|选填|可不填|必选)[)）]$")
_BEFORE = re.compile(r"^[*※★☆△▲●#]+")
_NUMBERED = re.compile(r"^[(]?\d{1,2}[).、](?=\D)")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")
_NEAR, _BEGINNING = 0.75, 2
_GAPS = re.compile(r"[\s\u200b-\u200d\u2060\ufeff“”‘’\"'「」『』《》]+")  #: and quotes


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of one table: of the form itself, or of one of its tables of rows."""

    names: Mapping[str, str]  #: slug → the heading we write
    by_text: Mapping[str, str]  #: heading as folded → slug
    by_word: Mapping[str, str]  #: what people write besides, as folded → slug
    people: Words  #: as folded; may stand before a heading
    by_beginning: Mapping[str, tuple[tuple[str, str], ...]]  #: how names begin → names, slugs
    groups: Words = ()  #: as folded; may end a heading over several columns
    kept: frozenset[str] = frozenset()  #: as folded; say something, but are no answer
    former: Words = ()  #: in brackets behind a heading that is of the past
    newer: Words = ()  #: before a heading, what is true now
    heads: Words = ()  #: as folded; a household is listed by them
    fields: Mapping[str, Field] = attribute(default_factory=dict)  #: by slug

    def find(self, heading: str) -> str:
        """The slug a heading means; empty when it means none."""
        return _look_up(self.by_text, fold_heading(heading))

    def find_whole(self, heading: str) -> str:
        """The same, of a heading with nothing behind it: 联系电话（旧） is another one."""
        return self.by_text.get(fold_heading(heading), "")

    def find_in_group(self, group: str, heading: str) -> str:
        """The slug of a heading under that of a group: 联系人情况 over 姓名 and 电话."""
        found = self._find_in_group(group, heading)
        bare = fold_heading(group)
        ends = () if found else self.groups
        shorter = (bare.removesuffix(end) for end in ends if bare.endswith(end))
        return found or next(
            (one for rest in shorter if (one := self._find_in_group(rest, heading))), ""
        )

    def _find_in_group(self, group: str, heading: str) -> str:
        ways = (f"{group}·{heading}", f"{group}{heading}", f"{group}的{heading}")
        found = next(filter(None, (self.find(way) or self.find_word(way) for way in ways)), "")
        of_group = "" if found else self.find(group) or self.find_word(group)
        if not of_group or fold_heading(heading) in _NAMES_OF_PEOPLE:
            return found or of_group
        kin = of_group.partition("_")[0] + "_"  # contact_name, contact_rel
        return self._only(heading, lambda slug: slug.startswith(kin))

    def find_by_ending(self, heading: str) -> str:
        """The one field whose name ends so: 关系 is 与老人关系."""
        return self._only(heading, bool)

    def _only(self, heading: str, may_be: Callable[[str], bool]) -> str:
        folded = fold_heading(heading)
        if len(folded) < _BEGINNING:
            return ""
        found = {one for name, one in self.by_text.items() if name.endswith(folded) and may_be(one)}
        return found.pop() if len(found) == 1 else ""

    def find_word(self, heading: str) -> str:
        """The slug another word for a heading means."""
        return _look_up(self.by_word, fold_heading(heading))

    def find_whole_word(self, heading: str) -> str:
        """The same, of a word with nothing behind it: 电话（旧） is another one."""
        return self.by_word.get(fold_heading(heading), "")

    def keeps(self, heading: str) -> bool:
        """Whether a heading holds no answer: of the past, or who is who in a household."""
        folded = fold_heading(heading)
        behind = _BRACKETS.search(folded)
        is_former = behind is not None and any(word in behind[0] for word in self.former)
        return folded in self.kept or (is_former and folded not in self.by_text)

    def find_of_person(self, heading: str) -> str:
        """The slug of a heading behind the one it speaks of: 老人姓名."""
        folded = fold_heading(heading)
        found = (
            _look_up(self.by_text, rest) or _look_up(self.by_word, rest)
            for person in self.people
            if (rest := folded.removeprefix(person)) != folded
        )
        return next(filter(None, found), "")

    def is_newer(self, heading: str, other: str) -> bool:
        """Whether another heading says what came in place of this one's: 新账号, 账号."""
        folded, later = fold_heading(heading), fold_heading(other)
        short = _BRACKETS.sub("", folded)
        return any(later in (word + folded, word + short) for word in self.newer)

    def is_rival(self, head: str, heading: str) -> bool:
        """Whether a heading says of somebody else what another one says of the head: 姓名."""
        folded, other = fold_heading(head), fold_heading(heading)
        ends = (folded.removeprefix(word) for word in self.heads if folded.startswith(word))
        return any(end and other != end and other.endswith(end) for end in ends)

    def find_near(self, heading: str) -> str:
        """The one field whose heading is written nearly so and begins alike."""
        folded = fold_heading(heading)
        alike = self.by_beginning.get(folded[:_BEGINNING], ())
        near = {slug for name, slug in alike if _is_near(folded, name)}
        return near.pop() if len(near) == 1 else ""


def _is_near(heading: str, name: str) -> bool:
    return SequenceMatcher(None, heading, name, autojunk=False).ratio() >= _NEAR


def _look_up(known: Mapping[str, str], folded: str) -> str:
    return known.get(folded) or known.get(_BRACKETS.sub("", folded), "")


@lru_cache(maxsize=4096)
def fold_heading(text: str) -> str:
    """A heading without gaps, width, marks and number: `3. 身份证号 *` → `身份证号`."""
    folded = _GAPS.sub("", unicodedata.normalize("NFKC", text)).lower()
    folded = _NUMBERED.sub("", _BEFORE.sub("", folded))
    while _ENDING.search(folded):
        folded = _ENDING.sub("", folded)
    return folded.rstrip(":：")


@lru_cache(maxsize=256)
def form_headings(spec: FormSpec) -> Headings:
    """The headings of a form's single fields."""
    single = [field for field in spec.fields if field.type != "rows" and _may_be_given(field)]
    sections = {field.slug: one.title for one in spec.sections for field in one.fields}
    headings = _headings(single, sections)
    extra = {fold_heading(CASE_NO): "case_no"}
    known = replace(headings, by_text={**extra, **headings.by_text})
    kept = relation_headings(spec) - known.by_text.keys()
    made = _with_words(known, spec.heading_words, spec.heading_words.people)
    by_word = {word: slug for word, slug in made.by_word.items() if word not in kept}
    return replace(made, by_word=by_word, kept=kept)


@lru_cache(maxsize=256)
def row_headings(table: Field, words: HeadingWords = NO_WORDS) -> Headings:
    """The headings of a table's columns."""
    known = _headings([one for one in table.columns if _may_be_given(one)], {})
    return _with_words(known, words, words.members)


def is_number_heading(text: str) -> bool:
    """Whether a column holds the running number that joins two sheets."""
    return fold_heading(text) in _NUMBER_HEADINGS


def is_person_heading(text: str) -> bool:
    """Whether a column of a second sheet holds the head's ID number."""
    return fold_heading(text) in _ID_HEADINGS


def is_own_heading(text: str) -> bool:
    """Whether a column is known but holds no answer."""
    return fold_heading(text) in _OWN_HEADINGS or is_number_heading(text)


def is_remark_heading(text: str) -> bool:
    """Whether a column holds what people say besides."""
    return fold_heading(text) == REMARK


def person_field(spec: FormSpec) -> Field | None:
    """The field that holds the ID number of the one a form is about."""
    numbers = (field for field in spec.fields if field.type == "idcard" and field.is_typed)
    return next(numbers, None)


def relation_headings(spec: FormSpec) -> frozenset[str]:
    """Headings that say who is who, as folded; of a form that has a table for that."""
    words = frozenset(map(fold_heading, spec.heading_words.relations))
    columns = (column for field in spec.fields for column in field.columns)
    has_members = any(fold_heading(column.label) in words for column in columns)
    return words if has_members else frozenset()


def _may_be_given(field: Field) -> bool:
    return field.is_typed or field.derived is not None


def _headings(fields: Iterable[Field], sections: Mapping[str, str]) -> Headings:
    fields = list(fields)
    counts = Counter(field.label for field in fields)
    names: dict[str, str] = {}
    for field in fields:
        name = field.label
        if counts[name] > 1:
            name = f"{sections.get(field.slug, '')}·{field.label}".strip("·")
        if name in names.values():
            name = f"{field.label}·{field.slug}"
        names[field.slug] = name
    by_text: dict[str, str] = {}
    for slug, name in names.items():
        by_text[fold_heading(slug)] = slug
        by_text[fold_heading(name)] = slug
    for slug, short in _short_names(names).items():
        by_text.setdefault(short, slug)
    by_slug = {field.slug: field for field in fields}
    return Headings(names, by_text, {}, (), {}, fields=by_slug)


def _with_words(known: Headings, words: HeadingWords, people: Words) -> Headings:
    """The same with what people write besides, wherever it can mean one field only."""
    meant: dict[str, set[str]] = {}
    for word, slug in _other_words(known.by_text, words):
        meant.setdefault(word, set()).add(slug)
    own = {word: slugs for word, slugs in meant.items() if word not in known.by_text}
    by_word = {word: slugs.pop() for word, slugs in own.items() if len(slugs) == 1}
    labels = list(map(fold_heading, known.names.values()))
    named = known.by_text.keys() | by_word.keys()
    free = [
        person
        for person in map(fold_heading, people)
        if not any(label.removeprefix(person) in named - {label} for label in labels)
    ]
    longest_first = tuple(sorted(free, key=len, reverse=True))
    begun: dict[str, list[tuple[str, str]]] = {}
    for slug, name in known.names.items():
        text = _BRACKETS.sub("", fold_heading(name))
        begun.setdefault(text[:_BEGINNING], []).append((text, slug))
    by_beginning = {start: tuple(found) for start, found in begun.items()}
    groups = tuple(sorted(map(fold_heading, words.groups), key=len, reverse=True))
    return replace(
        known, by_word=by_word, people=longest_first, by_beginning=by_beginning, groups=groups,
        former=words.former, newer=words.newer, heads=tuple(map(fold_heading, words.heads)),
    )  # fmt: skip


def _other_words(by_text: Mapping[str, str], words: HeadingWords) -> Iterator[tuple[str, str]]:
    """Every other word with each field it may mean."""
    for group in words.same:
        folded = list(map(fold_heading, group))
        for slug in {by_text[word] for word in folded if word in by_text}:
            yield from ((word, slug) for word in folded)
    yield from _words_by_beginning(by_text, words)
    for group in words.endings:
        folded = list(map(fold_heading, group))
        for text, slug in by_text.items():
            end = max((one for one in folded if text.endswith(one)), key=len, default="")
            if end:
                yield from ((text.removesuffix(end) + one, slug) for one in folded)


def _words_by_beginning(
    by_text: Mapping[str, str], words: HeadingWords
) -> Iterator[tuple[str, str]]:
    """Headings that call the same person otherwise: 逝者身份证号码 is 死者身份证号."""
    for group in words.beginnings:
        folded = list(map(fold_heading, group))
        for text, slug in by_text.items():
            start = max((one for one in folded if text.startswith(one)), key=len, default="")
            rest = text.removeprefix(start)
            if start and rest:
                yield from ((one + end, slug) for one in folded for end in _endings_of(rest, words))


def _endings_of(text: str, words: HeadingWords) -> Iterator[str]:
    """A word, and what else it may be called at the end of a heading."""
    yield text
    for group in words.endings:
        folded = list(map(fold_heading, group))
        if text in folded:
            yield from folded


def _short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Labels without the words in brackets at their end, where that is still one field."""
    short = {slug: _BRACKETS.sub("", fold_heading(name)) for slug, name in names.items()}
    counts = Counter(short.values())
    return {slug: name for slug, name in short.items() if counts[name] == 1 and name}
