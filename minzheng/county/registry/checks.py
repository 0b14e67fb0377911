"""What the checks of papers are called, how grave, what rests on which law: checks.toml."""

import datetime as dt
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.registry.laws import Laws, load_laws
from minzheng.county.toml_files import explain

_FILE = "checks.toml"
SEVERITIES = ("红", "黄", "蓝")
#: In place of a form: the paper that is in doubt itself; the one that is missing.
ITSELF, LACKING = "本表", "缺件"
_LEFT_OUT = "left_out"
_TOP = (_LEFT_OUT, "check")
#: What a check goes by; what the county's table does not write is as the program has it.
_SET = ("words", "order", "pairs", "asked")
_TEXTS = ("no", "id", "name", "severity", "how", "do", "form")
_LISTS = ("laws", "words", "order", "asked")
_TABLES = ("forms", "limits")


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its number and name, what it compares, what is to be done about a doubt."""

    no: str
    id: str
    name: str
    severity: str
    how: str
    do: str
    form: str
    forms: Mapping[str, str] = field(default_factory=dict)  #: by the code of a dossier
    laws: tuple[str, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    order: tuple[str, ...] = ()  #: dates, in the order of the work
    pairs: tuple[tuple[str, str], ...] = ()  #: dossiers nobody may have both of
    asked: tuple[str, ...] = ()  #: how people ask for it

    def form_for(self, dossier: str) -> str:
        """The paper to issue about a doubt of a dossier."""
        return self.forms.get(dossier, self.form)

    def laws_on(self, day: dt.date, laws: Laws, schemes: Collection[str] = ()) -> tuple[str, ...]:
        """The regulations it rests on that hold on a day, as they are cited.

        Of schemes: those that are of other schemes alone are left out, unless none is left.
        """
        found = [one for one in laws.all if one.id in self.laws and one.holds_on(day)]
        own = [one for one in found if not one.schemes or set(one.schemes) & set(schemes)]
        return tuple(map(str, own if schemes and own else found))


@dataclass(frozen=True)
class Checks:
    """All checks, in their order."""

    all: tuple[Check, ...]
    brought: tuple[str, ...] = ()  #: names that came with the program, not from the table

    def named(self, name: str) -> Check | None:
        """The check of this id."""
        return next((one for one in self.all if one.id == name), None)

    def of(self, name: str) -> Check:
        """The check of this id.

        Raises:
            KeyError: there is none.
        """
        found = self.named(name)
        if found is None:
            raise KeyError(name)
        return found


def load_checks(folder: Path = REGISTRY_FOLDER, program: Path | None = None) -> Checks:
    """Read `checks.toml`; what only the program's table has goes along behind the county's own.

    Raises:
        RegistryError: with every mistake.
    """
    table = _read(folder)
    entries = table.get("check", [])
    problems = [*_top_faults(table), *_find_problems(entries, _known_laws(folder))]
    if problems:
        raise RegistryError(problems)
    if program is None or program == folder:
        return Checks(tuple(map(_check, entries)))
    shipped = {one["id"]: one for one in _read(program)["check"]}
    own = [_completed(one, shipped.get(one["id"], {})) for one in entries]
    known = {*table.get(_LEFT_OUT, ()), *(one["id"] for one in own)}
    more = [one for name, one in shipped.items() if name not in known]
    return Checks(tuple(map(_check, [*own, *more])), tuple(one["name"] for one in more))


def tell_brought_checks(checks: Checks) -> list[str]:
    """What is checked beside the county's own table, in a line."""
    if not checks.brought:
        return []
    names = "、".join(checks.brought)
    return [
        f"本县的 {_FILE} 没有程序带的 {len(checks.brought)} 项核对（{names}），"
        f'照样核对；不要的，在文件开头写 {_LEFT_OUT} = ["代号"]'
    ]


def _read(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / _FILE).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RegistryError([Problem(_FILE, explain(error), "改正该行")]) from error


