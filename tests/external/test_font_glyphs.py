"""Which characters a font can draw."""

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from minzheng.external import font_glyphs
from minzheng.external.font_glyphs import gb2312_characters, load_glyphs, read_glyphs
from minzheng.external.run_program import ProgramFailedError


@pytest.fixture(autouse=True)
def _anew():
    """Nothing is remembered of another test's fonts."""
    load_glyphs.cache_clear()
    yield
    load_glyphs.cache_clear()


def font(file, characters: str):
    """A font file that draws just these."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({ord(one): "a" for one in characters})
    builder.setupGlyf({".notdef": Glyph(), "a": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "a": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupPost()
    builder.save(file)
    return file


def test_a_font_file_is_read(tmp_path):
    """Its character map counts."""
    assert read_glyphs(font(tmp_path / "a.ttf", "镇坪")) == frozenset("镇坪")


def test_of_a_collection_the_first_face_counts(tmp_path):
    """The others are its heavier brothers."""
    collection = TTCollection()
    collection.fonts = [
        TTFont(font(tmp_path / "a.ttf", "镇")), TTFont(font(tmp_path / "b.ttf", "坪"))
    ]  # fmt: skip
    collection.save(tmp_path / "a.ttc")
    assert read_glyphs(tmp_path / "a.ttc") == frozenset("镇")


def listing(monkeypatch, text: str | ProgramFailedError) -> list[list[str]]:
    """What fontconfig answers; gives what it is asked."""
    asked: list[list[str]] = []

    def run(command, seconds):
        asked.append(command)
        if isinstance(text, ProgramFailedError):
            raise text
        return text

    monkeypatch.setattr(font_glyphs, "find_program", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(font_glyphs, "run_program", run)
    return asked


def test_an_installed_font_is_asked_for_by_its_name(tmp_path, monkeypatch):
    """A file that is damaged is passed over for the next."""
    (tmp_path / "a-bad.ttf").write_bytes(b"no font")
    good = font(tmp_path / "b.ttf", "镇")
    asked = listing(monkeypatch, f"{good}: \n{tmp_path / 'a-bad.ttf'}: \n{tmp_path / 'c.ttf'}: \n")
    assert load_glyphs("方正小标宋") == frozenset("镇")
    assert asked == [["/usr/bin/fc-list", ":family=方正小标宋", "file"]]


@pytest.mark.parametrize("answer", ["", ProgramFailedError("fc-list failed")])
def test_a_standard_font_that_is_not_here_is_known_by_its_standard(monkeypatch, answer):
    """仿宋_GB2312 is on the office's machine; of other names nothing is known."""
    listing(monkeypatch, answer)
    glyphs = load_glyphs("仿宋_GB2312")
    assert "镇" in glyphs
    assert "堃" not in glyphs
    assert len(glyphs) == 7445
    assert load_glyphs("没有这种字体") is None


def test_without_fontconfig_the_standard_is_all_that_is_known(monkeypatch):
    """As on Windows."""
    monkeypatch.setattr(font_glyphs, "find_program", lambda name: None)
    assert load_glyphs("楷体_GB2312") == load_glyphs("仿宋_GB2312")
    assert load_glyphs("方正小标宋") is None


def test_the_characters_of_the_standard_are_those_its_code_can_write():
    """But for ASCII: so whoever can write a text in the code knows that all its letters are."""
    every = (chr(code) for code in range(0x80, 0x11_0000))
    assert {one for one in every if one.encode("gb2312", "ignore")} == gb2312_characters()
