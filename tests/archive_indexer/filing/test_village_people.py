"""Whom the records know is asked by village, and not at every scan."""

from archive_indexer.filing.village_people import VillagePeople
from archive_indexer.reading.hand.name_odds import NOBODY, people_near
from tests.archive_indexer.conftest import KNOWN


class Records:
    """They note what they are asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.now = 0.0

    def ask(self, town: str, village: str) -> list[tuple[str, str]]:
        self.asked.append((town, village))
        return [(f"{village}甲", "")]

    def phones(self, town: str, village: str) -> list[str]:
        return [f"13991500001 {village}"]

    def people(self) -> VillagePeople:
        return VillagePeople(KNOWN.places, self.ask, self.phones, lambda: self.now)


def test_a_path_tells_the_village_whose_people_are_known():
    """A path without one tells of nobody, and the records are not asked."""
    records = Records()
    people = records.people()
    assert people.near("钟宝镇/旧城村/低保/a.jpg") == people_near(
        [("旧城村甲", "")], ["13991500001 旧城村"]
    )
    assert people.near("扫描/a.jpg") == NOBODY
    assert records.asked == [("钟宝镇", "旧城村")]


def test_records_are_asked_again_after_some_minutes():
    """People come to be known while the service runs."""
    records = Records()
    people = records.people()
    for _ in range(3):
        people.near("钟宝镇/旧城村/a.jpg")
    assert len(records.asked) == 1
    records.now = 601.0
    people.near("钟宝镇/旧城村/a.jpg")
    assert len(records.asked) == 2


def test_of_many_villages_the_last_are_kept():
    """Memory stays small however many villages a walk goes through."""
    records = Records()
    people = records.people()
    villages = [(one.town, one.name) for one in KNOWN.places.villages][:9]
    for town, village in [*villages, *villages[1:]]:
        people.near(f"{town}/{village}/a.jpg")
    assert len(records.asked) == 9
    people.near("/".join((*villages[0], "a.jpg")))
    assert len(records.asked) == 10
