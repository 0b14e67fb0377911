"""The database, brought to the newest shape when it is not."""

from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from archive_indexer.disk.service_lock import UpgradeLock
from archive_indexer.stores.database_trouble import naming_damage


def bring_up_to_date() -> None:
    """Migrate when, and only when, a migration is missing; one program at a time.

    Raises:
        BeingUpgradedError: another program is at it and does not end.
    """
    with naming_damage():
        if not _is_outdated():
            return
        with UpgradeLock(Path(str(connection.settings_dict["NAME"])).parent):
            if _is_outdated():
                call_command("migrate", verbosity=0, interactive=False)


def _is_outdated() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
