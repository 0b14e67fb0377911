"""What is known of the forms of a templates folder, for those who read and file their scans.

136 forms take a second. They are read once a process, whichever county they are asked for and
however often its tables change, and anew when a file of theirs was replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from filler.spec.layout_of_forms import layout_of
from filler.spec.marks_of_forms import marks_of
from filler.spec.print_of_forms import print_of
from minzheng.county.form_files import form_files, shared_groups
from minzheng.county.form_layout import FormCell
from minzheng.county.form_marks import FormMarks
from minzheng.county.sign_fields import SignField, sign_fields_of
from minzheng.county.sign_rows import SignRow, sign_rows_of
from minzheng.external.files.changed_files import State, state_of


@dataclass(frozen=True)
class KnownForms:
    """Form id → what its spec and its Word file say."""

    signs: Mapping[str, tuple[SignField, ...]]
    sign_rows: Mapping[str, tuple[SignRow, ...]]
    layouts: Mapping[str, tuple[FormCell, ...]]
    prints: Mapping[str, str]
    marks: Mapping[str, FormMarks]  #: of those that have a title


def known_forms(templates: Path) -> KnownForms:
    """All forms of a folder as they are now; nobody may change what is told of them."""
    folders = sorted(one for one in templates.iterdir() if one.is_dir())
    return _read(templates, state_of(folders))


@lru_cache(maxsize=1)
def _read(templates: Path, state: State) -> KnownForms:  # by which it is remembered
    groups = shared_groups(templates)
    signs, rows, layouts, prints, marks = {}, {}, {}, {}, {}
    for form in form_files(templates):
        signs[form.id] = sign_fields_of(form, groups)
        rows[form.id] = sign_rows_of(form, signs[form.id])
        layouts[form.id] = layout_of(form, groups)
        prints[form.id] = print_of(form)
        if form.has_title:
            marks[form.id] = marks_of(form, groups)
    return KnownForms(signs, rows, layouts, prints, marks)
