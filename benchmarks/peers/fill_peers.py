"""DB-02 without QR and 续表 in the words of docx-mailmerge2 and of docxtemplater.

Neither knows conditions on whole paragraphs as docxtpl does, so all three fill the same
smaller template; the texts of every paragraph, cell and footer are compared. What a tag says
besides a name (`{{ x.x_name or '无' }}`, a condition within a line) neither of them can: they are
given the text that is printed, made before the clock starts.
"""

import copy
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import jinja2
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from mailmerge import MailMerge

from filler.word.compiled_template import CompiledTemplate

_TAG = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
_SAID = re.compile(r"\{%\s*if\b.*?\{%\s*endif\s*%\}|\{\{.*?\}\}", re.DOTALL)
_ROW_START = re.compile(r"\{%tr\s+for\s+(\w+)\s+in\s+(\w+)\s*%\}")
_NODE_PACKAGES = ("docxtemplater@3.71.0", "pizzip@3.3.0")
_NODE_SCRIPT = Path(__file__).with_name("docxtemplater_peer.cjs")
_WAIT_SECONDS = 300

Write = Callable[[Any, str], None]  #: put a peer's field for a name in place of a w:t


def compare_mailmerge(
    template: bytes, contexts: Sequence[Mapping[str, Any]], ours_s: float
) -> tuple[float, bool]:
    """How many times longer docx-mailmerge2 takes, and whether the texts are the same."""
    theirs, anchors, said = _converted(template, _as_merge_field, has_loop_tags=False)
    told = [said.context(context) for context in contexts]
    made = [_by_mailmerge(theirs, anchors, context) for context in told[:3]]
    is_equal = _same_texts(template, contexts, made)
    start = time.process_time()
    for context in told:
        _by_mailmerge(theirs, anchors, context)
    seconds = (time.process_time() - start) / len(contexts)
    _tell("docx-mailmerge2", seconds, ours_s, is_equal)
    return seconds / ours_s, is_equal


def compare_docxtemplater(
    template: bytes, contexts: Sequence[Mapping[str, Any]], ours_s: float
) -> tuple[float | None, bool]:
    """The same for docxtemplater; None where Node or its packages are not to be had."""
    packages = _node_packages()
    if packages is None:
        print("docxtemplater: not measured, Node.js or its packages are missing")
        return None, True
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        theirs, _, said = _converted(template, _as_braces, has_loop_tags=True)
        (work / "template.docx").write_bytes(theirs)
        (work / "contexts.json").write_text(
            json.dumps([said.context(context) for context in contexts]), encoding="utf-8"
        )
        done = _run(["node", str(_NODE_SCRIPT), str(packages), folder])
        seconds = json.loads(done)["milliseconds"] / 1000
        made = [(work / f"{number}.docx").read_bytes() for number in range(3)]
    is_equal = _same_texts(template, contexts, made)
    _tell("docxtemplater", seconds, ours_s, is_equal)
    return seconds / ours_s, is_equal


def small_template(whole: Path) -> bytes:
    """The committed template without the QR and without the continuation sheet."""
    document = docx.Document(str(whole))
    for paragraph in document.sections[0].footer.paragraphs:
        for run in paragraph.runs:
            if "qr" in run.text:
                run.text = run.text.replace("{{ qr }}", "")
    depth = 0
    for child in list(document.element.body):
        text = "".join(node.text or "" for node in child.iter(qn("w:t")))
        opens = len(re.findall(r"\{%p\s+if", text))
        if depth or opens:
            document.element.body.remove(child)
        depth += opens - len(re.findall(r"\{%p\s+endif", text))
    return _saved(document)


def _by_mailmerge(template: bytes, anchors: Mapping[str, str], context: Mapping[str, Any]) -> bytes:
    with MailMerge(io.BytesIO(template)) as merged:
        for table, anchor in anchors.items():
            merged.merge_rows(anchor, context[table])
        merged.merge(**{k: v for k, v in context.items() if not isinstance(v, list)})
        stream = io.BytesIO()
        merged.write(stream)
    return stream.getvalue()


