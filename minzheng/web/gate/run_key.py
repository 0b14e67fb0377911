"""A key that lives as long as the service: what is made with it means nothing afterwards.

One process makes it at random; those that answer beside it are given it, never through a file
or the environment. Where several machines answer, it lies in the file of the run in the data
folder that they share, which no backup holds.
"""

import secrets
from pathlib import Path

from minzheng.external.shared_folder import key_of_run

BYTES = 32
_shared: list[Path] = []  #: the data folder of several machines
_key = [secrets.token_bytes(BYTES)]


def run_key() -> bytes:
    """The key of this run, 32 bytes."""
    return key_of_run(_shared[0]) if _shared else _key[0]


def share_run_key(data_folder: Path) -> None:
    """From now on use the key of the run that the main machine began last."""
    _shared[:] = [data_folder]


def take_run_key(given: bytes) -> None:
    """Use the key of the process that this one answers beside."""
    _key[0] = given
