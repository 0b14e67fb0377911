"""Scans of the inbox in which a person was found, filed or not."""

from collections.abc import Iterator

from minzheng.database.place_rows import of_town
from minzheng.inbox.models import Original
from minzheng.persons.holdings import Holding, Kind
from minzheng.persons.papers_of import pages_of
from minzheng.persons.whom import Identity, Whom


def inbox_of(whom: Whom, scope: str = "") -> Iterator[Holding]:
    """Scans whose text bears number or name; they stand in no index. Of one county, or of all."""
    for one in Original.objects.filter(of_town(scope)).order_by("pk").iterator():
        pages = pages_of(one.sha256, one.town)
        who = whom.stands_in("\n".join((*(text for _, text in pages), one.path)))
        if who not in (Identity.SURE, Identity.NAMED):
            continue
        found = [number for number, text in pages if whom.stands_in(text) is not Identity.NONE]
        yield Holding(
            Kind.INBOX,
            one.pk,
            one.path.rpartition("/")[2],
            str(who),
            who is Identity.SURE,
            town=one.town,
            village=one.village,
            year=str(one.received_at.year),
            names_others=True,  # one scan holds the papers of many
            sha256=one.sha256,
            path=one.path,
            told={"页": "、".join(map(str, found)), "状态": one.state},
        )
