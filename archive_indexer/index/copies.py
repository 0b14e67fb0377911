"""How many hits are copies of one paper: those whose signatures are equal."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Signatures = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Copies:
    """The signatures that several hits have, rising, and how many have each."""

    signatures: Signatures
    counts: NDArray[np.int64]

    @classmethod
    def among(cls, hits: Sequence[tuple[Signatures, NDArray[np.bool_]]]) -> "Copies":
        """Of every segment the signatures, and which of its documents are hits."""
        ends = np.cumsum([0, *(np.count_nonzero(mask) for _, mask in hits)])
        every = np.empty(int(ends[-1]), dtype=np.uint64)
        for (signatures, mask), (begin, end) in zip(hits, pairwise(ends.tolist()), strict=True):
            np.compress(mask, signatures, out=every[begin:end])
        every.sort()
        again = every[1:][every[1:] == every[:-1]]  # most have none: only these are counted
        begins = np.flatnonzero(np.diff(again, prepend=~again[:1]))
        return cls(again[begins], np.diff(np.append(begins, len(again))) + 1)

    def count(self, signature: int) -> int:
        """How many hits have a signature that one has."""
        if not len(self.counts):
            return 1
        at = int(np.searchsorted(self.signatures, np.uint64(signature)))
        is_known = at < len(self.signatures) and int(self.signatures[at]) == signature
        return int(self.counts[at]) if is_known else 1

    @property
    def more_than_one_each(self) -> int:
        """How many hits are not shown when of copies only the first is."""
        return int(self.counts.sum()) - len(self.counts)


NO_COPIES = Copies(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64))
