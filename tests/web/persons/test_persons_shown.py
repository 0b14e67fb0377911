"""What the pages for the rights of persons show."""

from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.web.persons.persons_shown import by_kind, paths_to_remove


def test_pieces_stand_under_their_kinds():
    """With where each is opened and corrected; a stopped document is not led to."""
    pieces = [
        Holding(Kind.PAPER, 2, "扫描", "", path="a/b.pdf", fate=Fate.ERASE),
        Holding(Kind.DOCUMENT, 1, "申请", "", form_id="DB-01", fate=Fate.STOP),
        Holding(Kind.DOCUMENT, 3, "旧", "", form_id="DB-01", told={"已停止处理": "是"}),
        Holding(Kind.AUDIT, 4, "查", "", is_sure=False),
    ]
    documents, papers, log = by_kind(pieces, {"AUDIT-4"})
    assert [one.correction for one in documents.lines] == ["/forms/DB-01?corrects=1", ""]
    assert documents.fates == (("停止处理", 1), ("保留", 1))
    assert papers.lines[0].address == "/files/2"
    assert "a/b.pdf" in papers.lines[0].more
    assert log.lines[0].is_taken


def test_paths_are_shown_as_people_read_them():
    """One a line."""
    assert paths_to_remove(["镇/村/a.txt"]) == ["镇/村/a.txt"]
