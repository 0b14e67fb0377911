"""Keeping accounts: lock and unlock, new passwords, never without an administrator."""

from django.utils import timezone

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import ApiToken, AuditEntry, Person, Role
from minzheng.accounts.passwords import new_password
from minzheng.accounts.sign_in_tries import forget_all_tries

#: How the log's entry of a new password begins; the account's name follows.
RESET = "重设密码 "


def unlock(person: Person) -> None:
    """Forget the wrong passwords typed for an account, wherever they were typed."""
    forget_all_tries(person.username)


def give_new_password(person: Person) -> str:
    """A new password that must be changed at the next sign-in; sessions end, keys too."""
    password = new_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "password_changed_at", "must_change_password"])
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=timezone.now())
    unlock(person)
    return password


def last_reset(person: Person) -> AuditEntry | None:
    """Who last gave a person a new password, as the audit log holds it."""
    return AuditEntry.objects.filter(
        action=Action.ADMINISTER, what=f"{RESET}{person.username}", result="成功"
    ).first()


def is_last_administrator(person: Person) -> bool:
    """Whether a person is the only one left who can keep accounts."""
    others = Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=person.pk)
    return person.role == Role.ADMINISTRATOR and not others.exists()
