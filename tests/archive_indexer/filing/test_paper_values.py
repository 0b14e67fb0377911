"""ID numbers, amounts and dates read from a paper: the only reader of them."""

import pytest

from archive_indexer.documents import ExtractedPage
from archive_indexer.filing.paper_values import (
    ValueLabels,
    find_amounts,
    find_dates,
    find_ids,
)

LABELS = ValueLabels(frozenset(), frozenset({"保障金"}), frozenset({"审批日期"}))


def pages(*texts: str) -> list[ExtractedPage]:
    return [ExtractedPage(number, text) for number, text in enumerate(texts, start=1)]


def values(guesses) -> list[str]:
    return [guess.value for guess in guesses]


@pytest.mark.parametrize(
    ("text", "number", "confidence"),
    [
        ("身份证 11010519491231002X 2018年", "11010519491231002X", 0.99),
        ("身份证 61092719400101001X 2018年", "61092719400101001X", 0.4),
        ("尾号 61092719400101001x", "61092719400101001X", 0.4),
        ("身份证号610927400101001。", "61092719400101001", 0.8),
        ("６１０９２７１９４００１０１００１Ｘ", "61092719400101001X", 0.4),
    ],
)
def test_an_id_number_is_known_however_it_is_written(text, number, confidence):
    """An old one as the new one; a wrong check digit makes it doubtful."""
    (guess,) = find_ids(pages(text))
    assert guess.value.startswith(number)
    assert guess.confidence == confidence


@pytest.mark.parametrize(
    "text", ["账号 6217001234567890123", "编号A610927194001010015", "61092719400101001", "无"]
)
def test_other_numbers_are_no_id_numbers(text):
    """Longer, shorter, or part of a word."""
    assert find_ids(pages(text)) == ()


def test_amounts_stand_before_yuan_or_behind_their_label():
    """With thousands marks and decimals; a bare number is none."""
    text = "补助 1,250.5 元，共３人，合计５２００元 2018\n保障金：285.62"
    assert values(find_amounts(pages(text), LABELS)) == ["285.62", "1250.50", "5200.00"]


def test_figures_in_a_row_with_an_id_number_are_amounts():
    """As in a roster, where nobody writes 元."""
    text = "1 测试甲 610927194001010015 285.62 3\n合计 285.63"
    assert values(find_amounts(pages(text), LABELS)) == ["285.62"]


def test_a_month_is_a_date_and_an_impossible_month_is_none():
    """In Chinese and with strokes."""
    text = "2018年3月12日 2018-05-01 2019年1月 2018年13月 2018年2月32日"
    assert values(find_dates(pages(text), LABELS)) == ["2018-03-12", "2018-05-01", "2019-01"]


def test_every_row_of_a_long_list_is_kept():
    """The list of a county names thousands, and each must be findable."""
    rows = "\n".join(f"测试 6109271940{number:08d}" for number in range(1000, 4000))
    assert len(find_ids(pages(rows))) == 3000


def test_a_value_keeps_its_surest_reason():
    """Read beside its label and again in a sentence."""
    (guess,) = find_dates(pages("审批日期：2018年3月12日\n于2018年3月12日"), LABELS)
    assert (guess.confidence, guess.because) == (0.95, "第 1 页“审批日期”栏")
