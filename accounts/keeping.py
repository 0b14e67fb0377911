"""Keeping accounts: lock and unlock, new passwords, never without an administrator."""

from axes.utils import reset

from accounts.models import Person, Role
from accounts.passwords import new_password


def unlock(person: Person) -> None:
    """Forget the wrong passwords typed for an account."""
    reset(username=person.username)


def give_new_password(person: Person) -> str:
    """A new password that must be changed at the next sign-in; open sessions end."""
    password = new_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "password_changed_at", "must_change_password"])
    unlock(person)
    return password


def is_last_administrator(person: Person) -> bool:
    """Whether nobody else could keep accounts."""
    others = Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=person.pk)
    return person.role == Role.ADMINISTRATOR and not others.exists()
