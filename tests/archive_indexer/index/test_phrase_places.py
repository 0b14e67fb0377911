"""Phrases are found where they stand, and nowhere else."""

import random
import struct
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_indexer.documents import IndexedDocument
from archive_indexer.index import full_text_index, matching, phrase_places
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.grams import grams_of
from archive_indexer.index.phrase_places import PhrasePlaces, write_places
from archive_indexer.queries import Query
from minzheng.county.writing.chinese_text import fold_for_search

TEXT = st.text(alphabet="家庭成员2018a\U00020041\U00010041户\f", max_size=24)


class Held:
    """Texts as a segment holds them; every gram counts as common."""

    def __init__(self, texts):
        self._texts = [text.encode() for text in texts]
        self.count = len(texts)
        self._grams = sorted({one for text in texts for page in text.split("\f")
                              for one in grams_of(page)})  # fmt: skip

    def texts(self, numbers):
        return [self._texts[number] for number in numbers]

    def common_terms(self, name, least):
        assert name == "grams"
        return self._grams


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("places")


def written(held, folder):
    write_places(held, folder / "one.plc")
    return PhrasePlaces(folder / "one.plc")


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT, max_size=8), TEXT.filter(lambda text: len(text) > 1))
def test_a_phrase_is_in_exactly_the_texts_that_hold_it(folder, texts, phrase):
    """Whatever stands before, between and after; where it cannot be told, that is said."""
    found = written(Held(texts), folder).documents_with(phrase)
    truth = [number for number, text in enumerate(texts) if phrase in text]
    assert found is None or found.tolist() == truth


def test_what_is_asked_for_ahead_is_told_as_before(folder):
    """Known phrases and others, in tables of either width."""
    places = written(Held(["家庭成员" + "一" * 70_000 + "入户", "家庭"]), folder)
    for phrase in ("家庭成员", "入户", "没有", "家"):
        places.ask_for(phrase)
    assert places.documents_with("家庭成员").tolist() == [0]
    assert places.documents_with("入户").tolist() == [0]


def test_phrases_of_known_grams_are_told(folder):
    """Long and odd ones, with digits in them, over far distances and across parts of the work."""
    texts = [
        "家庭成员",
        "家庭" + "，" * 150_000 + "成员",
        "无2018年家庭成员",
        "家庭",
        "成员户",
        "员户家庭",
    ]
    for at_once in (1, 4, 2000):
        phrase_places._AT_ONCE = at_once
        places = written(Held(texts), folder)
        assert places.documents_with("家庭成员").tolist() == [0, 2]
        assert places.documents_with("庭成员").tolist() == [0, 2]
        assert places.documents_with("2018年家庭").tolist() == [2]
        assert places.documents_with("成员户").tolist() == [4]
        assert places.documents_with("成员户家").tolist() == []
        assert places.documents_with("成员张").__class__ is type(None)


@pytest.mark.parametrize("kept", [0, 8, 40, -1])
def test_a_file_cut_off_is_no_file_of_places(folder, kept):
    """It is not answered from."""
    write_places(Held(["家庭成员", "家庭"]), folder / "cut.plc")
    raw = (folder / "cut.plc").read_bytes()
    (folder / "cut.plc").write_bytes(raw[:kept] if kept >= 0 else b"XXXX" + raw[4:])
    with pytest.raises((ValueError, struct.error)):
        PhrasePlaces(folder / "cut.plc")


def test_large_segments_answer_as_a_substring_search_does(tmp_path, monkeypatch):
    """Before and after merging, and the places of a segment go with it."""
    monkeypatch.setattr(full_text_index, "_LARGE", 40)
    monkeypatch.setattr(matching, "MANY_TEXTS", 3)
    source, words = random.Random(71), ("家庭成员", "家庭", "成员", "入户调查", "2018年", "户，")
    texts = ["".join(source.choices(words, k=9)) for _ in range(300)]
    index = FullTextIndex(tmp_path)
    papers = [IndexedDocument(f"{n:03}", str(n), (text,)) for n, text in enumerate(texts)]
    for first in range(0, 300, 60):
        index.update(papers[first : first + 60])
    assert len(list(tmp_path.glob("*.plc"))) == 5
    index.update([], [f"{n:03}" for n in range(0, 300, 7)], purges=True)
    assert len(list(tmp_path.glob("*.plc"))) < 5
    live = {f"{n:03}": fold_for_search(text) for n, text in enumerate(texts) if n % 7}
    for phrase in (
        "家庭成员",
        "成员家庭成员",
        "员入户",
        "2018年家庭",
        "户家庭",
        "员户成员入户调查",
    ):
        hits = index.search(Query((phrase,), limit=300, order="path")).hits
        assert [hit.path for hit in hits] == [path for path, text in live.items() if phrase in text]


