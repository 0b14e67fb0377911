"""The rules of the trade by name: each is used by a form, and by the forms that need it."""

import importlib
import pkgutil

import pytest

import tests.filler.rules
import tests.filler.values
from filler import rules, values
from filler.rules.rulebook import CHECKS, FIELD_RULES, TYPE_RULES
from filler.spec.spec_references import calls_of
from filler.values.derive import DERIVATIONS
from filler.values.language import SpecWord

#: Rules named at a form in the report on the trade: form, the rule that checks it.
NAMED = [
    ("COM-01", "all_adults_sign"), ("COM-01", "supporters_sign"),
    ("COM-02", "letter_no"), ("COM-02", "not_demanded"),
    ("COM-03", "within_working_days"), ("COM-03", "surveyors_not_relatives"),
    ("COM-04", "must_include"),
    ("COM-05", "adults_only"), ("COM-05", "publicity_end"), ("COM-05", "form_version"),
    ("COM-07", "within_working_days"), ("COM-07", "decision_fits"),
    ("COM-09", "case_review_in_time"),
    ("COM-09", "month_after_at_latest"),
    ("DB-01", "first_row_is"), ("DB-01", "unique"),
    ("DB-01", "supporters_if_old"), ("DB-01", "demanded_until"),
    ("DB-01", "agent_needs_letter"), ("DB-01", "bank_holder"), ("DB-01", "not_before"),
    ("DB-02", "no_open_case"), ("DB-02", "not_above"),
    ("DB-02", "equals"), ("DB-02", "month_after"),
    ("DB-02", "answer_follows"), ("DB-02", "income_within"), ("DB-02", "assets_within"),
    ("COM-09", "grace_within"),
    ("DB-04", "rows_decision_fits"), ("DB-05", "review_in_time"),
    ("TK-01", "rows_needed"), ("TK-02", "count_fields"),
    ("TK-03", "no_open_case"), ("TK-04", "adult"),
    ("TK-03", "income_within"), ("TK-03", "assets_within"),
    ("ZF-10", "confirmed_assets_within"),
    ("TK-04", "within_months"), ("TK-04", "no_open_case"),
    ("TK-05", "a_row_each_month"), ("TK-06", "month_after_at_latest"),
    ("LS-01", "none_before"),
    ("LS-01", "names_at_least"), ("LS-02", "on_time"), ("LS-03", "none_before"),
    ("LS-03", "at_most"),
    ("LS-04", "rows_filled_if"), ("LS-04", "amount_as_decided"), ("LS-05", "running_balance"),
    ("GS-01", "tell_apart"), ("GS-01", "no_personal_numbers"), ("GS-01", "adults_only"),
    ("GS-06", "on_time"), ("GS-07", "differs_from"),
    ("GS-09", "rows_filled_if"),
    ("CB-01", "allowance_allowed"),
    ("CB-01", "month_of"), ("CB-05", "answer_follows"),
    ("CB-06", "months_between"), ("GL-01", "band_by_age"), ("GL-04", "rows_filled_if"),
    ("GL-05", "months_inclusive"), ("YF-04", "years_up"),
    ("ET-05", "visits_in_time"), ("ET-06", "child_code"),
    ("LR-02", "visits_in_time"), ("LR-05", "running_balance"),
    ("ZF-03", "state_needs"),
    ("ZF-03", "states_go_on"),
    ("BZ-01", "held_is_told"),
    ("ZZ-06", "column_differs"),
]  # fmt: skip


