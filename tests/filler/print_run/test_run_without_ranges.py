"""A run that is only a step to a PDF says nothing to those who type."""

import io
import zipfile

from docx import Document

from filler.print_run.merge_documents import merge_to_file
from filler.print_run.run_without_ranges import drop_ranges, holds_only_codes
from script.golden import dump

_RANGES = b"<w:permStart "


def parts_of(run) -> dict[str, bytes]:
    with zipfile.ZipFile(run) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_all_but_the_ranges_stays_as_it_is(fill, answers_of, tmp_path):
    """Every other part is the same, and so is every word of the body."""
    run = tmp_path / "run.docx"
    merge_to_file([fill("ZF-01", answers_of("ZF-01")).docx] * 3, run)
    before, words = parts_of(run), dump(run.read_bytes())
    assert before["word/document.xml"].count(_RANGES) > 3
    drop_ranges(run)
    after = parts_of(run)
    assert list(after) == list(before)
    assert [name for name in after if after[name] != before[name]] == ["word/document.xml"]
    assert b"<w:perm" not in after["word/document.xml"]
    assert dump(run.read_bytes()) == words


def test_what_is_written_about_ranges_stays(tmp_path):
    """Words that look like a range are no range."""
    run, document = tmp_path / "run.docx", Document()
    document.add_paragraph('<w:permStart w:id="1"/>')
    document.save(str(run))
    drop_ranges(run)
    assert Document(io.BytesIO(run.read_bytes())).paragraphs[0].text == '<w:permStart w:id="1"/>'


def test_a_run_with_a_photo_holds_more_than_codes(fill, answers_of, tmp_path):
    """A form has its code only; what is larger may be a photo."""
    run = tmp_path / "run.docx"
    merge_to_file([fill("ZF-01", answers_of("ZF-01")).docx] * 2, run)
    assert holds_only_codes(run)
    with zipfile.ZipFile(run, "a") as archive:
        archive.writestr("word/media/photo.jpg", bytes(5000))
    assert not holds_only_codes(run)
