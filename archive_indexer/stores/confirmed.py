"""What keepers read in fields that the models doubted, laid over whatever is read there.

It is kept by the content, the page and the place: a new reading finds it again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive_indexer.documents import ExtractedPage, ReadField, TextLine
from archive_indexer.models import ConfirmedValue
from minzheng.prepared import Prepared

Box = tuple[float, float, float, float]

_SAME_PLACE = 0.4  #: of both areas together, that two places share
ILLEGIBLE = "手写无法辨认"
_CONFIRMED = Prepared(lambda sha256: ConfirmedValue.objects.filter(sha256=sha256).order_by("pk"))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A field of a page and what stands there; nothing when nobody can read it."""

    page: int
    label: str
    box: Box
    before: str
    value: str
    by: str


def note_confirmed(sha256: str, said: Confirmation) -> None:
    """Keep what a keeper read."""
    ConfirmedValue.objects.create(
        sha256=sha256,
        page=said.page,
        label=said.label[:40],
        box=list(said.box),
        before=said.before,
        value=said.value,
        by=said.by,
    )


def confirmed_of(sha256: str) -> list[Confirmation]:
    """All that keepers read in a content, oldest first."""
    return [
        Confirmation(row.page, row.label, tuple(row.box), row.before, row.value, row.by)
        for row in _CONFIRMED.all(sha256)
    ]


def forget_confirmed(sha256: str) -> None:
    """What keepers read on a paper is not kept longer than the paper's own text."""
    ConfirmedValue.objects.filter(sha256=sha256).delete()


def with_confirmed(page: ExtractedPage, said: Iterable[Confirmation]) -> ExtractedPage:
    """A page with what keepers read on it in place of the guesses."""
    for one in said:
        if one.page == page.number:
            page = _with_one(page, one)
    return page


def _with_one(page: ExtractedPage, said: Confirmation) -> ExtractedPage:
    text = said.value or ILLEGIBLE
    fields = tuple(_settled(one, said) for one in page.fields)
    at = _place_of(page.lines, said.box)
    if at is None:
        return replace(page, fields=fields, text=f"{page.text}\n{text}".strip())
    old = page.lines[at]
    new = TextLine(text, old.box, 1.0, old.raw or old.text, old.source)
    nth = sum(one.text.count(old.text) for one in page.lines[:at]) if old.text else 0
    lines = (*page.lines[:at], new, *page.lines[at + 1 :])
    return replace(
        page, fields=fields, lines=lines, text=_exchanged(page.text, old.text, text, nth)
    )


def _settled(one: ReadField, said: Confirmation) -> ReadField:
    if one.label != said.label or _shared(one.box, said.box) < _SAME_PLACE:
        return one
    return replace(one, value=said.value, confidence=1.0, alternatives=(), is_doubtful=False)


def _place_of(lines: tuple[TextLine, ...], box: Box) -> int | None:
    """The line that stands where a field does."""
    shared = [_shared(line.box, box) for line in lines]
    best = max(shared, default=0.0)
    return shared.index(best) if best >= _SAME_PLACE else None


def _exchanged(text: str, old: str, new: str, nth: int) -> str:
    """The text with one occurrence of a line exchanged, the nth from 0, else the first."""
    start = -1
    for _ in range(nth + 1):
        following = text.find(old, start + 1)
        if following < 0:
            break
        start = following
    return text[:start] + new + text[start + len(old) :] if start >= 0 else f"{text}\n{new}"


def _shared(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return both / (_area(one) + _area(other) - both)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
