"""A key that lives as long as the service: what is made with it means nothing afterwards.

One process makes it at random; those that answer beside it are given it, never through a file
or the environment.
"""

import secrets

BYTES = 32
_key = [secrets.token_bytes(BYTES)]


def run_key() -> bytes:
    """The key of this run, 32 bytes."""
    return _key[0]


def take_run_key(given: bytes) -> None:
    """Use the key of the process that this one answers beside."""
    _key[0] = given
