"""How right the typed fields of papers are: generated scans, forms without code, the demo village.

`python -m benchmarks.fields [--quick]`. Recall and precision of names, ID numbers, amounts and
dates on drawn pages read by OCR; forms found by title and layout from their printed texts;
form and person of every readable file of the demo village. Officials who only sign are nobody
a paper is about and are left out of the truth.
"""

import argparse
import json
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from archive_indexer.documents import ExtractedPage, Filing
from archive_indexer.filing.classify import Known, classify
from archive_indexer.reading.read_page import read_page_image
from benchmarks import machine
from benchmarks.scanned_pages import ScannedPage, make_pages
from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import PROJECT_FOLDER, TEMPLATES_FOLDER
from minzheng.county.county import read_county

_SEED = 43  #: pages that nobody looked at while the rules were made
_GOLDEN = PROJECT_FOLDER / "tests" / "golden"
_OFFICIAL = re.compile(r"(?:负责人|经办人)[：:\s]*([㐀-鿿]{2,3})")
_DAY = re.compile(r"(\d{4})\D+(\d+)\D+(\d+)")
#: Path's end → form, chief person, how many people; files that name nobody are listed, too.
_VILLAGE = {
    "/1 申请书.pdf": ("DB-01", "测试周桂兰", 3), "1 申请书 - 副本.pdf": ("DB-01", "测试周桂兰", 3),
    "101523.jpg": ("COM-03", "测试周桂兰", 3), "审批表(盖章).tif": ("DB-02", "测试周桂兰", 2),
    "入户调查表-测试周桂兰.docx": ("COM-03", "测试周桂兰", 3),
    "扫描全能王 2018-07-02 10.22.pdf": ("DB-03", "", 18), "公示栏照片.jpg": ("GS-01", "", 18),
    "公示表.docx": ("GS-01", "", 18), "低保户名单.xls": ("", "", 18),
    "低保户名单(最终版)(改).xlsx": ("", "", 18),
    "临时救助申请　测试吴德才.png": ("", "测试吴德才", 1),
    "测试郑翠花 护理协议.pdf": ("", "测试郑翠花", 1), "两补审批.jpg": ("", "测试唐远志", 1),
    "高龄花名册.png": ("", "", 2), "走访记录 一组.pdf": ("", "测试杨发香", 1),
    "医疗救助票据.jpg": ("", "测试罗先贵", 1), "101611.jpg": ("COM-03", "", 0),
    "101702.jpg": ("COM-03", "", 0), "通知(繁體).txt": ("", "", 0), "发放说明.txt": ("", "", 0),
}  # fmt: skip


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    print(machine())
    known = Known(read_county(), read_form_marks(TEMPLATES_FOLDER))
    pages = list(make_pages(14 if options.quick else 56, _SEED))
    result = {"pages": _measure_pages(pages, known), "forms": _measure_forms(known)}
    result["village"] = _measure_village()
    print(json.dumps(result, ensure_ascii=False))


def _measure_pages(pages: list[ScannedPage], known: Known) -> dict[str, object]:
    counts = {kind: [0, 0, 0] for kind in ("name", "id", "amount", "date")}
    seconds = 0.0
    for page in pages:
        read = read_page_image(page.image, 1)
        begun = time.process_time()
        filing = classify("扫描.jpg", (read,), known)
        seconds += time.process_time() - begun
        for kind, (true, found) in _compare(page, read, filing).items():
            for place, number in enumerate((len(true & found), len(true), len(found))):
                counts[kind][place] += number
    shown: dict[str, object] = {"ms_a_page": round(1000 * seconds / len(pages), 1)}
    for kind, (both, true, found) in counts.items():
        print(f"{kind:7} recall {both}/{true}, precision {both}/{found}")
        shown[kind] = {"recall": round(both / true, 4), "precision": round(both / found, 4)}
    return shown


