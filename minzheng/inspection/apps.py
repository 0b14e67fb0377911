"""How Django knows the tables of the checks."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """What was read of papers for the checks, the doubts found, and what people said of them."""

    name = "minzheng.inspection"
    verbose_name = "疑点核对"
