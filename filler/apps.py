"""The filler room."""

from django.apps import AppConfig


class FillerConfig(AppConfig):
    """Issued documents and case numbers."""

    name = "filler"
    verbose_name = "填表"