#: Checks that a form states itself: form, where the problem stands.
STATED = [
    ("COM-01", "sign_date"), ("COM-02", "result"), ("COM-03", "neighbours"),
    ("COM-04", "chair_post"), ("COM-04", "cases.c_yes"), ("COM-04", "present"),
    ("COM-04", "present_reps"), ("COM-06", "result"), ("COM-06", "days"), ("COM-07", "decision"),
    ("COM-06", "down_date"), ("COM-06", "down_time"),
    ("COM-07", "old_amount"), ("COM-07", "new_amount"), ("COM-09", "decision"),
    ("DB-01", "members"), ("DB-01", "single_apply"), ("DB-01", "relative_decl"),
    ("DB-02", "vote_summary"), ("DB-02", "v_opinion"), ("DB-02", "month_amount"),
    ("DB-02", "members"), ("DB-02", "check_result"), ("DB-02", "survey_summary"),
    ("DB-05", "advice"), ("TK-03", "check_result"), ("TK-03", "survey_summary"),
    ("DB-04", "rows.new_n"),
    ("DB-04", "rows.old_n"), ("TK-01", "labor_reason"), ("TK-03", "pub_start"),
    ("TK-03", "pub_result"), ("TK-04", "c_id"), ("TK-06", "pub_date"), ("LS-01", "ok_amount"),
    ("LS-01", "vote"), ("LS-01", "survey"), ("GS-08", "rows.checked"), ("YL-01", "class"),
    ("YL-03", "burden"),
    ("CB-01", "guardian"), ("CB-01", "kinds"), ("ET-02", "mother_state"), ("ET-08", "reason"),
    ("JZ-03", "as_of"), ("ZH-12B", "mended_date"),
    ("ZF-01", "policies.p_problem"), ("ZF-01", "visit_mode"), ("ZF-03", "rows.close_date"),
    ("ZF-03", "rows.verify_date"), ("ZF-08", "rows.visited"), ("ZF-08", "rows.problems"),
    ("ZF-08", "rows.closed"), ("ZF-08", "rows.answers"), ("BZ-01", "report_date"),
    ("BZ-01", "held"), ("BZ-01", "stop_sent"), ("ZZ-01", "present"), ("ZZ-01", "topics.tp_yes"),
    ("ZZ-03", "present"), ("ZZ-04", "returned"), ("ZZ-04", "candidates.cd_result"),
    ("COM-07", "heard_mode"), ("COM-09", "heard_mode"), ("LS-01", "residence_kind"),
    ("LS-07", "late_reason"), ("LS-07", "end_date"), ("ZF-09", "apply_date"),
    ("ZF-09", "consent"), ("ZF-09", "rigid_total"), ("ZF-10", "edge_line"),
    ("ZF-10", "disposable"), ("ZF-10", "share_line"), ("ZF-10", "c_result"),
    ("DB-01", "members.m_health"), ("COM-03", "members.m_health"), ("COM-07", "issuer"),
    ("LS-04", "rows.pay_date"), ("COM-01", "relative_decl"), ("COM-02", "missing"),
    ("COM-02", "refuse_reason"), ("COM-07", "effective_month"),
]  # fmt: skip


def names_of(spec) -> set[str]:
    """Every word a form calls, those that come with a type too."""
    fields = [*spec.fields, *(column for field in spec.fields for column in field.columns)]
    types = [name for field in fields for name in TYPE_RULES.get(field.type, ())]
    return {call.name for call in calls_of(spec)} | set(types)


@pytest.mark.parametrize(("form_id", "address"), STATED)
def test_a_check_of_one_form_is_stated_there(catalogue, form_id, address):
    """Where its problem stands."""
    assert any(address in one.at for one in catalogue.form(form_id).stated)


def test_every_stated_check_is_in_this_table(catalogue):
    """A check that goes, goes from here too."""
    stated = {(spec.id, at) for spec in catalogue.forms for one in spec.stated for at in one.at}
    others = {("CB-01", slug) for slug in ("guardian_id", "guardian_rel", "guardian_phone")}
    assert stated == set(STATED) | others


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


#: Words that mark a field, or give one thing whatever the form holds.
ONE_SIDED = {"planned"}
#: Rules and checks that only warn.
WARN = {
    "bank_check_digit", "known_region", "none_before", "on_time", "review_in_time",
    "within_working_days", "visits_in_time", "agent_needs_letter", "a_row_each_month",
    "maybe_open_case", "case_review_in_time", "income_beside_line",
}  # fmt: skip


def test_every_word_stands_in_a_table_on_both_sides():
    """Its module's tests show where it speaks and where it is silent."""
    sides: dict[str, set[str]] = {name: set() for name in (*DERIVATIONS, *FIELD_RULES, *CHECKS)}
    for folder in (tests.filler.rules, tests.filler.values):
        for one in pkgutil.iter_modules(folder.__path__, folder.__name__ + "."):
            module = importlib.import_module(one.name)
            for table in ("CASES", "RULED", "CHECKED"):
                for shown in getattr(module, table, ()):
                    sides[shown.name].add(repr(shown.expected))
    assert {name for name, shown in sides.items() if len(shown) < 2} == ONE_SIDED


def test_rules_that_do_not_refuse_only_warn():
    """All others keep a form from being issued."""
    assert {
        word.name for word in (*FIELD_RULES.values(), *CHECKS.values()) if word.is_warning
    } == WARN
