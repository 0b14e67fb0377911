"""All traces of people of one name as a spreadsheet, with how far each case has come."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from minzheng.county.town_names import place_in_words
from minzheng.external.files.file_properties import FileProperties
from minzheng.inspection.list_book import write_list
from minzheng.inspection.person_timeline import PersonTraces

_COLUMNS = (
    ("姓名", 12), ("身份证号", 21), ("年度", 8), ("日期", 12), ("步骤", 10), ("材料", 36),
    ("来源", 10), ("专档", 12), ("表号", 9), ("镇村", 18), ("案件编号", 24), ("页", 6),
    ("说明", 30),
)  # fmt: skip
_KINDS = {"own": "", "list": "名单上有", "mention": "别人的材料，提到"}


def write_traces(
    watermark: str,
    people: Iterable[tuple[PersonTraces, str]],
    hide: Callable[[str], str],
    dossiers: Mapping[str, str],
    *,
    properties: FileProperties,
) -> bytes:
    """One sheet; each person under the name that may be shown, what `hide` hides hidden."""
    lines = (line for one, name in people for line in _lines(one, name, hide, dossiers))
    return write_list(watermark, "查人", _COLUMNS, lines, properties=properties)


def _lines(
    person: PersonTraces, name: str, hide: Callable[[str], str], dossiers: Mapping[str, str]
) -> Iterator[Sequence[str]]:
    who = (name, hide(person.id_no) or "没有查到")
    for case in person.cases:
        told = [f"没有查到：{'、'.join(case.gaps)}"] if case.gaps else []
        told += [f"已出具，没有扫描件：{'、'.join(case.unscanned)}"] if case.unscanned else []
        dossier = dossiers.get(case.dossier, case.dossier)
        said = "；".join(told) or "各步都查到了材料"
        yield (*who, "", "", "案件", "", "", dossier, "", "", case.case_no, "", said)
    for one in person.traces:
        said = "，".join(
            filter(None, (_KINDS[one.kind], hide(one.because), "" if one.present else "曾存在"))
        )
        yield (
            *who, one.year_shown, f"{one.day:%Y-%m-%d}" if one.day else "", one.step or "其他",
            hide(one.title), one.source, dossiers.get(one.dossier, one.dossier), one.form_id,
            place_in_words(one.town, one.village), one.case_no,
            str(one.page) if one.source == "扫描件" else "", said,
        )  # fmt: skip
