"""What a keeper may say of a file."""

import pytest

from archive_indexer.models import Correction
from tests.web.archive.conftest import correct
from tests.web.conftest import KEEPER


def test_a_file_cannot_be_sent_out_of_one_s_area(sign_in, files):
    """Nor into a dossier one does not see."""
    browser = sign_in(*KEEPER, given=())
    for wrong in ({"place": "钟宝镇/得胜村"}, {"dossier": "ET"}, {"place": ""}):
        assert correct(browser, files["one"], **wrong).status_code == 422
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("year", "18"), ("persons", "abc"), ("form_id", "XX-99"), ("place", "钟宝镇/没有村")],
)
def test_a_wrong_value_is_named_and_nothing_is_kept(sign_in, files, field, value):
    """The page says which."""
    page = correct(sign_in(), files["one"], **{field: value})
    assert page.status_code == 422
    assert 'class="problem"' in page.content.decode()
    assert not Correction.objects.exists()


def test_nothing_changed_is_no_correction(sign_in, files):
    """Saving the page as it is."""
    page = correct(sign_in(), files["one"])
    assert "没有改动" in page.content.decode()
    assert not Correction.objects.exists()
