"""How Django reaches the tables, by config.toml."""

import socket
from typing import Any

from minzheng.county.settings.all_settings import Config
from minzheng.county.settings.database_address import DatabaseAddress

#: How long one waits for somebody else who writes.
WAIT_SECONDS = 30
_CONNECT_SECONDS = 10
#: A machine that lost its power must not hold a lock for two hours: after a minute and a half
#: of silence the server asks whether it is there.
#: A search counts over many rows: they stay in memory, and no program is compiled for a question.
_SESSION = (
    "-c jit=off -c work_mem=32MB"
    f" -c lock_timeout={WAIT_SECONDS}s -c tcp_keepalives_idle=60"
    " -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
)


def database_settings(config: Config) -> dict[str, Any]:
    """The entry of `DATABASES`."""
    address = config.database
    return _embedded(config) if address is None else _on_server(address)


def _embedded(config: Config) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": config.data_folder / "minzheng.sqlite3",
        "OPTIONS": {
            "timeout": WAIT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _on_server(address: DatabaseAddress) -> dict[str, Any]:
    return {
        "ENGINE": "minzheng.database.postgresql",
        "NAME": address.name,
        "HOST": address.host,
        "PORT": address.port,
        "USER": address.user,
        "PASSWORD": address.password,
        "CONN_HEALTH_CHECKS": True,  # a server that was away is asked anew by the next page
        "OPTIONS": {
            "connect_timeout": _CONNECT_SECONDS,
            "options": _SESSION,
            # Told to whoever asks who holds a lock.
            "application_name": f"minzheng {socket.gethostname()}"[:63],
            **address.options,
        },
    }
