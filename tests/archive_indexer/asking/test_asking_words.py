"""What people type around what they look for."""

import pytest

from archive_indexer.asking.asking_words import known_pieces, plain_terms, ways_to_part


@pytest.mark.parametrize(
    ("said", "terms"),
    [
        ("请问公示有没有异议", ("公示", "异议")),
        ("没有销号的问题", ("销号", "问题")),
        ("专柜谁管", ("专柜",)),
        ("低保申请材料", ("低保申请",)),
        ("审批表1101", ("审批表", "1101")),
        ("谁签的字", ("签字",)),
        ("盖了章的名册", ("盖章", "名册")),
        ("的", ()),
    ],
)
def test_words_of_asking_are_no_terms(said, terms):
    """Nor is a single character that is left."""
    assert plain_terms(said) == terms


def test_a_term_comes_apart_in_two_parts_then_three():
    """Each of at least two characters, the even cut first; what is no Chinese stays whole."""
    assert list(ways_to_part("冬春救助")) == [("冬春", "救助")]
    ways = list(ways_to_part("村干部近亲属"))
    assert ways[:3] == [("村干部", "近亲属"), ("村干", "部近亲属"), ("村干部近", "亲属")]
    assert ways[3:] == [("村干", "部近", "亲属")]
    assert list(ways_to_part("三个字")) == []
    assert list(ways_to_part("2018")) == []
    assert list(ways_to_part("长" * 15)) == []


def test_known_pieces_are_the_longest_with_those_beside_them():
    """What is not known is left out."""
    known = {"失火", "救助", "火救"}
    assert known_pieces("房子失火救助", known.__contains__) == ("失火", "救助")
    assert known_pieces("到会人数", {"会人"}.__contains__) == ()
    assert known_pieces("授权委托书", {"委托"}.__contains__) == ("委托",)
    assert known_pieces("没有", known.__contains__) == ()
    assert known_pieces("2018", {"2018"}.__contains__) == ()
