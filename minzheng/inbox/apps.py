"""How Django knows the tables of the inbox."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Scans that were dropped, the papers found in them, and what became of each."""

    name = "minzheng.inbox"
    verbose_name = "收件箱"
