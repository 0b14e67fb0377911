"""A doubt (疑点): what does not fit together on papers, with the papers that show it.

Nothing is concluded: each is to be verified in the village.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive_indexer.stores.paper_texts import PaperText

Reader = Callable[[Iterable[str]], list[PaperText]]  #: papers of these forms


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt: about whom or what, what does not fit, and the papers."""

    town: str
    village: str
    dossier: str
    about: str
    what: str
    papers: tuple[PaperText, ...]
    year: str  #: that it belongs to, mostly its first paper's


def doubt_of(paper: PaperText, about: str, what: str, *others: PaperText) -> Doubt:
    """A doubt where its first paper belongs."""
    place = (paper.town, paper.village, paper.dossier)
    return Doubt(*place, about, what, (paper, *others), paper.year)
