"""Typed values of a form."""

import pytest

from filler.form.form_data import FormData


@pytest.mark.parametrize(
    ("value", "texts"), [(("甲", "乙"), ("甲", "乙")), ("甲", ("甲",)), ("", ()), (None, ())]
)
def test_chosen_texts(value, texts):
    """One, several or none."""
    assert FormData({"a": value}).texts("a") == texts
    assert FormData().texts("a") == ()
