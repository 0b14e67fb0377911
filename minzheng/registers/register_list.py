"""A register as it leaves the house: heading, columns with their widths, texts of the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from minzheng.external.files.file_properties import FileProperties

#: Millimetres of a sheet of A4 across that columns share.
_SHEET = 267
_NARROWEST, _WIDEST = 9, 46
_MM_A_SIGN = 3.4


@dataclass(frozen=True, slots=True)
class RegisterList:
    """The rows of a register, or those chosen, as they are printed."""

    title: str
    mark: str  #: who took it out and when
    heading: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    properties: FileProperties

    @property
    def widths(self) -> tuple[float, ...]:
        """Millimetres of each column: by what stands in it, the whole fits the sheet."""
        wanted = [_width_of(name, [row[at] for row in self.rows[:200]])
                  for at, name in enumerate(self.columns)]  # fmt: skip
        part = min(1.0, _SHEET / sum(wanted)) if wanted else 1.0
        return tuple(one * part for one in wanted)


def _width_of(name: str, texts: Sequence[str]) -> float:
    longest = max((_signs(text) for text in (name, *texts)), default=1)
    return min(_WIDEST, max(_NARROWEST, longest * _MM_A_SIGN + 3))


def _signs(text: str) -> float:
    """How wide a text is, in Chinese characters."""
    return sum(1 if ord(sign) > 0x2E7F else 0.55 for sign in text)
