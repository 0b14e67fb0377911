"""What a fresh page offers, as the table says."""

import pytest

from filler.spec.offered import BY_CASE, Offers, find_wrong_offers, read_offers


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"offer": [{"to": "DB-02", "from": "XX-9"}]}, "没有“XX-9”这张表"),
        ({"offer": [{"to": "DB-02", "from": "DB-01", "fields": ["xx"]}]}, "没有字段“xx”"),
        (
            {"offer": [{"to": "DB-02", "from": "DB-01", "renamed": {"pub_note": "于{nothing}"}}]},
            "DB-01 没有字段“nothing”",
        ),
        (
            {"offer": [{"to": "COM-01", "from": "DB-01",
                        "rows": {"members": {"members": {"a_name": "x_name"}}}}]},
            "没有列“x_name”",
        ),
        (
            {"offer_rows": [{"to": "GS-04", "rows": "rows", "from": "DB-02",
                             "columns": {"iban": "name"}}]},
            "没有列“iban”",
        ),
        (
            {"offer_rows": [{"to": "GS-04", "rows": "rows", "from": "DB-02", "approved": "c_day"}]},
            "没有字段“c_day”",
        ),
        (
            {"offer_rows": [{"to": "GS-04", "rows": "rows", "from": "DB-02", "of": {"xx": "低保"},
                             "person": "id_no", "columns": {"name": "name"}}]},
            "没有字段“xx”",
        ),
        (
            {"offer_rows": [{"to": "GS-04", "rows": "rows", "from": "DB-02",
                             "columns": {"name": "name"}}]},
            "没有写明凭哪个身份证号略去未成年人",
        ),
        (
            {"offer_rows": [{"to": "GS-04", "rows": "rows", "from": "DB-02", "person": "id_no",
                             "columns": {"name": "id_no"}}]},
            "不能列出“身份证号”",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_the_table_is_named(catalogue, table, said):
    """With the form and the field."""
    problems = find_wrong_offers(read_offers(table), catalogue.by_id)
    assert said in "".join(map(str, problems))


def test_the_countys_table_is_right(catalogue):
    """And says which forms of a case give to which."""
    assert "DB-01" in catalogue.offers.sources_of("COM-01")
    assert catalogue.offers.sources_of("COM-04") == frozenset()
    assert catalogue.offers.offers_rows("GS-04")
    assert not catalogue.offers.offers_rows("DB-01")
    declared = {(one.to, one.source) for one in catalogue.offers.papers if one.declared}
    assert ("COM-03", "DB-01") in declared
    assert ("COM-06", "COM-05") not in declared
    assert all(one.by == BY_CASE or one.by in ("place", "name") for one in catalogue.offers.papers)


def test_a_rule_holds_for_its_answers_only(catalogue):
    """Of rules for one list those whose answers are given, one a kind of case."""
    (rule,) = catalogue.offers.rows_for("GS-04", {"scheme": "特困"})
    assert rule.gather.source == "TK-03"
    several = catalogue.offers.rows_for("GS-04", {"scheme": "临时救助"})
    assert [one.gather.source for one in several] == ["LS-01", "LS-02", "LS-03"]
    assert catalogue.offers.rows_for("GS-04", {"scheme": "别的"}) == ()
    assert Offers().rows_for("GS-04", {"scheme": "低保"}) == ()


def test_what_is_offered_to_a_form_stands_in_the_order_of_the_table(catalogue):
    """Texts with values in them are told from fields."""
    offers = catalogue.offers
    for form_id in (*catalogue.by_id, "没有"):
        assert [*offers.for_form(form_id)] == [one for one in offers.papers if one.to == form_id]
    (offer,) = read_offers(
        {"offer": [{"to": "A", "from": "B", "fields": ["day"], "renamed": {"note": "于{day}"}}]}
    ).papers
    assert offer.sentences == {"note": "于{day}"}
