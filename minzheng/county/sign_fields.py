"""Who signs a form, by its spec: for those who look at a paper and know only its code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.form_files import FormFile, Groups, form_files, shared_groups


@dataclass(frozen=True, slots=True)
class SignField:
    """A place for a signature: its label, and whether every row of a list has one."""

    label: str
    is_column: bool


SignFields = Mapping[str, tuple[SignField, ...]]  #: form id → its places for signatures


def load_sign_fields(folder: Path = TEMPLATES_FOLDER) -> SignFields:
    """The places for signatures of all forms; a spec that cannot be read has none."""
    groups = shared_groups(folder)
    return {form.id: sign_fields_of(form, groups) for form in form_files(folder)}


def sign_fields_of(form: FormFile, groups: Groups) -> tuple[SignField, ...]:
    """The places for signatures of one form."""
    return tuple(dict.fromkeys(_sign_fields(form.spec.get("section", []), groups, False)))


def _sign_fields(node: Any, groups: Groups, is_column: bool) -> Iterator[SignField]:
    if isinstance(node, list):
        for one in node:
            yield from _sign_fields(one, groups, is_column)
    elif isinstance(node, dict):
        if node.get("type") == "sign":
            yield SignField(str(node.get("label", "")), is_column)
        yield from _sign_fields(groups.get(str(node.get("group")), []), {}, is_column)
        yield from _sign_fields(node.get("field", []), groups, is_column)
        yield from _sign_fields(node.get("column", []), groups, True)
