"""What is said of pages that were read without certainty."""

import pytest

from archive_indexer.documents import DOUBTFUL_BELOW, ExtractedPage
from archive_indexer.stores.doubtful_pages import (
    DoubtfulPage,
    doubts_of,
    say_doubts,
    worst_confidence,
)


@pytest.mark.parametrize(
    ("again", "advice"),
    [
        ("", "。可用大模型重读"),
        ("waiting", "。已排队用大模型重读"),
        ("done", "。已用大模型重读过；请重新扫描，或对照原图更正"),
    ],
)
def test_a_doubtful_page_says_how_sure_it_is_and_what_to_do(again, advice):
    """What the larger model has read already is not offered to it as a cure."""
    said = say_doubts([DoubtfulPage(2, 0.714, again)])
    assert said == "第 2 页字迹不清，读得没有把握（71%），可能有错漏、查不到" + advice


def test_pages_are_named_in_order_and_only_some_of_many():
    """The worst of them tells how sure."""
    few = say_doubts([DoubtfulPage(5, 0.8), DoubtfulPage(1, 0.6)])
    assert few.startswith("第 1、5 页字迹不清，读得没有把握（60%）")
    many = say_doubts([DoubtfulPage(number, 0.8) for number in range(1, 10)])
    assert many.startswith("第 1、2、3、4、5、6、7、8 页等 9 页字迹不清")
    assert "等" not in say_doubts([DoubtfulPage(number, 0.8) for number in range(1, 9)])


def test_ink_without_a_word_is_told_apart():
    """It may be a photo of a house."""
    said = say_doubts([DoubtfulPage(3, 0.0), DoubtfulPage(4, 0.5)])
    assert said.startswith("第 4 页字迹不清")
    assert "第 3 页有墨迹，没有读出字，是照片、图画就不必理会。可用大模型重读" in said
    assert worst_confidence([DoubtfulPage(3, 0.0), DoubtfulPage(4, 0.5)]) == 0.5
    assert worst_confidence([DoubtfulPage(3, 0.0)]) > 1


@pytest.mark.parametrize(
    ("origin", "confidence", "is_told"),
    [
        ("ocr", DOUBTFUL_BELOW - 0.001, True),
        ("ocr", DOUBTFUL_BELOW, False),
        ("ocr", 0.0, True),
        ("text_layer", 0.0, False),
        ("blank", 0.0, False),
    ],
)
def test_only_what_was_read_from_a_picture_is_doubted(origin, confidence, is_told):
    """Below the limit, not at it."""
    page = ExtractedPage(1, "x", origin=origin, confidence=confidence)
    assert bool(doubts_of(page, "")) is is_told
