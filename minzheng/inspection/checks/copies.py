"""What a scan says otherwise than the document that was issued here, whose code it bears (补4)."""

from collections.abc import Iterator

from minzheng.inspection.checks.asked import Asked, cite, doubt
from minzheng.inspection.checks.papers import Paper
from minzheng.inspection.checks.unlike_issued import LEFT_OUT, STRUCK, TICK, Unlike, from_kept
from minzheng.inspection.checks.village_papers import VillagePapers
from minzheng.inspection.doubts import Doubt


def copies_differ(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """补4: a number, amount or name on the paper that was not issued; neither is believed."""
    records = {(one.form_id, one.case_no): one for one in papers.papers if not one.is_scan}
    for scan in papers.papers:
        found = from_kept(scan.text("unlike"))
        record = records.get((scan.form_id, scan.case_no))
        if found and record and scan.village == papers.village:
            yield _doubt(record, scan, found, asked)


def _doubt(record: Paper, scan: Paper, found: list[Unlike], asked: Asked) -> Doubt:
    what = "；".join(map(_said, found))
    issued = ((one.kind, one.issued) for one in found)
    read = ((one.kind, one.read) for one in found)
    return doubt(
        asked,
        (scan.form_id, scan.case_no, *sorted(one.read or one.issued for one in found)),
        record.text("name") or scan.text("name") or scan.case_no,
        f"出具的{asked.title_of(record)} 与 扫描件不一致：{what}",
        cite(asked, record, *issued), cite(asked, scan, *read),
        year=record.year,
    )  # fmt: skip


def _said(one: Unlike) -> str:
    if one.kind == STRUCK:
        return f"{one.issued or '有一处'}被划掉或改写，读作“{one.read}”，请看原件"
    if one.kind == LEFT_OUT:
        return f"出具的{one.issued}，纸上没有读到，请看原件"
    if one.kind == TICK:
        issued = f"出具时勾的是{one.issued}" if one.issued else "出具时没有勾"
        return f"{issued}，纸上勾了{one.read}"
    if one.issued:
        return f"{one.kind}出具的是{one.issued}，纸上是{one.read}"
    return f"纸上有{one.kind}{one.read}，出具时没有"
