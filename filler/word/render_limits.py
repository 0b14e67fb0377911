"""How much one rendering may take, so that no template can stop the house."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from filler.errors import RenderError

_PIECES_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class RenderLimits:
    """The most that one document may take."""

    rows: int = 20_000  #: of one table
    turns: int = 1_000_000  #: of loops within loops
    characters: int = 64 * 2**20  #: of one part, with its markup
    seconds: float = 20.0
    clock: Callable[[], float] = time.monotonic

    def refuse_too_many_rows(
        self, context: Mapping[str, Any], tables: Iterable[str], nested: int
    ) -> None:
        """Ask before the loops start: an empty loop cannot be stopped from outside.

        Raises:
            RenderError: naming the table.
        """
        for table in tables:
            count = len(context.get(table, ()))
            if count > self.rows:
                raise RenderError(
                    f"{table} 有 {count} 行，一份文书最多 {self.rows} 行。分成几份出。"
                )
            if nested > 1 and count**nested > self.turns:
                raise RenderError(
                    f"模板在循环中又循环，{table} 的 {count} 行印不完。改成单层循环。"
                )

    def collect(self, pieces: Iterable[str], part: str) -> list[str]:
        """All pieces of a part.

        Raises:
            RenderError: there are too many, or it takes too long.
        """
        stop_at = self.clock() + self.seconds
        made: list[str] = []
        size, stream = 0, iter(pieces)
        while chunk := list(islice(stream, _PIECES_AT_ONCE)):
            made += chunk
            size += sum(map(len, chunk))
            if size > self.characters:
                raise RenderError(f"{part}超过 {self.characters >> 20} MB，没有生成。减少行数。")
            if self.clock() > stop_at:
                raise RenderError(f"{part}用时超过 {self.seconds:g} 秒，没有生成。简化模板。")
        return made
