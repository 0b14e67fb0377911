"""Columns of running text that stand side by side: a newspaper, a journal, a printed rule book.

A column is told by lines that begin and end flush under each other. Cells of a table without
walls do so, too, where they hold numbers; they are short, of digits, and have others beside.
"""

import statistics
from collections.abc import Iterable, Sequence

Box = tuple[float, float, float, float]  #: left, top, right, bottom

_FEWEST = 5  #: flush lines of a column
_LONG = 9.0  #: breadth to height of a line of running text
_MOST_DIGITS = 0.4  #: of its signs
_FLUSH = 1.2  #: line heights between the edges of two lines of one column
_NEAR = 0.5  #: line heights to an indented first line or a last one that goes with a column
_SHARED = 0.3  #: of the lower one's height, that columns side by side share
_MOST_OTHERS = 0.25  #: of what stands at their height, that lies in no column


def find_columns(
    boxes: Sequence[Box], texts: Sequence[str], size: tuple[float, float]
) -> list[list[int]]:
    """Numbers of what stands in each column of text that has another one beside it.

    Args:
        boxes: of lines and of cells, parts of the page, 0–1, without skew.
        texts: of the lines; nothing for a cell.
        size: width and height of the page, pixels.
    """
    wide, high = size
    places = [(one[0] * wide, one[1] * high, one[2] * wide, one[3] * high) for one in boxes]
    running = [at for at, text in enumerate(texts) if _is_running(places[at], text)]
    if len(running) < 2 * _FEWEST:
        return []
    unit = statistics.median(places[at][3] - places[at][1] for at in running)
    columns = [
        _around(places[at] for at in part)
        for group in _flush_lines(running, places, _FLUSH * unit)
        for part in _unbroken(group, places, _FLUSH * unit)
        if len(part) >= _FEWEST
    ]
    columns = [one for one in columns if any(_are_beside(one, other) for other in columns)]
    found: list[list[int]] = []
    for one in columns:
        known = {at for column in found for at in column}
        found.append([at for at in _members(one, places, unit) if at not in known])
    found = [one for one in found if one]
    if not found or _are_cells(columns, found, places, unit):
        return []
    return _as_high_as_beside(columns, found, places, _FLUSH * unit)


def _is_running(place: Box, text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    return (
        len(text) > 0
        and place[2] - place[0] >= _LONG * (place[3] - place[1])
        and digits <= _MOST_DIGITS * len(text)
    )


def _flush_lines(running: Sequence[int], places: Sequence[Box], most: float) -> list[list[int]]:
    """Lines whose both edges stand under those of the line before; a page may lean or bend."""
    groups: list[list[int]] = []
    for at in sorted(running, key=lambda one: places[one][1]):
        left, _, right, _ = places[at]
        for group in groups:
            last = places[group[-1]]
            if abs(last[0] - left) <= most and abs(last[2] - right) <= most:
                group.append(at)
                break
        else:
            groups.append([at])
    return groups


def _unbroken(group: Sequence[int], places: Sequence[Box], most: float) -> list[list[int]]:
    """Flush lines parted where something broader stands between two of them."""
    column = _around(places[at] for at in group)
    broader = sorted(
        _middle(place)
        for place in places
        if min(place[2], column[2]) - max(place[0], column[0]) > most
        and not _is_within(place, column, most)
    )
    parts: list[list[int]] = [[]]
    for at in group:
        if parts[-1]:
            above, here = _middle(places[parts[-1][-1]]), _middle(places[at])
            if any(above < one < here for one in broader):
                parts.append([])
        parts[-1].append(at)
    return parts


def _members(column: Box, places: Sequence[Box], unit: float) -> list[int]:
    """What lies within the sides of a column, and what follows closely above and below it."""
    inside = [at for at, one in enumerate(places) if _is_within(one, column, _FLUSH * unit)]
    top, bottom = column[1], column[3]
    for at in sorted(inside, key=lambda one: -places[one][3]):
        if top - _NEAR * unit <= places[at][3] < top:
            top = places[at][1]
    for at in sorted(inside, key=lambda one: places[one][1]):
        if bottom < places[at][1] <= bottom + _NEAR * unit:
            bottom = places[at][3]
    return [at for at in inside if top <= _middle(places[at]) <= bottom]


def _as_high_as_beside(
    columns: Sequence[Box], found: Sequence[list[int]], places: Sequence[Box], most: float
) -> list[list[int]]:
    """Columns with what stands within their sides at the height of the one beside.

    Formulas, short paragraphs and captions part a column in pieces, or stand above the first
    flush lines: the column beside would be read between them. Nothing that lies across is passed.
    """
    known = {at for one in found for at in one}
    longer = [list(one) for one in found]
    for own in longer:
        column = _around(places[at] for at in own)
        beside = [one for one in columns if _are_beside(one, column)]
        if not beside:
            continue
        across = [
            _middle(one)
            for one in places
            if _crosses(one, column, most) and any(_crosses(one, other, most) for other in beside)
        ]
        top = max([min(one[1] for one in beside), *(y for y in across if y < _middle(column))])
        end = min([max(one[3] for one in beside), *(y for y in across if y > _middle(column))])
        more = [
            at
            for at, one in enumerate(places)
            if at not in known and _is_within(one, column, most) and top <= _middle(one) <= end
        ]
        known.update(more)
        own.extend(more)
    return _joined(longer, places, most)


def _joined(columns: Sequence[list[int]], places: Sequence[Box], most: float) -> list[list[int]]:
    """Pieces of one column, one under the other with nothing of another between them."""
    joined: list[list[int]] = []
    for own in sorted(columns, key=lambda one: _around(places[at] for at in one)[1]):
        box = _around(places[at] for at in own)
        for before in joined:
            upper = _around(places[at] for at in before)
            is_under = _is_within(box, upper, most) or _is_within(upper, box, most)
            if is_under and box[1] - upper[3] < most / _FLUSH:  # no line fits between
                before.extend(own)
                break
        else:
            joined.append(own)
    return joined


def _are_cells(
    columns: Sequence[Box], found: Sequence[Sequence[int]], places: Sequence[Box], unit: float
) -> bool:
    """Whether much stands beside the columns: they are those of a table."""
    known = {at for one in found for at in one}
    band = _around(columns)
    level = [at for at, one in enumerate(places) if band[1] <= _middle(one) <= band[3]]
    others = [
        at
        for at in level
        if at not in known
        and not any(_crosses(places[at], column, _FLUSH * unit) for column in columns)
    ]
    return len(others) > _MOST_OTHERS * len(level)


def _crosses(place: Box, column: Box, most: float) -> bool:
    return min(place[2], column[2]) - max(place[0], column[0]) > most


def _are_beside(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    is_apart = one[2] <= other[0] or other[2] <= one[0]
    return is_apart and shared >= _SHARED * min(one[3] - one[1], other[3] - other[1])


def _is_within(place: Box, column: Box, most: float) -> bool:
    return place[0] >= column[0] - most and place[2] <= column[2] + most


def _middle(place: Box) -> float:
    return (place[1] + place[3]) / 2


def _around(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
