"""A question made once gives what the same question made anew gives."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filler.models import Issued, NamedPerson
from minzheng.accounts.models import Person, SignIn
from minzheng.prepared import Prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    return [
        Person.objects.create(username=f"p{number}", town="钟宝镇", given_dossiers=["ET"] * number)
        for number in range(12)
    ]


def test_rows_are_what_django_would_give(people):
    """Instances with every column: times, lists, truths, as if asked anew."""
    asked = Prepared(lambda name: Person.objects.filter(username=name))
    for one in people[:3]:
        given, anew = asked.first(one.username), Person.objects.get(username=one.username)
        columns = [field.attname for field in Person._meta.concrete_fields]
        assert [getattr(given, name) for name in columns] == [
            getattr(anew, name) for name in columns
        ]
        assert given == anew
        assert not given._state.adding


def test_its_sql_is_made_once(people, monkeypatch):
    """The second question with other values asks the database and makes nothing."""
    made = []

    def make(name):
        made.append(name)
        return Person.objects.filter(username=name)

    asked = Prepared(make)
    with CaptureQueriesContext(connection) as queries:
        found = [asked.first(one.username) for one in people]
    assert found == people
    assert len(made) == 1
    assert len(queries) == len(people)


def test_no_row_is_none_and_an_empty_list(people):
    """Whom nobody is called is nobody."""
    asked = Prepared(lambda name: Person.objects.filter(username=name))
    assert asked.first("nobody") is None
    assert asked.all("nobody") == []
    assert asked.count("nobody") == 0


def test_a_value_is_no_sql(people):
    """What is given stands in quotes, whatever it says."""
    asked = Prepared(lambda name: Person.objects.filter(username=name))
    assert asked.all("p1' OR '1'='1") == []


def test_constants_stay_beside_what_is_given(people):
    """Values of the question itself keep their places."""
    Person.objects.filter(username="p3").update(town="曾家镇")
    asked = Prepared(
        lambda least, town: (
            Person.objects.filter(username__startswith="p", town__in=("", town), pk__gte=least)
            .exclude(username="p5")
            .order_by("-pk")
        )
    )
    found = [one.username for one in asked.all(people[2].pk, "钟宝镇")]
    assert found == ["p11", "p10", "p9", "p8", "p7", "p6", "p4", "p2"]
    assert asked.count(people[2].pk, "钟宝镇") == 8


def test_lists_of_columns_are_rows(people):
    """`values_list` gives plain rows, expressions too."""
    named = Concat(F("username"), Value("@"), F("town"))
    asked = Prepared(
        lambda name: Person.objects.filter(username=name).values_list("pk", named, "given_dossiers")
    )
    assert asked.all("p2") == [(people[2].pk, "p2@钟宝镇", ["ET", "ET"])]


def test_any_of_many_values_are_asked_by_tens(people):
    """Ten at a time, in two shapes of SQL, whatever their number."""
    made = []

    def make(*names):
        made.append(len(names))
        return Person.objects.filter(username__in=names).order_by("pk")

    asked = Prepared(make)
    for count in (0, 1, 2, 9, 10, 11, 12):
        assert asked.any_of(*(one.username for one in people[:count])) == people[:count]
    assert made == [1, 10]


def test_days_are_given_as_the_database_takes_them():
    """A day is compared as Django compares it."""
    issued = Issued.objects.create(form_id="DB-01", answers={}, texts={}, issued_by="p")
    for year in (2009, 2012):
        NamedPerson.objects.create(issued=issued, name=str(year), born=dt.date(year, 3, 1))
    asked = Prepared(lambda day: NamedPerson.objects.filter(born__gt=day).values_list("name"))
    assert asked.all(dt.date(2010, 1, 1)) == [("2012",)]
    assert sorted(asked.all(dt.date(2001, 1, 1))) == [("2009",), ("2012",)]


def test_a_row_can_be_changed_and_saved(people):
    """What is given is a row like any other, with its relations."""
    one = SignIn.objects.create(person=people[0], session_key="k", used_at=timezone.now())
    found = Prepared(lambda key: SignIn.objects.filter(session_key=key)).first("k")
    assert found.person == people[0]
    found.address = "10.0.0.5"
    found.save()
    one.refresh_from_db()
    assert one.address == "10.0.0.5"


def test_a_value_that_is_lost_is_told():
    """A question in which a given value does not stand is a mistake of the program."""
    asked = Prepared(lambda name, town: Person.objects.filter(username=name))
    with pytest.raises(TypeError, match="given value"):
        asked.all("p1", "钟宝镇")


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection(people):
    """What one thread made is not used by another, whose connection it is not."""
    asked, found = Prepared(lambda name: Person.objects.filter(username=name)), []
    asked.first("p1")

    def ask() -> None:
        found.append(asked.first("p1"))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [people[1]]


def test_columns_may_be_left_out_until_they_are_asked_for(people):
    """As `defer` does anywhere."""
    asked = Prepared(lambda name: Person.objects.filter(username=name).defer("given_dossiers"))
    found = asked.first("p2")
    assert found.get_deferred_fields() == {"given_dossiers"}
    assert (found.town, found.given_dossiers) == ("钟宝镇", ["ET", "ET"])
