"""CPU per document: our compiled template against three peers, on DB-02, outputs compared.

Each peer is used as its documentation says: open the template, fill, save, for each
document. All write to memory and get the same texts. `python benchmarks/fill.py [--quick]`.
"""

import argparse
import datetime as dt
import hashlib
import io
import json
import re
import resource
import time
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from benchmarks import machine
from benchmarks.peers.fill_peers import compare_docxtemplater, compare_mailmerge, small_template
from filler.fill_form import fill_form
from filler.records.case_store import MemoryCaseStore
from filler.spec.form_catalogue import Catalogue, load_catalogue
from filler.values.derive import derive
from filler.values.read_answers import read_answers
from filler.word.compiled_template import CompiledTemplate
from filler.word.page_texts import page_texts
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.form_code import FormCode
from minzheng.external.qr_codes import draw_qr

ANSWERS = Path(__file__).resolve().parents[1] / "tests" / "samples" / "answers" / "DB-02.toml"
TEMPLATE = TEMPLATES_FOLDER / "01_dibao" / "DB-02.docx"
TODAY = dt.date(2026, 11, 23)
_NUMBER = re.compile(rb"(?<=<wp:docPr) id=\"\d+\"")
RSS_COUNTS = {True: 2000, False: 10_000}
COUNTS = {True: (12, 120), False: (60, 2000)}  #: quick → documents by docxtpl, by us


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    print(machine())
    growth = _memory_growth(RSS_COUNTS[quick])
    plain, with_qr = _compare(quick, has_qr=False), _compare(quick, has_qr=True)
    whole = whole_path(COUNTS[quick][1])
    print(f"whole path with reading, checking and numbering: {whole * 1000:.2f} ms a document")
    mailmerge, docxtemplater = _compare_peers(quick)
    result = {
        "docxtpl_ratio": round(plain[0], 1),
        "docxtpl_ratio_qr": round(with_qr[0], 1),
        "mailmerge_ratio": round(mailmerge[0], 1),
        "docxtemplater_ratio": docxtemplater[0] and round(docxtemplater[0], 1),
        "equal_outputs": all(one[1] for one in (plain, with_qr, mailmerge, docxtemplater)),
        "rss_growth_mib": round(growth, 1),
    }
    print(json.dumps(result))


def _compare_peers(quick: bool) -> tuple[tuple[float, bool], tuple[float | None, bool]]:
    peers_count, ours_count = COUNTS[quick]
    template = small_template(TEMPLATE)
    contexts = [_context(number)[0] for number in range(peers_count * 2)]
    compiled = CompiledTemplate(template, "DB-02")
    ours_s = _cpu(compiled.render, (contexts * ours_count)[:ours_count])
    return (
        compare_mailmerge(template, contexts, ours_s),
        compare_docxtemplater(template, contexts, ours_s),
    )


def _memory_growth(count: int) -> float:
    """MiB that the process grows by over this many documents, each with its own QR."""
    compiled = CompiledTemplate(TEMPLATE.read_bytes(), "DB-02")
    contexts = [_context(number) for number in range(50)]
    for context in contexts * 4:
        compiled.render(*context)
    before = _resident_mib()
    for number in range(count):
        compiled.render(*contexts[number % len(contexts)])
    growth = _resident_mib() - before
    print(f"memory over {count} documents: {growth:+.1f} MiB")
    return growth


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def _compare(quick: bool, has_qr: bool) -> tuple[float, bool]:

    theirs_count, ours_count = COUNTS[quick]
    template = _template(has_qr)
    contexts = [_context(number) for number in range(max(theirs_count, ours_count))]
    compiled = CompiledTemplate(template, "DB-02")
    ours = [compiled.render(*context) for context in contexts[:3]]
    theirs = [fill_by_docxtpl(template, *context, has_qr) for context in contexts[:3]]
    equal = all(_parts(a) == _parts(b) for a, b in zip(ours, theirs, strict=True))
    ours_s = _cpu(lambda one: compiled.render(*one), contexts[:ours_count])
    theirs_s = _cpu(lambda one: fill_by_docxtpl(template, *one, has_qr), contexts[:theirs_count])
    label = "with QR" if has_qr else "without QR"
    print(
        f"DB-02 {label}: ours {ours_s * 1000:.2f} ms, docxtpl {theirs_s * 1000:.1f} ms "
        f"CPU a document, ratio {theirs_s / ours_s:.1f}, same outputs: {equal}"
    )
    return theirs_s / ours_s, equal


def _cpu(work: Callable[[Any], object], items: Sequence[Any]) -> float:
    work(items[0])
    start = time.process_time()
    for item in items:
        work(item)
    return (time.process_time() - start) / len(items)


def fill_by_docxtpl(template: bytes, context: dict[str, Any], qr: str, has_qr: bool) -> bytes:
    """Open, fill, save, as its documentation says."""
    word = DocxTemplate(io.BytesIO(template))
    given = dict(context)
    if has_qr:
        given["qr"] = InlineImage(word, io.BytesIO(draw_qr(qr)), Mm(14), Mm(14))
    word.render(given, autoescape=True)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _template(has_qr: bool) -> bytes:
    """The committed template; without QR its tag is taken out."""
    document = docx.Document(str(TEMPLATE))
    if not has_qr:
        for paragraph in document.sections[0].footer.paragraphs:
            for run in paragraph.runs:
                run.text = run.text.replace("{{ qr }}", "") if "qr" in run.text else run.text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _context(number: int) -> tuple[dict[str, Any], str]:
    """The sample household under its own number, name and income."""

    catalogue = _catalogue()
    answers = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
    answers |= {"case_no": f"DB-103200-2018-{number % 10000:04d}", "inc_total": 1000 + number}
    spec = catalogue.form("DB-02")
    scope = derive(spec, read_answers(spec, answers)[0], catalogue.facts, TODAY)
    code = FormCode(spec.id, spec.version, scope.case_no)
    return page_texts(scope), code.qr_text()


def docxtpl_seconds(count: int) -> float:
    """CPU seconds of DB-02 filled by docxtpl, without a QR."""
    template = _plain_template()
    contexts = [_context(number) for number in range(count)]
    start = time.process_time()
    for context in contexts:
        fill_by_docxtpl(template, *context, has_qr=False)
    return (time.process_time() - start) / count


@cache
def _plain_template() -> bytes:
    return _template(has_qr=False)


def whole_path(count: int) -> float:
    """CPU seconds of DB-02 from answers to a Word file, kept in memory."""
    answers = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
    store, catalogue = MemoryCaseStore(), _catalogue()
    start = time.process_time()
    for _ in range(count):
        fill_form("DB-02", answers, issued_by="x", today=TODAY, catalogue=catalogue, store=store)
        store.issued.clear()
    return (time.process_time() - start) / count


def _parts(docx: bytes) -> dict[str, bytes]:
    """What a reader sees: canonical parts; pictures by content, drawings without their number."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {
            name: _NUMBER.sub(
                b"", etree.tostring(etree.fromstring(archive.read(name)), method="c14n")
            )
            for name in archive.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        }
        pictures = sorted(
            hashlib.sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
            if name.startswith("word/media/")
        )
    return parts | {"pictures": "".join(pictures).encode()}


@cache
def _catalogue() -> Catalogue:
    return load_catalogue()


if __name__ == "__main__":
    main()
