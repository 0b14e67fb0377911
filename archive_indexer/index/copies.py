"""How many hits are copies of one paper: those whose signatures are equal."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Signatures = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Copies:
    """The signatures that several hits have, rising, and how many have each."""

    signatures: Signatures
    counts: NDArray[np.int64]

    @classmethod
    def among(cls, signatures: Sequence[Signatures]) -> "Copies":
        """Of the signatures of all hits, by segment."""
        every = np.sort(np.concatenate([np.empty(0, dtype=np.uint64), *signatures]))
        again = every[1:][every[1:] == every[:-1]]  # most have none: only these are counted
        values, counts = np.unique(again, return_counts=True)
        return cls(values, counts + 1)

    def count(self, signature: int) -> int:
        """How many hits have a signature that one has."""
        at = int(np.searchsorted(self.signatures, np.uint64(signature)))
        is_known = at < len(self.signatures) and int(self.signatures[at]) == signature
        return int(self.counts[at]) if is_known else 1

    @property
    def more_than_one_each(self) -> int:
        """How many hits are not shown when of copies only the first is."""
        return int(self.counts.sum()) - len(self.counts)
