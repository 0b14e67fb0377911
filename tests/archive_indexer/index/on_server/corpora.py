"""Random documents and questions, small enough to meet one another often."""

import random
from collections.abc import Iterator

from archive_indexer.documents import IndexedDocument, Visible
from archive_indexer.index.index_segment import FILTERS
from archive_indexer.queries import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    HasValue,
    InPath,
    Near,
    Query,
    Without,
    Word,
)
from minzheng.county.writing.chinese_text import fold_for_search

#: With signs that SQL, patterns and arrays give a meaning, rare characters, and letters.
_LETTERS = "低保申请张三李四民主" + "%_\\'\"{}()[]*.?+^$|，,/" + "ab12Ａ測（wǎng）\U00020bb7 \n"
_NAMES = ("张三", "李四", "张 三", "阿依古丽·买买提", "欧阳", "zs", "测")
_IDS = ("610927194001010015", "61092719500202002X", "610927196003030033")
_TOWNS = ("钟宝镇", "城关镇", "", "平利县·城关镇", "平利县·", "安康市·旬阳市·城关镇")
_VILLAGES = ("旧城村", "民主村", "")
_PLACES = (*_TOWNS, "安康市·", "·")  #: what may be asked for: towns, counties, all of them
_DOSSIERS, _YEARS, _FORMS = ("DB", "ET", "LS", ""), ("2018", "2019", ""), ("DB-01", "")
_KINDS, _ORIGINS = ("PDF", "照片", "文本", ""), ("ocr", "text", "")
_FOLDERS = ("钟宝镇/旧城村", "城关镇/100%_a", "收\\件")


class Chance:
    """A source of documents and questions; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self._source = random.Random(seed)
        self._said: list[str] = ["低保", "张三"]

    def documents(self, count: int) -> list[IndexedDocument]:
        """New ones; a path may be one of few, so that documents are replaced."""
        return [self._document() for _ in range(count)]

    def some(self, paths: list[str]) -> list[str]:
        """A few of them."""
        return self._source.sample(paths, min(len(paths), self._source.randint(0, 3)))

    def coin(self) -> bool:
        """Yes or no."""
        return self._source.random() < 0.5

    def queries(self, count: int) -> Iterator[Query]:
        """Questions with filters, rights, orders and pages of hits."""
        for _ in range(count):
            yield self._query()

    def _document(self) -> IndexedDocument:
        one = self._source
        pages = tuple(self._text(one.choice((0, 3, 20, 60))) for _ in range(one.randint(1, 3)))
        if one.random() < 0.2:
            pages = ("申请书 1234567890 1234567890 12345 低保张三",)  # copies of one paper
        self._said += [fold_for_search(page) for page in pages]
        persons = tuple(one.sample(_NAMES, one.randint(0, 2)))
        return IndexedDocument(
            path=f"{one.choice(_FOLDERS)}/{self._text(3)}{one.randint(0, 40)}.pdf",
            sha256=f"{one.randint(0, 9):064}",
            pages=pages,
            town=one.choice(_TOWNS), village=one.choice(_VILLAGES),
            dossier=one.choice(_DOSSIERS), year=one.choice(_YEARS), form_id=one.choice(_FORMS),
            person=one.choice(("", *_NAMES)), title=self._text(4), persons=persons,
            ids=tuple(one.sample(_IDS, one.randint(0, 1))),
            amounts=tuple(one.sample((0, 7, 80_000, 523_050, 10**15), one.randint(0, 2))),
            dates=tuple(one.sample((20180312, 20190400, 20200000), one.randint(0, 2))),
            archive_no=one.choice(("", "DB-2020-Y-0001")), case_no=one.choice(("", "AJ1")),
            kind=one.choice(_KINDS), origin=one.choice(_ORIGINS),
            has_seal=one.choice((True, False, None)), signed=one.choice(("有", "无", None)),
            present=one.random() < 0.8,
        )  # fmt: skip

    def _text(self, length: int) -> str:
        return "".join(self._source.choices(_LETTERS, k=length))

    def _word(self) -> str:
        """Mostly a piece of what was said."""
        one, length = self._source, self._source.choice((1, 2, 2, 2, 3, 4, 6))
        if one.random() < 0.2:
            return fold_for_search(self._text(length))
        text = one.choice(self._said)
        at = one.randrange(max(1, len(text) - length + 1))
        return text[at : at + length]

    def _condition(self, depth: int) -> Condition:
        one = self._source
        if depth and one.random() < 0.4:
            parts = tuple(self._condition(depth - 1) for _ in range(one.randint(0, 3)))
            made = one.choice((AllOf, AnyOf))(parts)
            return Without(made) if one.random() < 0.3 else made
        return one.choice((self._words, self._words, self._fact))()

    def _words(self) -> Condition:
        one = self._source
        if one.random() < 0.2:
            return Near(tuple(self._word() or "低" for _ in range(one.randint(2, 3))))
        return InPath(self._word()) if one.random() < 0.2 else Word(self._word())

    def _fact(self) -> Condition:
        one = self._source
        bounds = sorted(one.choices((-1, 0, 7, 8, 80_000, 523_050, 20180312, 10**15, 10**17), k=2))
        number = one.choice(_IDS)
        return one.choice((
            HasValue("person", tuple(one.sample(_NAMES, 2))),
            HasValue("id", (number,)), HasValue("id_end", (number[-4:],)),
            HasValue("number", (number,)), HasValue("signed", (one.choice("有无"),)),
            HasValue("archive_no", ("db-2020-y-0001",)), HasValue("case_no", ("aj1",)),
            HasValue("town", tuple(one.sample(_PLACES, 2))),
            HasValue(one.choice(FILTERS), (one.choice(("钟宝镇", "DB", "是", "照片", "2018")), "")),
            Between(one.choice(("amounts", "dates")), *bounds),
        ))  # fmt: skip

    def _query(self) -> Query:
        one = self._source
        is_of_words = one.random() < 0.3
        words = tuple(filter(None, (self._word() for _ in range(one.randint(1, 3)))))
        return Query(
            words if is_of_words else (),
            condition=None if is_of_words else self._condition(2),
            limit=one.choice((0, 1, 3, 1000)), offset=one.choice((0, 0, 2, 50)),
            order=one.choice(("best", "best", "date", "path")),
            folds_copies=self.coin(), shows_absent=self.coin(),
            visible=self._visible(),
            among=frozenset(f"{_FOLDERS[0]}/{number}.pdf" for number in range(40))
            if one.random() < 0.1 else None,
            **self._filters(),
        )  # fmt: skip

    def _filters(self) -> dict[str, str]:
        given = {
            "town": _PLACES, "village": _VILLAGES, "dossier": _DOSSIERS, "year": _YEARS,
            "form_id": _FORMS, "kind": _KINDS, "origin": _ORIGINS, "has_seal": ("是", "否", "?"),
        }  # fmt: skip
        chosen = self._source.sample(sorted(given), self._source.choice((0, 0, 0, 1, 2)))
        return {name: self._source.choice(given[name]) for name in chosen}

    def _visible(self) -> Visible:
        one = self._source
        if one.random() < 0.6:
            return Visible()
        return Visible(
            one.choice(_PLACES), one.choice(_VILLAGES),
            frozenset(one.sample(("DB", "ET", "LS"), one.randint(0, 2))), one.random() < 0.1,
        )  # fmt: skip
