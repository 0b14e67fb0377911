"""Regulations by day: what each is called, when it holds, which works rest on it."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.registry_entries import find_overlaps, read_tables
from minzheng.county.registry.required_papers import RequiredPapers, load_required_papers
from minzheng.county.registry.terms import Terms, load_terms

_FILE = "laws.toml"
#: What the county's decision is called where `laws.toml` says nothing of the day.
_DECISION = "审批"
#: What a table raises whose values are of another kind.
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
_COUNTY, _TOWN = "县", "镇"


@dataclass(frozen=True, slots=True)
class Law:
    """A regulation: its title, number, when it holds, and what rests on it."""

    id: str
    title: str
    doc_no: str
    start: dt.date
    end: dt.date
    schemes: tuple[str, ...] = ()
    articles: Mapping[str, str] = field(default_factory=dict)  #: work → its articles, or nothing
    forms: frozenset[str] = frozenset()  #: that print it, or ask for what it asks for
    checks: frozenset[str] = frozenset()  #: terms and steps of cases that rest on it
    source: str = ""
    read: dt.date | None = None  #: when this row was compared with its source
    mark: str = ""

    def __str__(self) -> str:
        return f"《{self.title}》（{self.doc_no}）" if self.doc_no else self.title

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is in force on a day."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Era:
    """What the county's decision was called from one day to another."""

    word: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides of some schemes from a day on: the county, or the town."""

    level: str
    schemes: tuple[str, ...]
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """What the county can check with an office itself: words of papers that tell it."""

    office: str
    words: tuple[str, ...]
    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class Laws:
    """All regulations; the word for the decision, and who takes it, by day."""

    all: tuple[Law, ...]
    eras: tuple[Era, ...] = ()
    deciders: tuple[Decider, ...] = ()
    own_checks: tuple[OwnCheck, ...] = ()

    def on(self, scheme: str, day: dt.date) -> tuple[Law, ...]:
        """The regulations a scheme rests on, in force on a day."""
        return tuple(law for law in self._by_scheme.get(scheme, ()) if law.holds_on(day))

    @cached_property
    def _by_scheme(self) -> Mapping[str, list[Law]]:
        schemes = {scheme for law in self.all for scheme in law.schemes}
        return {one: [law for law in self.all if one in law.schemes] for one in schemes}

    def of_work(self, code: str, day: dt.date) -> tuple[Law, ...]:
        """The regulations the work of a dossier rests on, in force on a day."""
        return tuple(law for law in self.all if code in law.articles and law.holds_on(day))

    def basis_of(self, code: str, forms: Collection[str], day: dt.date) -> tuple[Law, ...]:
        """What a step of a dossier's work rests on: what its forms do, else its whole work."""
        of_work = self.of_work(code, day)
        named = tuple(law for law in of_work if law.forms.intersection(forms))
        return named or of_work

    def named(self, law_id: str) -> Law | None:
        """The regulation of this id."""
        return next((law for law in self.all if law.id == law_id), None)

    def decision_word(self, day: dt.date) -> str:
        """审批 or 确认: what the county's decision is called on a day."""
        words = (era.word for era in self.eras if era.start <= day <= era.end)
        return next(words, _DECISION)

    def checked_with(self, paper: str, day: dt.date) -> str:
        """With which office the county can check what a paper would prove; empty for none."""
        return next(
            (
                one.office
                for one in self.own_checks
                if one.start <= day <= one.end and any(word in paper for word in one.words)
            ),
            "",
        )

    def is_decided_by_town(self, scheme: str, day: dt.date) -> bool:
        """Whether the province lets the towns decide of a scheme on a day."""
        return any(
            one.level == _TOWN and scheme in one.schemes and one.start <= day <= one.end
            for one in self.deciders
        )


def load_laws(folder: Path = REGISTRY_FOLDER) -> Laws:
    """Read `laws.toml`.

    Raises:
        RegistryError: with every wrong entry.
    """
    file = folder / _FILE
    read = read_tables(
        file,
        {
            "law": (("id", "title", "source"), ()),
            "era": (("word",), ()),
            "decider": (("level", "source"), ()),
            "own_check": (("office", "source"), ()),
        },
    )
    problems = [*find_overlaps(file, read["law"], ("id",)), *_find_problems(read, folder)]
    if problems:
        raise RegistryError(problems)
    return Laws(
        tuple(map(_law, read["law"])),
        tuple(Era(one["word"], one["from"], one.get("to", dt.date.max)) for one in read["era"]),
        tuple(
            Decider(one["level"], tuple(one["schemes"]), one["from"], one.get("to", dt.date.max))
            for one in read["decider"]
        ),
        tuple(
            OwnCheck(one["office"], tuple(one["words"]), one["from"], one.get("to", dt.date.max))
            for one in read["own_check"]
        ),
    )


