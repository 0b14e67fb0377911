"""What begins a benefit, what changes or ends it."""

import pytest

from minzheng.county.registry.case_changes import load_case_law, read_case_law

REVIEW = {"form": "COM-09", "since": "month",
          "ends": {"decision": ["停发", "终止"], "sure": ["是"]},
          "becomes": {"amount": "new_amount"}}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "is_ended"),
    [
        ({"decision": "停发", "sure": "是"}, True),
        ({"decision": "终止", "sure": "是"}, True),
        ({"decision": "停发", "sure": ""}, False),
        ({"decision": "减发", "sure": "是"}, False),
    ],
)
def test_a_change_ends_a_case_by_its_answers(answers, is_ended):
    """By all of them, each in one of its words."""
    (change,) = read_case_law({"change": [REVIEW]}).changes
    assert change.ends(answers.__getitem__) == is_ended
    assert (change.form_id, change.since) == ("COM-09", "month")
    assert change.becomes == {"amount": "new_amount"}


def test_a_form_that_says_nothing_more_always_ends_it():
    """An end is an end."""
    (change,) = read_case_law({"change": [{"form": "TK-06", "since": "end_month"}]}).changes
    assert change.ends(lambda slug: "")


def test_the_law_tells_which_papers_end_a_case():
    """Some always, some when they say so, others never."""
    law = read_case_law({"change": [REVIEW, {"form": "TK-06", "since": "end_month"}]})
    said = {"decision": "停发", "sure": "是"}
    assert law.is_ended_by("COM-09", said.__getitem__)
    assert not law.is_ended_by("COM-09", (said | {"decision": "减发"}).__getitem__)
    assert law.is_ended_by("TK-06", said.__getitem__)
    assert not law.is_ended_by("DB-02", said.__getitem__)
    assert (law.always_ending, law.may_end) == ({"TK-06"}, {"COM-09"})


def test_the_county_names_its_benefits():
    """Each by the decision that begins it."""
    benefits = {one.form_id: one.name for one in load_case_law().benefits}
    assert benefits["DB-02"] == "低保"
    assert len(benefits) == len(load_case_law().benefits)


def test_a_broken_table_is_told_elsewhere(tmp_path):
    """With the catalogue of forms, not here."""
    (tmp_path / "copies.toml").write_text("[[change", encoding="utf-8")
    assert load_case_law(tmp_path).changes == ()


def test_the_table_says_by_which_day_a_case_is_begun():
    """The first that is filled; one of before said nothing."""
    assert load_case_law().begun[:2] == ("apply_date", "relief_date")
    assert read_case_law({}).begun == ("apply_date",)


def test_a_change_may_have_to_be_told_by_a_letter():
    """When its answers say so; a form without one asks for none."""
    told = REVIEW | {"letter": "COM-07", "letter_if": {"decision": ["减发", "停发"]}}
    law = read_case_law({"change": [told, {"form": "TK-06", "since": "end_month"}]})
    assert law.letter_after("COM-09", {"decision": "减发"}.__getitem__) == "COM-07"
    assert law.letter_after("COM-09", {"decision": "继续"}.__getitem__) == ""
    assert law.letter_after("TK-06", {}.__getitem__) == ""
