"""The Word template of a form: as it is now, and as it was kept with an issued document."""

import dataclasses
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from filler.form.form_data import Printed
from filler.form.forms import FormSpec
from filler.word.bindings import bindings_of, bindings_of_kept
from filler.word.compiled_template import CompiledTemplate
from filler.word.kept.template_shelf import TemplateShelf
from filler.word.name_book import NameBook, name_book, template_labels
from filler.word.page_texts import required_names
from filler.word.property_texts import (
    is_by_parts,
    is_fitted,
    is_framed,
    is_mended,
    is_named,
    is_numbered,
    is_once,
    is_quick,
)

_ATOMS = (str, int, float, bool, type(None))


def load_template(spec: FormSpec) -> CompiledTemplate:
    """The form's template, compiled once until its file changes.

    Raises:
        TemplateError: with every mistake in it.
    """
    now = spec.docx.stat()
    return _compile(spec, (now.st_mtime_ns, now.st_size, now.st_ino))


def kept_template(printed: Printed) -> CompiledTemplate:
    """The template of an issued document, with the spec it had then."""
    content = json.loads(printed.spec)
    book = NameBook(frozenset(), {name: tuple(all_) for name, all_ in content["labels"].items()})
    bindings = bindings_of_kept(content["spec"])
    return CompiledTemplate(
        printed.template,
        "原模板",
        book,
        bindings=bindings,
        is_new=is_mended(printed.texts),
        is_fitted=is_fitted(printed.texts),
        is_quick=is_quick(printed.texts),
        is_named=is_named(printed.texts),
        is_once=is_once(printed.texts),
        is_framed=is_framed(printed.texts),
        is_numbered=is_numbered(printed.texts),
        is_by_parts=is_by_parts(printed.texts),
        is_kept=True,
    )


@lru_cache(maxsize=256)
def spec_as_json(spec: FormSpec) -> bytes:
    """The resolved spec as it is kept: the same bytes for the same content."""
    fields = _plain(spec) | {"docx": spec.docx.name}
    del fields["heading_words"]  # of rosters: no document depends on them
    content = {"spec": fields, "labels": template_labels(spec)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def _plain(told: Any) -> Any:
    """As `dataclasses.asdict` says it, without copying each text: that took a third of a start."""
    if isinstance(told, _ATOMS):
        return told
    if dataclasses.is_dataclass(told):
        return {name: _plain(getattr(told, name)) for name in told.__dataclass_fields__}
    if isinstance(told, Mapping):
        return {key: _plain(value) for key, value in told.items()}
    return [_plain(one) for one in told] if isinstance(told, list | tuple) else told


class _Kept:
    """Where compiled templates are kept, if anywhere."""

    shelf: TemplateShelf | None = None


def keep_compiled(shelf: TemplateShelf | None) -> None:
    """From here on templates are taken from a shelf: for a command, which ends soon."""
    _Kept.shelf = shelf
    _compile.cache_clear()


@lru_cache(maxsize=256)
def _compile(spec: FormSpec, state: tuple[int, ...]) -> CompiledTemplate:
    docx = spec.docx.read_bytes()

    def make() -> CompiledTemplate:
        return CompiledTemplate(
            docx, spec.docx.name, name_book(spec), required_names(spec), bindings=bindings_of(spec)
        )

    if _Kept.shelf is None:
        return make()
    return _Kept.shelf.find_or_make(f"{spec.docx.stem}.json", docx, spec_as_json(spec), make)
