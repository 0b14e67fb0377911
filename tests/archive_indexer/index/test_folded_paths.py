"""A path is found by any piece of it, whichever way its parts are kept."""

import random

import pytest

from archive_indexer.index.folded_paths import FoldedPaths
from minzheng.county.writing.chinese_text import fold_for_search

PATHS = [
    "钟宝镇/旧城村/低保/甲 ＡＢ.pdf", "钟宝镇/旧城村/低保/乙.pdf", "钟宝镇/新华村/乙乙.JPG",
    "丙.txt", "钟宝镇/旧城村.txt", "a/b/c/d", "a/b/cc/d", "a//d",
]  # fmt: skip


@pytest.fixture(params=["made", "read"])
def paths(request, tmp_path):
    """As they are made, and as they are read from their file."""
    made = FoldedPaths.of(PATHS)
    if request.param == "made":
        return made
    made.write(tmp_path / "paths")
    return FoldedPaths.read(tmp_path / "paths")


def slowly(text):
    return [text in fold_for_search(path) for path in PATHS]


@pytest.mark.parametrize(
    "text",
    ["旧城村", "ab", "乙", "乙.", "pdf", "低保/甲", "低保/乙.pdf", "镇/旧城村", "/", "村/", "/乙",
     "/b",
     "/c/d", "b/c", "c/d", "//", "旧城村/低保/", "无", "txt丙", "pdf钟",
     "/d", "a/b/c/d", "d",
     "旧城村.", ""],
)  # fmt: skip
def test_a_piece_of_a_path_is_found(paths, text):
    """In folders, names, and over the slash between."""
    assert paths.holding(text).tolist() == slowly(text)


@pytest.mark.parametrize("seed", range(4))
def test_seeded_paths_are_found_as_a_look_at_each_finds_them(seed):
    """Short alphabets meet every case."""
    source = random.Random(seed)

    def text(length):
        return "".join(source.choices("ab/村", k=length))

    several = [text(source.randint(1, 9)) for _ in range(60)]
    made = FoldedPaths.of(several)
    for _ in range(200):
        piece = text(source.randint(1, 4))
        assert made.holding(piece).tolist() == [piece in one for one in several]


def test_no_paths_hold_nothing():
    """Nor do they fail."""
    assert FoldedPaths.of([]).holding("甲").tolist() == []


@pytest.mark.parametrize("cut", [4, 30, -1])
def test_a_file_that_is_cut_off_is_damage(tmp_path, cut):
    """Rather than a path that is not found."""
    file = tmp_path / "paths"
    FoldedPaths.of(PATHS).write(file)
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(ValueError, match=r"paths|head"):
        FoldedPaths.read(file)


def test_other_bytes_are_no_paths(tmp_path):
    """A file of another kind."""
    file = tmp_path / "paths"
    FoldedPaths.of(PATHS).write(file)
    whole = file.read_bytes()
    file.write_bytes(b"MZXX" + whole[4:])
    with pytest.raises(ValueError, match="no paths of ours"):
        FoldedPaths.read(file)
