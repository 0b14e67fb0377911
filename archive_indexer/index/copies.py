"""How many hits are copies of one paper: those whose signatures are equal."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Signatures = NDArray[np.uint64]

_FEW = 20_000  #: so many are sorted at once
_BUCKETS = 1 << 22


@dataclass(frozen=True, slots=True)
class Copies:
    """The signatures that several hits have, rising, and how many have each."""

    signatures: Signatures
    counts: NDArray[np.int64]

    @classmethod
    def among(cls, signatures: Sequence[Signatures]) -> "Copies":
        """Of the signatures of all hits, by segment."""
        every = np.concatenate([np.empty(0, dtype=np.uint64), *signatures])
        if len(every) > _FEW:
            every = every[_may_have_a_twin(every)]
        values, counts = np.unique(every, return_counts=True)
        return cls(values[counts > 1], counts[counts > 1])

    def count(self, signature: int) -> int:
        """How many hits have a signature that one has."""
        at = int(np.searchsorted(self.signatures, np.uint64(signature)))
        is_known = at < len(self.signatures) and int(self.signatures[at]) == signature
        return int(self.counts[at]) if is_known else 1

    @property
    def more_than_one_each(self) -> int:
        """How many hits are not shown when of copies only the first is."""
        return int(self.counts.sum()) - len(self.counts)


def _may_have_a_twin(signatures: Signatures) -> NDArray[np.bool_]:
    """Whether another one has the same last bits: far fewer are left to be sorted."""
    last = (signatures & np.uint64(_BUCKETS - 1)).astype(np.int64)
    several: NDArray[np.bool_] = np.bincount(last, minlength=_BUCKETS)[last] > 1
    return several
