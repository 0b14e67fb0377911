"""What is asked of a segment, and that it is read once."""

import numpy as np
import pytest

from archive_indexer.index import index_segment
from archive_indexer.index.index_segment import ABSENT, ROW, Segment

PATHS = ["村/乙.txt", "村/甲 ＡＢ.txt", "丙.txt"]


class Files:
    """Three documents; counts how often something is read."""

    count = 3

    def __init__(self) -> None:
        self.read: list[str] = []
        self.asked: list[str] = []
        self.weights: dict[str, int] = {}

    def weight(self, name: str, term: str) -> int:
        self.read.append(term)
        return self.weights.get(term, len(term))

    def ask_for_terms(self, name: str, terms) -> None:
        self.asked += terms

    def places(self):
        return self

    def ask_for(self, phrase: str) -> None:
        self.asked.append(phrase)

    def postings(self, name: str, term: str):
        if name == "path":
            return np.array([PATHS.index(term)] if term in PATHS else [], dtype=np.int64)
        self.read.append(term)
        return np.array([0, 2]) if term == "person:张三" else np.array([1])

    def mask(self, name: str, term: str):
        return np.isin(np.arange(3), self.postings(name, term))

    def codes(self, name: str):
        self.read.append(name)
        return np.array([1, 0, 1], dtype=np.uint16), ["旧城村", "新华村"]

    def values(self, name: str):
        self.read.append(name)
        return np.array([0, 0, 2]), np.array([100, 250, 300])

    def rows(self):
        return np.array([(1, 0, 0, flag) for flag in (0, ABSENT, ABSENT | 2)], dtype=ROW)

    def path(self, number: int) -> str:
        return PATHS[number]

    def folded_paths(self):
        return None

    def path_ranks(self):
        return np.array([1, 2, 0])


@pytest.fixture
def segment():
    return Segment(Files(), np.ones(3, dtype=bool))


def test_documents_are_found_by_their_paths(segment):
    """A part of one as it is searched, a whole one as it is written."""
    assert list(segment.with_path_part("ab")) == [False, True, False]
    assert list(segment.with_path_part("村/")) == [True, True, False]
    assert list(segment.with_path_part("b.txt丙")) == [False, False, False]
    assert list(segment.with_path_part("txt")) == [True, True, True]
    assert list(segment.with_paths({"丙.txt", "村"})) == [False, False, True]
    assert list(segment.with_paths(())) == [False, False, False]
    assert list(segment.path_ranks) == [1, 2, 0]
    assert list(segment.absent) == [False, True, True]


def test_documents_are_found_by_facts_values_and_numbers(segment):
    """Both bounds belong to the span."""
    assert list(segment.with_fact("person:张三")) == [True, False, True]
    assert list(segment.has_value("village", ["新华村"])) == [True, False, True]
    assert list(segment.has_value("village", [])) == [False, False, False]
    spans = {(100, 100): [0], (101, 249): [], (250, 300): [0, 2], (301, 999): []}
    for (low, high), found in spans.items():
        assert list(np.flatnonzero(segment.has_number("amounts", low, high))) == found


def test_what_was_read_is_not_read_again(segment):
    """How many have a gram, filters and numbers."""
    for _ in range(2):
        segment.weight("李四")
        segment.filter("village")
        segment.has_number("amounts", 0, 1)
    assert segment.source.read == ["李四", "village", "amounts"]


@pytest.mark.parametrize(
    ("word", "weights", "asked"),
    [
        ("张三", {}, ["张三"]),
        ("张三丰", {"张三": 7}, ["三丰", "张三"]),
        ("张三丰", {"张三": 70, "三丰": 60}, ["三丰", "张三", "张三丰"]),
        ("张三", {"张三": 70}, ["张三"]),
        ("张三丰", {"张三": 70, "三丰": 0}, []),
        ("张", {}, []),
    ],
)
def test_of_a_word_is_asked_for_what_tells_it(segment, word, weights, asked):
    """The rarest grams first; their places where many have them and they do not tell alone."""
    segment.source.weights = weights
    segment.ask_for_word(word)
    assert segment.source.asked == asked


