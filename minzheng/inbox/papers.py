"""What flows from a scan to a paper in the archive."""

from dataclasses import dataclass, field
from typing import Literal

from archive_indexer.documents import Guess
from minzheng.county.form_code import FormCode

#: `check` keeps a paper from being confirmed along with others; `tell` is only said.
Weight = Literal["check", "tell"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a keeper must know of a paper."""

    text: str
    weight: Weight = "check"


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What a page says of where it belongs."""

    number: int  #: in the scan, from 1
    code: FormCode | None = None
    is_by_qr: bool = False  #: else the code was read from the printed line
    page_no: int | None = None  #: as printed: 第x页
    page_count: int | None = None  #: as printed: 共y页
    is_blank: bool = False
    is_unread: bool = False
    turns: int = 0  #: quarter turns that bring it upright
    titled: str = ""  #: form whose title stands at its head, where there is no code
    text: str = ""


@dataclass(frozen=True, slots=True)
class NumberedPage:
    """A page with our code: what people call it, and the numbers printed on it."""

    label: str
    page_no: int | None
    page_count: int | None


@dataclass(frozen=True, slots=True)
class Cut:
    """Pages of one scan that make one paper."""

    evidence: tuple[PageEvidence, ...]
    code: FormCode | None = None
    is_by_qr: bool = False
    remarks: tuple[Remark, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages by their numbers in the scan."""
        return tuple(page.number for page in self.evidence)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper shall lie; anything may still be unknown."""

    town: str = ""
    village: str = ""
    dossier: str = ""  #: code
    year: str = ""
    title: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether a paper can be laid there."""
        return all((self.town, self.village, self.dossier, self.year, self.title))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A paper found in a scan, and where it seems to belong."""

    cut: Cut
    place: Place
    guesses: dict[str, Guess] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    is_sure: bool = False  #: our code says everything, and nothing speaks against it
