"""With which values a template is tried."""

from filler.word.hidden_values import mark_value
from filler.word.proving.trial_prints import TRIAL_PHOTO, trial_contexts

USED = {"name", "kind", "photo", "members.a", "members.b", "others.c"}


def trials(words=None, most_rows=100):
    return list(trial_contexts(USED, words or {}, ["photo"], [], most_rows))


def test_tables_are_tried_with_no_row_one_two_and_many():
    """As many as one document may have, at most."""
    assert {len(one["members"]) for one in trials()} == {0, 1, 2, 5}
    assert max(len(one["members"]) for one in trials(most_rows=3)) == 3


def test_everything_is_tried_full_and_blank():
    """The first is full, with two rows."""
    first = trials()[0]
    assert (first["name"], first["photo"]) == (mark_value("name"), TRIAL_PHOTO)
    assert first["members"][1]["b"] == mark_value("b")
    blank = [one for one in trials() if not one["name"]]
    assert [len(one["members"]) for one in blank] == [2, 0]
    assert all(one["photo"] == "" for one in blank)


def test_every_word_a_condition_knows_is_tried():
    """Of fields and of columns."""
    words = {"kind": ["甲", "乙"], "members.a": ["丙"]}
    found = trials(words)
    assert {one["kind"] for one in found} >= {"甲", "乙"}
    assert any(one["members"] and one["members"][0]["a"] == "丙" for one in found)
