"""An issued document printed again exactly as it was, whatever became of its template."""

import dataclasses
import hashlib
import json
from functools import lru_cache

from filler.errors import RenderError
from filler.form.form_data import Printed
from filler.form.forms import FormSpec
from filler.word.bindings import bindings_of_kept
from filler.word.compiled_template import CompiledTemplate
from filler.word.nearest_name import NameBook
from filler.word.template_labels import template_labels


def reissue(printed: Printed, sha256: str) -> bytes:
    """The same bytes as were issued.

    Raises:
        RenderError: the program prints differently now; the kept file is what counts.
    """
    content = json.loads(printed.spec)
    labels, bindings = content["labels"], bindings_of_kept(content["spec"])
    book = NameBook(frozenset(), {label: tuple(names) for label, names in labels.items()})
    template = CompiledTemplate(printed.template, "原模板", book, bindings=bindings)
    docx = template.render(printed.texts, printed.qr, printed.photos)
    if hashlib.sha256(docx).hexdigest() != sha256:
        raise RenderError("重新生成的文书与当时出具的不一致。请用“已出具”中保存的原件。")
    return docx


@lru_cache(maxsize=256)
def spec_as_json(spec: FormSpec) -> bytes:
    """The resolved spec, the same bytes for the same content."""
    fields = dataclasses.asdict(spec) | {"docx": spec.docx.name}
    content = {"spec": fields, "labels": template_labels(spec)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
