"""The tables as a whole, wherever they lie: copied for a backup, looked at, laid back."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from minzheng.database.embedded_tables import EmbeddedTables
from minzheng.database.server import is_on_server
from minzheng.database.server_tables import ServerTables


class Tables(Protocol):
    """All tables of the program."""

    @property
    def kind(self) -> str:
        """What they lie in, as the list of a backup names it."""

    @property
    def file_name(self) -> str:
        """What a copy of them is called."""

    def exist(self) -> bool:
        """Whether there are any."""

    def bytes(self) -> int:
        """How much they take."""

    def find_damage(self) -> str:
        """What is wrong with them; empty when they are sound."""

    def copied(self, copy: Path) -> AbstractContextManager[str]:
        """A copy as of one moment, as long as it is needed; gives what is wrong with it."""

    def stage(self, copy: Path) -> None:
        """Prepare a copy to be put in place."""

    def drop_staged(self) -> None:
        """Forget what was prepared."""

    def set_aside(self, stamp: str) -> str:
        """Prepare to let go of ours; gives the name under which they will be kept."""

    def put_in_place(self, aside: str = "") -> None:
        """Let what was prepared be ours; what was ours is kept under that name, if any."""


def tables_of(data: Path) -> Tables:
    """The tables of a data folder, or of the server that config.toml names."""
    return ServerTables() if is_on_server() else EmbeddedTables(data)