def find_unlike_checks(laws: Laws, terms: Terms, required: RequiredPapers) -> Iterator[Problem]:
    """Rows whose checks are not just the terms and steps that name them."""
    resting = checks_on(terms, required)
    for law in laws.all:
        yield from unlike(law, "checks", law.checks, resting.get(law.id, frozenset()))
    for law_id in sorted(resting.keys() - {law.id for law in laws.all}):
        names = "、".join(sorted(resting[law_id]))
        yield Problem(_FILE, f"没有 id 为“{law_id}”的法规，可是 {names} 写着它", "补上这部法规")


def unlike(
    law: Law, key: str, written: frozenset[str], resting: frozenset[str]
) -> Iterator[Problem]:
    """What a row names and does not rest on it, and what it leaves out."""
    where = f"{_FILE} 的“{law.id}”"
    if written - resting:
        names = "、".join(sorted(written - resting))
        yield Problem(where, f"{key} 中的 {names} 并不依据这部法规", "删去，或改正名称", key)
    if resting - written:
        yield Problem(where, f"{key} 漏了 {'、'.join(sorted(resting - written))}", "补上", key)


def checks_on(terms: Terms, required: RequiredPapers) -> dict[str, frozenset[str]]:
    """The terms and the steps of cases that rest on each law."""
    found: dict[str, set[str]] = {}
    for term in terms.all:
        for law_id in term.laws:
            found.setdefault(law_id, set()).add(term.name)
    for code, scheme in required.schemes.items():
        for step in scheme.steps:
            for law_id in step.laws:
                found.setdefault(law_id, set()).add(f"{code}·{step.name}")
    return {law_id: frozenset(names) for law_id, names in found.items()}


def load_checked_laws(folder: Path = REGISTRY_FOLDER) -> Laws:
    """Read `laws.toml` and see that it and the tables that name laws agree.

    Raises:
        RegistryError: with every mistake.
    """
    laws = load_laws(folder)
    see_that_laws_agree(folder)
    return laws


def see_that_laws_agree(folder: Path = REGISTRY_FOLDER) -> None:
    """See that laws, terms and steps name one another; their own mistakes are told elsewhere.

    Raises:
        RegistryError: with every row that names too much or too little.
    """
    try:
        tables = load_laws(folder), load_terms(folder), load_required_papers(folder)
    except (RegistryError, OSError, *_UNREADABLE):
        return
    problems = list(find_unlike_checks(*tables))
    if problems:
        raise RegistryError(problems)


def _law(entry: Mapping[str, Any]) -> Law:
    return Law(
        entry["id"],
        entry["title"],
        entry.get("doc_no", ""),
        entry["from"],
        entry.get("to", dt.date.max),
        tuple(entry.get("schemes", ())),
        dict(entry.get("articles", {})),
        frozenset(entry.get("forms", ())),
        frozenset(entry.get("checks", ())),
        entry["source"],
        entry["read"],
        entry.get("mark", ""),
    )


def _find_problems(read: Mapping[str, list[dict[str, Any]]], folder: Path) -> Iterator[Problem]:
    codes = {one.code for one in load_dossiers(folder).all}
    for number, entry in enumerate(read["law"], start=1):
        where = f"{_FILE} 第 {number} 个 [[law]]"
        if not isinstance(entry.get("read"), dt.date):
            yield Problem(where, "read 没有填写", "写上核对来源的日期，如 2026-11-29", "read")
        for key in ("schemes", "forms", "checks"):
            if not _is_list_of_texts(entry.get(key, [])):
                yield Problem(where, f"{key} 不是几个文字", '写成 ["低保", "特困"]', key)
        articles = entry.get("articles", {})
        if not isinstance(articles, dict) or set(articles) - codes:
            yield Problem(
                where, "articles 写得不对", '写成 { DB = "第九条" }，DB 是专档代码', "articles"
            )
    yield from _find_side_problems(read)


def _find_side_problems(read: Mapping[str, list[dict[str, Any]]]) -> Iterator[Problem]:
    for number, entry in enumerate(read["decider"], start=1):
        if entry["level"] not in (_COUNTY, _TOWN) or not _is_list_of_texts(entry.get("schemes")):
            what = "level 只能写“县”或“镇”，schemes 写救助项目"
            yield Problem(f"{_FILE} 第 {number} 个 [[decider]]", what, "改正", "level")
    for number, entry in enumerate(read["own_check"], start=1):
        if not (_is_list_of_texts(entry.get("words")) and entry["words"]):
            where = f"{_FILE} 第 {number} 个 [[own_check]]"
            yield Problem(where, "words 没有写认出材料的词", '写成 ["户口簿"]', "words")


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
