"""Hits in their order, counted, and copies folded."""

import random

import numpy as np
import pytest

from archive_indexer.documents import IndexedDocument, Visible
from archive_indexer.index import ranking
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Query

DIGITS = "12345678901234567890123"  #: one short of what makes two papers one


def paper(path: str, *pages: str, **known) -> IndexedDocument:
    return IndexedDocument(path, known.pop("sha256", path), pages, **known)


@pytest.fixture
def ask(tmp_path):
    """Papers in as many segments as groups; then a question."""

    def run(groups, words, **options):
        index = FullTextIndex(tmp_path)
        for group in groups:
            index.update(group)
        result = index.search(Query(words, **{"limit": 100, **options}))
        return result, [hit.path for hit in result.hits]

    return run


def test_the_best_have_all_words_on_one_page_or_are_of_that_person(ask):
    """Both together before one of them; of equal ones by path."""
    papers = [
        paper("d", "张三", "低保"),
        paper("c", "张三低保", "无"),
        paper("b", "张三低保"),
        paper("a", "张三", "低保", person="张三"),
        paper("e", "张三低保", "无", person="张三"),
        paper("f", "张三", "低保", person="低保户"),
    ]
    assert ask([papers], ("张三", "低保"))[1] == ["e", "b", "c", "a", "d", "f"]


def test_a_bare_text_stands_after_papers_that_answer_as_well(ask):
    """One that answers better goes first; ordered by path it is as any other."""
    papers = [
        paper("a.txt", "低保", kind="文本"),
        paper("b.txt", "低保", kind="文本", person="低保"),
        paper("c.pdf", "低保", kind="PDF"),
    ]
    assert ask([papers], ("低保",))[1] == ["b.txt", "c.pdf", "a.txt"]
    assert ask([[]], ("低保",), order="path")[1] == ["a.txt", "b.txt", "c.pdf"]


def test_one_word_is_always_on_one_page(ask):
    """Then only the person tells."""
    papers = [paper("a", "无", "张三"), paper("b", "张三", person="张三")]
    assert ask([papers], ("张三",))[1] == ["b", "a"]


def test_a_long_word_is_no_persons_name(ask):
    """Six characters may be one."""
    six, seven = "买买提古丽江", "买买提古丽江山"
    papers = [paper("a", six), paper("b", six, person=six)]
    assert ask([papers], (six,))[1] == ["b", "a"]
    more = [paper("c", seven), paper("d", seven, person=seven)]
    assert ask([more], (seven,))[1] == ["c", "d"]


@pytest.mark.parametrize(
    ("order", "paths"),
    [
        ("date", ["c", "a", "b", "d"]),
        ("path", ["a", "b", "c", "d"]),
        ("best", ["d", "a", "b", "c"]),
    ],
)
def test_hits_of_several_segments_are_merged_in_order(ask, order, paths):
    """Newest first, by path, or best first."""
    groups = [[paper("a", "张三", year="2018"), paper("b", "张三", year="2018")],
              [paper("c", "张三", year="2019"), paper("d", "张三", person="张三")]]  # fmt: skip
    assert ask(groups, ("张三",), order=order)[1] == paths


@pytest.mark.parametrize(("offset", "limit", "paths"), [(0, 2, ["a", "b"]), (1, 2, ["b", "c"]),
                                                        (2, 5, ["c"]), (3, 1, [])])  # fmt: skip
def test_a_part_of_the_hits_is_shown(ask, offset, limit, paths):
    """All are counted."""
    papers = [paper(path, "张三") for path in "abc"]
    result, shown = ask([papers], ("张三",), offset=offset, limit=limit)
    assert shown == paths
    assert result.total == 3


