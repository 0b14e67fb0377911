"""What forms know of the county comes from the settings and the registry."""

from dataclasses import replace

from filler.form.county_facts import county_facts
from minzheng.county.config import current_config
from minzheng.county.county import read_county


def test_publicity_is_what_the_settings_say():
    """Days and counting; places and calendar are those of the registry."""
    config = replace(current_config(), publicity_days=5, publicity_counting="working")
    facts = county_facts(config, read_county())
    assert (facts.publicity.days, facts.publicity.counting) == (5, "working")
    assert facts.publicity.calendar is facts.calendar
    assert facts.publicity.terms is facts.county.terms
    assert facts.places.village("旧城村", "钟宝镇")
    assert facts.dossiers.by_code("DB")


def test_what_begins_and_ends_a_benefit_is_known():
    """From one table: those that only change a case, end it by their answer."""
    law = county_facts(current_config(), read_county()).case_law
    assert {one.form_id for one in law.changes} >= {"COM-07", "COM-09", "TK-06", "ET-08"}
    review = next(one for one in law.changes if one.form_id == "COM-09")
    assert review.ends({"decision": "停发"}.get)
    assert not review.ends({"decision": "减发"}.get)
    assert next(one for one in law.changes if one.form_id == "TK-06").ends({}.get)


def test_names_of_terms_are_gathered_once_for_all_papers():
    """Of thousands held at once each would have its own."""
    facts = county_facts(current_config(), read_county())
    assert {one.name for one in facts.county.terms.all} == facts.term_names
    assert facts.term_names is facts.term_names
