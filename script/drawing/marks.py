"""Room for what is done by hand: opinions, signatures, seals, photos."""

from collections.abc import Sequence

from filler.form.forms import Field
from script.drawing.paper import Cell, Grid, Paper, label, tag, value
from script.drawing.wording import (
    BLANK_DATE,
    SIGNATURE,
    SMALL,
    dated,
    fitting_size,
    in_short_lines,
    signed,
)

_FOOT_MM, _LABEL_MM, _NAME_MM = 17, 24, 6
#: The seal of whoever decides, county or town, and what stands before that opinion.
DECIDERS_SEAL, DECIDERS_OPINION = "{seal_of}", "{{ decided_by or '县民政局' }}\n意见"


def draw_opinion(grid: Grid, fields: Sequence[Field], height: float = 39) -> None:
    """Text on top, signatures and seal at the foot.

    The first row is a heading row: Word and LibreOffice never leave one alone at the foot
    of a page, so that no opinion is torn from its seal.
    """
    text, seal = fields[0], fields[-1]
    signs = [field for field in fields if field.type in ("sign", "print")]
    dates = [field for field in fields if field.type == "date"]
    hands = "\n".join(_hands(signs))
    date = dated(dates[0].slug) if dates else BLANK_DATE
    name = in_short_lines(text.label, 5)
    grid.row(
        label(
            DECIDERS_OPINION if DECIDERS_SEAL in seal.seal_name else name,
            size=fitting_size(name, _LABEL_MM - 2, 11),
            vertical="bottom",
            open_sides=("bottom",),
        ),
        value(tag(text.slug), align="left", vertical="top", open_sides=("bottom",), indent=True),
        height=height - _FOOT_MM,
        header=True,
    )
    foot = f"{hands}\n{{{{ {seal.slug} }}}}(盖章)　　{date}"
    grid.row(
        label("", open_sides=("top",)),
        value(foot, align="right", vertical="bottom", open_sides=("top",), size=11),
        height=_FOOT_MM,
    )


def _hands(signs: Sequence[Field]) -> list[str]:
    """Signatures, two beside each other at most: the cell has no room for three."""
    hands = [f"{signed(field.label)}:{SIGNATURE}" for field in signs]
    return ["　".join(hands[first : first + 2]) for first in range(0, len(hands), 2)] or [""]


def draw_photos(paper: Paper, photos: Sequence[Field], width: float, height: float = 60) -> None:
    """Room for photos side by side, each under its name; a heading row never stands alone."""
    grid = paper.grid([width / len(photos)] * len(photos))
    grid.row(*(label(photo.label, size=SMALL) for photo in photos), height=_NAME_MM, header=True)
    grid.row(*(value(tag(photo.slug)) for photo in photos), height=height - _NAME_MM)


def draw_seals(
    paper: Paper,
    seals: Sequence[Field],
    width: float,
    size: float = SMALL,
    *,
    height: float = 40,
    date: str = "年　　月　　日",
    border: str = "nil",
) -> None:
    """Room for round seals side by side, over the names of those who seal."""
    if not seals:
        return
    grid = paper.grid([width / len(seals)] * len(seals), border=border)
    grid.row(*(_seal(field, size, date) for field in seals), height=height)


def draw_seal_at_right(
    paper: Paper, seals: Sequence[Field], width: float, size: float, date: str
) -> None:
    """Name, seal and date at the right, as a letter ends (GB/T 9704)."""
    if not seals:
        return
    empty = [value("")] * max(1, len(seals) % 2)
    cells = [*empty, *(_seal(field, size, date) for field in seals)]
    paper.grid([width / len(cells)] * len(cells), border="nil").row(*cells, height=42)


def draw_signatures(paper: Paper, signs: Sequence[Field], size: float) -> None:
    """Lines to sign on, three beside each other."""
    for first in range(0, len(signs), 3):
        row = [f"{signed(field.label)}:{SIGNATURE}" for field in signs[first : first + 3]]
        paper.line("　　".join(row), size=size, align="left", before=5, after=2)


def draw_parties(paper: Paper, signs: Sequence[Field], width: float) -> None:
    """Those who sign an agreement, two or three beside each other."""
    if not signs:
        return
    if len(signs) == 1:
        draw_signatures(paper, signs, 12)
        return
    beside = 3 if len(signs) == 3 else 2
    grid = paper.grid([width / beside] * beside, border="nil")
    for first in range(0, len(signs), beside):
        row = [*signs[first : first + beside], *[None] * beside][:beside]
        grid.row(*(_signature(sign) for sign in row), height=16)


def _signature(field: Field | None) -> Cell:
    if field is None:
        return value("")
    return value(f"{signed(field.label)}:\n{SIGNATURE}", size=12, align="left")


def _seal(field: Field, size: float, date: str) -> Cell:
    return value(f"{{{{ {field.slug} }}}}\n(盖章)\n{date}", size=size, vertical="bottom")
