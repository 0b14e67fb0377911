"""What an ID or certificate number tells of a person."""

import datetime as dt

from filler.form.form_data import Value
from filler.values.language import Slug, derivation
from filler.values.scope import Scope
from minzheng.county import masking
from minzheng.county.registry.terms import ADULT_AGE, term_on
from minzheng.county.writing import id_card

_DISABILITY = {
    "1": "视力", "2": "听力", "3": "言语", "4": "肢体", "5": "智力", "6": "精神", "7": "多重",
}  # fmt: skip
_LEVELS = {"1": "一级", "2": "二级", "3": "三级", "4": "四级"}


@derivation
def id_birth_date(scope: Scope, slug: Slug) -> Value:
    """The date of birth in an ID number."""
    return id_card.birth_date(scope.text(slug))


@derivation
def id_sex(scope: Scope, slug: Slug) -> Value:
    """男 or 女, from an ID number."""
    return id_card.sex(scope.text(slug)) or None


@derivation
def age_on(scope: Scope, id_slug: Slug, date_slug: Slug = "") -> Value:
    """Full years (周岁) on a day of the form."""
    day = scope.date(date_slug) if date_slug else scope.day
    return id_card.age_on(scope.text(id_slug), day) if day else None


@derivation
def disability_type(scope: Scope, slug: Slug) -> Value:
    """The kind of disability in a certificate number."""
    number = scope.text(slug)
    return _DISABILITY.get(number[18:19])


@derivation
def disability_level(scope: Scope, slug: Slug) -> Value:
    """The level of disability in a certificate number."""
    return _LEVELS.get(scope.text(slug)[19:20])


@derivation
def masked_id(scope: Scope, slug: Slug) -> Value:
    """610927********1234, for letters that others may read."""
    return masking.mask_id(scope.text(slug)) or None


def is_minor(id_no: str, day: dt.date) -> bool | None:
    """Whether a person is not of age on a day; None when the number does not tell."""
    age, adult = id_card.age_on(id_no, day), term_on(ADULT_AGE, day)
    return None if age is None or adult is None else age < adult