def test_places_are_kept_of_what_more_than_a_few_documents_have(tmp_path, monkeypatch):
    """Of rarer grams so few texts are left that they are looked at."""
    monkeypatch.setattr(full_text_index, "_LARGE", 40)
    texts = {n: "甲乙丙" if n % 2 else "甲乙，乙丙" for n in range(16)} | {
        n: "丁戊己" for n in range(16, 23)
    }
    papers = [IndexedDocument(f"{n:03}", str(n), (texts.get(n, "另一件"),)) for n in range(128)]
    FullTextIndex(tmp_path).update(papers)
    (file,) = tmp_path.glob("*.plc")
    places = PhrasePlaces(file)
    assert places.documents_with("甲乙丙").tolist() == [*range(1, 16, 2)]
    assert places.documents_with("丁戊己") is None


@pytest.mark.parametrize("together", [1, 7, 1_000_000])
def test_places_near_and_far_are_told_alike(folder, monkeypatch, together):
    """Rows of both widths, steps longer than either holds told in several."""
    monkeypatch.setattr(phrase_places, "_TOGETHER", together)
    source = random.Random(together)
    words = ("甲乙丙", "乙丙丁", "ab12cd", "，" * 70_000, "，" * 3, "12cd")
    texts = ["".join(source.choices(words, k=source.randrange(9))) for _ in range(60)]
    places = written(Held(texts), folder)
    for phrase in ("甲乙丙", "乙丙", "丙丁", "丙乙丙丁", "ab12cd", "12cd", "丁ab12c", "12cd甲"):
        truth = [number for number, text in enumerate(texts) if phrase in text]
        found = places.documents_with(phrase)
        assert found is not None, phrase
        assert found.tolist() == truth, phrase


def test_a_file_of_an_earlier_version_still_answers(folder):
    """It held the commonest grams only, by their names."""
    texts = ["家庭成员", "无家庭", "家庭2018a成员家庭成", ""]
    held = Held(texts)
    joined = "".join(text + "\0" for text in texts)
    rows = {
        gram: [at for at in range(len(joined)) if joined.startswith(gram, at)]
        for gram in held.common_terms("grams", 1)
        if gram != "员家"
    }
    steps = [after - before for row in rows.values() for before, after in pairwise([0, *row])]
    bounds = [*accumulate(map(len, rows.values()), initial=0)]
    names = "\0".join(rows).encode()
    (folder / "before.plc").write_bytes(
        struct.pack("<4sII", b"MZL1", len(texts), len(rows))
        + struct.pack(f"<{len(texts)}I", *(len(text) + 1 for text in texts))
        + struct.pack(f"<{len(bounds)}Q", *bounds)
        + struct.pack("<I", len(names))
        + names
        + struct.pack(f"<{len(steps)}H", *steps)
    )
    places = PhrasePlaces(folder / "before.plc")
    assert places.documents_with("家庭").tolist() == [0, 1, 2]
    assert places.documents_with("家庭成").tolist() == [0, 2]
    assert places.documents_with("2018a成").tolist() == [2]
    assert places.documents_with("员家庭") is None


def test_without_room_for_the_places_answers_are_the_same(tmp_path, monkeypatch, caplog):
    """Only the texts are looked at instead; it is said in the log."""
    monkeypatch.setattr(full_text_index, "_LARGE", 2)
    monkeypatch.setattr(matching, "MANY_TEXTS", 0)

    def full(segment, file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(full_text_index, "write_places", full)
    index = FullTextIndex(tmp_path)
    index.update(
        [IndexedDocument(one, one, (one,)) for one in ("家庭成员", "家庭的成员", "员家庭成")]
    )
    assert [hit.path for hit in index.search(Query(("家庭成",), limit=9)).hits] == [
        "员家庭成",
        "家庭成员",
    ]
    assert "cannot be written" in caplog.text
