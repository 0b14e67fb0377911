"""One form's .toml spec becomes a FormSpec; every mistake in it is collected."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from filler.form.forms import (
    Call,
    Condition,
    Field,
    FieldType,
    FormSpec,
    Layout,
    Section,
    StatedCheck,
)
from filler.form.heading_words import NO_WORDS, HeadingWords
from filler.form.opinions import DECIDER, LEVELS
from filler.spec.spec_calls import parse_call, parse_condition, suggest
from filler.spec.stated_checks import KEYS, read_stated
from filler.values.print_value import placeholders
from minzheng.county.errors import Problem

Groups = Mapping[str, list[dict[str, Any]]]

_FORM_KEYS = frozenset(
    ("id", "title", "name", "version", "kind", "layout", "dossier", "case_code", "reference_date",
     "file_name", "checks", "check", "section", "drawing")
)  # fmt: skip
_FORM_REQUIRED = ("id", "title", "version", "kind", "layout")
_FIELD_KEYS: dict[str, type | tuple[type, ...]] = {
    "slug": str, "label": str, "type": str, "required": bool, "required_if": str,
    "derived": str, "choices": (str, list), "default": str, "help": str, "rules": list,
    "column": list, "min_rows": int, "least": int, "most": int, "sensitive": bool,
    "seal_name": str, "printed": bool, "one_row_each": str,
    "level": str,
}  # fmt: skip
_GROUP_KEYS = frozenset(("group", "only", "omit", "defaults"))


class SpecReader:
    """Reads one spec, collecting its mistakes in `problems`."""

    def __init__(
        self,
        file: Path,
        where: str,
        groups: Groups,
        lists: Mapping[str, tuple[str, ...]],
        *,
        words: HeadingWords = NO_WORDS,
    ) -> None:
        self.file, self.where, self.groups, self.lists = file, where, groups, lists
        self.words = words
        self.problems: list[Problem] = []
        self.own_slugs: set[str] = set()

    def read(self, table: Mapping[str, Any]) -> FormSpec | None:
        """The form, or None when the spec is too wrong to make one."""
        self._check_keys(table, _FORM_KEYS, "", self.where)
        missing = [key for key in _FORM_REQUIRED if not isinstance(table.get(key), str)]
        for key in missing:
            self._wrong(self.where, f"{key} 没有填写", "填上文字", key)
        self._one_of("kind", table.get("kind"), ("制式", "模版"))
        self._one_of("layout", table.get("layout"), get_args(Layout))
        entries = [field for entry in table.get("section", ()) for field in entry.get("field", ())]
        self.own_slugs = {str(entry["slug"]) for entry in entries if "slug" in entry}
        sections = tuple(self._section(entry) for entry in table.get("section", ()))
        if missing:
            return None
        return FormSpec(
            sections=sections,
            docx=self.file.with_suffix(".docx"),
            dossier=table.get("dossier", ""),
            name=table.get("name", ""),
            case_code=table.get("case_code", ""),
            reference_date=table.get("reference_date", ""),
            checks=self._calls(self.where, "checks", table.get("checks", ())),
            stated=tuple(self._stated(entry) for entry in table.get("check", ())),
            file_name=table.get("file_name", "{form_id}_{case_no}"),
            heading_words=self.words,
            **{key: table[key] for key in _FORM_REQUIRED},
        )

    def _stated(self, entry: Mapping[str, Any]) -> StatedCheck:
        self._check_keys(entry, KEYS, "check", self.where)
        return read_stated(entry)

    def _section(self, entry: Mapping[str, Any]) -> Section:
        title = entry.get("title", "")
        self._check_keys(entry, {"title", "field"}, title, self.where)
        fields = [field for item in entry.get("field", ()) for field in self._expand(item)]
        return Section(title, tuple(fields))

    def _expand(self, entry: dict[str, Any]) -> list[Field]:
        if "group" not in entry:
            return [self._field(entry)]
        name = entry["group"]
        self._check_keys(entry, _GROUP_KEYS, f"group {name}", self.where)
        if name not in self.groups:
            self._wrong(self.where, f"字段组“{name}”不存在", "见 shared/groups.toml", name)
            return []
        members = self.groups[name]
        slugs = [member.get("slug", "") for member in members]
        for slug in (*entry.get("only", ()), *entry.get("omit", ())):
            if slug not in slugs:
                self._wrong(self.where, f"字段组 {name} 中没有“{slug}”", "改正 only 或 omit", slug)
        only, omit = entry.get("only", slugs), entry.get("omit", ())
        chosen = [slug for slug in slugs if slug in only and slug not in omit]
        left_out = set(slugs) - set(chosen) - self.own_slugs
        defaults = entry.get("defaults", {})
        for slug in defaults:
            if slug not in chosen:
                self._wrong(self.where, f"defaults 中的“{slug}”不在本表", "改正名称", slug)
        return [
            self._field(_with_default(_without_dangling(member, left_out), defaults))
            for member in members
            if member.get("slug") in chosen
        ]

    def _field(self, entry: Mapping[str, Any]) -> Field:
        slug = str(entry.get("slug", ""))
        where = f"{self.where} 字段“{slug or '?'}”"
        self._check_keys(entry, frozenset(_FIELD_KEYS), slug, where)
        for key in ("slug", "label", "type"):
            if not entry.get(key):
                self._wrong(where, f"{key} 没有填写", "填上文字", slug)
        for key, kind in _FIELD_KEYS.items():
            if key in entry and not isinstance(entry[key], kind):
                self._wrong(where, f"{key} 读到 {entry[key]!r}", f"应为 {_KIND_WORDS[kind]}", slug)
        self._one_of(f"{slug}.type", entry.get("type"), get_args(FieldType))
        self._one_of(f"{slug}.level", entry.get("level"), (*LEVELS, DECIDER))
        plain = (
            "default",
            "help",
            "min_rows",
            "least",
            "most",
            "sensitive",
            "seal_name",
            "printed",
            "one_row_each",
            "level",
        )
        return Field(
            slug,
            str(entry.get("label", "")),
            entry.get("type", "text"),
            required=bool(entry.get("required")),
            required_if=self._condition(where, entry.get("required_if")),
            derived=self._derived(where, entry.get("derived")),
            choices=self._choices(where, entry.get("choices", ())),
            rules=self._calls(where, "rules", entry.get("rules", ())),
            columns=tuple(self._field(column) for column in entry.get("column", ())),
            **{key: entry[key] for key in plain if key in entry},
        )

    def _condition(self, where: str, text: str | None) -> Condition | None:
        condition = parse_condition(text) if text else None
        if text and condition is None:
            self._wrong(
                where, f"required_if 读到“{text}”", "写成 health = 患重病|残疾", "required_if"
            )
        return condition

    def _derived(self, where: str, text: str | None) -> Call | None:
        return self._calls(where, "derived", (text,))[0] if text else None

    def _choices(self, where: str, choices: Any) -> tuple[str, ...]:
        names = [choices] if isinstance(choices, str) else choices
        made: list[str] = []
        for choice in names:
            if isinstance(choice, str) and choice.startswith("@"):
                if choice not in self.lists:
                    self._wrong(
                        where, f"没有名单“{choice}”", f"可用 {'、'.join(self.lists)}", choice
                    )
                made += self.lists.get(choice, ())
            else:
                made.append(str(choice))
        return tuple(made)

    def _calls(self, where: str, key: str, texts: Iterable[Any]) -> tuple[Call, ...]:
        calls = []
        for text in texts:
            call = parse_call(str(text))
            if call is None:
                self._wrong(where, f"{key} 读到“{text}”", "写成 名称(参数, 参数)", key)
            calls.append(call or Call(""))
        return tuple(calls)

    def _check_keys(
        self, table: Mapping[str, Any], known: Iterable[str], name: str, where: str
    ) -> None:
        for key in table:
            if key not in known:
                self._wrong(where, f"{name} 中没有“{key}”这个键", suggest(key, known), key)

    def _one_of(self, key: str, value: Any, allowed: tuple[str, ...]) -> None:
        if value is not None and value not in allowed:
            self._wrong(self.where, f"{key} 读到“{value}”", f"可用 {'、'.join(allowed)}", key)

    def _wrong(self, where: str, what: str, do: str, key: str) -> None:
        self.problems.append(Problem(where, what, do, key))


def _without_dangling(member: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    """A default or condition that speaks of a field the form leaves out is none.

    What was needed unless that field said otherwise (`no_phone != 是`) is needed always.
    """
    kept = dict(member)
    if not left_out.isdisjoint(placeholders(str(member.get("default", "")))):
        del kept["default"]
    condition = parse_condition(str(member.get("required_if", "")))
    if condition and condition.slug in left_out:
        del kept["required_if"]
        kept["required"] = condition.negated
    return kept


def _with_default(member: dict[str, Any], defaults: Mapping[str, str]) -> dict[str, Any]:
    slug = str(member.get("slug", ""))
    return {**member, "default": defaults[slug]} if slug in defaults else member


_KIND_WORDS: dict[type | tuple[type, ...], str] = {
    str: "文字",
    bool: "true 或 false",
    int: "整数",
    list: "列表 [..]",
    (str, list): "列表 [..] 或“@名单”",
}
