"""A panic of a Rust library is an exception like others; all else is left as it is."""

import io

import pytest
from python_calamine import CalamineWorkbook

from minzheng.external.files.panics import ParserPanicError, panics_told
from tests.external.files.panicking_workbook import panicking_workbook


def test_a_panic_becomes_an_exception_of_ours():
    """Its message is kept."""
    with pytest.raises(ParserPanicError, match="no entry found"), panics_told():
        CalamineWorkbook.from_filelike(io.BytesIO(panicking_workbook()))


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_others_pass_through(error):
    """Whoever ends the program ends it."""
    with pytest.raises(error), panics_told():
        raise error
