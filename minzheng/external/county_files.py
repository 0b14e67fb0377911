"""The county's own tables and forms: where an installed program keeps them beside its data."""

import os
from pathlib import Path

from minzheng.county.config import COUNTY_FOLDERS
from minzheng.county.settings.all_settings import Config
from minzheng.county.shipped import is_installed, shipped
from minzheng.external.files.laid_files import Change, Laid, find_changes


def county_folders(config: Config) -> dict[str, Laid]:
    """`registry` and `templates` of an installed program; none that a variable moved elsewhere.

    A program that runs from its source tree has them there: git tells what changed.
    """
    if not is_installed():
        return {}
    return {
        name: laid_in(config.data_folder, name, shipped(name))
        for name, variable in COUNTY_FOLDERS.items()
        if not os.environ.get(variable)
    }


def laid_in(data: Path, name: str, source: Path) -> Laid:
    """One of these folders in its three states."""
    return Laid(source, data / name, data / "as_shipped" / name)


def changed_by_both(config: Config, folder: str) -> dict[str, Change]:
    """What this version of the program and the county both changed, by its name."""
    laid = county_folders(config).get(folder)
    return {one.name: one for one in find_changes(laid) if one.is_both} if laid else {}
