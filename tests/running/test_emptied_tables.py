"""What a test that committed leaves behind."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from minzheng.accounts.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def empty() -> None:
    """As it is done after each such test."""
    call_command("flush", verbosity=0, interactive=False)


def written() -> list[object]:
    """What the migrations wrote."""
    types = ContentType.objects.order_by("pk").values_list()
    return [*types, *Permission.objects.order_by("pk").values_list()]


def test_only_what_the_migrations_wrote_stays():
    """With its numbers; what the test wrote is gone, and numbers begin anew."""
    empty()
    before = written()
    for _ in range(2):
        assert Person.objects.create_user("甲").pk == 1
        empty()
        assert not Person.objects.exists()
        assert written() == before
    assert len(before) > 100


@pytest.mark.parametrize("model", [Permission, ContentType])
def test_what_a_test_took_away_of_it_is_made_up_for(model):
    """The next one finds all of it."""
    before = len(written())
    model.objects.all().delete()
    empty()
    assert len(written()) == before
