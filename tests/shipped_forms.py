"""The forms of templates/ as they are, read once for all tests of a run."""

import shutil
from functools import cache
from pathlib import Path

from filler.spec.form_catalogue import Catalogue, load_catalogue
from filler.word.faults.checked_templates import check_templates

PROJECT = Path(__file__).resolve().parents[1]
#: Between runs; what was changed since is looked at again.
_CHECKED = PROJECT / ".pytest_cache" / "checked_templates.json"


@cache
def shipped_forms() -> Catalogue:
    """All forms; nobody may change them."""
    return load_catalogue()


def lay_checked_templates(data_folder: Path) -> None:
    """A service in this data folder need not try every template: these were right."""
    check_templates(shipped_forms().forms, _CHECKED)
    data_folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_CHECKED, data_folder / _CHECKED.name)
