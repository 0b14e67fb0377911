"""The rules over a whole form that a spec may name."""

from filler import family_rules as family
from filler import meeting_rules as meetings
from filler import order_rules as order
from filler import place_rules as places
from filler import row_rules as rows
from filler.rule_kinds import FormRule

CHECKS: dict[str, FormRule] = {
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
    "known_region": FormRule(family.known_region, ("slug?",), is_warning=True),
}
