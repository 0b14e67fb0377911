"""What is written at once stands there as if Django had written it."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from filler.models import Batch, BatchRow, CaseCounter, Issued, NamedPerson
from minzheng.database.new_rows import write_column, write_objects, write_rows
from tests.database.on_server import needs_file

pytestmark = pytest.mark.django_db
NAMES = ("issued", "name", "id_no", "born", "town", "village")


def document(number, **other):
    """A document that was not written yet."""
    answers = {
        "name": f"测试{number}",
        "town": "钟宝镇",
        "village": "旧城村",
        "rows": [{"a": "甲"}],
    }
    return Issued(
        form_id="DB-02", version="1", case_no=f"DB-103200-2018-{number:04d}", file_name="x.docx",
        answers=answers, sha256="0" * 64, issued_by="甲", texts={"t": "“引”\n<&>"}, **other,
    )  # fmt: skip


def columns(one):
    """What the database says of a document."""
    found = Issued.objects.filter(pk=one.pk).values().get()
    when = found.pop("issued_at")
    assert abs(when - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    return found | {"id": 0}


def test_objects_stand_there_as_django_writes_them():
    """Every column, those that repeat an answer and those with a default too."""
    before = document(1)
    before.save()
    at_once = [document(1), document(1, edition=2, corrects=before)]
    write_objects(Issued, at_once)
    assert columns(at_once[0]) == columns(before)
    assert columns(at_once[1]) == columns(before) | {"edition": 2, "corrects_id": before.pk}


@needs_file
def test_answers_stand_there_as_they_are_written():
    """In half the room of escapes; half of a sign, which no text may hold, is escaped."""
    whole, half = document(1), document(2)
    half.answers = {"name": "测试\ud83d"}
    write_objects(Issued, [whole, half])
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM filler_issued ORDER BY id")
        (told,), (escaped,) = cursor.fetchall()
    assert "钟宝镇" in told
    assert escaped.isascii()
    assert Issued.objects.get(pk=half.pk).answers == half.answers


def test_each_object_knows_its_number():
    """In their order, after numbers that are gone too; it is no new object any more."""
    gone = document(1)
    gone.save()
    gone.delete()
    many = [document(number) for number in range(120)]
    write_objects(Issued, many)
    assert [Issued.objects.get(case_no=one.case_no).pk for one in many] == [one.pk for one in many]
    many[5].save()
    assert Issued.objects.count() == 120


def test_one_column_is_written_for_the_rows_that_are_named():
    """Others stay, and what is not there is not made."""
    for prefix, last in (("甲", 1), ("乙", 2)):
        CaseCounter.objects.create(prefix=prefix, last=last)
    write_column(CaseCounter, "last", "prefix", [(7, "甲"), (8, "丙")])
    assert dict(CaseCounter.objects.values_list("prefix", "last")) == {"甲": 7, "乙": 2}
    write_column(CaseCounter, "last", "prefix", [])


def test_rows_are_written_by_their_columns():
    """Days as days, nothing as nothing."""
    one = document(1)
    write_objects(Issued, [one])
    day = dt.date(1953, 4, 12)
    rows = [(one.pk, "测试甲", "", day, "钟宝镇", ""), (one.pk, "测试乙", "1", None, "", "")]
    write_rows(NamedPerson, NAMES, rows)
    found = NamedPerson.objects.order_by("pk")
    assert [tuple(getattr(each, name) for name in ("name", "born")) for each in found] == [
        ("测试甲", day),
        ("测试乙", None),
    ]
    assert {each.issued for each in found} == {one}


def test_nothing_to_write_asks_nothing():
    """An empty group costs no statement."""
    with CaptureQueriesContext(connection) as asked:
        write_objects(Issued, [])
        write_rows(NamedPerson, NAMES, [])
    assert not asked.captured_queries


def test_what_the_table_refuses_is_said_as_django_says_it():
    """One of many that may not be there leaves none."""
    batch = Batch.objects.create(key="测试", form_id="DB-02")
    papers = [document(number) for number in range(2)]
    write_objects(Issued, papers)
    rows = [(batch.pk, "k", "", 1, one.pk) for one in papers]
    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows(BatchRow, ("batch", "key", "person", "position", "issued"), rows)
    assert not BatchRow.objects.exists()