def _compare(
    page: ScannedPage, read: ExtractedPage, filing: Filing
) -> dict[str, tuple[set[str], set[str]]]:
    officials = set(_OFFICIAL.findall(re.sub(r"\s", "", read.text)))
    drawn: dict[str, set[str]] = {}
    for token in page.tokens:
        drawn.setdefault(token.kind, set()).add(token.text)
    names = {one for one in drawn.get("name", set()) if not _is_among(one, officials)}
    figures = {one for one in drawn.get("amount", set()) if one[0].isdigit()}
    days = {_as_day(one) for one in drawn.get("date", set())}
    ids = {one.value for one in filing.ids if one.confidence > 0.5}
    dates = {one.value for one in filing.dates}
    undrawn = {_as_day(match[0]) for match in _DAY.finditer(read.text)} - days
    return {
        "name": (names, {one.value for one in filing.persons}),
        "id": (drawn.get("id", set()), ids),
        "amount": (figures, {one.value for one in filing.amounts}),
        "date": (days, dates - undrawn),  # a day that stands there is no error
    }


def _is_among(name: str, others: set[str]) -> bool:
    return any(name.startswith(one) or one.startswith(name) for one in others)


def _as_day(text: str) -> str:
    match = _DAY.match(text)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text


def _measure_forms(known: Known) -> dict[str, object]:
    """Forms found, and taken for another, of all forms; with and without title."""
    result: dict[str, object] = {}
    for title in (True, False):
        for lost in (0.0, 0.03):
            right = wrong = 0
            for form_id, page in _forms(title, lost):
                guess = known.form_finder.find([page])
                right += guess is not None and guess.value == form_id
                wrong += guess is not None and guess.value != form_id
            key = f"{'with' if title else 'without'}_title_{lost:.0%}_lost"
            result[key] = {"right": right, "wrong": wrong, "of": len(known.forms)}
            print(f"forms {key}: {right} of {len(known.forms)}, {wrong} wrong")
    return result


def _forms(title: bool, lost: float) -> Iterator[tuple[str, ExtractedPage]]:
    for file in sorted(_GOLDEN.glob("*.filled.txt")):
        rows = file.read_text(encoding="utf-8").split("\n")
        kept = [row for row in rows if "[QR]" not in row and not row.startswith("—")]
        text = "\n".join(kept[0 if title else 1 :]).replace(" / ", "").replace("|", " ")
        source = random.Random(file.name)
        seen = "".join(one for one in text if one.isspace() or source.random() >= lost)
        yield file.name.split(".")[0], ExtractedPage(1, seen)


def _measure_village() -> dict[str, object]:
    """The demo village, indexed as a user would."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "minzheng.cli.main"]
        subprocess.run([*command, "demo", f"{folder}/d"], cwd=PROJECT_FOLDER, check=True)
        config = f"{folder}/d/config.toml"
        subprocess.run(
            [*command, "--config", config, "index", f"{folder}/d/archive"],
            cwd=PROJECT_FOLDER, check=True,
        )  # fmt: skip
        database = sqlite3.connect(Path(folder) / "d" / "data" / "minzheng.sqlite3")
        kept = database.execute("SELECT path, filing FROM archive_indexer_archivedfile").fetchall()
        database.close()
    wrong = []
    for end, truth in _VILLAGE.items():
        filing = next(json.loads(text) for path, text in kept if path.endswith(end))
        found = (_value(filing, "form_id"), _value(filing, "person"), len(filing["persons"]))
        if found != truth:
            wrong.append(f"{end}: {found}")
    print(f"village: {len(_VILLAGE) - len(wrong)} of {len(_VILLAGE)} files right", *wrong)
    return {"right": len(_VILLAGE) - len(wrong), "of": len(_VILLAGE)}


def _value(filing: dict[str, dict[str, str] | None], name: str) -> str:
    return (filing[name] or {}).get("value", "")


if __name__ == "__main__":
    main()
