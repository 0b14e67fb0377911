"""The full-text index answers as a plain substring search would."""

import errno
import gc
import os
import random
import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.errors import IndexBrokenError
from archive_indexer.index import full_text_index as module
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_segment import ABSENT, ROW
from archive_indexer.queries import InPath, Query
from minzheng.county.writing.chinese_text import fold_for_search

LETTERS = "张三李四低保户2018年DB-01旧城村1100X 鎮"


def document(path: str, *pages: str, **details: str) -> IndexedDocument:
    return IndexedDocument(path=path, sha256="0", pages=pages, **details)


@pytest.fixture
def index(tmp_path: Path) -> FullTextIndex:
    return FullTextIndex(tmp_path / "index")


def paths(index: FullTextIndex, *words: str, **filters: str) -> list[str]:
    return [hit.path for hit in index.search(Query(words, limit=1000, **filters)).hits]


def test_answers_equal_brute_force(index: FullTextIndex):
    """Recall and precision are those of a substring search, over several commits."""
    chance = random.Random(7)
    documents = [
        document(f"{number:03}", *("".join(chance.choices(LETTERS, k=60)) for _ in range(2)))
        for number in range(120)
    ]
    for start in range(0, 120, 40):
        index.update(documents[start : start + 40])
    for _ in range(300):
        source = fold_for_search(chance.choice(documents).pages[0])
        start = chance.randrange(len(source) - 8)
        word = source[start : start + chance.randint(4, 8)]
        expected = [
            entry.path
            for entry in documents
            if any(word in fold_for_search(page) for page in entry.pages)
        ]
        assert paths(index, word) == expected


@pytest.mark.parametrize("seed", range(4))
def test_commits_of_any_kind_in_any_order_are_answered(index: FullTextIndex, seed: int):
    """Files that come, come again, go, or say nothing; after each commit all is as in a table."""
    chance, held = random.Random(seed), dict[str, str]()
    for _ in range(30):
        gone = chance.sample(sorted(held), chance.randint(0, len(held)))
        come = {
            f"{chance.randrange(12):02}": "".join(chance.choices(LETTERS, k=chance.choice([0, 9])))
            for _ in range(chance.choice([0, 0, 1, 3]))
        }
        for path in gone:
            held.pop(path)
        held |= come
        index.update([document(*one) for one in come.items()], [p for p in gone if p not in come])
        assert sorted(index.paths()) == sorted(held)
        for word in ("低保", "三李", "村1"):
            expected = sorted(p for p, text in held.items() if word in fold_for_search(text))
            assert sorted(paths(index, word)) == expected


@pytest.mark.parametrize("word", ["a", "ab", "张"])
def test_a_word_without_a_gram_is_looked_for_in_the_texts(index: FullTextIndex, word: str):
    """Questions of people are longer; programs ask for names of two letters, too."""
    index.update([document("1", "姓名 ab 的"), document("2", "张三的"), document("3", "李四的")])
    assert paths(index, word) == (["2"] if word == "张" else ["1"])


def test_all_words_must_stand_in_the_file(index: FullTextIndex):
    """Words may stand on different pages of one file."""
    index.update([document("a", "测试甲", "低保"), document("b", "测试甲")])
    assert paths(index, "测试甲", "低保") == ["a"]


def test_a_word_is_not_found_across_a_page_break(index: FullTextIndex):
    """The end of a page and the start of the next are no word."""
    index.update([document("a", "测试", "甲乙")])
    assert paths(index, "试甲") == []


def test_the_best_page_is_shown_and_all_pages_are_told(index: FullTextIndex):
    """The page with most of the words comes first."""
    index.update([document("a", "测试甲", "无关", "测试甲 的低保")])
    hit = index.search(Query(("测试甲", "低保"))).hits[0]
    assert hit.page == 3
    assert hit.pages == (1, 3)
    start, end = hit.marks[0]
    assert hit.snippet[start:end] == "测试甲"


def test_filters_narrow_and_facets_count(index: FullTextIndex):
    """A filter's counts show what choosing another value would give."""
    index.update(
        [
            document("a", "低保", town="钟宝镇", year="2018"),
            document("b", "低保", town="钟宝镇", year="2019"),
            document("c", "低保", town="城关镇", year="2019"),
        ]
    )
    result = index.search(Query(("低保",), town="钟宝镇", year="2019"))
    assert [hit.path for hit in result.hits] == ["b"]
    assert result.facets["town"] == {"钟宝镇": 1, "城关镇": 1}
    assert result.facets["year"] == {"2018": 1, "2019": 1}
    assert paths(index, "低保", town="无此镇") == []


