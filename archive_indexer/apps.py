"""The archive room."""

from django.apps import AppConfig


class ArchiveIndexerConfig(AppConfig):
    """Files of the archive, what was read from them, and what is waiting."""

    name = "archive_indexer"
    verbose_name = "档案索引"
