"""A template is checked as a whole: the county's own pass, and what is no Word file is named."""

import pytest

from filler.word.faults.check_template import check_template


def test_every_template_of_the_county_passes(catalogue):
    """What is committed has no fault."""
    found = {
        spec.id: check_template(spec.docx.read_bytes(), spec.id, spec).problems
        for spec in catalogue.forms
    }
    assert {form_id: problems for form_id, problems in found.items() if problems} == {}


@pytest.mark.parametrize(
    ("data", "words"), [(b"%PDF", "不是完好的"), (b"PK\x05\x06" + bytes(18), "不是完好的")]
)
def test_what_is_no_word_file_is_named(data, words):
    """Nothing can be marked in it."""
    checked = check_template(data, "x.docx")
    assert words in str(checked.problems[0])
    assert checked.marked == b""
