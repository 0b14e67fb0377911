"""Pages whose reading is doubtful, said in words: which, how sure, what is to be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from archive_indexer.documents import ExtractedPage, is_doubtful

Again = Literal["", "waiting", "done"]  #: whether the larger model shall read it, or has

_MOST_NAMED = 8
_SURELY_WORSE = 2.0  #: pages without a word stand behind all that were read


@dataclass(frozen=True, slots=True)
class DoubtfulPage:
    """A page that was read without certainty."""

    number: int
    confidence: float  #: 0 when ink gave no words at all
    again: Again = ""


def doubts_of(page: ExtractedPage, again: Again) -> str:
    """What is to be said of one page; nothing when it was read well."""
    return say_doubts([DoubtfulPage(page.number, page.confidence, again)]) * is_doubtful(page)


def worst_confidence(pages: Iterable[DoubtfulPage]) -> float:
    """How sure the least sure page is, of those on which anything was read."""
    return min((one.confidence for one in pages if one.confidence), default=_SURELY_WORSE)


def say_doubts(pages: Sequence[DoubtfulPage]) -> str:
    """Which pages were read without certainty, which gave no words, and what to do."""
    read = [one for one in pages if one.confidence]
    wordless = [one for one in pages if not one.confidence]
    said = []
    if read:
        worst = round(100 * worst_confidence(read))
        what = f"{_numbers(read)}字迹不清，读得没有把握（{worst}%），可能有错漏、查不到"
        said.append(what + _advice(read, "请重新扫描，或对照原图更正"))
    if wordless:
        what = f"{_numbers(wordless)}有墨迹，没有读出字，是照片、图画就不必理会"
        said.append(what + _advice(wordless, "是文字的请重新扫描"))
    return "；".join(said)


def _advice(pages: Sequence[DoubtfulPage], else_do: str) -> str:
    states = {one.again for one in pages}
    if "" in states:
        return "。可用大模型重读"
    return "。已排队用大模型重读" if "waiting" in states else f"。已用大模型重读过；{else_do}"


def _numbers(pages: Sequence[DoubtfulPage]) -> str:
    numbers = sorted(one.number for one in pages)
    named = "、".join(map(str, numbers[:_MOST_NAMED]))
    return f"第 {named} 页" + (f"等 {len(numbers)} 页" if len(numbers) > _MOST_NAMED else "")
