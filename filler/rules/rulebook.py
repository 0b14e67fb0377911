"""The rules over a whole form that a spec may name."""

from filler.rules import amount_rules as amounts
from filler.rules import child_rules as children
from filler.rules import history, meetings, visits
from filler.rules import household as family
from filler.rules import ledger_rules as ledgers
from filler.rules import lists as rows
from filler.rules import order_rules as order
from filler.rules import place_rules as places
from filler.rules import record_rules as records
from filler.rules import vote_rules as votes
from filler.rules.wording import FormRule

CHECKS: dict[str, FormRule] = {
    "state_needs": FormRule(ledgers.state_needs, ("rows", "column", "text*")),
    "only_in_state": FormRule(ledgers.only_in_state, ("rows", "column", "column", "text*")),
    "rows_in_order": FormRule(ledgers.rows_in_order, ("rows", "column*")),
    "column_differs": FormRule(ledgers.column_differs, ("rows", "column", "word")),
    "meeting_quorum": FormRule(votes.meeting_quorum, ("slug", "slug", "slug")),
    "election_is_valid": FormRule(votes.election_is_valid, ("slug", "slug")),
    "elected_by_majority": FormRule(
        votes.elected_by_majority, ("rows", "column", "column", "slug")
    ),
    "poor_visited_in_person": FormRule(
        visits.poor_visited_in_person, ("slug", "slug"), is_warning=True
    ),
    "gap_is_told": FormRule(visits.gap_is_told, ("rows", "column", "column", "column")),
    "visits_in_time": FormRule(
        visits.visits_in_time, ("rows", "column", "column", "column", "term"), is_warning=True
    ),
    "told_within_days": FormRule(visits.told_within_days, ("slug", "slug", "number", "slug")),
    "stop_is_sent": FormRule(visits.stop_is_sent, ("slug", "slug")),
    "one_choice_alone": FormRule(visits.one_choice_alone, ("slug", "text")),
    "parents_cannot_care": FormRule(children.parents_cannot_care, ("slug", "slug")),
    "village_in_town": FormRule(places.village_in_town),
    "rows_villages_in_towns": FormRule(places.rows_villages_in_towns, ("rows",)),
    "first_row_is": FormRule(rows.first_row_is, ("rows", "column", "slug")),
    "unique": FormRule(rows.unique, ("rows", "column")),
    "tell_apart": FormRule(rows.tell_apart, ("rows", "column", "column")),
    "supporters_if_old": FormRule(family.supporters_if_old, ("rows?", "column?", "rows?")),
    "sum_is": FormRule(order.sum_is, ("slug", "number*")),
    "in_order": FormRule(order.in_order, ("slug*",)),
    "not_above": FormRule(order.not_above, ("number", "number")),
    "rows_not_above": FormRule(order.rows_not_above, ("rows", "column", "column")),
    "at_least_one": FormRule(rows.at_least_one, ("rows", "column", "text")),
    "votes_add_up": FormRule(meetings.votes_add_up, ("rows", "column", "column", "column", "slug")),
    "must_include": FormRule(meetings.must_include, ("slug", "text*")),
    "single_apply_allowed": FormRule(family.single_apply_allowed, ("slug?",)),
    "no_personal_numbers": FormRule(meetings.no_personal_numbers),
    "relative_needs_filing": FormRule(family.relative_needs_filing, ("slug?",), is_warning=True),
    "rows_recommended": FormRule(rows.rows_recommended, ("rows", "count"), is_warning=True),
    "agent_needs_letter": FormRule(family.agent_needs_letter, ("slug?",), is_warning=True),
    "rows_needed": FormRule(family.rows_needed, ("rows", "slug", "text*")),
    "ground_fits": FormRule(family.ground_fits, ("slug",)),
    "publicity_by_age": FormRule(family.publicity_by_age, ("slug*",)),
    "guardian_if_minor": FormRule(family.guardian_if_minor, ("slug*",)),
    "required_in_era": FormRule(meetings.required_in_era, ("text", "slug", "slug*")),
    "result_fits_objections": FormRule(meetings.result_fits_objections, ("slug", "slug")),
    "rows_filled_if": FormRule(rows.rows_filled_if, ("rows", "column", "text", "column*")),
    "a_row_each_month": FormRule(
        rows.a_row_each_month, ("rows", "column", "slug"), is_warning=True
    ),
    "era_word_fits": FormRule(order.era_word_fits, ("slug", "slug")),
    "direct_aid": FormRule(family.direct_aid, ("slug",), is_warning=True),
    "allowance_allowed": FormRule(family.allowance_allowed, ("slug", "slug")),
    "sealed_only_if_checked": FormRule(rows.sealed_only_if_checked, ("rows", "column")),
    "decision_fits": FormRule(amounts.decision_fits, ("slug", "slug", "slug")),
    "rows_decision_fits": FormRule(
        amounts.rows_decision_fits, ("rows", "column", "column", "column")
    ),
    "adults_only": FormRule(records.adults_only, ("rows", "column")),
    "surveyors_not_relatives": FormRule(
        records.surveyors_not_relatives, ("rows", "column", "slug")
    ),
    "amount_as_decided": FormRule(records.amount_as_decided, ("rows", "column", "column")),
    "held_is_told": FormRule(records.held_is_told, ("slug", "slug")),
    "counts_match_records": FormRule(
        records.counts_match_records, ("rows", "column", "column"), is_warning=True
    ),
    "states_go_on": FormRule(records.states_go_on, ("rows", "column", "column")),
    "rows_are": FormRule(rows.rows_are, ("rows", "column", "text", "column", "text")),
    "answer_follows": FormRule(meetings.answer_follows, ("slug", "text", "slug", "text*")),
    "reason_fits_age": FormRule(family.reason_fits_age, ("slug", "text", "slug")),
    "signed_before_acceptance": FormRule(history.signed_before_acceptance, ("slug",)),
    "maybe_open_case": FormRule(history.no_open_case, ("slug", "text*"), is_warning=True),
    "no_open_case": FormRule(history.no_open_case, ("slug", "text*")),
    "supplement_once": FormRule(history.supplement_once, ("slug",)),
    "case_review_in_time": FormRule(
        history.case_review_in_time, ("slug", "text", "slug", "text"), is_warning=True
    ),
    "stop_needs_letter": FormRule(history.stop_needs_letter, ("slug",), is_warning=True),
    "letter_matches_review": FormRule(history.letter_matches_review, ("slug", "slug", "slug")),
    "all_adults_sign": FormRule(history.all_adults_sign, ("rows", "column")),
}
