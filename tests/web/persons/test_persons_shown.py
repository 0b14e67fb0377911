"""What the pages for the rights of persons show."""

import pytest

from minzheng.persons.erase import Done
from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.persons.look_up import of_keys
from minzheng.web.persons.person_deeds import Asked
from minzheng.web.persons.persons_shown import by_kind, shown_of
from tests.persons.conftest import WHOM


def test_pieces_stand_under_their_kinds():
    """With where each is opened and corrected; a stopped document is not led to."""
    pieces = [
        Holding(Kind.PAPER, 2, "扫描", "", path="a/b.pdf", fate=Fate.ERASE),
        Holding(Kind.DOCUMENT, 1, "申请", "", form_id="DB-01", fate=Fate.STOP),
        Holding(Kind.DOCUMENT, 3, "旧", "", form_id="DB-01", told={"已停止处理": "是"}),
        Holding(Kind.AUDIT, 4, "查", "", is_sure=False),
    ]
    asked = Asked(WHOM, "本人申请", ("AUDIT-4",), ("PAPER-2",))
    mine = of_keys(pieces, asked.taken, asked.shared)
    documents, papers, log = by_kind(pieces, mine, asked)
    assert [one.correction for one in documents.lines] == ["/forms/DB-01?corrects=1", ""]
    assert documents.fates == (("停止处理", 1), ("保留", 1))
    assert papers.lines[0].address == "/files/2"
    assert papers.lines[0].more == "a/b.pdf"
    assert papers.fates == (("隐去此人", 1),)
    assert [one.may_be_shared for one in (*documents.lines, *papers.lines, *log.lines)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert log.lines[0].is_taken


def test_what_was_done_is_told_by_what_it_means():
    """Each fate once, with its kinds, and the files that a keeper moves or calls otherwise."""
    counts = {
        (Kind.PAPER, Fate.BLANK): 3, (Kind.DOCUMENT, Fate.STOP): 1, (Kind.PAPER, Fate.STOP): 7,
    }  # fmt: skip
    shown = shown_of(Done(counts, ("镇/村/a.txt",), ("镇/村/某.txt",)))
    told = [(fate, what) for fate, what, _ in shown["groups"]]
    assert told == [("停止处理", "出具文书 1 件、扫描件 7 件"), ("隐去此人", "扫描件 3 件")]
    assert (shown["paths"], shown["named"]) == (["镇/村/a.txt"], ["镇/村/某.txt"])


@pytest.mark.parametrize("fate", Fate)
def test_whatever_becomes_of_a_piece_is_explained(fate):
    """In a sentence."""
    ((_, _, means),) = shown_of(Done({(Kind.PAPER, fate): 1}, ()))["groups"]
    assert means.endswith("。")
