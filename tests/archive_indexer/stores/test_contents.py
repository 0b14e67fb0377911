"""What was read comes back as it was read, and is read again only when rules changed."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from archive_indexer.documents import (
    ExtractedPage,
    Extraction,
    Member,
    ReadField,
    Seal,
    SignaturePlace,
    TextLine,
)
from archive_indexer.models import ArchivedFile, Content
from archive_indexer.service import Service
from archive_indexer.stores import contents
from archive_indexer.stores.contents import RULES, is_current, rules_of
from archive_indexer.stores.withheld import PersonMarks, note_withheld
from tests.archive_indexer.conftest import KNOWN

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_comes_back_as_it_was_read():
    """Lines with their raw readings, seals, signatures, codes and turns included."""
    box = (0.1, 0.2, 0.3, 0.4)
    page = ExtractedPage(
        number=1,
        text="身份证号11010519491231002X\n测试",
        lines=(
            TextLine("身份证号11010519491231002X", box, 0.9, "身份证号11O10519491231002X"),
            TextLine("测试", box, 0.8),
            TextLine("同意", box, source="field"),
        ),
        origin="ocr",
        confidence=0.85,
        codes=("MZ1",),
        turns=2,
        signatures=(SignaturePlace("申请人签字", box, "看不清"),),
        seals=(Seal(box, "#c41c20", "镇坪县测试用印样章"), Seal(box, "#c41c20")),
        unread=("含 1 个附件（清单.xlsx），未识别",),
        fields=(
            ReadField("姓名", "name", box, "周柱兰", 0.5, ("周桂兰",)),
            ReadField("电话", "phone", box, "13991500001", 0.99, (), is_doubtful=False),
        ),
    )
    contents.keep_content("a" * 64, Extraction("pdf", (page,)))
    assert contents.page_of("a" * 64, 1, "") == page
    assert contents.content_of("a" * 64) == Extraction("pdf", (page,))


def test_rules_name_the_readers(monkeypatch):
    """A page read from its picture counts for OCR as well as for its kind."""
    monkeypatch.setattr(contents, "RULES", {"ocr": 7, "pdf": 4})
    assert rules_of("pdf", has_ocr=True) == "pdf=4 ocr=7"
    assert is_current("pdf=4 ocr=7")
    assert is_current("pdf=4")
    assert not is_current("pdf=4 ocr=6")
    assert is_current(rules_of("docx", has_ocr=False))
    assert rules_of("jpg", has_ocr=True, is_our_form=True) == "jpg=3 ocr=7 signature=3"
    assert rules_of("docx", has_ocr=False, is_our_form=True) == "docx=3"


def test_a_better_reader_reads_only_its_own_contents_again(village, monkeypatch):
    """After OCR got better scans are read again, text files are not."""

    def read(file: Path) -> Extraction:
        page = village.read(file).pages[0]
        is_scan = file.suffix == ".jpg"
        page = ExtractedPage(1, page.text, origin="ocr" if is_scan else "text")
        return Extraction("jpg" if is_scan else "txt", (page,))

    village.write("scan.jpg", "扫描的测试材料")
    village.write("note.txt", "文字的测试材料")
    Service(village.config, lambda _: None, KNOWN, read).run_once()
    monkeypatch.setattr(contents, "RULES", {**contents.RULES, "ocr": 99})
    assert contents.outdated_rules() == [f"jpg={RULES['jpg']} ocr={RULES['ocr']}"]
    assert sorted(village.paths("测试材料")) == ["note.txt", "scan.jpg"]
    Service(village.config, lambda _: None, KNOWN, read).run_once()
    assert village.texts_read().count("扫描的测试材料") == 2
    assert village.texts_read().count("文字的测试材料") == 1
    assert set(Content.objects.values_list("rules", flat=True)) == {
        f"jpg={RULES['jpg']} ocr=99",
        f"txt={RULES['txt']}",
    }


def test_a_reading_by_old_rules_is_kept_while_the_file_is_gone(village, monkeypatch):
    """What cannot be read again keeps its old text."""
    village.write("keep.txt", "留下的材料")
    file = village.write("a.txt", "测试甲的材料")
    village.run()
    file.unlink()
    monkeypatch.setattr(contents, "RULES", {"txt": 99})
    village.run()
    assert village.traces("测试甲") == ["a.txt"]


def test_rules_in_force_are_current():
    """For kinds with and without numbers of their own, with and without pictures."""
    for kind in ("pdf", "png", "docx"):
        for has_ocr in (True, False):
            assert is_current(rules_of(kind, has_ocr))


def test_pages_read_from_pictures_by_older_rules_are_read_again():
    """Whatever the kind; what was not read from a picture stays."""
    older = RULES["ocr"] - 1
    assert not is_current(f"png=3 ocr={older}")
    assert not is_current(f"pdf={RULES['pdf']} ocr={older}")
    assert is_current(f"txt={RULES['txt']}")


def test_a_page_taken_for_blank_is_looked_at_again_when_fainter_ink_is_seen():
    """So are those that were read before blank pages were noted."""
    pages = (ExtractedPage(1, "字", origin="ocr"), ExtractedPage(2, "", origin="blank"))
    contents.keep_content("a" * 64, Extraction("pdf", pages))
    contents.keep_content("b" * 64, Extraction("pdf", pages[:1]))
    now = {row.sha256[0]: row.rules for row in Content.objects.all()}
    assert now["a"] == f"{now['b']} blank={RULES['blank']}"
    Content.objects.update(rules="pdf=6 ocr=6")
    import_module("archive_indexer.migrations.0016_blank_again")._note_blank_pages(apps, None)
    assert set(Content.objects.values_list("rules", flat=True)) == {
        "pdf=6 ocr=6 blank=3",
        "pdf=6 ocr=6",
    }
    assert not is_current("pdf=6 blank=3")


def test_a_photo_kept_as_it_was_sent_stays_so():
    """A later reading that does not say so changes nothing of it."""
    page = ExtractedPage(1, "斜", origin="ocr")
    assert not contents.is_wanted_as_sent("a" * 64)
    contents.keep_content("a" * 64, Extraction("jpg", (page,), is_as_sent=True))
    contents.keep_content("a" * 64, Extraction("jpg", (replace(page, text="新"),)))
    assert contents.is_wanted_as_sent("a" * 64)
    assert contents.content_of("a" * 64) == Extraction(
        "jpg", (replace(page, text="新"),), is_as_sent=True
    )


def test_a_photo_that_was_read_straight_is_to_be_read_again_as_it_is():
    """Once; until then the old reading holds."""
    page = ExtractedPage(1, "正", origin="ocr")
    assert not contents.want_as_sent("a" * 64)
    contents.keep_content("a" * 64, Extraction("jpg", (page,)))
    assert contents.want_as_sent("a" * 64)
    assert contents.is_wanted_as_sent("a" * 64)
    assert contents.content_of("a" * 64) is None
    assert contents.page_of("a" * 64, 1, "") == page
    contents.keep_content("a" * 64, Extraction("jpg", (page,), is_as_sent=True))
    assert not contents.want_as_sent("a" * 64)
    assert contents.content_of("a" * 64).pages == (page,)


def test_a_photo_as_it_was_sent_stays_so_inside_a_packed_file():
    """Who read the packed file without knowing of the wish changes nothing; then it is told."""
    straight = Extraction("jpg", (ExtractedPage(1, "正", origin="ocr"),))
    as_sent = Extraction("jpg", (ExtractedPage(1, "斜", origin="ocr"),), is_as_sent=True)
    member = Member("a.jpg", (0,), "a" * 64, 9, straight)
    assert contents.wanted_as_sent_inside("b" * 64) == frozenset()
    contents.keep_content("b" * 64, Extraction("zip", members=(member,)))
    assert contents.want_as_sent("a" * 64)
    assert contents.wanted_as_sent_inside("b" * 64) == {"a" * 64}
    assert contents.content_of("b" * 64) is None
    contents.keep_content("b" * 64, Extraction("zip", members=(member,)))
    assert contents.content_of("a" * 64) is None
    read = replace(member, extraction=as_sent)
    contents.keep_content("b" * 64, Extraction("zip", members=(read,)))
    assert contents.content_of("a" * 64) == as_sent
    assert contents.content_of("b" * 64).members == (read,)


def test_what_a_person_wants_read_carefully_is_read_again_and_stays_so():
    """Until then the old reading holds; one inside a packed file is wanted with it."""
    page = ExtractedPage(1, "旧", origin="ocr", confidence=0.5)
    contents.keep_content("a" * 64, Extraction("jpg", (page,)))
    member = Member("a.jpg", (0,), "a" * 64, 9, Extraction("jpg", (page,)))
    contents.keep_content("b" * 64, Extraction("zip", members=(member,)))
    assert not contents.is_wanted_carefully("a" * 64)
    assert contents.asked_again("a" * 64) == ""
    contents.want_carefully(["a" * 64])
    assert contents.asked_again("a" * 64) == "waiting"
    assert contents.is_wanted_carefully("a" * 64)
    assert contents.is_wanted_carefully("b" * 64)
    assert contents.content_of("a" * 64) is None
    assert contents.content_of("b" * 64) is None
    assert contents.content_of("a" * 64, by_old_rules=True).pages == (page,)
    assert contents.outdated_rules() == ["ocr=0"]
    contents.keep_content("a" * 64, Extraction("jpg", (replace(page, text="新"),)))
    assert contents.content_of("a" * 64).pages[0].text == "新"
    assert contents.asked_again("a" * 64) == "done"
    assert contents.is_wanted_carefully("a" * 64)
    assert contents.outdated_rules() == []


OWN, OTHER = "平利县·城关镇", "镇坪县·城关镇"
TOLD = "1 李明 11010519491231002X\n2 王五"


@pytest.fixture
def partly(db) -> str:
    """A content of which 平利县 withholds a person."""
    contents.keep_content("a" * 64, Extraction("txt", (ExtractedPage(1, TOLD),)))
    marks = PersonMarks.of("李明", "11010519491231002X")
    note_withheld("a" * 64, marks, is_whole=False, for_keeper=False, by="li", county="平利县·")
    return "a" * 64


def test_a_page_is_told_as_its_county_may_be_told_of_it(partly):
    """What is kept is whole as long as another county has it, too."""
    assert "李明" not in contents.page_of(partly, 1, OWN).text
    assert contents.page_of(partly, 1, OTHER).text == TOLD
    assert contents.told_texts(partly, OTHER) == [(1, TOLD, "text")]
    ((number, text, _),) = contents.told_texts(partly, OWN)
    assert (number, text.split("\n")[1]) == (1, "2 王五")
    (page,) = contents.told_pages(partly, OWN)
    assert (page.text, page.pk) == (text, None)
    assert contents.told_pages("f" * 64, OWN) == []


def test_what_no_other_county_has_is_not_kept(partly):
    """Until it comes there: then it is read anew, and not for who had it before."""
    ArchivedFile.objects.create(path="甲.txt", sha256=partly, town=OWN)
    other = ArchivedFile.objects.create(path="乙.txt", sha256=partly, town=OTHER)
    contents.leave_out_withheld(partly)
    assert contents.page_of(partly, 1, OTHER).text == TOLD
    assert not contents.lacks(partly)
    other.delete()
    contents.leave_out_withheld(partly, [OTHER])  # it waits in the inbox
    assert not contents.lacks(partly)
    contents.leave_out_withheld(partly)
    assert "李明" not in contents.page_of(partly, 1, OTHER).text
    assert (contents.lacks(partly), contents.lacks(partly, OWN)) == (True, False)
    assert contents.content_at("甲.txt", partly).pages[0].text.endswith("王五")
    assert contents.content_at("乙.txt", partly) is None
    contents.keep_content(partly, Extraction("txt", (ExtractedPage(1, TOLD),)))
    assert contents.content_at("乙.txt", partly).pages[0].text == TOLD
    contents.leave_out_withheld("f" * 64)  # nothing was read of it


def test_what_lacks_inside_a_packed_file_is_read_anew_with_it(partly):
    """A straight copy of the packed file in another county brings its files whole."""
    contents.leave_out_withheld(partly)
    whole = Extraction("txt", (ExtractedPage(1, TOLD),))
    member = Member("乙.txt", (0,), partly, 1, whole)
    contents.keep_content("b" * 64, Extraction("zip", (), members=(member,)))
    assert contents.page_of(partly, 1, OTHER).text == TOLD
    contents.leave_out_withheld(partly)
    assert contents.content_at("丙.zip", "b" * 64) is None
