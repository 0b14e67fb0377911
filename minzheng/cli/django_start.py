"""Django's start: whole for what answers pages, without the web for all other commands."""

import logging

import django
from django.apps import apps
from django.conf import settings

#: Of the web: nothing of theirs is kept in a table.
_WITHOUT_TABLES = frozenset(
    {"django.contrib.messages", "django.contrib.staticfiles", "django_htmx", "csp", "minzheng.web"}
)


def start_django(*, answers_pages: bool) -> None:
    """As `django.setup` does; addresses, mail and logs of pages only where pages are answered."""
    if answers_pages:
        django.setup()
        return
    logging.getLogger("django").addHandler(logging.NullHandler())
    apps.populate(one for one in settings.INSTALLED_APPS if one not in _WITHOUT_TABLES)
