"""Amounts in words that the figures beside them bear out."""

import pytest

from minzheng.external.ocr.amount_words import with_words_borne_out
from minzheng.external.ocr.ocr_models import Character, Reading

LINE = "1886.60 大写：人民币壹仟捌佰捌拾陆元陆角整"


def read(text: str, sure: float = 0.5) -> Reading:
    return tuple(Character(sign, sure, 10.0 * at) for at, sign in enumerate(text))


def sure_signs(text: str) -> str:
    return "".join(one.text for one in with_words_borne_out(read(text)) if one.sure > 0.9)


@pytest.mark.parametrize("line", [LINE, LINE.replace("1886", "1,886"), f"金额{LINE}"])
def test_words_that_say_what_the_figures_say_are_sure(line):
    """The figures are as sure as they were."""
    assert sure_signs(line) == "壹仟捌佰捌拾陆元陆角整"


@pytest.mark.parametrize(
    "line",
    [LINE.replace("1886.60", "1866.60"), LINE.replace("1886.60", "21886.60"), LINE[8:],
     LINE.replace("佰", "伯"), "合计 100.00"],
    ids=["another figure", "more digits", "no figures", "no amount", "no words"],
)  # fmt: skip
def test_other_words_are_as_sure_as_they_were(line):
    """The larger model is asked."""
    assert not sure_signs(line)


def test_a_sure_sign_stays_as_sure():
    """Nothing is less sure than it was read."""
    assert all(one.sure == 1.0 for one in with_words_borne_out(read(LINE, 1.0)))
