"""The database, brought to the newest shape when it is not."""

import pkgutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from archive_indexer.disk.service_lock import UpgradeLock
from archive_indexer.stores.database_trouble import naming_damage
from minzheng.county.config import current_config
from minzheng.database.errors import ServerAwayError
from minzheng.database.server import confirm_usable, is_on_server

_LOOK_SECONDS = 5.0
_WAITING = "{}\n正在等它恢复，连上就接着启动；按 Ctrl-C 停止。"


def bring_up_to_date() -> None:
    """Migrate when, and only when, a migration is missing; one program at a time.

    Raises:
        ServerAwayError: the database's server cannot be reached.
        ServerUnfitError: it is too old, or its database is not made as it must be.
        BeingUpgradedError: another program is at it and does not end.
    """
    with naming_damage():
        confirm_usable()
        if not is_outdated():
            return
        with UpgradeLock(_data_folder()):
            if is_outdated():
                call_command("migrate", verbosity=0, interactive=False)


def _data_folder() -> Path:
    """Where the lock lies: beside the embedded database."""
    if is_on_server():
        return current_config().data_folder
    return Path(str(connection.settings_dict["NAME"])).parent


def keep_connections() -> None:
    """A thread keeps its connection to the database: opening one costs more than a question."""
    connections.settings["default"]["CONN_MAX_AGE"] = None


def wait_for_server() -> None:
    """A service that starts before its database's server says so once, and waits for it.

    Raises:
        ServerUnfitError: it is there and cannot be used.
    """
    is_told = False
    while True:
        try:
            confirm_usable()
            return
        except ServerAwayError as error:
            if not is_told:
                print(_WAITING.format(error), file=sys.stderr, flush=True)
            is_told = True
            time.sleep(_LOOK_SECONDS)


def is_outdated() -> bool:
    """Whether a migration was not made yet; their names tell, none of them is loaded."""
    made = MigrationRecorder(connection).applied_migrations()
    return any((app.label, name) not in made for app in apps.get_app_configs() for name in _of(app))


def _of(app: AppConfig) -> Iterator[str]:
    folder = Path(app.path) / "migrations"
    for one in pkgutil.iter_modules([str(folder)]):
        if not one.ispkg and not one.name.startswith(("_", "~")):
            yield one.name
