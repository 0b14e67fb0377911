"""What a template may hold besides tags."""

import json

import pytest

from filler.word.bindings import bindings_of, bindings_of_kept
from filler.word.form_template import spec_as_json


def test_photos_and_choices_are_bound_by_slug_and_by_their_only_label(catalogue):
    """A label that two fields bear binds neither."""
    bound = bindings_of(catalogue.form("DB-01"))
    assert bound.photos == {"photo": "照片"}
    assert bound.choices["apply_kind"] is bound.choices["申请类别"]
    labels = [one.label for one in catalogue.form("DB-01").fields if one.choices]
    twice = {label for label in labels if labels.count(label) > 1}
    assert not twice & bound.choices.keys()


def test_a_form_is_bound_as_it_was_kept(catalogue):
    """Re-issued years later, by the spec of its day."""
    for spec in catalogue.forms:
        kept = json.loads(spec_as_json(spec))["spec"]
        assert bindings_of_kept(kept) == bindings_of(spec)


@pytest.mark.parametrize(
    ("kind", "choices", "is_choice"),
    [("choice", ("一",), True), ("multi", ("一",), True), ("choice", (), False),
     ("text", ("一",), False), ("photo", ("一",), False)],
)  # fmt: skip
def test_only_a_choice_that_has_some_is_bound(kind, choices, is_choice):
    """What is a photo is one whatever else it has."""
    fields = [{"slug": "a", "label": "甲", "type": kind, "choices": choices}]
    bound = bindings_of_kept({"sections": [{"fields": fields}]})
    assert set(bound.choices) == ({"a", "甲"} if is_choice else set())
    assert bound.photos == ({"a": "甲"} if kind == "photo" else {})
