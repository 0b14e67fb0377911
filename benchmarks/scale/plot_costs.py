"""What a question costs against the size of the archive, as a table and a picture.

`python -m benchmarks.scale.plot_costs RESULTS.jsonl PICTURE.svg`: each line of the results is the
last line of a run of `benchmarks.search`; both axes of the picture are logarithmic. A line
that rises less than the dotted one grows slower than the number of documents.
"""

import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_WIDTH, _HEIGHT = 760, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 150, 30, 50  #: margins
_COLOURS = (
    "#1b6ca8", "#c0392b", "#27794d", "#8e44ad", "#b9770e", "#16a085", "#7f8c8d",
    "#2c3e50", "#d35400", "#5d6d7e", "#a93226", "#1e8449", "#6c3483", "#2471a3",
)  # fmt: skip
_LEAST, _MOST = 0.5, 200.0  #: milliseconds

Results = Sequence[dict[str, Any]]


def main() -> None:
    """Print the table and write the picture."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    results = sorted((json.loads(one) for one in lines if one), key=lambda one: one["documents"])
    print(as_table(results))
    Path(sys.argv[2]).write_text(as_picture(results), encoding="utf-8")


def as_table(results: Results) -> str:
    """A row a class: CPU ms at every size, and the power of the size it grows with."""
    sizes = [f"{one['documents']:,}" for one in results]
    rows = [f"| class | {' | '.join(sizes)} | grows with |", "|---" * (len(sizes) + 2) + "|"]
    for name in results[0]["p95_cpu_ms_by_class"]:
        told = [_costs(one, name) for one in results]
        cells = [f"{again:.1f} ({first:.1f})" for again, first in told]
        rows.append(f"| {name} | {' | '.join(cells)} | n^{_power(results, name):.2f} |")
    return "\n".join(rows)


def as_picture(results: Results) -> str:
    """The lines of all classes, asked again, over the sizes."""
    sizes = [one["documents"] for one in results]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        *(_mark_size(size, sizes) for size in sizes),
        *(_mark_cost(cost) for cost in (0.5, 1, 2, 5, 10, 20, 50, 100, 200)),
        f'<text x="{_LEFT}" y="18">CPU ms of a question (p95, asked again) by number of documents'
        "; dotted: as the number of documents</text>",
        _line([(size, _LEAST * size / sizes[0]) for size in sizes], sizes, "#999", "2 4"),
    ]
    ends = []
    for name, colour in zip(results[0]["p95_cpu_ms_by_class"], _COLOURS, strict=False):
        costs = [_costs(one, name)[0] for one in results]
        parts.append(_line(list(zip(sizes, costs, strict=True)), sizes, colour))
        ends.append((_at_cost(costs[-1]), name, colour))
    return "\n".join([*parts, *_names(ends), "</svg>", ""])


def _costs(result: dict[str, Any], name: str) -> tuple[float, float]:
    again, first = result["p95_cpu_ms_by_class"][name]
    return again, first


def _power(results: Results, name: str) -> float:
    """Over the last tenfold of the size, or from the first to the last of less."""
    last = results[-1]
    begin = next(one for one in results if one["documents"] * 10 >= last["documents"])
    if begin is last:
        return math.nan
    ratio = _costs(last, name)[0] / _costs(begin, name)[0]
    return math.log(ratio) / math.log(last["documents"] / begin["documents"])


def _at_size(size: float, sizes: Sequence[int]) -> float:
    span = math.log(sizes[-1] / sizes[0]) or 1.0
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * math.log(size / sizes[0]) / span


def _at_cost(cost: float) -> float:
    part = math.log(max(cost, _LEAST) / _LEAST) / math.log(_MOST / _LEAST)
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * part


def _mark_size(size: int, sizes: Sequence[int]) -> str:
    at, low = _at_size(size, sizes), _HEIGHT - _BOTTOM
    return (
        f'<line x1="{at:.1f}" y1="{_TOP}" x2="{at:.1f}" y2="{low}" stroke="#e5e5e5"/>'
        f'<text x="{at:.1f}" y="{low + 18}" text-anchor="middle">{size:,}</text>'
    )


def _mark_cost(cost: float) -> str:
    at = _at_cost(cost)
    return (
        f'<line x1="{_LEFT}" y1="{at:.1f}" x2="{_WIDTH - _RIGHT}" y2="{at:.1f}" stroke="#e5e5e5"/>'
        f'<text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{cost:g}</text>'
    )


def _line(
    points: Sequence[tuple[float, float]], sizes: Sequence[int], colour: str, dashes: str = "none"
) -> str:
    inside = [(size, cost) for size, cost in points if cost <= _MOST]
    at = " ".join(f"{_at_size(size, sizes):.1f},{_at_cost(cost):.1f}" for size, cost in inside)
    return (
        f'<polyline points="{at}" fill="none" stroke="{colour}" stroke-width="1.6" '
        f'stroke-dasharray="{dashes}"/>'
    )


def _names(ends: Sequence[tuple[float, str, str]]) -> list[str]:
    """The name of each line at its end; names that would lie on one another are moved down."""
    written, lowest = [], -math.inf
    for at, name, colour in sorted(ends):
        lowest = max(at + 4, lowest + 12)
        written.append(
            f'<text x="{_WIDTH - _RIGHT + 6}" y="{lowest:.1f}" fill="{colour}">{name}</text>'
        )
    return written


if __name__ == "__main__":
    main()
