"""What villages registered of cabinets and boxes."""

import datetime as dt

import pytest

from filler.fill_form import fill_form
from filler.form.form_data import RenderedDocument
from filler.records.cabinet_store import VillageCabinet, cabinet_of
from filler.records.case_store import DatabaseCaseStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(catalogue, answers_of, tmp_path):
    store = DatabaseCaseStore(tmp_path / "issued")

    def run(form_id: str, **changed):
        document = fill_form(
            form_id,
            answers_of(form_id) | changed,
            issued_by="甲",
            today=dt.date(2026, 11, 23),
            catalogue=catalogue,
            store=store,
        )
        assert isinstance(document, RenderedDocument), document

    return run


def test_a_cabinet_and_its_boxes_are_those_that_were_issued(issue):
    """The register's number, place and compartments; the boxes of the catalogues."""
    issue("ZH-01")
    issue("ZH-04")
    cabinet = cabinet_of("钟宝镇", "旧城村")
    assert cabinet.number.startswith("MZ-610927")
    assert cabinet.location == "村务大厅"
    assert cabinet.slots["低保"] == "1-01"
    assert cabinet.boxes["J012-WS·2018-D10-DB-0002"] == "3"


def test_a_later_catalogue_moves_a_paper(issue):
    """The newest word counts."""
    issue("ZH-04")
    issue("ZH-04", box_no=5)
    assert cabinet_of("钟宝镇", "旧城村").boxes["J012-WS·2018-D10-DB-0001"] == "5"


def test_a_village_that_registered_nothing_has_nothing(issue):
    """Nothing is taken from its neighbours."""
    issue("ZH-01")
    assert cabinet_of("钟宝镇", "民主村") == VillageCabinet()
