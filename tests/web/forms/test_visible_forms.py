"""The forms a person sees."""

from minzheng.accounts.areas import Area
from minzheng.web.forms.visible_forms import forms_by_dossier
from minzheng.web.gate.office import forms


def test_a_form_is_found_by_part_of_its_name(sign_in):
    """Over a hundred forms: nobody reads them all."""
    page = sign_in().get("/forms", {"q": "入户调查"}).content.decode()
    assert "COM-03" in page
    assert "DB-01" not in page


def test_a_form_of_a_hidden_dossier_is_as_good_as_unknown(sign_in):
    """On its page, in its list, for its roster."""
    browser = sign_in(given=())
    for form_id in ("ET-01", "XX-99"):
        for part in ("", "/blank", "/roster"):
            assert browser.get(f"/forms/{form_id}{part}").status_code == 404
    assert "ET-01" not in browser.get("/forms").content.decode()


def test_dossiers_stand_in_their_order_and_shared_forms_last():
    """Each form once; a dossier without any form that fits is left out."""
    groups = forms_by_dossier(Area())
    assert [one.number for one in groups] == [*sorted(one.number for one in groups[:-1]), ""]
    listed = [spec.id for group in groups for spec in group.specs]
    assert sorted(listed) == sorted(spec.id for spec in forms().forms)
    assert {one.anchor for one in forms_by_dossier(Area(), "db-0")} == {"DB"}
    hidden = forms_by_dossier(Area(forbidden=frozenset({"DB"})))
    assert "DB" not in {one.anchor for one in hidden}
