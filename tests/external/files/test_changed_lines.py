"""What was changed between two versions of a file."""

import docx
import pytest

from minzheng.external.files.changed_lines import changed_lines


@pytest.fixture
def files(tmp_path):
    def make(kind: str, *contents: bytes):
        made = [tmp_path / f"{number}.{kind}" for number in range(2)]
        for file, content in zip(made, contents, strict=False):
            file.write_bytes(content)
        return made

    return make


def test_lines_added_and_taken_away_in_order(files):
    """Empty lines are no change."""
    old, new = files("toml", b"a = 1\nb = 2\n", b"a = 3\n\nb = 2\nc = 4\n")
    assert changed_lines(old, new) == [(False, "a = 1"), (True, "a = 3"), (True, "c = 4")]


def test_a_file_that_is_not_there_has_no_lines(files):
    """A new table, or one withdrawn."""
    (old, new) = files("csv", "镇\n".encode())
    assert changed_lines(old, new) == [(False, "镇")]
    assert changed_lines(new, old) == [(True, "镇")]


def test_of_word_files_paragraphs_are_compared(files, tmp_path):
    """Those of the footer, too."""
    old, new = files("docx")
    for file, text in ((old, "监制"), (new, "镇坪县监制")):
        document = docx.Document()
        document.add_paragraph("低保申请书")
        document.sections[0].footer.paragraphs[0].text = text
        document.save(str(file))
    assert changed_lines(old, new) == [(False, "监制"), (True, "镇坪县监制")]


def test_a_broken_word_file_has_no_lines(files):
    """It is not the place to judge it."""
    old, new = files("docx", b"PK", b"no zip")
    assert changed_lines(old, new) == []
