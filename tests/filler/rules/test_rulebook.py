"""The rules of the trade by name: each is used by a form, and by the forms that need it."""

import importlib
import pkgutil

import pytest

from filler import rules, values
from filler.rules.rulebook import CHECKS, FIELD_RULES, TYPE_RULES
from filler.values.derive import DERIVATIONS
from filler.values.language import SpecWord

#: Rules named at a form in the report on the trade: form, the rule that checks it.
NAMED = [
    ("COM-01", "all_adults_sign"), ("COM-01", "signed_before_acceptance"),
    ("COM-02", "supplement_once"), ("COM-02", "letter_no"),
    ("COM-03", "within_working_days"), ("COM-03", "surveyors_not_relatives"),
    ("COM-04", "names_town"), ("COM-04", "votes_add_up"), ("COM-04", "must_include"),
    ("COM-04", "share_at_least"), ("COM-04", "two_thirds"),
    ("COM-05", "adults_only"), ("COM-05", "publicity_end"), ("COM-05", "form_version"),
    ("COM-06", "result_fits_objections"), ("COM-06", "days_between"),
    ("COM-07", "within_working_days"), ("COM-07", "decision_fits"), ("COM-07", "era_word_fits"),
    ("COM-09", "case_review_in_time"), ("COM-09", "stop_needs_letter"),
    ("COM-09", "month_after_at_latest"),
    ("DB-01", "first_row_is"), ("DB-01", "unique"), ("DB-01", "single_apply_allowed"),
    ("DB-01", "supporters_if_old"), ("DB-01", "relative_needs_filing"),
    ("DB-01", "agent_needs_letter"), ("DB-01", "bank_holder"), ("DB-01", "not_before"),
    ("DB-02", "required_in_era"), ("DB-02", "no_open_case"), ("DB-02", "not_above"),
    ("DB-02", "shortfall"), ("DB-02", "equals"), ("DB-02", "month_after"),
    ("DB-02", "answer_follows"),
    ("DB-04", "rows_decision_fits"), ("DB-04", "rows_are"), ("DB-05", "review_in_time"),
    ("TK-01", "ground_fits"), ("TK-01", "rows_needed"), ("TK-02", "count_fields"),
    ("TK-03", "publicity_by_age"), ("TK-03", "no_open_case"), ("TK-04", "adult"),
    ("TK-04", "younger_than"), ("TK-04", "within_months"), ("TK-04", "no_open_case"),
    ("TK-05", "a_row_each_month"), ("TK-06", "month_after_at_latest"),
    ("LS-01", "filled_if_above"), ("LS-01", "none_before"), ("LS-01", "two_names"),
    ("LS-02", "on_time"), ("LS-03", "none_before"), ("LS-03", "at_most"),
    ("LS-04", "rows_filled_if"), ("LS-04", "amount_as_decided"), ("LS-05", "running_balance"),
    ("GS-01", "tell_apart"), ("GS-01", "no_personal_numbers"), ("GS-01", "adults_only"),
    ("GS-06", "on_time"), ("GS-07", "differs_from"), ("GS-08", "sealed_only_if_checked"),
    ("GS-09", "all_equal"), ("GS-09", "rows_filled_if"),
    ("YL-01", "direct_aid"), ("YL-01", "least_of"), ("CB-01", "allowance_allowed"),
    ("CB-01", "guardian_if_minor"), ("CB-01", "month_of"), ("CB-05", "answer_follows"),
    ("CB-06", "months_between"), ("GL-01", "band_by_age"), ("GL-04", "rows_filled_if"),
    ("GL-05", "months_inclusive"), ("YF-04", "years_up"), ("YF-07", "times"),
    ("ET-02", "parents_cannot_care"), ("ET-05", "visits_in_time"), ("ET-06", "child_code"),
    ("ET-08", "reason_fits_age"), ("LR-02", "visits_in_time"), ("LR-05", "running_balance"),
    ("JZ-03", "by_end_of_month"),
    ("ZF-01", "poor_visited_in_person"), ("ZF-01", "gap_is_told"), ("ZF-03", "state_needs"),
    ("ZF-03", "states_go_on"), ("ZF-03", "overdue"), ("ZF-08", "counts_match_records"),
    ("BZ-01", "held_is_told"), ("BZ-01", "stop_is_sent"), ("BZ-01", "told_within_days"),
    ("ZZ-01", "meeting_quorum"), ("ZZ-01", "majority"), ("ZZ-04", "election_is_valid"),
    ("ZZ-04", "elected_by_majority"), ("ZZ-06", "column_differs"),
]  # fmt: skip


def names_of(spec) -> set[str]:
    """Every rule and computation a form names."""
    fields = [*spec.fields, *(column for field in spec.fields for column in field.columns)]
    calls = [*spec.checks, *(rule for field in fields for rule in field.rules)]
    calls += [field.derived for field in fields if field.derived]
    types = [name for field in fields for name in TYPE_RULES.get(field.type, ())]
    return {call.name for call in calls} | set(types)


@pytest.mark.parametrize(("form_id", "rule"), NAMED)
def test_a_rule_named_at_a_form_is_checked_there(catalogue, form_id, rule):
    """Which the spec names, and which exists."""
    assert rule in {**CHECKS, **FIELD_RULES, **DERIVATIONS}
    assert rule in names_of(catalogue.form(form_id))


@pytest.mark.parametrize("words", [DERIVATIONS, FIELD_RULES, CHECKS])
def test_no_word_is_kept_that_no_form_uses(catalogue, words):
    """A rule without a form is not checked by anybody."""
    used = set().union(*(names_of(spec) for spec in catalogue.forms))
    assert set(words) <= used


@pytest.mark.parametrize("room", [rules, values])
def test_every_module_with_words_is_in_the_book(room):
    """A word that is written somewhere else would be known to no spec."""
    written = {
        word.name
        for one in pkgutil.iter_modules(room.__path__, room.__name__ + ".")
        for word in vars(importlib.import_module(one.name)).values()
        if isinstance(word, SpecWord)
    }
    assert written <= {*DERIVATIONS, *FIELD_RULES, *CHECKS}
    assert written