def test_of_a_long_word_the_rarest_grams_are_asked_for(segment):
    """After them few documents are left; of a known word nothing is asked for."""
    segment.source.count = 1000
    segment.source.weights = {"123" + str(one): 100 + one for one in range(4, 9)}
    segment.ask_for_word("12345678")
    assert len(segment.source.asked) == index_segment._RAREST
    segment.keep_word("张三丰", np.ones(1000, dtype=bool))
    segment.source.asked = []
    segment.ask_for_word("张三丰")
    assert segment.source.asked == []


def test_a_word_once_looked_for_is_remembered(segment):
    """As it was found."""
    assert segment.word_mask("张三丰") is None
    mask = np.array([True, False, True])
    segment.keep_word("张三丰", mask)
    assert list(segment.word_mask("张三丰")) == list(mask)


def test_a_choice_of_values_is_remembered(segment, monkeypatch):
    """As it was made; beyond a bound all are made anew."""
    monkeypatch.setattr(index_segment, "_MOST_CACHED_CHOICES", 1)
    for _ in range(2):
        assert list(segment.has_value("village", ["新华村"])) == [True, False, True]
        assert list(segment.has_value("village", ["旧城村", "无"])) == [False, True, False]
        assert list(segment.has_value("village", ["旧城村", "新华村"])) == [True, True, True]
        assert list(segment.has_value("village", ["无"])) == [False, False, False]
    assert len(segment._choices) == 1


def test_documents_have_an_order_by_path_and_by_day(segment):
    """The newest day first; of one day by path."""
    assert segment.by_path.tolist() == [2, 0, 1]
    assert segment.by_day.tolist() == [2, 0, 1]
    days = np.array([(1, day, day, 0) for day in (20180101, 20180507, 20180101)], dtype=ROW)
    segment.source.rows = lambda: days
    later = Segment(segment.source, segment.live)
    assert later.by_day.tolist() == [1, 2, 0]
    assert later.days.tolist() == later.signatures.tolist() == days["day"].tolist()


def test_what_is_remembered_has_a_bound(segment, monkeypatch):
    """Beyond it all is forgotten and read anew."""
    for name in ("_MOST_CACHED_WORDS", "_MOST_CACHED_WEIGHTS"):
        monkeypatch.setattr(index_segment, name, 1)
    for word in ("甲", "乙"):
        segment.keep_word(word, np.ones(3, dtype=bool))
    assert segment.word_mask("甲") is None
    for gram in ("甲", "乙", "甲"):
        segment.weight(gram)
    assert segment.source.read == ["甲", "乙", "甲"]


def test_documents_alike_in_every_filter_have_one_profile(segment, monkeypatch):
    """However many values the filters have."""
    wide = np.arange(3, dtype=np.uint16)
    codes = {"village": np.array([1, 0, 1], dtype=np.uint16), "year": wide}
    for most, at_once in ((1 << 46, 1 << 20), (1, 1 << 20), (1 << 46, 1)):
        monkeypatch.setattr(index_segment, "_MOST_KEYS", most)
        monkeypatch.setattr(index_segment, "_MOST_AT_ONCE", at_once)
        for year, profiles in ((wide, 3), (np.zeros(3, dtype=np.uint16), 2)):
            codes["year"] = year
            one = Segment(segment.source, segment.live)
            one._filters = {
                name: (codes.get(name, np.zeros(3, dtype=np.uint16)), ["", "甲", "乙"])
                for name in index_segment.FILTERS
            }
            assert len(set(one.profiles.of_documents.tolist())) == profiles
            for name in ("village", "year"):
                held = one.profiles.codes[name][one.profiles.of_documents]
                assert held.tolist() == codes[name].tolist()
