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


class _Kind(NamedTuple):
    slug: str
    label: str
    type: str
    choices: tuple[str, ...]


def bindings_of(spec: FormSpec) -> Bindings:
    """The photos and choices of a form as its spec says now."""
    return _bind(_Kind(one.slug, one.label, one.type, one.choices) for one in spec.fields)


def bindings_of_kept(spec: Mapping[str, Any]) -> Bindings:
    """The photos and choices of a form as its spec was kept with an issued document."""
    return _bind(
        _Kind(one["slug"], one["label"], one["type"], tuple(one["choices"]))
        for section in spec["sections"]
        for one in section["fields"]
    )


def _bind(fields: Iterable[_Kind]) -> Bindings:
    photos: dict[str, str] = {}
    by_slug: dict[str, ChoiceField] = {}
    by_label: dict[str, list[ChoiceField]] = {}
    for slug, label, kind, choices in fields:
        if kind == "photo":
            photos[slug] = label
        elif kind in ("choice", "multi") and choices:
            by_slug[slug] = ChoiceField(slug, label, choices)
            by_label.setdefault(label, []).append(by_slug[slug])
    labels = {label: found[0] for label, found in by_label.items() if len(found) == 1}
    return Bindings(photos, labels | by_slug)
