"""Whether two texts say the same, without comparing all with all."""

import random

from minzheng.inspection.checks.alike import likely_pairs, pieces_of, similarity, sketch_of

SIGNS = "村民代表提出该户残疾多年老伴体弱儿子务工收入低应当纳入另一户有车不符合条件"


def said(seed: int, length: int = 120) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(SIGNS) for _ in range(length))


def test_a_copy_is_a_likely_pair_and_another_text_is_not():
    """Among hundreds; with a word changed here and there, too."""
    texts = [said(seed) for seed in range(300)]
    changed = texts[7][:60] + "甲" + texts[7][61:]
    texts += [texts[3], changed]
    pairs = set(likely_pairs([sketch_of(one) for one in texts]))
    assert (3, 300) in pairs and (7, 301) in pairs
    alike = {pair for pair in pairs if similarity(texts[pair[0]], texts[pair[1]]) >= 0.9}
    assert alike == {(3, 300), (7, 301)}
    assert len(pairs) < 20


def test_a_text_that_everybody_copied_is_compared_with_a_few():
    """Not each with each."""
    pairs = list(likely_pairs([sketch_of(said(1))] * 100))
    assert len(pairs) < 400 and {later for _, later in pairs} == set(range(1, 100))


def test_a_short_text_is_like_nothing():
    """Nor is none."""
    assert sketch_of("三个字") == "" and pieces_of("") == frozenset()
    assert list(likely_pairs(["", ""])) == [] and similarity("", "") == 0.0
    assert similarity("一二三四五", "一二三四五") == 1.0