def test_replaced_and_removed_files_are_no_longer_found(index: FullTextIndex):
    """The index holds each path once, as it is now."""
    index.update([document("a", "旧的内容"), document("b", "旧的内容")])
    assert paths(index, "旧的内容") == ["a", "b"]
    index.update([document("a", "新的内容")], remove=["b"])
    assert paths(index, "旧的内容") == []
    assert paths(index, "新的内容") == ["a"]
    assert index.paths() == {"a"}


def test_another_reader_sees_a_commit(tmp_path: Path):
    """A search page sees what the service wrote."""
    writer, reader = FullTextIndex(tmp_path), FullTextIndex(tmp_path)
    assert reader.paths() == set()
    writer.update([document("a", "测试")])
    assert reader.paths() == {"a"}
    writer.update([], ["a"])
    assert paths(reader, "测试") == []


def test_pages_of_hits_can_be_asked_for(index: FullTextIndex):
    """Limit and offset cut the list, the total stays."""
    index.update([document(f"{number}", "测试") for number in range(5)])
    result = index.search(Query(("测试",), limit=2, offset=2))
    assert [hit.path for hit in result.hits] == ["2", "3"]
    assert result.total == 5


def test_clearing_leaves_an_empty_index(index: FullTextIndex):
    """An index thrown away can be filled again."""
    index.update([document("a", "测试")])
    index.clear()
    assert index.paths() == set()
    index.update([document("b", "测试")])
    assert index.paths() == {"b"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broken_index_says_how_to_mend_it(tmp_path: Path):
    """A damaged table of contents leads to rebuild-index."""
    FullTextIndex(tmp_path).update([document("a", "测试")])
    for file in tmp_path.glob("*.toc"):
        file.write_bytes(b"garbage")
    with pytest.raises(IndexBrokenError, match="rebuild-index"):
        FullTextIndex(tmp_path)


# Whoosh leaves files open when it fails on one
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)
def test_a_cut_file_of_the_index_is_always_named_broken(tmp_path):
    """Whichever file it is, changing the index either works or says that it must be made again."""
    whole, damaged = tmp_path / "whole", tmp_path / "damaged"
    index = FullTextIndex(whole)
    for number in range(7):
        index.update([IndexedDocument(f"{number}", "0" * 64, (f"测试甲的申请{number}",))])
    told = 0
    for file in sorted(whole.glob("*.*")):
        shutil.rmtree(damaged, ignore_errors=True)
        shutil.copytree(whole, damaged)
        os.truncate(damaged / file.name, file.stat().st_size // 2)
        try:
            again = FullTextIndex(damaged)
            again.confirm_sound()
            again.paths()
            for number in range(7, 10):
                again.update([IndexedDocument(f"{number}", "0" * 64, (f"测试乙{number}",))])
        except IndexBrokenError:
            told += 1
    assert told
    del again
    gc.collect()


def test_nothing_of_a_removed_document_is_left_on_the_disk(index: FullTextIndex, tmp_path: Path):
    """When it is asked for; the others of its segment stay found."""
    secret = "测试李明110105"
    index.update([document("a", secret), document("b", "测试王五")])
    index.update([document("c", "测试赵六")])
    index.update([], ["a"], purges=True)
    gc.collect()
    assert paths(index, "测试王五") == ["b"]
    assert paths(index, "测试赵六") == ["c"]
    left = [file for file in (tmp_path / "index").iterdir() if secret.encode() in file.read_bytes()]
    assert left == []


class Part:
    """A segment of so many documents."""

    def __init__(self, count: int) -> None:
        self.count = count

    def doc_count(self) -> int:
        return self.count


@pytest.mark.parametrize(
    ("sizes", "added", "kept"),
    [
        ([10] * 7, 1, [10] * 7), ([10] * 8, 1, []), ([4, 31] * 4, 1, []),
        ([4] * 4 + [32] * 4, 1, [4] * 4 + [32] * 4), ([0, 10], 1, [10]),
        ([50] * 8, 1, []), ([51] * 8, 1, [51] * 8), ([51] * 8, 26, []),
        ([3999] * 8, 9999, []), ([4000] * 8, 9999, [4000] * 8),
        ([50] * 9, 1, [50]), ([300] * 6 + [40] * 8, 1, [300] * 6),
        ([32_000] * 9 + [900_000], 32_000, [32_000] * 9 + [900_000]),
        ([5000] * 8 + [100_000], 9999, [100_000]),
        ([5000] * 8 + [60_000], 9999, [5000] * 8 + [60_000]),
        ([5000] * 14 + [100_000], 9999, [5000, 5000, 100_000]),
    ],
)  # fmt: skip
def test_many_segments_of_one_size_become_one(monkeypatch, sizes, added, kept):
    """A small commit moves few documents, a large segment is left alone."""
    moved: list[Part] = []
    reader = SimpleNamespace(close=lambda: None)
    monkeypatch.setattr(
        module, "SegmentReader", lambda storage, schema, part, codec: moved.append(part) or reader
    )
    writer = SimpleNamespace(
        docnum=added, storage=None, schema=None, add_reader=lambda one: None
    )  # fmt: skip
    parts = [Part(size) for size in sizes]
    left = module._merge_like_sized(writer, parts)
    assert [part.count for part in left] == kept
    assert sorted(map(id, [*left, *moved])) == sorted(map(id, parts))


def test_the_fixed_row_holds_pages_day_and_absence():
    """Never more pages than it can."""
    facts = SimpleNamespace(day=20180507, signature=7)
    for count, present, row in (
        (2, True, (2, 20180507, 7, 0)), (0xFFFF, True, (0xFFFF, 20180507, 7, 0)),
        (0x10000, False, (0xFFFF, 20180507, 7, ABSENT)),
    ):  # fmt: skip
        made = SimpleNamespace(pages=range(count), present=present)
        assert tuple(np.frombuffer(module._row(made, facts), dtype=ROW)[0]) == row


@pytest.mark.parametrize(("failures", "is_answered"), [(0, True), (4, True), (5, False)])
def test_a_commit_may_take_away_what_is_being_read(index, monkeypatch, failures, is_answered):
    """It is looked at again, five times; then the service is asked to look."""
    index.update([document("a", "测试")])
    real, left = module.answer_query, [failures]

    def answer(segments, query, facets):
        if left[0]:
            left[0] -= 1
            raise FileNotFoundError
        return real(segments, query, facets)

    monkeypatch.setattr(module, "answer_query", answer)
    if is_answered:
        assert paths(index, "测试") == ["a"]
    else:
        with pytest.raises(IndexBrokenError):
            paths(index, "测试")
    assert index.broken_mark.exists() != is_answered


def test_an_answer_of_a_commit_that_has_passed_is_asked_again(index, monkeypatch):
    """Hits and counts are of one state."""
    index.update([document("a", "测试")])
    real, asked = module.answer_query, []

    def answer(segments, query, facets):
        result = real(segments, query, facets)
        if not asked:
            FullTextIndex(index._folder).update([document("b", "测试")])
        asked.append(result.total)
        return result

    monkeypatch.setattr(module, "answer_query", answer)
    assert paths(index, "测试") == ["a", "b"]
    assert asked == [1, 2]


def test_a_list_of_segments_taken_away_between_two_looks_is_looked_for_again(index, monkeypatch):
    """A commit names a new one and deletes the old: no reader calls that damage."""
    index.update([document("a", "低保申请", person="测试甲")])
    state, gone = index._state, [True, True, False, True, False]

    def looked():
        if gone and gone.pop(0):
            raise FileNotFoundError
        return state()

    monkeypatch.setattr(index, "_state", looked)
    assert paths(index, "低保") == ["a"]
    gone[:] = [True, False]
    assert index.names_like("csj", 5) == ("测试甲",)
    assert not index.broken_mark.exists()


def test_commits_that_never_rest_leave_an_answer(index, monkeypatch):
    """That of the last state that was read whole; nothing is called broken."""
    index.update([document("a", "测试")])
    real, asked = module.answer_query, []

    def answer(segments, query, facets):
        asked.append(len(asked))
        if len(asked) == 5:
            raise FileNotFoundError
        result = real(segments, query, facets)
        FullTextIndex(index._folder).update([document(f"b{len(asked)}", "测试")])
        return result

    monkeypatch.setattr(module, "answer_query", answer)
    assert paths(index, "测试") == ["a", "b1", "b2", "b3"]
    assert not index.broken_mark.exists()


@pytest.mark.parametrize(
    ("error", "is_damage"),
    [(OSError(errno.EINVAL, "x"), True), (OSError(errno.EIO, "x"), False), (ValueError(), True),
     (MemoryError(), False)],
)  # fmt: skip
def test_what_damage_is_and_what_is_not(error, is_damage):
    """A disk that fails is no broken index."""
    with pytest.raises(IndexBrokenError if is_damage else type(error)), module._naming_damage():
        raise error


def test_indexes_of_earlier_versions_are_deleted(index):
    """Ours stays, and what is none of ours."""
    index.update([document("a", "测试")])
    own = {file.name for file in index._folder.iterdir()}
    for name in ("_archive2_7.toc", "archive_x.seg", "archive2_1.trm", "notes.txt", "_other_1.toc"):
        (index._folder / name).write_bytes(b"")
    index.drop_older()
    left = {file.name for file in index._folder.iterdir()}
    assert left == own | {"notes.txt", "_other_1.toc"}


def test_a_commit_is_seen_however_it_is_looked_for(tmp_path):
    """By two looks while none followed; after one, several, or a new index in its place."""
    asking, writing = FullTextIndex(tmp_path), FullTextIndex(tmp_path)
    for count in (1, 1, 3):
        for number in range(count):
            writing.update([document(f"{count} {number}", "测试")])
        assert asking.paths() == writing.paths()
        assert asking._state() == asking._read
    writing.clear()
    assert asking.paths() == set()
    writing.update([document("a", "测试")])
    assert asking.paths() == {"a"}


def test_nothing_to_be_written_is_no_commit(index):
    """One document, or one path to be removed, is."""
    state = index._state()
    index.update([], [])
    assert index._state() == state
    index.update([document("a", "测试")])
    added = index._state()
    assert added != state
    index.update([], ["a"])
    assert index._state() != added
    assert index.paths() == set()


def test_names_are_offered_in_order_and_not_too_many(index):
    """Each once, by whole pinyin or by initials."""
    index.update(
        [document("a", "x", persons=("张三", "周四", "张三")), document("b", "x", person="张三")]
    )
    assert index.names_like("z", 9) == ()
    assert index.names_like("zs", 9) == ("周四", "张三")
    assert index.names_like("zs", 1) == ("周四",)


@pytest.mark.parametrize(("failures", "is_opened"), [(0, True), (4, True), (5, False)])
def test_an_index_is_opened_while_a_commit_takes_away_what_it_lists(
    tmp_path, monkeypatch, failures, is_opened
):
    """A command that begins just then finds no broken index."""
    FullTextIndex(tmp_path).update([document("a", "测试")])
    real, left = module.index.open_dir, [failures]

    def open_dir(*args, **options):
        if left[0]:
            left[0] -= 1
            raise FileNotFoundError
        return real(*args, **options)

    monkeypatch.setattr(module.index, "open_dir", open_dir)
    if is_opened:
        assert paths(FullTextIndex(tmp_path), "测试") == ["a"]
    else:
        with pytest.raises(IndexBrokenError):
            FullTextIndex(tmp_path)


def test_an_index_of_before_is_read_and_gets_what_large_segments_have(tmp_path, monkeypatch):
    """One of before the file of paths: nothing is made again but that file."""
    folder = tmp_path / "index"
    with zipfile.ZipFile(Path(__file__).with_name("before_paths.zip")) as sample:
        sample.extractall(folder)
    index = FullTextIndex(folder)
    index.confirm_sound()
    of_the_village = [f"钟宝镇/旧城村/低保/{number}.pdf" for number in range(4)]
    assert paths(index, "低保") == [*of_the_village, "丙.txt"]
    assert index.search(Query(("家庭成员",))).facets["village"] == {"旧城村": 4}
    in_path = Query((), condition=InPath("旧城村/低保"))
    assert [hit.path for hit in index.search(in_path).hits] == of_the_village
    assert not list(folder.glob("*.pth"))
    monkeypatch.setattr(module, "_LARGE", 3)
    index.update([document("新", "测试低保")])
    (written,) = folder.glob("*.pth")
    assert written.with_suffix(".plc").exists()
    assert [hit.path for hit in FullTextIndex(folder).search(in_path).hits] == of_the_village
    assert paths(FullTextIndex(folder), "低保") == ["新", *of_the_village, "丙.txt"]


def test_small_segments_are_put_in_order_while_nothing_waits(index, monkeypatch):
    """A part at a time, until there is nothing more; what is found stays the same."""
    monkeypatch.setattr(module, "_SMALL_COMMIT", 0)
    monkeypatch.setattr(module, "_MOVED_FOR_ONE_ADDED", 0)
    for number in range(17):
        index.update([document(f"{number:02}", "测试")])
    assert len(index._fresh_segments()) == 17
    monkeypatch.setattr(module, "_MOST_TIDIED", 9)
    assert index.tidy()
    assert len(index._fresh_segments()) < 17
    while index.tidy():
        pass
    assert paths(index, "测试") == [f"{number:02}" for number in range(17)]
    assert len(index._fresh_segments()) < 8


def test_many_paths_are_replaced_as_few_are(index, monkeypatch):
    """Each in whatever segment it lies, once."""
    for most in (1000, 0):
        monkeypatch.setattr(module, "_ONE_BY_ONE", most)
        for group in (range(5), range(5, 9)):
            index.update([document(f"{number}", f"测试{most}") for number in group])
        index.update(
            [document(f"{number}", f"测试新{most}") for number in range(3, 7)], ["8", "无"]
        )
        assert paths(index, f"测试{most}") == ["0", "1", "2", "7"]
        assert paths(index, f"测试新{most}") == ["3", "4", "5", "6"]
