"""Tables of the county as a test writes them, and what they then say of themselves."""

from pathlib import Path

from minzheng.county.errors import RegistryError


def written(folder: Path, name: str, text: str) -> Path:
    """A folder that holds a table of such text."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def wrong(load, folder: Path) -> list[str]:
    """What a table says of itself; nothing when it is right."""
    try:
        load(folder)
    except RegistryError as error:
        return [str(problem) for problem in error.problems]
    return []
