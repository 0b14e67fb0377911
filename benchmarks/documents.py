"""Invented documents of about 850 characters, with the words of the trade and a Zipf tail."""

import random
from collections.abc import Iterator
from itertools import accumulate

from pypinyin.phrases_dict import phrases_dict

from archive_indexer.documents import IndexedDocument
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.places import load_places
from script.samples.drawn_papers import make_name

_COMMON = (
    "家庭成员", "最低生活保障", "身份证号", "入户调查", "民主评议", "公示期满", "无异议",
    "致困原因", "因病", "因残", "缺劳力", "年老体弱", "救助标准", "保障金额", "村民委员会",
    "审核审批", "经办人签字", "申请理由", "家庭年收入", "建档立卡",
)  # fmt: skip
_LENGTH = 850
_WEIGHTS = [19, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def make_documents(count: int, seed: int = 1) -> Iterator[IndexedDocument]:
    """Documents of 58 villages, 15 dossiers and nine years."""
    source = random.Random(seed)
    words = [word for word in phrases_dict if 2 <= len(word) <= 4]
    source.shuffle(words)
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    villages, dossiers = load_places().villages, load_dossiers().all
    for number in range(count):
        village, dossier = source.choice(villages), source.choice(dossiers)
        year = str(source.randint(2016, 2024))
        text = _text(source, words, weights, village.town + village.name)
        yield IndexedDocument(
            path=f"{village.town}/{village.name}/{dossier.no}/{year}/{number:06d}.pdf",
            sha256=f"{number:064x}",
            pages=(text,),
            town=village.town,
            village=village.name,
            dossier=dossier.code,
            year=year,
            title=f"{dossier.short_name}材料",
        )


def _text(source: random.Random, words: list[str], weights: list[float], place: str) -> str:
    digits = "".join(str(source.randint(0, 9)) for _ in range(7))
    birth = f"19{source.randint(30, 99)}{source.randint(1, 12):02d}{source.randint(1, 28):02d}"
    head = f"{place} 姓名 {make_name(source)} 身份证号 610927{birth}{digits[:4]} "
    money = f"金额 {source.randint(100, 99999)}.{source.randint(0, 99):02d} 元 "
    commons = [source.choice(_COMMON) for _ in range(25)]
    tail = source.choices(words, cum_weights=weights, k=250) + commons
    source.shuffle(tail)
    return (head + money + "，".join(tail))[:_LENGTH]
