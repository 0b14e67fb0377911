"""Many texts cut at once have the grams that each has by itself."""

import random

import pytest

from archive_indexer.index import gram_runs as module
from archive_indexer.index.gram_runs import GramRuns
from archive_indexer.index.grams import grams_of

#: Letters and digits, ideographs of two, three and four bytes, signs, the last of a plane.
_CHARACTERS = "ab19z09，中低。\uffff𠮷\U0010ffffßé~!("


def by_themselves(texts):
    """Each gram with its documents, in the order of bytes."""
    found = {}
    for number, pages in enumerate(texts):
        for gram in set().union(*map(grams_of, pages)):
            found.setdefault(gram.encode(), []).append(number)
    return sorted(found.items())


def at_once(texts):
    """The same as the runs give it."""
    runs = GramRuns()
    for number, pages in enumerate(texts):
        runs.add(number, pages)
    return [
        (name, numbers.tolist()) for block in runs.blocks() for name, numbers in block.postings()
    ]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("cut", "written"), [(1 << 21, 1 << 22), (90, 997), (1, 2 * 997)])
def test_the_grams_are_those_of_each_text(monkeypatch, seed, cut, written):
    """However many are cut, and written, together."""
    monkeypatch.setattr(module, "_AT_ONCE", cut)
    monkeypatch.setattr(module, "_WRITTEN_AT_ONCE", written)
    source = random.Random(seed)

    def page():
        return "".join(source.choices(_CHARACTERS, k=source.randint(0, 40)))

    texts = [[page() for _ in range(source.randint(0, 4))] for _ in range(200)]
    assert at_once(texts) == by_themselves(texts)


@pytest.mark.parametrize("texts", [[], [[]], [[""]], [["a"]], [["低"], ["保"]], [["ab1"]]])
def test_what_has_no_grams_gives_none(texts):
    """Nor does it fail."""
    assert at_once(texts) == []


def test_a_segment_has_so_many_documents_and_no_more():
    """Their numbers would run into the grams."""
    GramRuns().add((1 << 22) - 1, ["低保"])
    with pytest.raises(ValueError, match="more documents"):
        GramRuns().add(1 << 22, ["低保"])
