"""What the pages do for a person."""

from filler.models import Batch
from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.web.batches.batch_worker import job_folder
from minzheng.web.gate.office import config
from minzheng.web.persons.person_deeds import mark_of, stock, tools


def test_the_mark_of_a_preview_changes_with_what_it_shows():
    """A piece more, another fate, another content; not with their order."""
    one, two = Holding(Kind.PAPER, 1, "甲", ""), Holding(Kind.PAPER, 2, "乙", "")
    assert mark_of([one, two]) == mark_of([two, one])
    other = Holding(Kind.PAPER, 2, "乙", "", fate=Fate.ERASE)
    assert len({mark_of([one]), mark_of([one, two]), mark_of([one, other])}) == 3


def test_rosters_of_batches_are_read_and_dropped(db):
    """One whose file is gone has nothing."""
    batch = Batch.objects.create(key="k1", form_id="DB-01", roster_name="a.csv", issued_by="li")
    assert stock().roster_of(batch) is None
    roster = job_folder(config(), batch).roster
    roster.parent.mkdir(parents=True, exist_ok=True)
    roster.write_bytes(b"x")
    assert stock().roster_of(batch) == b"x"
    tools("li").drop_batch(batch)
    assert not roster.exists()
    batch.refresh_from_db()
    assert batch.roster_name == ""
