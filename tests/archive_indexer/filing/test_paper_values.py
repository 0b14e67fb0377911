"""ID numbers, amounts and dates read from a paper: the only reader of them."""

import pytest

from archive_indexer.documents import ExtractedPage
from archive_indexer.filing import paper_values
from archive_indexer.filing.paper_values import (
    ValueLabels,
    find_amounts,
    find_archive_no,
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


FEW_LABELS = ValueLabels(frozenset({"档号"}), frozenset({"金额"}), frozenset({"日期"}))


def told_by(find, text: str) -> list[tuple[str, float]]:
    return [(one.value, one.confidence) for one in find([ExtractedPage(1, text)], FEW_LABELS)]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("金额 285.62", [("285.62", 0.95)]), ("面积 285.62", []),
        ("面积 285.6 元", [("285.60", 0.9)]),
        ("金额：1,250", [("1250.00", 0.95)]), ("金额 300元（大写）叁佰", [("300.00", 0.95)]),
        ("共1234567890元", []), ("1.2.3元", []), ("金额 约三百", []),
        ("1 张三 11010519491231002X 12.50 12.5", [("12.50", 0.8)]), ("1 张三 12.50", []),
        ("金额 1.50 金额 2.50 1.50", [("1.50", 0.95), ("2.50", 0.95)]),
    ],
)  # fmt: skip
def test_an_amount_is_told_by_its_label_its_unit_or_its_roster(text, amounts):
    """Other figures are none."""
    assert told_by(find_amounts, text) == amounts


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("日期 2018年12月31日", [("2018-12-31", 0.95)]), ("于2018-12-31", [("2018-12-31", 0.9)]),
        ("2018年13月1日", []), ("2018-12-32", []), ("2018-00-01", []),
        ("2018年5月", [("2018-05", 0.9)]),
        ("12018-12-31", []), ("2018.5-7", []), ("2018.5.7", [("2018-05-07", 0.9)]),
        ("1818-05-07", []),
        ("日期 2018年13月1日", []), ("出生 1949年1月1日", [("1949-01-01", 0.9)]),
    ],
)  # fmt: skip
def test_a_date_has_a_real_month_and_day(text, dates):
    """A month alone may do."""
    assert told_by(find_dates, text) == dates


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("11010519491231002x", [("11010519491231002X", 0.99)]),
        ("110105194912310021", [("110105194912310021", 0.4)]),
        ("110105491231002", [("11010519491231002X", 0.8)]), ("1101051949123100212", []),
        ("a11010519491231002X", []), ("010105194912310021", []),
    ],
)  # fmt: skip
def test_an_id_number_is_sound_old_or_doubtful(text, ids):
    """And stands alone."""
    found = find_ids([ExtractedPage(1, text)])
    assert [(one.value, one.confidence) for one in found] == ids


@pytest.mark.parametrize(
    ("text", "path", "number"),
    [
        ("档号 AB12", "x", ""), ("档号 AB123", "x", "AB123"), ("档号 ABCDE", "x", ""),
        ("编号 AB123", "x", ""), ("J012-WS2018-Y-0001", "x", "J012-WS2018-Y-0001"),
        ("J012-WS·2018-D20-0001", "x", ""), ("0012-WS·2018-Y-0001", "x", "0012-WS·2018-Y-0001"),
        ("正文", "a/j012-ws.2018-y-0001.jpg", "J012-WS·2018-Y-0001"),
        ("档号 AB123 档号 AB124", "J012-WS.2018-Y-0001", ""),
        ("档号 AB123\n档号 AB123", "x", "AB123"),
    ],
)  # fmt: skip
def test_a_paper_has_one_archive_number_or_none(text, path, number):
    """On itself before in the name of its file."""
    found = find_archive_no([ExtractedPage(1, text)], path, FEW_LABELS)
    assert (found.value if found else "") == number


def test_of_a_kind_so_many_are_kept_and_no_more(monkeypatch):
    """One that is known may still be told more surely."""
    monkeypatch.setattr(paper_values, "_MOST", 2)
    text = "于2018年1月1日 2018年1月2日 2018年1月3日\n日期 2018年1月2日 日期 2018年1月4日"
    labels = ValueLabels(frozenset(), frozenset(), frozenset({"日期"}))
    found = find_dates(pages("2018年1月1日 2018年1月2日 2018年1月3日", text), labels)
    assert [(one.value, one.confidence) for one in found] == [
        ("2018-01-01", 0.9), ("2018-01-02", 0.95)
    ]  # fmt: skip


def test_of_equally_sure_reasons_the_first_is_kept():
    """In the order of the paper."""
    first, second = find_dates(pages("2018年1月2日", "2018年1月1日 2018年1月2日"), LABELS)
    assert (first.because, second.because) == ("第 1 页", "第 2 页")
