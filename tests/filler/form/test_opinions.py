"""Whose hand a field of an approval form is in."""

import pytest

from filler.form.opinions import hands_of, levels_of


@pytest.mark.parametrize(
    ("form_id", "levels"),
    [
        ("DB-02", ("v", "t", "c")), ("CB-01", ("t", "f", "c")), ("LS-03", ("v", "t")),
        ("YL-01", ("v", "t", "b")), ("DB-01", ()), ("TK-04", ()),
    ],
)  # fmt: skip
def test_an_approval_form_is_told_by_its_opinions(catalogue, form_id, levels):
    """In the order in which they are given; a form without any is none."""
    assert levels_of(catalogue.form(form_id)) == levels


def test_a_field_belongs_to_the_opinion_it_begins_like(catalogue):
    """A third party's name does not: that form holds no opinion."""
    hands = hands_of(catalogue.form("DB-02"))
    assert hands["c_date"] == hands["c_amount"] == "c"
    assert hands["t_seal"] == "t"
    assert "cause" not in hands
    assert hands_of(catalogue.form("TK-04")) == {}
