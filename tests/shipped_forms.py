"""The forms of templates/ as they are, read once for all tests of a run."""

import shutil
from functools import cache
from pathlib import Path

from filler.spec.form_catalogue import Catalogue, load_catalogue
from filler.word.faults.checked_templates import CHECKED, check_templates
from tests.running.kept.made_once import made_by_one

PROJECT = Path(__file__).resolve().parents[1]
#: Between runs; what was changed since is looked at again.
_CHECKED = PROJECT / ".pytest_cache" / CHECKED


@cache
def shipped_forms() -> Catalogue:
    """All forms; nobody may change them."""
    return load_catalogue()


def checked_templates() -> Path:
    """What a service remembers of templates that were right."""
    with made_by_one(_CHECKED):
        check_templates(shipped_forms().forms, _CHECKED)
    return _CHECKED


def lay_checked_templates(data_folder: Path) -> None:
    """A service in this data folder need not try every template: these were right."""
    data_folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(checked_templates(), data_folder / CHECKED)
