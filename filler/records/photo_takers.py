"""Who sent which photo in, before it stands in any document."""

from filler.form.photo_names import named
from filler.models import TakenPhoto


def note_taker(name: str, by: str) -> None:
    """Remember that somebody sent in the photo or annex of this name."""
    taken = named(name)
    if taken is not None:
        TakenPhoto.objects.get_or_create(sha256=taken.sha256, by=by)


def has_taken(sha256: str, by: str) -> bool:
    """Whether somebody sent this photo in."""
    return TakenPhoto.objects.filter(sha256=sha256, by=by).exists()
