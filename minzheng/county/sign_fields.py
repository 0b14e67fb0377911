"""Who signs a form, by its spec: for those who look at a paper and know only its code."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minzheng.county.config import TEMPLATES_FOLDER

_GROUPS = "groups.toml"


@dataclass(frozen=True, slots=True)
class SignField:
    """A place for a signature: its label, and whether every row of a list has one."""

    label: str
    is_column: bool


SignFields = Mapping[str, tuple[SignField, ...]]  #: form id → its places for signatures


def load_sign_fields(folder: Path = TEMPLATES_FOLDER) -> SignFields:
    """The places for signatures of all forms; a spec that cannot be read has none."""
    groups = _read(folder / "shared" / _GROUPS)
    specs = (_read(file) for file in sorted(folder.glob("*/*.toml")) if file.name != _GROUPS)
    return {
        spec["id"]: tuple(dict.fromkeys(_sign_fields(spec.get("section", []), groups, False)))
        for spec in specs
        if isinstance(spec.get("id"), str)
    }


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def _sign_fields(node: Any, groups: dict[str, Any], is_column: bool) -> Iterator[SignField]:
    if isinstance(node, list):
        for one in node:
            yield from _sign_fields(one, groups, is_column)
    elif isinstance(node, dict):
        if node.get("type") == "sign":
            yield SignField(str(node.get("label", "")), is_column)
        yield from _sign_fields(groups.get(str(node.get("group")), []), {}, is_column)
        yield from _sign_fields(node.get("field", []), groups, is_column)
        yield from _sign_fields(node.get("column", []), groups, True)
