"""What a month's screen looks at, as the table says."""

import pytest

from filler.spec.monthly import find_wrong_months, read_months

_RULE = {
    "form": "DB-02", "scheme": "低保", "approved": "c_date", "start": "start_month",
    "persons": "insured_count", "amount": "month_amount", "change": "COM-09",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"form": "XX-1"}, "没有“XX-1”这张表"),
        ({"amount": "money"}, "DB-02 没有字段“money”"),
        ({"change": "XX-2"}, "没有“XX-2”这张表"),
        ({"reviews": {"COM-09": "day"}}, "COM-09 没有字段“day”"),
        ({"ages": [{"term": "成年年龄", "form": "XX-3"}]}, "没有“XX-3”这张表"),
    ],
)
def test_a_mistake_in_the_table_is_named(catalogue, changed, said):
    """With the form and the field."""
    problems = list(find_wrong_months(read_months({"monthly": [_RULE | changed]}), catalogue.by_id))
    assert said in "".join(map(str, problems))


def test_a_fixed_number_is_no_field(catalogue):
    """`=1`: each case is one person."""
    problems = list(
        find_wrong_months(read_months({"monthly": [_RULE | {"persons": "=1"}]}), catalogue.by_id)
    )
    assert problems == []


def test_the_countys_table_names_terms_the_registry_has(catalogue):
    """And a summary of each form it speaks of."""
    terms = catalogue.facts.county.terms
    rules = catalogue.months.approvals
    assert {one.form_id for one in rules} == {
        "DB-02", "TK-03", "CB-01", "GL-01", "ET-01", "ET-02", "YF-01",
    }  # fmt: skip
    assert all(terms.knows(age.term) for one in rules for age in one.ages)
    assert all(terms.knows(one.review) for one in rules if one.review)
    assert catalogue.months.summary_for("DB-04").source == "DB-02"
    assert catalogue.months.summary_for("DB-03") is None
    assert catalogue.months.approval("ZF-01") is None
