"""Papers with their texts, and with what was seen on their pages."""

import pytest

from archive_indexer.documents import ExtractedPage, Extraction, Seal, SignaturePlace, TextLine
from archive_indexer.models import ArchivedFile, Page
from archive_indexer.stores import contents
from archive_indexer.stores.paper_texts import known_papers, read_papers, words_of
from archive_indexer.stores.withheld import PersonMarks, note_withheld

pytestmark = pytest.mark.django_db


def paper(path: str, sha256: str, form_id: str = "DB-01", **more: object) -> None:
    filing = {"title": {"value": f"题名{path}"}}
    row = {"state": "indexed", "sha256": sha256 * 64, "form_id": form_id, "filing": filing}
    ArchivedFile.objects.create(path=path, **(row | more))


def test_a_paper_is_read_with_what_was_seen_on_it():
    """All its pages, seals of offices, places without a signature, its least certain picture."""
    unsigned = SignaturePlace("经办人签字", (0.1, 0.1, 0.2, 0.2), "无")
    signed = SignaturePlace("负责人签字", (0.1, 0.1, 0.2, 0.2), "有")
    seal = Seal((0.1, 0.1, 0.2, 0.2), "#c41c20")
    name = Seal((0.5, 0.1, 0.6, 0.17), "#c41c20", "方章 王秀兰印")
    pages = (
        ExtractedPage(1, "第1页", origin="ocr", confidence=0.9, seals=(seal, name)),
        ExtractedPage(2, "第2页", origin="ocr", confidence=0.8, signatures=(unsigned, signed)),
    )
    contents.keep_content("1" * 64, Extraction("pdf", pages))
    contents.keep_content("2" * 64, Extraction("txt", (ExtractedPage(1, "文"),)))
    paper("a", "1", village="甲村", case_no="DB-1", person="测试甲")
    paper("b", "2")
    numbers = list(known_papers().values_list("pk", flat=True))
    first, second = read_papers(numbers)
    assert (first.text, first.title, first.village) == ("第1页\n第2页", "题名a", "甲村")
    assert (first.case_no, first.person, first.is_pictured) == ("DB-1", "测试甲", True)
    assert (first.seals, first.unsigned, first.confidence) == (1, ("经办人签字",), 0.8)
    assert (second.seals, second.is_pictured, second.confidence) == (0, False, 1.0)


def test_lines_of_pictures_come_with_their_confidence_and_without_signatures():
    """What was repaired comes as it was read, too; a text layer is no picture."""
    room = SignaturePlace("经办人签字", (0.1, 0.8, 0.3, 0.9), "有")
    lines = (
        TextLine("300.00", (0.4, 0.1, 0.6, 0.12), 0.9, raw="3OO.00", source="struck"),
        TextLine("王五", (0.15, 0.82, 0.25, 0.86), 0.99),
    )
    read = ExtractedPage(1, "", lines, "ocr", signatures=(room,))
    typed = ExtractedPage(2, "", lines, "text_layer")
    contents.keep_content("1" * 64, Extraction("pdf", (read, typed)))
    paper("a", "1", case_no="DB-1")
    (found,) = read_papers(list(known_papers().values_list("pk", flat=True)))
    assert found.lines == (("300.00", 0.9, True), ("3OO.00", 0.9, False))


def test_lines_are_read_only_of_papers_that_are_compared(django_assert_num_queries):
    """A paper without a case number is compared with nothing; its lines stay where they are."""
    read = ExtractedPage(1, "文", (TextLine("300.00", (0.4, 0.1, 0.6, 0.12), 0.9),), "ocr")
    for sha256, more in (("1", {}), ("2", {"case_no": "DB-1"})):
        contents.keep_content(sha256 * 64, Extraction("pdf", (read,)))
        paper(sha256, sha256, **more)
    Page.objects.filter(content_id="1" * 64).update(lines=b"not even lines")
    numbers = list(known_papers().values_list("pk", flat=True))
    with django_assert_num_queries(3):
        plain, compared = read_papers(numbers)
    assert (plain.text, plain.is_pictured, plain.lines) == ("文", True, ())
    assert compared.lines == (("300.00", 0.9, False),)


def test_a_paper_of_a_county_says_what_may_be_told_there():
    """A person whom it withholds stands neither in the text nor in a line; in another county's."""
    name, number = "李明", "11010519491231002X"
    lines = (TextLine(f"{name} {number}", (0.1, 0.1, 0.9, 0.12), 0.9),)
    read = ExtractedPage(1, f"名单\n{name} {number}", lines, "ocr")
    contents.keep_content("1" * 64, Extraction("pdf", (read,)))
    for at, town in enumerate(("平利县·城关镇", "镇坪县·城关镇")):
        paper(f"{at}", "1", case_no="DB-1", town=town)
    marks = PersonMarks.of(name, number)
    note_withheld("1" * 64, marks, is_whole=False, for_keeper=False, by="li", county="平利县·")
    own, other = read_papers(list(known_papers().values_list("pk", flat=True)))
    assert name not in own.text + str(own.lines)
    assert own.text.startswith("名单")
    assert other.text == read.text
    assert name in str(other.lines)


def test_a_paper_is_known_when_it_was_read_and_its_form_is():
    """What is gone, or waits, or is of no known form is not."""
    paper("a", "1")
    paper("b", "1", form_id="")
    paper("c", "1", present=False)
    paper("d", "1", state="waiting")
    assert [row.path for row in known_papers()] == ["a"]


def test_a_stamp_changes_with_reading_and_filing():
    """And with nothing else."""
    contents.keep_content("1" * 64, Extraction("txt", (ExtractedPage(1, "文"),)))
    paper("a", "1")

    def stamp() -> str:
        return known_papers().get().told

    before = stamp()
    ArchivedFile.objects.update(filing={})
    assert stamp() == before
    ArchivedFile.objects.update(village="乙村")
    filed = stamp()
    assert filed != before
    contents.keep_content("1" * 64, Extraction("txt", (ExtractedPage(1, "文"),)))
    assert stamp() != filed


def test_the_words_of_contents_are_told_without_white_space():
    """So that a name broken over a line is found; an unknown content has none."""
    pages = (ExtractedPage(1, "测试\n甲 同意"), ExtractedPage(2, "18 票"))
    contents.keep_content("a" * 64, Extraction("txt", pages))
    assert words_of({"a" * 64, "b" * 64}) == {"a" * 64: "测试甲同意18票"}
