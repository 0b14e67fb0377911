"""People who sign in, their tokens, and the log of what they did."""

from typing import Any, NoReturn

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from minzheng.county.errors import MinzhengError


class Role(models.TextChoices):
    """What a person is; `minzheng/accounts/rights.py` says what each may do."""

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
    town = models.CharField("镇", max_length=60, blank=True)
    village = models.CharField("村", max_length=20, blank=True)
    given_dossiers = models.JSONField("另外授权的专档", default=list, blank=True)
    withheld_dossiers = models.JSONField("不得查看的专档", default=list, blank=True)
    password_changed_at = models.DateTimeField("密码更换时间", default=timezone.now)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    #: As the office's own sign-in calls this person; none: signs in here, with a password of ours.
    outside_name = models.CharField("统一登录名", max_length=150, blank=True)
    outside_subject = models.CharField(max_length=255, blank=True)  #: whose the name was at first

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("outside_name"),
                condition=~models.Q(outside_name=""),
                name="one_account_an_outside_name",
                violation_error_message="这个统一登录名已经是另一个账号的。",
            )
        ]

    def set_password(self, raw_password: str | None) -> None:
        """Set a password; its days count from now."""
        super().set_password(raw_password)
        self.password_changed_at = timezone.now()

    @property
    def may_fill(self) -> bool:
        """Whether this person fills forms."""
        return self.role in FILLING_ROLES

    @property
    def full_label(self) -> str:
        """Name and role, as pages show them."""
        return f"{self.first_name or self.username}（{self.role}）"


class OldPassword(models.Model):
    """A password somebody had, hashed: it is not taken again."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="old_passwords")
    password = models.CharField(max_length=128)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-replaced_at", "-pk"]


class ApiToken(models.Model):
    """A key with which another system acts for an account; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    purpose = models.CharField("用途", max_length=60)
    start = models.CharField("开头几位", max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.CharField("签发人", max_length=150)
    issued_at = models.DateTimeField("签发时间", auto_now_add=True)
    expires_at = models.DateTimeField("到期时间")
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]

    @property
    def is_valid(self) -> bool:
        """Whether the key still opens."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class SignInTries(models.Model):
    """Wrong passwords for a name from an address; the name itself is not kept."""

    name_seal = models.CharField(max_length=64)
    address = models.CharField(max_length=50, db_index=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name_seal", "address"], name="one_count_a_name_and_address"
            )
        ]


class Remembered(models.Model):
    """What several processes of the pages know together for a while (`shared_cache.py`)."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.TextField()
    ends_at = models.FloatField(db_index=True)  #: seconds since 1970


class SignIn(models.Model):
    """A browser somebody is signed in with; goes with its session."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField("开始", default=timezone.now)
    used_at = models.DateTimeField("最近使用", default=timezone.now)
    address = models.CharField("来源", max_length=45)
    browser = models.CharField("浏览器", max_length=60)

    class Meta:
        ordering = ["-used_at", "-pk"]


class SecondFactor(models.Model):
    """What an account's phone makes codes from; the secret itself is kept nowhere."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="second_factor")
    salt = models.CharField(max_length=32)
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField(default=0)  #: of 30 seconds; no earlier one opens again


class SpareCode(models.Model):
    """A code for when the phone is lost, hashed; good once."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="spares")
    digest = models.CharField(max_length=64)


class Grant(models.Model):
    """What somebody gave an account: it waits for a second person, or is told to the auditor."""

    class Kind(models.TextChoices):
        """What was given."""

        NEW = "新建账号"
        MORE = "增加权限"
        RESET = "重设密码"
        FACTOR = "取消验证码"

    class Outcome(models.TextChoices):
        """What became of it."""

        AGREED = "同意"
        REFUSED = "不同意"
        SEEN = "已阅"
        REPLACED = "已另行办理"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    kind = models.CharField("事项", max_length=10, choices=Kind.choices)
    told = models.CharField("内容", max_length=300)
    wanted = models.JSONField(default=dict)  #: rights that wait, by field of the account
    half = models.CharField(max_length=20, blank=True)  #: of a password; alone it opens nothing
    is_waiting = models.BooleanField("须确认")  #: else it holds already and is only to be seen
    asked_by = models.CharField("提出人", max_length=150)
    #: Whoever changes the own user name is still who asked; none: done on the machine.
    asker = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField("提出时间", auto_now_add=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, blank=True)
    settled_by = models.CharField("确认人", max_length=150, blank=True)
    settled_at = models.DateTimeField("确认时间", null=True, blank=True)
    seen_at = models.DateTimeField("审计员过目时间", null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]


class SavedSearch(models.Model):
    """A question somebody keeps; others of the area read it when it is shared with them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField("名称", max_length=40)
    question = models.CharField("查询", max_length=500)
    choices = models.JSONField("筛选", default=dict)
    saved_at = models.DateTimeField("保存时间", auto_now_add=True)
    looked_at = models.DateTimeField("上次查看", default=timezone.now)
    shared_with = models.CharField("分享给", max_length=10, blank=True)  #: a role, all, nobody

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="one_saved_search_a_name")
        ]


class AppendOnlyError(MinzhengError):
    """审计记录只能增加，不能修改或删除。"""


class AuditEntries(models.QuerySet["AuditEntry"]):
    """Entries that can be read and added, nothing else."""

    def update(self, **changes: Any) -> NoReturn:
        """Refuse to change what is written down.

        Raises:
            AppendOnlyError: always.
        """
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Refuse to delete what is written down.

        Raises:
            AppendOnlyError: always.
        """
        raise AppendOnlyError


class AuditEntry(models.Model):
    """One thing somebody did, chained to the entry before; triggers keep it unchanged."""

    number = models.PositiveBigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间", db_index=True)
    person = models.CharField("用户名", max_length=150, db_index=True)
    role = models.CharField("角色", max_length=10)
    address = models.CharField("来源地址", max_length=45)
    action = models.CharField("操作", max_length=10, db_index=True)
    what = models.CharField("内容", max_length=300)
    result = models.CharField("结果", max_length=10)
    #: Of whoever did it (`平利县·`); nothing with one county, above them, and of the system.
    county = models.CharField("县", max_length=60, default="", db_default="", blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = models.Manager.from_queryset(AuditEntries)()

    class Meta:
        ordering = ["-number"]

    def save(self, *args: Any, **options: Any) -> None:
        """Add the entry; an entry that stands is not changed.

        Raises:
            AppendOnlyError: the entry was saved before.
        """
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse to delete the entry.

        Raises:
            AppendOnlyError: always.
        """
        raise AppendOnlyError


class AuditHead(models.Model):
    """Where the log begins and ends, sealed; one row, committed with the newest entry."""

    kept = models.TextField()
