"""What a document answers stands in its columns, however it is written."""

import pytest

from filler.models import Issued

PLACE = {"town": "钟宝镇", "village": "旧城村"}


def document(**answers: object) -> Issued:
    return Issued(form_id="DB-01", version="1", file_name="x.docx", answers=answers)


@pytest.fixture
def places(db):
    """The columns of all documents, as the database has them."""
    return lambda: list(Issued.objects.order_by("pk").values_list("town", "village"))


def test_the_answer_is_kept_beside(places):
    """One by one and many at once."""
    document(**PLACE).save()
    Issued.objects.bulk_create([document(**PLACE), document(town="城关镇")])
    assert places() == [("钟宝镇", "旧城村"), ("钟宝镇", "旧城村"), ("城关镇", "")]


def test_an_answer_longer_than_its_column_is_cut(places):
    """And one that is none is empty."""
    document(town="镇" * 70, village=None).save()
    assert places() == [("镇" * 60, "")]


def test_migrations_know_a_plain_column():
    """An older program reads them by nothing of ours."""
    _, path, _, _ = Issued._meta.get_field("town").deconstruct()
    assert path == "django.db.models.CharField"
