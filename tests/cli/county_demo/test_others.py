"""The other dossiers of the small county."""

from filler.models import Issued
from minzheng.cli.county_demo.others import OTHERS
from minzheng.cli.county_demo.plan import SMALL


def test_each_has_its_cases(small_county, db):
    """In some villages; a cabinet stands in every one."""
    for form_id, _ in OTHERS:
        assert Issued.objects.filter(form_id=form_id).count() == SMALL.every_dossier, form_id
    assert Issued.objects.filter(form_id="ZH-01").count() == SMALL.villages
