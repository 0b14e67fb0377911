"""What is due by the table of retention."""

from archive_indexer.models import ArchivedFile
from filler.models import Issued
from minzheng.persons.due import NOBODY, find_due, group_due
from minzheng.persons.erase import put_away
from minzheng.persons.holdings import Kind
from tests.persons.conftest import (
    ID,
    NAME,
    OTHER,
    OWN,
    indexed,
    place_in,
    put_paper,
    stock,
    tools,
)


def test_only_what_is_over_is_proposed(keep, dated):
    """Nothing permanent, nothing of a case that has not ended, nothing of an unknown dossier."""
    old = dated(keep("LS-01", "LS-103200-2005-0001", name=NAME, id_no=ID), 2005)
    dated(keep("LS-01", "LS-103200-2020-0001", name=NAME, id_no=ID), 2020)
    dated(keep("DB-01", "DB-103200-2001-0001", name=NAME, id_no=ID), 2001)
    dated(keep("ZZ-01", "ZZ-103200-1990-0001"), 1990)
    paper = put_paper("钟宝镇", "旧城村", "临时救助 2005", "a" * 64, dossier="LS", year="2005")
    put_paper("钟宝镇", "旧城村", "会议记录", "b" * 64, dossier="ZZ", year="1990", name="会议")
    put_paper("钟宝镇", "旧城村", "没有专档", "c" * 64, year="1990", name="其他")
    found = find_due(stock())
    assert {(one.kind, one.number) for one in found} == {
        (Kind.DOCUMENT, old.pk),
        (Kind.PAPER, paper.pk),
    }
    assert all("2016-01-01" in one.why for one in found)
    (group,) = group_due(found)
    assert (group.key, len(group.pieces)) == ("钟宝镇/旧城村/LS/2005", 2)


def test_what_was_confirmed_goes_by_the_same_path(keep, dated):
    """The paper's file is for its keeper; nothing else is touched."""
    old = dated(keep("LS-01", "LS-103200-2005-0001", name=NAME, id_no=ID), 2005)
    put_paper("钟宝镇", "旧城村", "临时救助 2005", "a" * 64, dossier="LS", year="2005")
    done = put_away(NOBODY, find_due(stock()), tools())
    assert not Issued.objects.filter(pk=old.pk).exists()
    assert indexed("临时救助") == []
    assert ArchivedFile.objects.get().state == "withheld"
    assert len(done.for_keeper) == 1
    assert find_due(stock()) == ()


def test_a_county_is_proposed_its_own(keep, dated):
    """Documents and papers of its villages; whoever is of the whole all of them."""
    for number, county in enumerate((OWN, OTHER)):
        place = place_in(county)
        dated(keep("LS-01", f"LS-25320{number}-2005-0001", name=NAME, id_no=ID, **place), 2005)
        put_paper(
            place["town"], place["village"], "救助", f"{number}" * 64, dossier="LS", year="2005"
        )
    for county in (OWN, OTHER):
        found = find_due(stock(county))
        assert {one.kind for one in found} == {Kind.DOCUMENT, Kind.PAPER}
        assert {one.town for one in found} == {f"{county}钟宝镇"}
    assert len(find_due(stock())) == 4
