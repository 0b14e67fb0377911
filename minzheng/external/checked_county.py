"""A registry found right once, in every table, needs no second look while nothing changed."""

from pathlib import Path

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.county import County, open_county, read_county
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.loaded_later import LoadedLater
from minzheng.county.settings.all_settings import Config
from minzheng.county.shipped import shipped
from minzheng.external.files.found_right import digest_of, recall, remember

registry_files = LoadedLater("minzheng.county.registry.registry_files")  #: all tables' readers
_MEMORY = "checked_county"
_WHOLE = "checked_registry"
#: The county's tables, and the program's, of which some go along.
_TABLES = (REGISTRY_FOLDER, shipped("registry"))
#: The program's own files that say what is right.
_CHECKING = (Path(__file__).parents[1] / "county",)


def checked_county(config: Config, program: Path | None = None) -> County:
    """The county, each table read when asked for; all first where one may have changed.

    For a command that ends soon: what runs on and meets files that change reads all at once.

    Raises:
        RegistryError: with every mistake in every table.
    """
    memory, digest = config.data_folder / _MEMORY, _digest()
    if recall(memory) == digest:
        return open_county(REGISTRY_FOLDER, program)
    county = read_county(REGISTRY_FOLDER, program)
    remember(memory, digest)
    return county


def refuse_wrong_registry(config: Config) -> None:
    """See that every table is right, in what nobody asks for, too, before anything is made.

    Raises:
        RegistryError: with every mistake in every table.
    """
    memory, digest = config.data_folder / _WHOLE, _digest()
    if recall(memory) == digest:
        return
    problems: list[Problem] = registry_files.find_registry_problems(REGISTRY_FOLDER)
    if problems:
        raise RegistryError(problems)
    remember(memory, digest)


def _digest() -> str:
    return digest_of(_TABLES, _CHECKING, only_there=lambda _: False)
