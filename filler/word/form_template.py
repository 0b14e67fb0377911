"""The Word template of a form, compiled once until its file changes."""

from functools import lru_cache

from filler.form.forms import FormSpec
from filler.word.bindings import bindings_of
from filler.word.compiled_template import CompiledTemplate
from filler.word.nearest_name import name_book
from filler.word.page_texts import required_names


def load_template(spec: FormSpec) -> CompiledTemplate:
    """The form's template, compiled once until its file changes.

    Raises:
        TemplateError: with every mistake in it.
    """
    now = spec.docx.stat()
    return _compile(spec, (now.st_mtime_ns, now.st_size, now.st_ino))


@lru_cache(maxsize=256)
def _compile(spec: FormSpec, state: tuple[int, ...]) -> CompiledTemplate:
    return CompiledTemplate(
        spec.docx.read_bytes(),
        spec.docx.name,
        name_book(spec),
        required_names(spec),
        bindings=bindings_of(spec),
    )
