"""The forms of templates/ as they are, read once for all tests of a run."""

from functools import cache

from filler.spec.form_catalogue import Catalogue, load_catalogue


@cache
def shipped_forms() -> Catalogue:
    """All forms; nobody may change them."""
    return load_catalogue()
