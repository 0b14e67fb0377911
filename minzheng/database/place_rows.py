"""Rows of a place: of a town, of a county with all its towns, or of any."""

from collections.abc import Sequence

from django.db.models import Q

from minzheng.county.town_names import EVERY_COUNTY, bounds, is_county


def of_town(scope: str, prefix: str = "", column: str = "town") -> Q:
    """Rows whose `town` is one town, or lies in a county (`平利县·`); without a scope all."""
    if scope == EVERY_COUNTY:
        return Q()
    if not is_county(scope):
        return Q(**{f"{prefix}{column}": scope}) if scope else Q()
    first, last = bounds(scope)
    return Q(**{f"{prefix}{column}__gte": first, f"{prefix}{column}__lt": last})


def of_town_or_none(given: Sequence[str], prefix: str = "") -> Q:
    """Rows of what `bounds_of` gave, and those that name no town at all."""
    if not given:
        return Q()
    if len(given) == 1:
        return Q(**{f"{prefix}town__in": ("", given[0])})
    first, last = given
    within = Q(**{f"{prefix}town__gte": first, f"{prefix}town__lt": last})
    return Q(**{f"{prefix}town": ""}) | within


def bounds_of(scope: str) -> tuple[str, ...]:
    """A scope as values of a prepared question: none, a town, the two bounds of a county."""
    if scope in ("", EVERY_COUNTY):
        return ()
    return bounds(scope) if is_county(scope) else (scope,)


def of_place(town: str, village: str, prefix: str = "") -> Q:
    """The same, of one village where one is given."""
    place = of_town(town, prefix)
    return place & Q(**{f"{prefix}village": village}) if village else place
