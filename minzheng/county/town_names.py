"""The full name of a town: where one installation serves several counties, they stand before it.

`平利县·城关镇` is the town everywhere a row, a filter or an account names it, so a town of the
same name in another county is another text. What ends with `·` is no town but all that lies
under it: `平利县·` is a county, `·` alone all counties. With one county there is no `·`, and the
name is the town's own.
"""

from collections.abc import Iterable

APART = "·"
EVERY_COUNTY = APART
#: Stands behind every text that begins as a county does.
_LAST = "\U0010ffff"


def full_name(above: str, town: str) -> str:
    """A town's name under what lies above it: `平利县` or `安康市·平利县`, or nothing."""
    return f"{above}{APART}{town}" if above else town


def own_name(town: str) -> str:
    """What its own people call it: 城关镇; of a county 平利县."""
    return town.rstrip(APART).rpartition(APART)[2]


def county_of(town: str) -> str:
    """The county in which a town lies, or which is meant: `平利县·`; nothing with one county."""
    above, apart, _ = town.rpartition(APART)
    return above + apart if above else ""


def is_county(scope: str) -> bool:
    """Whether a county, or what lies above counties, is meant, and no town."""
    return scope.endswith(APART)


def has_whole(scope: str) -> bool:
    """Whether whoever is of this is not of one county among several, or less of it."""
    return scope == EVERY_COUNTY or APART not in scope


def shown(scope: str) -> str:
    """A town or a county as a page names it."""
    return scope.removesuffix(APART)


def place_in_words(town: str, village: str = "") -> str:
    """A village with its town; of what is no town, its county."""
    return shown(f"{town}{village}")


def lies_in(town: str, scope: str) -> bool:
    """Whether a town is the one that is meant, or lies in the county that is; nothing means all."""
    if scope == EVERY_COUNTY:
        return True
    return town.startswith(scope) if is_county(scope) else scope in ("", town)


def in_common(towns: Iterable[str]) -> str:
    """The nearest that holds all of some towns: one of them, their county, what lies above it.

    Nothing when nothing does but all; with one county that is the county itself.
    """
    known = list(dict.fromkeys(towns))
    scope = known[0] if known else ""
    while scope and not all(lies_in(town, scope) for town in known):
        scope = county_of(shown(scope))
    return scope


def bounds(county: str) -> tuple[str, str]:
    """Between which texts, by their characters, all towns of a county stand, itself included."""
    return county, county + _LAST
