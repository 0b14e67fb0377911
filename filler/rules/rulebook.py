"""Every rule and check a spec may name, each registered where it is written."""

from filler.rules import (
    answers,
    dates,
    history,
    household,
    lists,
    means,
    money,
    notices,
    person,
    visits,
)
from filler.values.derive import DERIVATIONS
from filler.values.language import refuse_clashes, words_of

_SUBJECTS = (answers, dates, history, household, lists, means, money, notices, person, visits)
#: The rules over one value, by name.
FIELD_RULES = words_of("field_rule", _SUBJECTS)
#: The rules over a whole form, by name.
CHECKS = words_of("form_check", _SUBJECTS)
refuse_clashes(DERIVATIONS, FIELD_RULES, CHECKS)

#: Rules that come with a type.
TYPE_RULES: dict[str, tuple[str, ...]] = {
    "idcard": ("citizen_id", "known_region"),
    "phone": ("phone",),
    "bank": ("bank_number", "bank_check_digit"),
    "date": ("not_future",),
}
