"""Photos that would not come out are told, not dropped."""

import pytest

from filler.form.form_data import FormData
from filler.rules.photos import find_homeless_photos, find_lost_photos
from filler.values.derive import derive
from tests.filler.conftest import TODAY

PHOTO = "photo:" + "ab" * 32 + ":1200x900"


class Shelf:
    """A shelf with some photos."""

    def __init__(self, *there: str) -> None:
        self.there = there

    def has(self, sha256: str) -> bool:
        return sha256 in self.there


@pytest.fixture
def scope(catalogue):
    spec = catalogue.form("COM-04")
    slug = next(iter(spec.photos))
    return slug, derive(spec, FormData({slug: PHOTO}), catalogue.facts, TODAY)


def test_a_photo_without_room_is_told(scope):
    """Of the photos that were given."""
    slug, form = scope
    assert [problem.field for problem in find_homeless_photos(form, {})] == [slug]
    assert not list(find_homeless_photos(form, {slug}))


def test_a_photo_that_is_gone_is_told(scope):
    """A shelf that has it is content."""
    slug, form = scope
    assert [problem.field for problem in find_lost_photos(form, Shelf())] == [slug]
    assert not list(find_lost_photos(form, Shelf("ab" * 32)))


def test_what_was_not_given_is_not_missed(catalogue):
    """A form may be printed without photos."""
    form = derive(catalogue.form("COM-04"), FormData(), catalogue.facts, TODAY)
    assert not [*find_homeless_photos(form, {}), *find_lost_photos(form, Shelf())]
