"""Where what comes with the program lies: in its source tree, or inside the installed package."""

import tomllib
from importlib import import_module
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_INSIDE = _PACKAGE / "shipped"


def is_installed() -> bool:
    """Whether the program was installed as a package; else it runs from its source tree."""
    return _INSIDE.is_dir()


def shipped(name: str) -> Path:
    """A file or folder that comes with the program, by its name in the source tree."""
    return (_INSIDE if is_installed() else _PACKAGE.parent) / name


def program_version() -> str:
    """The version of the program, as pyproject.toml says it."""
    if is_installed():
        # Loaded here: few commands ask, and it takes a twentieth of a start.
        return str(import_module("importlib.metadata").version("minzheng"))
    project = tomllib.loads(shipped("pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
