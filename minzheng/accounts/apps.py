"""How Django knows the tables of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, roles and areas."""

    name = "minzheng.accounts"
    verbose_name = "账号"
