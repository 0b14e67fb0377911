"""Names of Word's elements with their spaces."""

import pytest
from docx.oxml import ns

from filler.word import word_names
from filler.word.word_names import qn


@pytest.mark.parametrize("prefix", sorted(word_names._SPACES))
def test_every_prefix_means_what_python_docx_means(prefix):
    """As far as python-docx knows it."""
    assert qn(f"{prefix}:p") == ns.qn(f"{prefix}:p")


def test_an_unknown_prefix_is_a_mistake_of_the_program():
    """It is not written out as it stands."""
    with pytest.raises(KeyError):
        qn("x:p")
