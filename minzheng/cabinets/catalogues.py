"""The catalogues of a cabinet: the whole of it, one dossier's boxes, every paper (DA/T 22)."""

from collections.abc import Iterator, Mapping
from typing import Any

from minzheng.cabinets.cabinet import Box, Cabinet, Item
from minzheng.county.registry.dossiers import Dossiers

#: The columns of 归档文件目录 as DA/T 22 names them.
ITEM_COLUMNS = ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
CABINET_COLUMNS = ("序号", "专档", "格位", "盒数", "件数", "页数", "起止年度", "未编号")
_UNKNOWN_DAY, _NOT_TOLD = "日期不详", "另行登记"
_NO_YEARS = "还没有档案"


def item_rows(items: Iterator[Item] | tuple[Item, ...]) -> list[tuple[str, ...]]:
    """Every item as a row of 归档文件目录."""
    return [
        (
            str(at), one.archive_no, one.doc_no, one.author, one.title, one.day, "",
            str(one.pages), _remark(one),
        )
        for at, one in enumerate(items, start=1)
    ]  # fmt: skip


def cabinet_rows(
    cabinet: Cabinet, dossiers: Dossiers, slots: Mapping[str, str], hidden: frozenset[str]
) -> list[tuple[str, ...]]:
    """Each dossier with its slot, boxes, items and years: 专柜总目录."""
    rows: list[tuple[str, ...]] = []
    for one in dossiers.all:
        if one.code in hidden:
            continue
        items, boxes = cabinet.items_in(one.code), cabinet.boxes_of(one.code)
        waiting = sum(paper.dossier == one.code for paper in cabinet.unnumbered)
        rows.append((
            str(len(rows) + 1), one.short_name, slot_of(one.short_name, one.no, slots),
            str(len(boxes)), str(len(items)), str(sum(item.pages for item in items)),
            years_of(items), str(waiting or ""),
        ))  # fmt: skip
    return rows


def slot_of(name: str, number: str, slots: Mapping[str, str]) -> str:
    """The slot that was registered for a dossier, else its number: the same in each village."""
    return slots.get(name, "") or number


def years_of(items: tuple[Item, ...]) -> str:
    """From which year to which: 2017—2020."""
    years = sorted({one.year for one in items})
    return "—".join(dict.fromkeys((years[0], years[-1]))) if years else ""


def cabinet_answers(
    cabinet: Cabinet, dossiers: Dossiers, slots: Mapping[str, str], day: str
) -> dict[str, Any]:
    """What ZH-03 asks, answered by the cabinet itself."""
    rows = []
    for one in dossiers.all:
        items = cabinet.items_in(one.code)
        slot = slot_of(one.short_name, one.no, slots)
        if one.code in cabinet.hidden:  # nought would be untrue
            rows.append({"dossier": one.short_name, "slot": slot, "remark": _NOT_TOLD})
            continue
        rows.append({
            "dossier": one.short_name,
            "boxes": str(len(cabinet.boxes_of(one.code))),
            "items": str(len(items)),
            "years": years_of(items) or _NO_YEARS,
            "slot": slot,
        })  # fmt: skip
    return {**_place(cabinet), "as_of": day, "rows": rows}


def handed_over(cabinet: Cabinet, dossiers: Dossiers) -> list[dict[str, str]]:
    """What is handed over with a cabinet (ZH-10): boxes and items of each dossier that has some."""
    return [
        {
            "dossier": one.short_name,
            "boxes": str(len(cabinet.boxes_of(one.code))),
            "pieces": str(len(items)),
            "state": "完好",
        }
        for one in dossiers.all
        if (items := cabinet.items_in(one.code))
    ]


def box_answers(cabinet: Cabinet, box: Box, dossiers: Dossiers, day: str) -> dict[str, Any]:
    """What ZH-04 asks of one box."""
    dossier = dossiers.by_code(box.dossier)
    rows = [
        {
            "archive_no": one.archive_no,
            "doc_no": one.doc_no,
            "author": one.author,
            "title": one.title,
            "d": _as_date(one.day),
            "pages": str(one.pages),
            "remark": _remark(one),
        }
        for one in box.items
    ]
    return {
        **_place(cabinet),
        "dossier": dossier.short_name if dossier else box.dossier,
        "year": box.year,
        "box_no": str(box.number),
        "made_on": day,
        "rows": rows,
    }


def cover_answers(
    cabinet: Cabinet, box: Box, dossiers: Dossiers, county: str, day: str
) -> dict[str, Any]:
    """What a box's cover and spine (ZH-06, ZH-06B) ask."""
    dossier, village = dossiers.by_code(box.dossier), cabinet.village
    return {
        **_place(cabinet),
        "fonds": f"{county}{village.town}{village.committee}",
        "fonds_no": village.fonds_no,
        "dossier": dossier.short_name if dossier else box.dossier,
        "year": box.year,
        "period": box.period,
        "first_no": str(box.first),
        "last_no": str(box.last),
        "box_no": str(box.number),
        "made_on": day,
    }


def _place(cabinet: Cabinet) -> dict[str, str]:
    return {"town": cabinet.village.town, "village": cabinet.village.name}


def _as_date(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else ""


def _remark(item: Item) -> str:
    told = (item.remark, "" if item.day or not item.file else _UNKNOWN_DAY)
    return "；".join(filter(None, told))
