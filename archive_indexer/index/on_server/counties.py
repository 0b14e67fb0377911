"""In which counties a question looks: each county's documents are a partition of their own.

The documents of an office of one county are those of the county without a name. What a person
may see names a town or a county; told beside every other condition, it leaves the server no
other partition to look into.
"""

from collections.abc import Iterable

from archive_indexer.index.on_server.sql import TRUE, Sql, any_of
from minzheng.county.town_names import EVERY_COUNTY, bounds, county_of, is_county


def within(scopes: Iterable[str], column: str = "d.county") -> Sql:
    """That a county holds one of some towns, or lies in one of some counties."""
    return any_of([_within(one, column) for one in sorted(set(scopes))])


def seen(town: str, column: str = "d.county") -> Sql:
    """That a county holds what a person sees; nothing means all."""
    return within((town,), column) if town else TRUE


def _within(scope: str, column: str) -> Sql:
    if scope == EVERY_COUNTY:
        return TRUE
    if not is_county(scope):
        return Sql(f"{column} = %s", (county_of(scope),))
    return Sql(f"({column} >= %s AND {column} < %s)", bounds(scope))
