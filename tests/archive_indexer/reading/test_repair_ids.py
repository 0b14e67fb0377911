"""ID numbers are repaired only where one sound number can be meant."""

import pytest

from archive_indexer.documents import TextLine
from archive_indexer.reading.repair_ids import repair_lines, repair_number
from minzheng.external.ocr.ocr_engine import ReadLine

BOX = (0.1, 0.1, 0.9, 0.2)


def lines(*parts: str) -> list[tuple[str, ReadLine]]:
    """Each part as `before|text`."""
    return [
        (before.replace("/", "\n"), ReadLine(text, BOX, 0.9))
        for before, text in (part.split("|", 1) for part in parts)
    ]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("11O105194912310O2X", "11010519491231002X"),
        ("l10105I949123100ZX", "11010519491231002X"),
        ("1101051949123l002×", "11010519491231002X"),
        ("44O5Z41B8001010014", "440524188001010014"),
        ("44O5241B8001010015", "44O5241B8001010015"),  # no sound number can be meant
        ("110105194912310024", "110105194912310024"),  # wrong on the paper: stays
        ("11010519491231002X", "11010519491231002X"),
        ("11010519491231002x", "11010519491231002X"),
        ("ABCDEFGHIJKLMNOPQ1", "ABCDEFGHIJKLMNOPQ1"),
    ],
)
def test_only_letters_become_digits(read: str, meant: str):
    """A digit is never exchanged for another digit."""
    assert repair_number(read) == meant


def test_the_raw_reading_stays_with_its_line():
    """Only the repaired line has one."""
    (_, first), (_, second) = repair_lines(lines("|身份证号11O10519491231002X", "/|姓名OK"))
    assert first == TextLine("身份证号11010519491231002X", BOX, 0.9, "身份证号11O10519491231002X")
    assert second.raw == ""


def test_a_number_split_over_two_lines_is_repaired():
    """The lines of a cell that run on are one text; their lengths stay."""
    repaired = repair_lines(lines("/|11O105194", "|912310O2X", "/|其他"))
    assert [line.text for _, line in repaired] == ["110105194", "91231002X", "其他"]
    assert [line.raw for _, line in repaired] == ["11O105194", "912310O2X", ""]


def test_numbers_of_two_cells_are_not_joined():
    """What a space or a line break parts stays apart."""
    repaired = repair_lines(lines("/|11O105194", " |912310O2X"))
    assert [line.raw for _, line in repaired] == ["", ""]
