"""Numbers as the lists of office programs write them."""

import pytest

from archive_indexer.extract.office.number_words import write_number


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("decimal", {3: "3", 101: "101"}), ("decimalZero", {3: "03", 12: "12"}),
        ("chineseCounting", {3: "三", 10: "十", 12: "十二", 21: "二十一", 101: "一○一"}),
        ("chineseCountingThousand", {10: "十", 100: "一百", 101: "一百〇一", 110: "一百一十",
                                     1010: "一千〇一十", 1001: "一千〇一", 12345: "12345"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 101: "百一", 1000: "千"}),
        ("ideographDigital", {10: "一〇", 27: "二七"}),
        ("chineseLegalSimplified", {10: "壹拾", 105: "壹佰零伍"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥", 61: "61"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}), ("decimalEnclosedParen", {3: "⑶"}),
        ("decimalEnclosedFullstop", {3: "⒊"}), ("decimalFullWidth", {12: "１２"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX", 4000: "4000"}), ("lowerRoman", {9: "ix"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB", 781: "A"}),
        ("lowerLetter", {2: "b", 0: "0"}), ("numberInDash", {2: "- 2 -"}), ("hex", {26: "1A"}),
        ("taiwaneseCountingThousand", {12: "十二", 205: "二百零五"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 24: "24th"}),
        ("none", {5: ""}), ("ganada", {5: "5"}), ("lowerRoman", {-1: "-1", 0: "0"}),
    ],
)  # fmt: skip
def test_numbers_in_every_form(form: str, written: dict[int, str]):
    """What a form has no sign for, and forms not known, are written in digits."""
    assert {number: write_number(number, form) for number in written} == written
