"""Villages belong to their towns (VR-PLACE)."""

from collections.abc import Iterator

from filler.rules.wording import label_of
from filler.values.language import Rows, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem


def village_in_town(scope: Scope) -> Iterator[Problem]:
    """VR-PLACE; every form with town and village is checked."""
    yield from _place_problems(scope, "", "")


@form_check()
def rows_villages_in_towns(scope: Scope, rows: Rows) -> Iterator[Problem]:
    """VR-PLACE for each row of a roster."""
    for index, row in enumerate(scope.rows(rows)):
        yield from _place_problems(
            row, f"{label_of(scope, rows)}第 {index + 1} 行", f"{rows}[{index}]."
        )


def _place_problems(scope: Scope, where: str, prefix: str) -> Iterator[Problem]:
    town, village = scope.text("town"), scope.text("village")
    if not town or not village or scope.facts.places.village(village, town):
        return
    others = [place.town for place in scope.facts.places.settlements if place.name == village]
    what = f"{town}没有{village}"
    do = f"{village}属{'、'.join(others)}，改正镇或村" if others else "从名单中选村"
    yield Problem(where or "村", what, do, f"{prefix}village")
