"""Who sent which photo in."""

from filler.models import TakenPhoto
from filler.records.photo_takers import has_taken, note_taker

SHA = "ab" * 32


def test_a_photo_belongs_to_who_sent_it(db):
    """Once, however often it is sent; to everybody who sent it, to nobody else."""
    for by in ("li", "li", "wang"):
        note_taker(f"photo:{SHA}:40x30", by)
    assert TakenPhoto.objects.count() == 2
    assert [has_taken(SHA, by) for by in ("li", "wang", "zhang")] == [True, True, False]


def test_a_name_that_is_none_is_not_kept(db):
    """What is no photo's name belongs to nobody."""
    note_taker("家.jpg", "li")
    assert not TakenPhoto.objects.exists()
