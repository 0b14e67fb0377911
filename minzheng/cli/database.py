"""The database, brought to the newest shape when it is not."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from archive_indexer.stores.database_trouble import naming_damage


def bring_up_to_date() -> None:
    """Migrate when, and only when, a migration is missing."""
    with naming_damage():
        _migrate_if_needed()


def _migrate_if_needed() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
