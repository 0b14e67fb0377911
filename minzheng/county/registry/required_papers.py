"""Which papers must be there at least: of every case, of every village's year (7.3)."""

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.registry.terms import load_terms
from minzheng.county.shipped import shipped
from minzheng.county.toml_files import explain, parse_once

FILE = "completeness.toml"
#: Numbers that forms once had, and have: a county's own table of before names them.
_OLDER_NUMBERS = {"GS-02": "COM-05", "GS-05": "COM-06"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the work and the forms that prove it."""

    name: str
    forms: frozenset[str]
    lists: frozenset[str] = frozenset()  #: forms that prove it for many cases at once
    until: dt.date | None = None  #: needed for cases up to this day only
    needed_from: dt.date | None = None  #: needed for cases opened from this day on only
    only_if_needed: bool = False
    within: tuple[str, ...] = ()  #: terms, one after the other, in which its paper must come
    laws: tuple[str, ...] = ()  #: ids of the regulations that ask for it
    again: str = ""  #: the term after which it is to be done again: 低保核查·每年
    after: str = ""  #: the step that its papers follow: one of a day before proves nothing
    unless: frozenset[str] = frozenset()  #: whoever applied by these forms alone needs it not
    only: frozenset[str] = frozenset()  #: nobody else needs it but who applied by one of these
    order: tuple[str, ...] = ()  #: its forms as the table has them: the usual one first

    def is_needed(
        self,
        first: dt.date | None,
        last: dt.date | None,
        applied_by: Set[str] = frozenset(),
    ) -> bool:
        """Whether a case opened between two days must have it; in doubt it need not."""
        if not self.concerns(applied_by):
            return False
        if self.needed_from is not None:
            return first is not None and first >= self.needed_from
        if self.only_if_needed:
            return False
        return self.until is None or (last is not None and last <= self.until)

    def concerns(self, applied_by: Set[str]) -> bool:
        """Whether it is a step of who applied by these forms; of an unknown one in doubt."""
        if self.only:
            return not self.only.isdisjoint(applied_by)
        return not applied_by or not applied_by <= self.unless

    @property
    def all_forms(self) -> frozenset[str]:
        """The forms of which any one proves the step."""
        return self.forms | self.lists


@dataclass(frozen=True)
class Scheme:
    """The steps of a dossier's cases, and forms that must not be there."""

    dossier: str
    steps: tuple[Step, ...]
    forbidden: frozenset[str] = frozenset()
    opened_by: frozenset[str] = frozenset()  #: steps of which one begins a case; none: any
    is_once: bool = False  #: given once: its case is over when its last term is, no paper ends it

    def opens(self, step: str) -> bool:
        """Whether a paper of this step is enough for there to be a case."""
        return step in self.opened_by if self.opened_by else self.step_named(step) is not None

    def step_of(self, form_id: str) -> Step | None:
        """The step a form proves, the first of several."""
        return self._by_form.get(form_id)

    def step_named(self, name: str) -> Step | None:
        """The step of this name."""
        return self._by_name.get(name)

    @cached_property
    def _by_form(self) -> dict[str, Step]:
        return {form_id: step for step in reversed(self.steps) for form_id in step.all_forms}

    @cached_property
    def _by_name(self) -> dict[str, Step]:
        return {step.name: step for step in reversed(self.steps)}

    @property
    def last_term(self) -> tuple[str, ...]:
        """The longest way from the application to a step, as terms one after the other."""
        return max((step.within for step in self.steps), key=len)

    @cached_property
    def lists(self) -> frozenset[str]:
        """Forms that speak of many cases: none of them is a case."""
        return frozenset[str]().union(*(step.lists for step in self.steps))


@dataclass(frozen=True, slots=True)
class YearlyDuty:
    """What a village's dossier must hold of every year."""

    dossier: str
    name: str
    forms: frozenset[str]
    times: int = 1


@dataclass(frozen=True, slots=True)
class AmountKind:
    """What an amount in a row of some lists is: money that was paid, or a standard."""

    kind: str
    forms: frozenset[str]
    words: tuple[str, ...] = ()  #: of titles of lists whose form nobody knows
    is_summed: bool = False  #: whether it was paid: what several lists say adds up


@dataclass(frozen=True)
class RequiredPapers:
    """What cases and years must hold, and the words of titles that tell a step."""

    schemes: Mapping[str, Scheme]  #: by the code of their dossier
    yearly: tuple[YearlyDuty, ...]
    title_words: tuple[tuple[str, tuple[str, ...]], ...]  #: step → words, in the order tried
    amounts: tuple[AmountKind, ...] = ()

    def amount_on(self, form_id: str, title: str) -> AmountKind | None:
        """What the amounts on a list are: by its form, of no known form by its title."""
        if form_id:
            return next((one for one in self.amounts if form_id in one.forms), None)
        told = (one for one in self.amounts if any(word in title for word in one.words))
        return next(told, None)


def load_required_papers(folder: Path = REGISTRY_FOLDER) -> RequiredPapers:
    """Read `completeness.toml`.

    Raises:
        RegistryError: naming every mistake.
    """
    table = _read(folder)
    problems = list(_find_unknown_terms(table, folder))
    if problems:
        raise RegistryError(problems)
    return RequiredPapers(
        {entry["dossier"]: _scheme(entry) for entry in table.get("scheme", ())},
        tuple(map(_yearly_duty, table.get("yearly", ()))),
        tuple((step, tuple(words)) for step, words in table.get("title_words", {}).items()),
        tuple(map(_amount_kind, table.get("amount") or _shipped_amounts())),
    )


def _shipped_amounts() -> Iterable[Mapping[str, Any]]:
    """What the product says, for a table that a county changed before it said so."""
    text = (shipped("registry") / FILE).read_text(encoding="utf-8")
    found: Iterable[Mapping[str, Any]] = parse_once(text)["amount"]
    return found


def _read(folder: Path) -> Mapping[str, Any]:
    try:
        table = parse_once((folder / FILE).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RegistryError([Problem(FILE, explain(error), "改正该行")]) from error
    problems = list(_find_problems(table))
    if problems:
        raise RegistryError(problems)
    return table


def _find_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    for number, entry in enumerate(table.get("scheme", ()), start=1):
        if not _is_whole(entry):
            where = f"第 {number} 个 scheme 写得不完整"
            yield Problem(
                FILE,
                where,
                "写上 dossier、step（name，forms 或 lists）；until 写日期，within 写期限名称",
            )
    yield from _unfinished(table)
    for step, words in table.get("title_words", {}).items():
        if not _is_list_of_words(words):
            yield Problem(FILE, f"title_words 的“{step}”写得不对", '写成 ["申请", "申报"]')


def _unfinished(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Duties of a year and kinds of amounts that are not whole."""
    for number, entry in enumerate(table.get("yearly", ()), start=1):
        times = entry.get("times", 1)
        is_counted = isinstance(times, int) and times > 0
        if not (entry.get("dossier") and entry.get("name") and entry.get("forms") and is_counted):
            where = f"第 {number} 个 yearly 写得不完整"
            yield Problem(FILE, where, "写上 dossier、name、forms；times 是一年几次")
    for number, entry in enumerate(table.get("amount", ()), start=1):
        if not (entry.get("kind") and _is_list_of_words(entry.get("forms"))):
            where = f"第 {number} 个 amount 写得不完整"
            yield Problem(FILE, where, "写上 kind、forms；words 是标题里的词，sum 是不是相加")


def _is_list_of_words(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(word, str) and word for word in told)


def _find_unknown_terms(table: Mapping[str, Any], folder: Path) -> Iterator[Problem]:
    """Terms that `terms.toml` does not have; its own mistakes are told of itself."""
    try:
        terms = load_terms(folder)
    except (RegistryError, OSError):
        return
    for entry in table.get("scheme", ()):
        steps = entry["step"]
        named = [
            *entry.get("within", ()),
            *(one for step in steps for one in step.get("within", ())),
        ]
        for name in dict.fromkeys(named):
            if not terms.is_period(name):
                what = (
                    f"{entry['dossier']} 的期限“{name}”不在 terms.toml 中，或不是以天、工作日、月计"
                )
                yield Problem(FILE, what, "改成 terms.toml 中的名称", "within")


def _is_whole(entry: Mapping[str, Any]) -> bool:
    steps = entry.get("step", ())
    return bool(entry.get("dossier") and steps and _are_words(entry)) and all(
        step.get("name") and (step.get("forms") or step.get("lists")) and _is_dated(step)
        for step in steps
    )


def _is_dated(step: Mapping[str, Any]) -> bool:
    days = (step.get(key, dt.date.min) for key in ("until", "needed_from"))
    return all(isinstance(day, dt.date) for day in days) and _are_words(step)


def _are_words(entry: Mapping[str, Any]) -> bool:
    lists = (entry.get(key, []) for key in ("within", "unless", "only"))
    return all(
        isinstance(named, list) and all(isinstance(one, str) for one in named) for named in lists
    )


def _scheme(entry: Mapping[str, Any]) -> Scheme:
    steps = (
        Step(
            step["name"],
            _forms(step.get("forms", ())),
            _forms(step.get("lists", ())),
            step.get("until"),
            step.get("needed_from"),
            bool(step.get("only_if_needed")),
            tuple(step.get("within", entry.get("within", ()))),
            tuple(step.get("laws", ())),
            str(step.get("again", "")),
            str(step.get("after", "")),
            _forms(step.get("unless", ())),
            _forms(step.get("only", ())),
            tuple(_numbers_now((*step.get("forms", ()), *step.get("lists", ())))),
        )
        for step in entry["step"]
    )
    return Scheme(
        entry["dossier"],
        tuple(steps),
        _forms(entry.get("forbidden", ())),
        frozenset(entry.get("opened_by", ())),
        bool(entry.get("once")),
    )


def _yearly_duty(entry: Mapping[str, Any]) -> YearlyDuty:
    return YearlyDuty(
        entry["dossier"], entry["name"], _forms(entry["forms"]), entry.get("times", 1)
    )


def _amount_kind(entry: Mapping[str, Any]) -> AmountKind:
    words = tuple(entry.get("words", ()))
    return AmountKind(entry["kind"], _forms(entry["forms"]), words, entry.get("sum") is True)


def _forms(named: Iterable[str]) -> frozenset[str]:
    return frozenset(_numbers_now(named))


def _numbers_now(named: Iterable[str]) -> Iterable[str]:
    """The numbers that forms have now, each once, in order."""
    return dict.fromkeys(_OLDER_NUMBERS.get(one, one) for one in named)
