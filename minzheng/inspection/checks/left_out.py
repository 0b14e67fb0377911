"""What was printed on a document issued here and is read nowhere on its scan (补4).

Cut off, painted over, torn away, or written over beyond reading. A document holds values that
are not printed on the page that was scanned, or on none: only what stands in its record
between two values that are read is missed, and only where nothing like it is read either.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from minzheng.inspection.checks.unlike_issued import (
    AMOUNT,
    ID_NUMBER,
    LEFT_OUT,
    NAME,
    PHONE,
    ReadText,
    Record,
    Unlike,
    differ_in,
    edits,
    figures_in,
    plain,
    stands_in,
    texts_in,
)

_KINDS = (ID_NUMBER, PHONE, AMOUNT, NAME)
_MISREAD: Mapping[str, int] = {ID_NUMBER: 3, PHONE: 2, AMOUNT: 1}  #: signs
_PART = 8  #: signs of a long number that is read in two pieces
_FEWEST_READ = 4  #: values, of a paper that is a copy of its document
_MOST_LEFT_OUT = 0.34  #: of those that are read; more is another page, or filled in by hand


def left_out(
    shown: Mapping[str, Any],
    lines: Sequence[ReadText],
    is_name: Callable[[str], bool],
    told: Sequence[Unlike] = (),
) -> tuple[Unlike, ...]:
    """The values of a document that are not to be found on its scan.

    Args:
        shown: the texts of the document that its form prints.
        lines: of the scan, without signatures.
        is_name: whether a word that stands alone is a person's name.
        told: what is said of the scan already.
    """
    record, page = Record(shown, is_name), _Page(lines)
    values = list(dict.fromkeys(_values(shown, record)))
    is_read = [page.holds(value) for _, value in values]
    said = {one.issued for one in told}
    missing = [
        value
        for at, (kind, value) in enumerate(values)
        if not is_read[at] and all(is_read[max(0, at - 1) : at] + is_read[at + 1 : at + 2])
        and 0 < at < len(values) - 1
        and value not in said and not page.holds_like(kind, value)
    ]  # fmt: skip
    if sum(is_read) < _FEWEST_READ or len(missing) > _MOST_LEFT_OUT * sum(is_read):
        return ()
    return tuple(Unlike(LEFT_OUT, "", value) for value in missing)


def _values(shown: Mapping[str, Any], record: Record) -> Iterator[tuple[str, str]]:
    for text in map(plain, texts_in(shown)):
        kind = next((kind for kind in _KINDS if text in record.of(kind)), "")
        if kind:
            yield kind, text


class _Page:
    """What was read."""

    def __init__(self, lines: Sequence[ReadText]) -> None:
        self._lines = [plain(line.text) for line in lines]
        self._whole = "\n".join(self._lines).replace(",", "")
        self._figures = [one for line in self._lines for one in figures_in(line)]

    def holds(self, value: str) -> bool:
        """Whether a value stands there."""
        return stands_in(value, self._whole)

    def holds_like(self, kind: str, value: str) -> bool:
        """Whether something stands there that may be the value, misread."""
        if kind == NAME:
            size = len(value)
            return any(
                differ_in(line[at : at + size], value) <= 1
                for line in self._lines
                for at in range(len(line) - size + 1)
            )
        most, digits = _MISREAD[kind], value.replace(".", "")
        if len(digits) > _PART and any(
            digits[:_PART] in line or digits[-_PART:] in line for line in self._lines
        ):
            return True
        return any(edits(one.replace(".", ""), digits, most) <= most for one in self._figures)
