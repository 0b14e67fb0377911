"""Amounts that a line says twice, in figures and in 大写: the one bears out the other.

A sign of the words that is not sure, 佰 or 贰 in small print, needs no second look where the
words come out at the figures beside them: no misread sign does that.
"""

import re
from dataclasses import replace

from minzheng.county.writing.money_words import parse_amount_words, parse_money
from minzheng.external.ocr.ocr_models import Reading

_WORDS = re.compile("[零壹贰叁肆伍陆柒捌玖拾佰仟百千万亿元圆角分整正〇]{3,}")
_FIGURES = re.compile(r"(?<![\d.,，．])\d[\d,]*(?:\.\d{1,2})?(?![\d.,，．])")
_BORNE_OUT = 0.99  #: how sure what stands there twice is


def with_words_borne_out(reading: Reading) -> Reading:
    """A reading in which the words of an amount are sure if its figures say the same."""
    text = _text_of(reading)
    sure = {
        place
        for words in _WORDS.finditer(text)
        if _is_said_in_figures(words.group(), text)
        for place in range(*words.span())
    }
    return tuple(
        replace(one, sure=max(one.sure, _BORNE_OUT)) if place in sure else one
        for place, one in enumerate(reading)
    )


def _text_of(reading: Reading) -> str:
    # A character of the models may be more than one sign; then places would not agree.
    return "".join(one.text if len(one.text) == 1 else " " for one in reading)


def _is_said_in_figures(words: str, text: str) -> bool:
    amount = parse_amount_words(words)
    return amount is not None and any(
        parse_money(figures) == amount for figures in _FIGURES.findall(text)
    )
