"""The page of one table: what is in place, what waits."""

import pytest
from django.http import Http404

from minzheng.county.registry.shown.registry_guide import BY_NAME, FILES
from minzheng.web.office.registry_page import known_table, line_of, stem_of, text_to_edit


def test_tables_are_known_by_their_names():
    """Nothing else of the folder."""
    assert known_table("laws.toml") is BY_NAME["laws.toml"]
    assert stem_of(BY_NAME["laws.toml"]) == "laws"
    with pytest.raises(Http404):
        known_table("laws.toml.bak")


def test_every_table_has_its_line(db, registry):
    """With its rows; of the standards all are examples."""
    lines = {one.name: line_of(one) for one in FILES}
    assert lines["standards.toml"]["unsure"] == lines["standards.toml"]["rows_count"] == 18
    assert not any(one["is_by_hand"] for one in lines.values())


def test_what_is_edited_is_what_waits_or_what_is_in_place(registry):
    """What waited and is gone is nothing."""
    one = BY_NAME["laws.toml"]
    assert text_to_edit(one, "") == (registry / "laws.toml").read_text(encoding="utf-8")
    assert text_to_edit(one, "0" * 64) is None
