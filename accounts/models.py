"""People who sign in: role, area, and failed attempts."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a person may do."""

    ADMINISTRATOR = "管理员"
    COUNTY_CLERK = "县级经办"
    TOWN_CLERK = "镇级经办"
    VILLAGE_KEEPER = "村级专管员"
    INSPECTOR = "检查人员"
    AUDITOR = "审计员"


#: Roles that fill forms; the others only read.
FILLING_ROLES = frozenset({Role.COUNTY_CLERK, Role.TOWN_CLERK, Role.VILLAGE_KEEPER})


class Person(AbstractUser):
    """An account: one person, one role, one area."""

    role = models.CharField("角色", max_length=10, choices=Role.choices, default=Role.INSPECTOR)
    town = models.CharField("镇", max_length=20, blank=True)
    village = models.CharField("村", max_length=20, blank=True)
    failed_sign_ins = models.PositiveSmallIntegerField("连续登录失败次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)

    @property
    def may_fill(self) -> bool:
        """Whether this person fills forms."""
        return self.role in FILLING_ROLES

    @property
    def full_label(self) -> str:
        """Name and role, as pages show them."""
        return f"{self.first_name or self.username}（{self.role}）"
