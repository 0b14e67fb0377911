"""What nobody types is computed: the scope of a form is handed its functions here.

A function gets the scope of its form or row and the arguments of the spec. It returns
None while something it needs is missing: the form is still being filled.
"""

import datetime as dt
from collections.abc import Iterator

from filler.form.case_history import CaseHistory, NoHistory
from filler.form.county_facts import CountyFacts
from filler.form.form_data import FormData
from filler.form.forms import FormSpec
from filler.values import (
    amount_values,
    date_values,
    formula,
    judged_values,
    past_values,
    person_values,
    plain_values,
)
from filler.values.language import words_of
from filler.values.scope import Background, Scope

#: Every word for `derived`, by name.
DERIVATIONS = words_of(
    "derivation",
    (amount_values, date_values, formula, judged_values, past_values, person_values, plain_values),
)
_NO_HISTORY = NoHistory()
_FUNCTIONS = {name: word.function for name, word in DERIVATIONS.items()}


def derive(
    spec: FormSpec,
    data: FormData,
    facts: CountyFacts,
    today: dt.date,
    history: CaseHistory = _NO_HISTORY,
    *,
    is_blank: bool = False,
    left_blank: frozenset[str] = frozenset(),
) -> Scope:
    """The scope in which every derived value can be asked for; a blank one computes nothing."""
    background = Background(
        facts, history, today, _FUNCTIONS, facts.term_names, is_blank, left_blank
    )
    return Scope(spec, data, background)


def derived_texts(scope: Scope) -> Iterator[tuple[str, str]]:
    """Every derived value as printed, those of rows as `members[0].m_age`."""
    for one in scope.spec.fields:
        if one.derived:
            yield one.slug, scope.text(one.slug)
        if one.type == "rows":
            for index, row in enumerate(scope.rows(one.slug)):
                for column in one.columns:
                    if column.derived:
                        yield f"{one.slug}[{index}].{column.slug}", row.text(column.slug)
