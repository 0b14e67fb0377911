"""Invented rosters of the visit campaign: households of all villages, marked 测试."""

import io
import random
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from stdnum.cn import ric

from filler.roster.columns import BELONGS_TO, NUMBER, form_headings, row_headings
from filler.spec.form_catalogue import load_catalogue
from minzheng.county.registry.places import load_places

_GIVEN = "国明秀英桂兰德才翠花有财发香先贵大芳远志成玉光荣宪家全长福义建军文武春梅"


def make_visit_roster(count: int, seed: int = 1, first: int = 0) -> bytes:
    """A filled ZF-01 roster in two sheets: households, and three policies each."""
    spec = load_catalogue().form("ZF-01")
    table = next(field for field in spec.fields if field.type == "rows")
    book = Workbook(write_only=True)
    main, second = book.create_sheet("走访"), book.create_sheet(table.label)
    slugs = next(households(1, seed))
    main.append([NUMBER, *(form_headings(spec).names[slug] for slug in slugs)])
    names = row_headings(table).names
    second.append([BELONGS_TO, *(names[slug] for slug in ("p_name", "p_should", "p_has"))])
    for number, household in enumerate(households(count, seed, first), start=1):
        main.append([number, *household.values()])
        for policy in ("低保", "医疗救助", "残疾人两项补贴"):
            second.append([number, policy, "是", "是"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def households(count: int, seed: int = 1, first: int = 0) -> Iterator[dict[str, Any]]:
    """Answers of so many households, each of another person; `first` sets rosters apart."""
    source = random.Random(seed)
    villages = load_places().villages
    for number in range(count):
        village = villages[number * len(villages) // count]
        name = "测试" + "".join(source.choice(_GIVEN) for _ in range(2))
        yield {
            "town": village.town,
            "village": village.name,
            "group_no": source.randint(1, 9),
            "team": f"第{source.randint(1, 9)}组",
            "visit_date": "2018-05-07",
            "visit_mode": "入户",
            "name": name,
            "id_no": id_number(first + number, source),
            "phone": f"139{source.randint(0, 99_999_999):08d}",
            "hh_size": source.randint(1, 6),
            "interviewee": name,
            "interviewee_rel": "本人",
            "income_year": f"{source.randint(1000, 90000)}.50",
            "house": "安全",
            "water": "有保障",
            "school": "无学生",
            "medical": "正常",
            "needs": "就医、照料",
            "hardship": "家中老人长期患病，子女在外务工，生活照料有困难。",
            "answers": source.randint(0, 5),
        }


def id_number(number: int, source: random.Random) -> str:
    """A number with a right check digit, different for each household."""
    born = f"19{30 + number // 1000 % 60}{source.randint(1, 12):02d}{source.randint(1, 28):02d}"
    body = f"610927{born}{number % 1000:03d}"
    return body + str(ric.calc_check_digit(body + "0"))
