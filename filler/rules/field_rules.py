"""The rules over one value that a spec may name."""

from filler.rules import child_rules as children
from filler.rules import dates
from filler.rules import money as numbers
from filler.rules import person as texts
from filler.rules.wording import FieldRule

FIELD_RULES: dict[str, FieldRule] = {
    "child_code": FieldRule(children.child_code),
    "person_name": FieldRule(texts.person_name),
    "citizen_id": FieldRule(texts.citizen_id),
    "phone": FieldRule(texts.phone),
    "bank_number": FieldRule(texts.bank_number),
    "bank_check_digit": FieldRule(texts.bank_check_digit, is_warning=True),
    "not_future": FieldRule(dates.not_future),
    "planned": FieldRule(dates.planned),
    "not_before": FieldRule(dates.not_before, ("slug",)),
    "not_after": FieldRule(dates.not_after, ("slug",)),
    "after": FieldRule(dates.after, ("slug",)),
    "length": FieldRule(texts.length, ("count", "count")),
    "between": FieldRule(numbers.between, ("number", "number")),
    "at_most": FieldRule(numbers.at_most, ("slug",)),
    "at_least": FieldRule(numbers.at_least, ("number",)),
    "share_at_least": FieldRule(numbers.share_at_least, ("slug", "count", "count")),
    "filled_if_above": FieldRule(numbers.filled_if_above, ("slug", "slug")),
    "on_time": FieldRule(dates.on_time, ("slug",), is_warning=True),
    "within_months": FieldRule(dates.within_months, ("slug", "number")),
    "month_after_at_latest": FieldRule(dates.month_after_at_latest, ("slug",)),
    "review_in_time": FieldRule(dates.review_in_time, ("slug", "slug"), is_warning=True),
    "by_end_of_month": FieldRule(dates.by_end_of_month, ("number",), is_warning=True),
    "none_before": FieldRule(numbers.none_before, is_warning=True),
    "two_names": FieldRule(texts.two_names),
    "known_region": FieldRule(texts.known_region, is_warning=True),
    "bank_holder": FieldRule(texts.bank_holder),
    "names_town": FieldRule(texts.names_town),
    "younger_than": FieldRule(texts.younger_than, ("number",), is_warning=True),
    "equals": FieldRule(numbers.equals, ("slug",)),
    "differs_from": FieldRule(texts.differs_from, ("slug",)),
    "adult": FieldRule(texts.adult),
    "disability_certificate": FieldRule(texts.disability_certificate, ("slug?",)),
    "no_personal_numbers": FieldRule(texts.no_personal_numbers),
    "within_working_days": FieldRule(
        dates.within_working_days, ("slug", "number"), is_warning=True
    ),
}

#: Rules that come with a type.
TYPE_RULES: dict[str, tuple[str, ...]] = {
    "idcard": ("citizen_id", "known_region"),
    "phone": ("phone",),
    "bank": ("bank_number", "bank_check_digit"),
    "date": ("not_future",),
}
