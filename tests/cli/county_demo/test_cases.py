"""Cases of the small county: whole, approved, running."""

from collections import Counter

from filler.models import Issued
from minzheng.cli.county_demo.plan import SMALL


def test_what_was_approved_runs(states):
    """But for what was stopped, and with what was approved later."""
    running = states("running").total()
    assert running == SMALL.villages * SMALL.recipients


def test_a_case_of_dibao_has_all_its_papers(small_county, db):
    """Application, authorisation, survey, approval."""
    case_no = Issued.objects.filter(form_id="DB-02").values_list("case_no", flat=True)[0]
    forms = Counter(Issued.objects.filter(case_no=case_no).values_list("form_id", flat=True))
    assert forms == {"DB-01": 1, "COM-01": 1, "COM-03": 1, "DB-02": 1}


def test_each_scheme_hung_before_it_was_decided(small_county):
    """A notice of a village and scheme, and one of the household that came later."""
    assert len(small_county.published) == SMALL.announcements
