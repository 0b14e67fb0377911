"""Words of PDFs that were written in no code that the format knows."""

import pytest

from archive_indexer.extract.rare.pdf_names import as_meant


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("#e5#a5#b3#e6#80#a7", "女性"),
        ("c#E8#BF#9B#E5#88#B6 1", "c进制 1"),
        ("#c5#ae#d0#d4", "女性"),
        ("å¥³æ•§", "女性"),
        ("éšžäº„è¿łå‹¶", "非二进制"),
        ("µÍ±£»§", "低保户"),
        ("Å®ÐÔ No. 3", "女性 No. 3"),
        ("å\0\0", "域或孟"),
        ("å\0¦æ•§", "学性"),
    ],
)
def test_bytes_of_a_chinese_code_are_read_in_it(shown: str, meant: str):
    """As numbers, and as the Latin signs that a program takes them for."""
    assert as_meant(shown) == meant


@pytest.mark.parametrize(
    "text",
    ["Größe", "Noël à l'été", "naïve", "“quoted” — so", "#12", "item #ab", "C# and F#", "低保户",
     "ÅÄÖ", "€ 300", "ÆØÅ Ünïcödé", "№ 5"],
)  # fmt: skip
def test_other_texts_stay_as_they_are(text: str):
    """Latin letters with their marks, numbers behind a hash, signs that are Chinese already."""
    assert as_meant(text) == text
