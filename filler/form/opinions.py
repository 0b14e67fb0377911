"""Whose hand a field of an approval form is in: village, town, federation, department, county.

An approval form is told by its fields: it holds opinions (`t_opinion`, `c_opinion`). What
belongs to an opinion begins with the same letter; a field elsewhere says so by `level`.
"""

from functools import lru_cache

from filler.form.forms import Field, FormSpec

#: In the order in which they write: village, town, federation, departments, county.
LEVELS = ("v", "t", "f", "b", "e", "c")
#: Of a field that whoever decides fills in: the county, or the town within its limit.
DECIDER = "decider"


@lru_cache(maxsize=512)
def levels_of(spec: FormSpec) -> tuple[str, ...]:
    """Whose opinions a form holds, in the order in which they are given."""
    slugs = {field.slug for field in spec.fields}
    return tuple(level for level in LEVELS if f"{level}_opinion" in slugs)


@lru_cache(maxsize=512)
def hands_of(spec: FormSpec) -> dict[str, str]:
    """The fields that belong to an opinion, or to the decision: slug → level."""
    levels = levels_of(spec)
    found = {field.slug: _level_of(field, levels) for field in spec.fields}
    return {slug: level for slug, level in found.items() if level}


def _level_of(field: Field, levels: tuple[str, ...]) -> str:
    if field.level:
        return field.level
    letter, line, _ = field.slug.partition("_")
    return letter if line and letter in levels else ""
