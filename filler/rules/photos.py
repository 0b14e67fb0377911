"""Photos and annexes that would not come out: nothing of them is dropped in silence."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from filler.form.forms import TAKEN_TYPES, Field, FormSpec
from filler.form.photo_names import named
from filler.records.photo_shelf import PhotoShelf
from filler.values.scope import Scope
from minzheng.county.errors import Problem


def find_homeless_photos(scope: Scope, rooms: Collection[str]) -> Iterator[Problem]:
    """Photos for which the template leaves no room."""
    for one in _given(scope):
        if one.kind == "photo" and one.name not in rooms:
            what = "模板里没有放这张照片的地方"
            do = f"打印后粘贴，或在模板的空格里加上 {{{{{one.name}}}}}"
            yield Problem(one.label, what, do, one.address)


def find_lost_photos(scope: Scope, shelf: PhotoShelf) -> Iterator[Problem]:
    """Names of photos and annexes that were never taken in, or are gone."""
    for one in _given(scope):
        taken = named(one.text)
        if taken and not shelf.has(taken.sha256):
            word = "照片" if one.kind == "photo" else "附件"
            yield Problem(one.label, f"{word}找不到了", f"重新放入{word}", one.address)


class _Given(NamedTuple):
    """A photo or an annex that was given, and where."""

    name: str  #: of its tag: `photo`, or `members.m_photo`
    kind: str
    label: str
    address: str
    text: str


@lru_cache(maxsize=512)
def _taking(spec: FormSpec) -> tuple[tuple[Field, tuple[Field, ...]], ...]:
    """The fields that take files, and tables with the columns that do."""
    every = (
        (field, tuple(one for one in field.columns if one.type in TAKEN_TYPES))
        for field in spec.fields
    )
    return tuple(one for one in every if one[0].type in TAKEN_TYPES or one[1])


def _given(scope: Scope) -> Iterator[_Given]:
    for field, columns in _taking(scope.spec):
        if field.type in TAKEN_TYPES and (text := scope.text(field.slug)):
            yield _Given(field.slug, field.type, field.label, field.slug, text)
        for number, row in enumerate(scope.rows(field.slug) if columns else ()):
            for one in columns:
                if text := row.text(one.slug):
                    label = f"{field.label}第 {number + 1} 行{one.label}"
                    address = f"{field.slug}[{number}].{one.slug}"
                    yield _Given(f"{field.slug}.{one.slug}", one.type, label, address, text)
