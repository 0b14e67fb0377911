"""Text folded for search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.county.writing import chinese_text
from minzheng.county.writing.chinese_text import fold_for_search, fold_with_offsets, normalise_name


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("網(wǎng)訊", "网讯"),
        ("個（gè）人", "个人"),
        ("要?jiǎng)?wù),以社會(huì)", "要,以社会"),
        ("姓　名", "姓名"),
        ("ＤＢ－０１", "db-01"),
        ("鍾寶鎮", "钟宝镇"),
        ("11010519491231002X", "11010519491231002x"),
        ("Zhang San", "zhangsan"),
        ("钟宝镇(试点)", "钟宝镇(试点)"),
        ("王(w?ng)女(nǚ)", "王女"),
        ("体重(kg)、身高（cm）", "体重(kg)、身高(cm)"),
        ("方案(a)合同(docx)", "方案(a)合同(docx)"),
    ],
)
def test_writings_of_one_word_fold_alike(written: str, folded: str):
    """Width, case, spaces, traditional forms and inserted pinyin make no difference."""
    assert chinese_text.fold_for_search(written) == folded


@given(st.text(alphabet=st.sampled_from("張三网(wǎng)（gè）Ａb1 \n　?)𠮷㎡ﬁ"), max_size=40))
def test_offsets_agree_with_folding(text: str):
    """Both ways of folding give the same text, and offsets rise within the source."""
    folded, offsets = chinese_text.fold_with_offsets(text)
    assert folded == chinese_text.fold_for_search(text)
    assert len(offsets) == len(folded)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)
    pairs = zip(folded, offsets, strict=True)
    assert all(one in chinese_text.fold_for_search(text[at]) for one, at in pairs)


@given(
    st.text(alphabet=st.sampled_from("張三网(wǎng)（gè）Ａb1 \n　?)𠮷㎡ﬁ"), max_size=40),
    st.lists(st.integers(0, 50), max_size=4).map(sorted),
)
def test_places_are_those_of_all_offsets(text: str, places: list[int]):
    """A few places of the folded text stand where all of them stand; behind its end is none."""
    offsets = chinese_text.offsets_of_folded(text)
    expected = [offsets[place] for place in places if place < len(offsets)]
    assert chinese_text.places_in_source(text, places) == expected


def test_characters_not_looked_at_one_by_one_fold_to_one():
    """All ideographs of the common block, what stands on a keyboard, and usual signs."""
    usual = [
        chr(code) for code in range(0x10000) if not chinese_text._MAY_NOT_BE_ONE.match(chr(code))
    ]
    assert len(usual) > 21_000
    assert [one for one in usual if len(chinese_text.fold_for_search(f"一{one}")) != 2] == []


def test_names_keep_their_characters():
    """Only separators and spaces of a name are put right."""
    assert chinese_text.normalise_name(" 阿依•古丽　") == "阿依·古丽"
    assert chinese_text.normalise_name("﨑本") == "﨑本"


def test_traditional_becomes_simplified_one_for_one():
    """The number of characters does not change."""
    assert chinese_text.to_simplified("網訊民政") == "网讯民政"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Ａ B", "ab"), ("a\nb", "ab"), ("ab\u200bc", "abc"), ("测\x00试", "测试")],
)  # fmt: skip
def test_what_cannot_be_seen_is_not_searched(text, folded):
    """White space, control and format characters."""
    assert fold_for_search(text) == folded
    assert normalise_name("阿依．古丽") == "阿依·古丽"


def test_each_folded_character_knows_where_it_stood():
    """Inserted pinyin stands nowhere, a sign of two stands twice."""
    assert fold_with_offsets("網(wǎng)訊 ㎡?(x)") == ("网讯m2?(x)", (0, 7, 9, 9, 10, 11, 12, 13))


def test_a_stop_between_letters_of_a_name_is_its_dot():
    """Nobody finds the dot on the keyboard; at an end it is none."""
    assert normalise_name("买买提.阿不都") == normalise_name("买买提 。 阿不都") == "买买提·阿不都"
    assert normalise_name("测试甲.") == "测试甲."
