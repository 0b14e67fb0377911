"""A doubt (疑点): what does not fit together on papers, with the papers that show it.

Nothing is concluded: each is to be verified in the village.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from minzheng.county.town_names import in_common

COUNTY = "全县"  #: of doubts whose papers lie in several towns, and in no county alone


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper that shows a doubt, and what of it does: each with what it is called there."""

    source: str  #: a document issued here, or a scan
    number: int
    form_id: str
    title: str
    town: str
    village: str
    dossier: str
    case_no: str
    says: tuple[tuple[str, str], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What is marked on it."""
        return tuple(said for _, said in self.says if said)


#: Another one whenever sentences say the same in other words: what was judged stays judged.
WORDING = ".2"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt: found by which check, about whom or what, what does not fit, the papers."""

    check: str
    subject: tuple[str, ...]  #: what makes it the same doubt, however often papers are read
    about: str
    what: str
    papers: tuple[Cited, ...]
    town: str
    village: str
    dossier: str
    year: str
    case_no: str = ""
    form_id: str = ""  #: the paper that is in doubt itself, or is missing
    is_warning: bool = False  #: graver doubts of the same check are counted apart

    @property
    def key(self) -> str:
        """Its name for good: of the check and its subject, never of a row's number."""
        return digest_of((self.check, *self.subject))

    @property
    def facts(self) -> str:
        """A digest of what its papers say: another one tells that something changed."""
        said = (text for paper in self.papers for pair in paper.says for text in pair)
        return digest_of((self.what, *sorted(said)))[: -len(WORDING)] + WORDING


def place_of_several(towns: Iterable[str]) -> str:
    """What stands for the town of a doubt whose papers lie in several: what holds them all."""
    return in_common(towns) or COUNTY


def digest_of(parts: Iterable[str]) -> str:
    """A short name of some texts that tells nobody what they are."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