@pytest.mark.parametrize(("digits", "is_copy"), [(DIGITS, False), (DIGITS + "4", True)])
def test_copies_are_shown_once_with_their_number(ask, digits, is_copy):
    """When so many digits agree; across segments, too."""
    groups = [
        [paper("a", f"张三表 {digits}"), paper("x", "张三")],
        [paper("b", f"张三表 {digits}")],
    ]
    result, shown = ask(groups, ("张三",), folds_copies=True)
    assert shown == (["a", "x"] if is_copy else ["a", "b", "x"])
    assert [hit.copies for hit in result.hits] == ([1, 0] if is_copy else [0, 0, 0])
    assert result.copies == (1 if is_copy else 0)
    assert result.total == 3
    everything, paths = ask([], ("张三",), folds_copies=False)
    assert (paths, everything.copies) == (["a", "b", "x"], 0)


def test_where_nothing_is_to_be_shown_hits_are_only_counted(ask):
    """As many as a page of hits would tell, traces too, within the same bounds."""
    papers = [paper("a", "张三", town="钟宝镇"), paper("b", "张三", town="钟宝镇", present=False),
              paper("c", "张三", town="城关镇"), paper("d", "李四", town="钟宝镇")]  # fmt: skip
    ask([papers[:2], papers[2:]], ())
    for options in ({}, {"town": "钟宝镇"}, {"shows_absent": False}, {"among": frozenset("bd")},
                    {"visible": Visible(town="城关镇")}):  # fmt: skip
        shown, _ = ask([], ("张三",), **options)
        counted, hits = ask([], ("张三",), limit=0, **options)
        assert (counted.total, counted.absent) == (shown.total, shown.absent)
        assert (hits, counted.facets) == ([], {})


def test_traces_are_counted_and_left_out_until_asked_for(ask):
    """Only those that pass the filters."""
    papers = [paper("a", "张三", town="钟宝镇"), paper("b", "张三", town="钟宝镇", present=False),
              paper("c", "张三", town="城关镇", present=False)]  # fmt: skip
    result, shown = ask([papers], ("张三",), town="钟宝镇", shows_absent=False)
    assert (shown, result.absent, result.total) == (["a"], 1, 1)
    assert result.facets["town"] == {"钟宝镇": 1}
    result, shown = ask([], ("张三",), town="钟宝镇")
    assert (shown, result.absent, result.total) == (["a", "b"], 1, 2)
    assert result.facets["town"] == {"钟宝镇": 2, "城关镇": 1}
    assert [hit.present for hit in result.hits] == [True, False]


def test_only_some_papers_may_be_looked_at(ask):
    """Those of a set, or those a person may see."""
    papers = [paper("a", "张三", dossier="DB"), paper("b", "张三", dossier="ET")]
    assert ask([papers], ("张三",), among=frozenset({"b", "z"}))[1] == ["b"]
    hidden = Visible(hidden_dossiers=frozenset({"ET"}))
    result, shown = ask([], ("张三",), visible=hidden)
    assert (shown, result.total, result.facets["dossier"]) == (["a"], 1, {"DB": 1})


@pytest.mark.parametrize("share", [0.0, 0.0005, 0.02, 0.7, 1.0])
def test_hits_are_met_along_an_order_and_none_is_left_out(share):
    """Rare or common; each once."""
    source = np.random.default_rng(1)
    order = source.permutation(5000).astype(np.uint32)
    hits = source.random(5000) < share
    assert list(ranking._along(order, hits)) == [one for one in order.tolist() if hits[one]]


def test_hits_that_answer_better_or_worse_stand_among_the_usual_ones(ask):
    """Whatever the segment; as if all were sorted at once."""
    source = random.Random(5)
    groups, expected = [], []
    for number in range(6):
        group = []
        for at in range(source.choice((3, 40))):
            kind, person = source.choice(("PDF", "文本")), source.choice(("", "张三", "李四"))
            path = f"{source.randrange(10**6):06}-{number}-{at}"
            group.append(paper(path, "张三的低保", kind=kind, person=person))
            expected.append((-(person == "张三") * 2 + (kind == "文本"), path))
        groups.append(group)
    assert ask(groups, ("张三",), limit=1000)[1] == [path for _, path in sorted(expected)]
    assert ask([[]], ("张三",), offset=7, limit=5)[1] == [
        path for _, path in sorted(expected)[7:12]
    ]
