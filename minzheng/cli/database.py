"""The database, brought to the newest shape when it is not."""

import pkgutil
from collections.abc import Iterator
from pathlib import Path

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from archive_indexer.disk.service_lock import UpgradeLock
from archive_indexer.stores.database_trouble import naming_damage


def bring_up_to_date() -> None:
    """Migrate when, and only when, a migration is missing; one program at a time.

    Raises:
        BeingUpgradedError: another program is at it and does not end.
    """
    with naming_damage():
        if not is_outdated():
            return
        with UpgradeLock(Path(str(connection.settings_dict["NAME"])).parent):
            if is_outdated():
                call_command("migrate", verbosity=0, interactive=False)


def is_outdated() -> bool:
    """Whether a migration was not made yet; their names tell, none of them is loaded."""
    made = MigrationRecorder(connection).applied_migrations()
    return any((app.label, name) not in made for app in apps.get_app_configs() for name in _of(app))


def _of(app: AppConfig) -> Iterator[str]:
    folder = Path(app.path) / "migrations"
    for one in pkgutil.iter_modules([str(folder)]):
        if not one.ispkg and not one.name.startswith(("_", "~")):
            yield one.name