class _Said:
    """What tags say besides a name, and under which name a peer is given the text."""

    def __init__(self) -> None:
        self._single: dict[str, Any] = {}  #: name → what prints it
        self._in_rows: dict[str, dict[str, tuple[str, Any]]] = {}  #: table → name → variable, it

    def simplify(self, text: str, variable: str = "", table: str = "") -> str:
        """The same text with nothing but names in its tags."""
        return _SAID.sub(lambda match: self._named(match[0], variable, table), text)

    def context(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """The texts, with what is printed instead."""
        made = {name: one.render(context) for name, one in self._single.items()}
        for table, named in self._in_rows.items():
            made[table] = [
                {**row, **{name: one.render({**context, variable: row})
                           for name, (variable, one) in named.items()}}
                for row in context[table]
            ]  # fmt: skip
        return {**context, **made}

    def _named(self, piece: str, variable: str, table: str) -> str:
        if _TAG.fullmatch(piece):
            return piece
        printer = jinja2.Template(piece)
        if not table:
            name = f"printed{len(self._single)}"
            self._single[name] = printer
            return f"{{{{ {name} }}}}"
        named = self._in_rows.setdefault(table, {})
        name = f"{table}_printed{len(named)}"
        named[name] = (variable, printer)
        return f"{{{{ {variable}.{name} }}}}"


def _simplified(document: Any) -> _Said:
    """Names only in the tags of a document, and what they stood for."""
    said = _Said()
    for element in (document.element.body, document.sections[0].footer._element):
        for paragraph in [one for one in element.iter(qn("w:p")) if "{%tr" not in _text_of(one)]:
            row = next(paragraph.iterancestors(qn("w:tr")), None)
            before = row.getprevious() if row is not None else None
            match = _ROW_START.search(_text_of(before)) if before is not None else None
            _simplify(paragraph, said, *(match.groups() if match else ()))
    return said


def _simplify(paragraph: Any, said: _Said, *around: str) -> None:
    texts = list(paragraph.iter(qn("w:t")))
    if any((one.text or "").count("{%") % 2 for one in texts):  # cut over runs
        texts[0].text = _text_of(paragraph)
        for one in texts[1:]:
            one.text = ""
    for one in texts:
        one.text = said.simplify(one.text or "", *around)


def _converted(
    template: bytes, write: Write, has_loop_tags: bool
) -> tuple[bytes, dict[str, str], _Said]:
    """The peer's template, by table the first field of its row, and what it is given."""
    document = docx.Document(io.BytesIO(template))
    said = _simplified(document)
    anchors: dict[str, str] = {}
    for first, row, last in _loops(document):
        match = _ROW_START.search(_text_of(first))
        assert match
        tags = [_TAG.search(_text_of(node)) for node in row.iter(qn("w:t"))]
        anchors[match[2]] = next(tag[1] for tag in tags if tag).split(".")[-1]
        for marker in (first, last):
            marker.getparent().remove(marker)
        if has_loop_tags:
            texts = list(row.iter(qn("w:t")))
            texts[0].text = f"{{#{match[2]}}}{texts[0].text or ''}"
            texts[-1].text = f"{texts[-1].text or ''}{{/{match[2]}}}"
    for element in (document.element.body, document.sections[0].footer._element):
        for node in list(element.iter(qn("w:t"))):
            if _TAG.search(node.text or ""):
                write(node, node.text)
    return _saved(document), anchors, said


def _loops(document: Any) -> Iterator[tuple[Any, Any, Any]]:
    for table in document.tables:
        rows = [row._tr for row in table.rows]
        for number, row in enumerate(rows):
            if _ROW_START.search(_text_of(row)):
                yield row, rows[number + 1], rows[number + 2]


def _text_of(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def _as_braces(node: Any, text: str) -> None:
    node.text = _TAG.sub(lambda match: "{" + match[1].split(".")[-1] + "}", text)


def _as_merge_field(node: Any, text: str) -> None:
    """Split the run at its tags; each tag becomes a simple MERGEFIELD."""
    run = _alone(node)
    place = 0
    for match in _TAG.finditer(text):
        _add_run(run, text[place : match.start()])
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" MERGEFIELD {match[1].split('.')[-1]} ")
        run.addprevious(field)
        field.append(_run_like(run, f"«{match[1]}»"))
        place = match.end()
    _add_run(run, text[place:])
    run.remove(node)


def _alone(node: Any) -> Any:
    """The node's run, after what stands before the node has moved to a run of its own."""
    run = node.getparent()
    before = [child for child in node.itersiblings(preceding=True) if child.tag != qn("w:rPr")]
    if before:
        other = OxmlElement("w:r")
        if run.rPr is not None:
            other.append(copy.deepcopy(run.rPr))
        other.extend(reversed(before))
        run.addprevious(other)
    return run


def _add_run(run: Any, text: str) -> None:
    if text:
        run.addprevious(_run_like(run, text))


def _run_like(run: Any, text: str) -> Any:
    made = OxmlElement("w:r")
    if run.rPr is not None:
        made.append(copy.deepcopy(run.rPr))
    node = OxmlElement("w:t")
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(node)
    return made


def _same_texts(template: bytes, contexts: Sequence[Any], made: Sequence[bytes]) -> bool:
    ours = CompiledTemplate(template, "DB-02")
    wanted = [_all_text(ours.render(context)) for context in contexts[: len(made)]]
    return wanted == [_all_text(document) for document in made]


def _all_text(data: bytes) -> list[str]:
    """The text of every paragraph that has any, body before footer."""
    document = docx.Document(io.BytesIO(data))
    return [
        text
        for element in (document.element.body, document.sections[0].footer._element)
        for paragraph in element.iter(qn("w:p"))
        if (text := _with_breaks(paragraph).strip())
    ]


def _with_breaks(paragraph: Any) -> str:
    pieces = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(
        pieces.get(node.tag) or node.text or "" for node in paragraph.iter(qn("w:t"), *pieces)
    )


def _node_packages() -> Path | None:
    """Where docxtemplater lies, fetched once into the user's cache."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "minzheng-benchmarks"
    if not (folder / "node_modules" / "docxtemplater").exists():
        folder.mkdir(parents=True, exist_ok=True)
        options = ["--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
        try:
            _run(["npm", "install", *options, *_NODE_PACKAGES])
        except (subprocess.SubprocessError, OSError):
            return None
    return folder / "node_modules"


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_WAIT_SECONDS, check=True
    )
    return done.stdout


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _tell(peer: str, seconds: float, ours_s: float, is_equal: bool) -> None:
    print(
        f"DB-02 without QR and 续表: ours {ours_s * 1000:.2f} ms, {peer} {seconds * 1000:.1f} ms "
        f"CPU a document, ratio {seconds / ours_s:.1f}, same texts: {is_equal}"
    )
