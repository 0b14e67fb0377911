"""One setting of config.toml, declared once: where it stands, what it may hold, what it is for."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOTHING = "无"  #: what a setting says that names nothing
#: Stands in a comment for the least and the most a number may be.
RANGE = "{range}"
_NAME = "setting"


@dataclass(frozen=True, slots=True)
class Setting:
    """What one key of config.toml may hold, and what is said of it."""

    table: str
    key: str
    default: str | int | float
    comment: str
    least: float = 0
    most: float = 0
    choices: Mapping[str, str] = field(default_factory=dict)  #: each word and what it means
    parts: tuple[str, ...] = ()  #: a text of any of these, or none, with 、 between
    may_be_empty: bool = False  #: a text that may be left out

    @property
    def name(self) -> str:
        """The key with its table, as problems name it."""
        return f"{self.table}.{self.key}"

    def describe(self) -> str:
        """What is allowed, in Chinese."""
        if self.choices:
            return "、".join(f'"{value}"' for value in self.choices)
        if self.parts:
            return f"“{'、'.join(self.parts)}”中的几个，用顿号隔开，或空着"
        if isinstance(self.default, str):
            return "文字，或空着" if self.may_be_empty else "非空文字"
        return f"{self.range} 的{'数字' if isinstance(self.default, float) else '整数'}"

    @property
    def range(self) -> str:
        """The least and the most a number may be."""
        return f"{_plain(self.least)}–{_plain(self.most)}"

    @property
    def explanation(self) -> str:
        """The comment with the range and the choices filled in."""
        told = [self.comment.replace(RANGE, self.range)] if self.comment else []
        told += [f'"{value}" {meaning}'.strip() for value, meaning in self.choices.items()]
        return "；".join(told)

    def accepts(self, value: object) -> bool:
        """Whether a value read from the file is allowed."""
        if self.choices:
            return isinstance(value, str) and value in self.choices
        if self.parts:
            return isinstance(value, str) and set(parts_of(value)) <= set(self.parts)
        if isinstance(self.default, str):
            return isinstance(value, str) and (self.may_be_empty or bool(value.strip()))
        kinds = (int, float) if isinstance(self.default, float) else (int,)
        if isinstance(value, bool) or not isinstance(value, kinds):
            return False
        return self.least <= value <= self.most


def setting(
    place: str,
    default: str | int | float,
    comment: str,
    *,
    least: float = 0,
    most: float = 0,
    choices: Mapping[str, str] | None = None,
    parts: tuple[str, ...] = (),
    may_be_empty: bool = False,
    is_folder: bool = False,
) -> Any:
    """A field of a dataclass that is read from the key `table.key` of config.toml.

    The path of a folder is made of its default only when the file is read.
    """
    table, _, key = place.partition(".")
    declared = Setting(
        table, key, default, comment, least, most, choices or {}, parts, may_be_empty
    )
    told = {_NAME: declared}
    return field(metadata=told) if is_folder else field(default=default, metadata=told)


def settings_of(config: type) -> dict[str, Setting]:
    """The settings a dataclass declares, by the name of their field."""
    fields = dataclasses.fields(config)
    return {one.name: one.metadata[_NAME] for one in fields if _NAME in one.metadata}


def parts_of(text: str) -> tuple[str, ...]:
    """The words of a text that lists some."""
    return tuple(part for one in re.split(r"[、，,;；\s]", text) if (part := one.strip()))


def _plain(number: float) -> str:
    return f"{number:.10g}"
