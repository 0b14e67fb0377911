"""Numbers that slides make of themselves."""

import pytest
from lxml import etree

from archive_indexer.extract.office.drawings import drawn_lines
from archive_indexer.extract.office.slide_numbers import SlideNumbers

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def _paragraph(words: str, scheme: str = "", level: int = 0, more: str = "") -> str:
    bullet = f"<a:buAutoNum type='{scheme}'{more}/>" if scheme else "<a:buNone/>"
    return f"<a:p><a:pPr lvl='{level}'>{bullet}</a:pPr><a:r><a:t>{words}</a:t></a:r></a:p>"


def _lines(*boxes: str) -> list[str]:
    held = "".join(f"<a:txBody>{box}</a:txBody>" for box in boxes)
    return list(drawn_lines(etree.fromstring(f"<x {_A}>{held}</x>")))


def test_paragraphs_are_counted_box_by_box():
    """Empty ones have no number, deeper ones count apart, others end the list."""
    one, deep = "arabicPeriod", "alphaLcParenR"
    box = (
        _paragraph("甲", one), _paragraph("", one), _paragraph("乙", one),
        _paragraph("深", deep, 1), _paragraph("丙", one), _paragraph("新", deep, 1),
        _paragraph("无"), _paragraph("丁", one),
    )  # fmt: skip
    said = ["1. 甲", "", "2. 乙", "a) 深", "3. 丙", "a) 新", "无", "1. 丁"]
    assert _lines("".join(box), _paragraph("另", one)) == [*said, "1. 另"]


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("ea1ChsPlain", "十二"), ("ea1ChsPeriod", "十二."), ("arabicParenBoth", "(12)"),
        ("circleNumDbPlain", "⑫"), ("romanUcPeriod", "XII."), ("arabicDbPeriod", "１２．"),
        ("unknown", "12"),
    ],
)  # fmt: skip
def test_each_scheme_is_written_in_its_form(scheme: str, said: str):
    """One that nobody knows in digits."""
    assert _lines(_paragraph("字", scheme, more=" startAt='12'")) == [f"{said} 字"]


def test_a_box_may_say_it_for_its_paragraphs():
    """What a paragraph says itself goes before."""
    style = "<a:lstStyle><a:lvl1pPr><a:buAutoNum type='arabicPlain'/></a:lvl1pPr></a:lstStyle>"
    plain = "<a:p><a:r><a:t>字</a:t></a:r></a:p>"
    assert _lines(f"{style}{plain}{plain}{_paragraph('无')}") == ["1 字", "2 字", "无"]
    assert SlideNumbers().number(etree.fromstring(f"<a:p {_A}/>"), "字") == ""
