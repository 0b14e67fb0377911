"""Photos that would not come out: nothing of them is dropped in silence."""

from collections.abc import Collection, Iterator

from filler.form.photo_names import named_photo
from filler.records.photo_shelf import PhotoShelf
from filler.values.scope import Scope
from minzheng.county.errors import Problem


def find_homeless_photos(scope: Scope, rooms: Collection[str]) -> Iterator[Problem]:
    """Photos for which the template leaves no room."""
    for slug, label in _given(scope):
        if slug not in rooms:
            what = "模板里没有放这张照片的地方"
            yield Problem(label, what, f"打印后粘贴，或在模板的空格里加上 {{{{{slug}}}}}", slug)


def find_lost_photos(scope: Scope, shelf: PhotoShelf) -> Iterator[Problem]:
    """Names of photos that were never taken in, or are gone."""
    for slug, label in _given(scope):
        photo = named_photo(scope.text(slug))
        if photo and not shelf.has(photo.sha256):
            yield Problem(label, "照片找不到了", "重新放入照片", slug)


def _given(scope: Scope) -> Iterator[tuple[str, str]]:
    return ((slug, label) for slug, label in scope.spec.photos.items() if scope.text(slug))
