"""What a template may hold besides tags: rooms for photos, controls for choices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from filler.form.forms import FormSpec
from filler.word.checkboxes import ChoiceField


@dataclass(frozen=True, slots=True)
class Bindings:
    """The photos and choices of a form; texts with formats of their own."""

    photos: Mapping[str, str] = field(default_factory=dict)  #: slug → label
    choices: Mapping[str, ChoiceField] = field(default_factory=dict)  #: by slug, and by label
    rich: frozenset[str] = frozenset()  #: names whose values are runs, for tags `{{r name}}`
    #: slug → label, of columns both with their table: `members.m_photo` → `家庭成员.照片`
    row_photos: Mapping[str, str] = field(default_factory=dict)
    annexes: Mapping[str, str] = field(default_factory=dict)  #: slug → label


class _Kind(NamedTuple):
    slug: str
    label: str
    type: str
    choices: tuple[str, ...]
    columns: tuple["_Kind", ...] = ()


def bindings_of(spec: FormSpec) -> Bindings:
    """The photos and choices of a form as its spec says now."""
    return _bind(
        _Kind(
            one.slug, one.label, one.type, one.choices,
            tuple(_Kind(each.slug, each.label, each.type, ()) for each in one.columns),
        )
        for one in spec.fields
    )  # fmt: skip


def bindings_of_kept(spec: Mapping[str, Any]) -> Bindings:
    """The photos and choices of a form as its spec was kept with an issued document."""
    return _bind(
        _Kind(
            one["slug"], one["label"], one["type"], tuple(one["choices"]),
            tuple(_Kind(it["slug"], it["label"], it["type"], ()) for it in one.get("columns", ())),
        )
        for section in spec["sections"]
        for one in section["fields"]
    )  # fmt: skip


def _bind(fields: Iterable[_Kind]) -> Bindings:
    of_type: dict[str, dict[str, str]] = {"photo": {}, "annex": {}}
    in_rows: dict[str, str] = {}
    by_slug: dict[str, ChoiceField] = {}
    by_label: dict[str, list[ChoiceField]] = {}
    for slug, label, kind, choices, columns in fields:
        in_rows |= {
            f"{slug}.{one.slug}": f"{label}.{one.label}" for one in columns if one.type == "photo"
        }
        if kind in of_type:
            of_type[kind][slug] = label
        elif kind in ("choice", "multi") and choices:
            by_slug[slug] = ChoiceField(slug, label, choices)
            by_label.setdefault(label, []).append(by_slug[slug])
    labels = {label: found[0] for label, found in by_label.items() if len(found) == 1}
    return Bindings(of_type["photo"], labels | by_slug, frozenset(), in_rows, of_type["annex"])
