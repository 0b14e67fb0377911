"""Specs found right once, in every part, need no second look while nothing changed.

A wrong memory could at most have a form refused when it is asked for, and not at the start.
"""

from pathlib import Path

from filler.form.county_facts import county_facts
from filler.spec.form_catalogue import Catalogue, catalogue_of, open_catalogue
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.county import County
from minzheng.county.settings.all_settings import Config
from minzheng.external.files.found_right import digest_of, recall, remember

_MEMORY = "checked_specs"
#: The program's own files that say what is right.
_CHECKING = tuple(Path(__file__).parents[2] / name for name in ("filler", "minzheng/county"))


def checked_catalogue(config: Config, county: County) -> Catalogue:
    """All forms, each read when asked for; all of them first where they may have changed.

    Raises:
        CatalogueError: with every mistake in every spec.
    """
    memory = config.data_folder / _MEMORY
    digest = digest_of((TEMPLATES_FOLDER, county.folder), _CHECKING, only_there=_is_template)
    if recall(memory) == digest:
        return open_catalogue(TEMPLATES_FOLDER, county_facts(config, county))
    catalogue = catalogue_of(config, county)
    remember(memory, digest)
    return catalogue


def _is_template(file: Path) -> bool:
    """A Word template is looked at when it is used."""
    return file.suffix == ".docx"
