"""Pages of one archive are read by the same rules on every machine, or not at all."""

from dataclasses import replace

import pytest

from archive_indexer.errors import OtherTermsError
from archive_indexer.extract.limits import Limits
from archive_indexer.reading.manner import Manner
from archive_indexer.stores import contents
from archive_indexer.stores.many_machines import reading_terms
from archive_indexer.stores.many_machines.reading_terms import confirm_same, set_terms, terms_of
from minzheng.county.sign_fields import SignField

pytestmark = pytest.mark.django_db
LIMITS = Limits(manner=Manner({"DB-01": (SignField("申请人签名", False),)}))


def test_the_same_program_is_taken():
    """And before the service told anything, nothing is compared."""
    confirm_same(terms_of(LIMITS))
    assert not reading_terms.is_shared()
    set_terms(terms_of(LIMITS))
    assert reading_terms.is_shared()
    confirm_same(terms_of(LIMITS))
    set_terms({})
    assert not reading_terms.is_shared()


def test_another_order_of_the_forms_is_no_difference():
    """Folders are listed differently on different systems."""
    forms = {"B": (SignField("签名", False),), "A": (SignField("签名", True),)}
    other = dict(reversed(forms.items()))
    assert terms_of(Limits(manner=Manner(forms))) == terms_of(Limits(manner=Manner(other)))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (replace(LIMITS, max_pages=7), "max_pages 是 300、1000，看守服务那台是 300、7"),
        (replace(LIMITS, manner=Manner()), "表格模板（templates）"),
    ],
)
def test_other_settings_or_forms_are_refused(other, said):
    """In words that say what to make the same; how long a page may take is nobody's matter."""
    set_terms(terms_of(replace(other, seconds_per_page=5)))
    with pytest.raises(OtherTermsError, match=said):
        confirm_same(terms_of(LIMITS))


@pytest.mark.parametrize(
    ("part", "said"), [("program", "是 0.0 版"), ("tables", "同一次发布"), ("rules", "识别规则")]
)
def test_another_program_is_refused(part, said):
    """Each difference has its sentence."""
    set_terms(terms_of(LIMITS) | {part: "0.0"})
    with pytest.raises(OtherTermsError, match=said):
        confirm_same(terms_of(LIMITS))


def test_a_reader_s_number_is_part_of_it(monkeypatch):
    """Whoever reads by an older one is told so."""
    set_terms(terms_of(LIMITS))
    monkeypatch.setattr(reading_terms, "RULES", {**contents.RULES, "ocr": 0})
    with pytest.raises(OtherTermsError, match="识别规则"):
        confirm_same(terms_of(LIMITS))