def _completed(own: Mapping[str, Any], shipped: Mapping[str, Any]) -> dict[str, Any]:
    """A check of the county with the limits and lists that are newer than its table."""
    limits = {**shipped.get("limits", {}), **own.get("limits", {})}
    return {key: shipped[key] for key in _SET if key in shipped} | {**own, "limits": limits}


def _check(entry: Mapping[str, Any]) -> Check:
    return Check(
        **{key: entry[key] for key in _TEXTS},
        laws=tuple(entry.get("laws", ())),
        words=tuple(entry.get("words", ())),
        order=tuple(entry.get("order", ())),
        asked=tuple(entry.get("asked", ())),
        pairs=tuple((one, other) for one, other in entry.get("pairs", ())),
        forms=dict(entry.get("forms", {})),
        limits=dict(entry.get("limits", {})),
    )


def _known_laws(folder: Path) -> frozenset[str] | None:
    """The ids of all laws; None: their own table is wrong, and told of elsewhere."""
    try:
        return frozenset(one.id for one in load_laws(folder).all)
    except (RegistryError, OSError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _top_faults(table: Mapping[str, Any]) -> Iterator[Problem]:
    if not _are_texts(table.get(_LEFT_OUT, [])):
        yield Problem(
            _FILE, f"{_LEFT_OUT} 的写法不对", f'写成 {_LEFT_OUT} = ["held_twice"]', _LEFT_OUT
        )
    for key in sorted(table.keys() - set(_TOP)):
        yield Problem(_FILE, f"不认得“{key}”", f"可以写的有 {'、'.join(_TOP)}", key)


def _find_problems(entries: list[dict[str, Any]], laws: frozenset[str] | None) -> Iterator[Problem]:
    if not entries:
        yield Problem(_FILE, "没有 [[check]]", "写上各项核对")
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        where = f"{_FILE} 第 {number} 个 [[check]]"
        yield from _shape_faults(where, entry)
        if entry.get("severity") not in SEVERITIES:
            yield Problem(
                where, f"severity 是 {entry.get('severity')!r}", "写红、黄或蓝", "severity"
            )
        for key in ("id", "no"):
            if f"{key}={entry.get(key)}" in seen:
                yield Problem(where, f"{key}“{entry[key]}”重复", "只留一个", key)
            seen.add(f"{key}={entry.get(key)}")
        named = entry.get("laws", ())
        strange = [one for one in named if laws is not None and one not in laws]
        if strange:
            what = f"依据的 {'、'.join(map(str, strange))} 不在 laws.toml 中"
            yield Problem(where, what, "改成 laws.toml 里的 id", "laws")


def _shape_faults(where: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    strange = entry.keys() - Check.__dataclass_fields__.keys()
    if strange:
        yield Problem(where, f"不认识 {'、'.join(sorted(strange))}", "照文件开头的说明写")
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key]:
            yield Problem(where, f"{key} 没有填写", "填上文字", key)
    for key in _LISTS:
        if not _are_texts(entry.get(key, [])):
            yield Problem(where, f"{key} 写得不对", '写成 ["甲", "乙"]', key)
    yield from _table_faults(where, entry)


def _table_faults(where: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    for key in _TABLES:
        if not _is_table(entry.get(key, {}), of_texts=key == "forms"):
            yield Problem(where, f"{key} 写得不对", "照文件里别的写法写", key)
    pairs = entry.get("pairs", [])
    if not (isinstance(pairs, list) and all(_are_texts(one) and len(one) == 2 for one in pairs)):
        yield Problem(where, "pairs 写得不对", '写成 [["DB", "TK"]]', "pairs")


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


def _is_table(value: Any, *, of_texts: bool) -> bool:
    if not isinstance(value, dict):
        return False
    values = list(value.values())
    if of_texts:
        return all(isinstance(one, str) for one in values)
    return all(type(one) is int and one >= 0 for one in values)
