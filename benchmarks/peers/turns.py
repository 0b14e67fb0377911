"""Ours and a peer by turns: a few of ours, a few of the peer's, and again.

The clock of a machine moves within a run. Two stretches one after the other are measured at two
clocks; turns of a fraction of a second share one. The peer works in a process of its own, so that
neither its memory nor its garbage is ours.
"""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Measure = Callable[[int], float]  #: so many documents; CPU seconds of each


@dataclass
class Turns:
    """CPU seconds a document, one number a turn."""

    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    def add(self, ours: float, theirs: float) -> None:
        """One turn of each, one just after the other."""
        self.ours.append(ours)
        self.theirs.append(theirs)

    @property
    def ratio(self) -> float:
        """Peer ÷ ours of the median turn: one that somebody else disturbed weighs no more."""
        return statistics.median(self._each)

    @property
    def _each(self) -> list[float]:
        return [theirs / ours for ours, theirs in zip(self.ours, self.theirs, strict=True)]

    def told(self) -> str:
        """The ratio by three ways, and between what the clock moved it."""
        each, sums = self._each, sum(self.theirs) / sum(self.ours)
        return (
            f"{len(each)} turns: {self.ratio:.1f} by the median one "
            f"({min(each):.1f}–{max(each):.1f}), {sums:.1f} by sums, "
            f"{min(self.theirs) / min(self.ours):.1f} by the least of each; "
            f"ours {_spread(self.ours)} ms, peer {_spread(self.theirs)} ms"
        )


def _spread(seconds: Sequence[float]) -> str:
    each = sorted(1000 * one for one in seconds)
    return f"{statistics.mean(each):.2f} ({each[0]:.2f}–{each[-1]:.2f})"


def take_turns(ours: Measure, theirs: Measure, turns: int, sizes: tuple[int, int]) -> Turns:
    """So many turns of so many documents by us and by the peer."""
    taken = Turns()
    for _ in range(turns):
        taken.add(ours(sizes[0]), theirs(sizes[1]))
    return taken


@contextmanager
def beside(work: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """What calls `work` in a process of its own: it was forked here, and waits in between."""
    ours, its = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=_serve, args=(its, work))
    child.start()

    def ask(*given: Any) -> Any:
        ours.send(given)
        return ours.recv()

    try:
        yield ask
    finally:
        ours.send(None)
        child.join()


def cpu_of(work: Callable[..., Any]) -> Callable[..., float]:
    """What does a thing with each of many and says the CPU seconds each took."""

    def measure(many: Sequence[Any]) -> float:
        start = time.process_time()
        for one in many:
            work(*one)
        return (time.process_time() - start) / len(many)

    return measure


def _serve(its: Any, work: Callable[..., Any]) -> None:
    while (given := its.recv()) is not None:
        its.send(work(*given))
