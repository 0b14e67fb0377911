"""docxtpl's own test scripts through our templates: which come out equal, which are refused.

`python -m benchmarks.peers.docxtpl_scripts FOLDER`: the folder `tests` of docxtpl's repository.
Every script runs as it is, in a copy of the folder; what it gives the first template of each name
is given to ours as docs/template_language.md says: a RichText to `{{r name}}`, a sub-document to
a field of type annex, a picture to a field of type photo, other values as texts. Compared is each
part as docxtpl's rendering leaves it, before the script puts other pictures or files into it.
Sub-documents need docxcompose; a script that does not run for docxtpl has no verdict.
"""

import argparse
import contextlib
import copy
import hashlib
import html
import io
import re
import runpy
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import PIL.Image
from docx.oxml.ns import qn
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph
from lxml import etree
from markupsafe import Markup

from filler.errors import RenderError, TemplateError
from filler.form.photo_names import NamedAnnex, NamedPhoto
from filler.word.bindings import Bindings
from filler.word.compiled_template import CompiledTemplate
from tests.filler.test_against_docxtpl import parts_of

_PROPERTIES = frozenset(map(qn, ("w:tcPr", "w:pPr", "w:rPr", "w:trPr", "w:tblPr")))
_SAID = re.compile(r'(\w+)="([^"]*)"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NUMBERS = ("}space", "}paraId", "}textId")
_NO_SCRIPTS = frozenset({"__init__.py", "runtests.py"})


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a script gave a template, and what docxtpl made of it."""

    name: str
    template: bytes
    context: Mapping[str, Any]
    made: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one template of a script by ours."""

    script: str
    template: str
    said: str  #: 相同, 不同, 拒绝 or 没有结果
    why: str = ""


def main() -> None:
    """Run all scripts and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    verdicts = list(judge_scripts(parser.parse_args().folder))
    for one in verdicts:
        print(f"{one.said}  {one.script:32} {one.template:36} {one.why}")
    kinds = {one.said for one in verdicts}
    print({kind: len({v.script for v in verdicts if v.said == kind}) for kind in sorted(kinds)})


def judge_scripts(folder: Path) -> Iterator[Verdict]:
    """A verdict for each template of each script, in the order of their names."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "tests"
        shutil.copytree(folder, copy)
        (copy / "output").mkdir(exist_ok=True)
        for script in sorted(copy.glob("*.py")):
            if script.name not in _NO_SCRIPTS:
                with contextlib.chdir(copy):  # their paths begin there
                    verdicts = list(_judge_script(script))
                yield from verdicts


def _judge_script(script: Path) -> Iterator[Verdict]:
    given, failed = _run(script)
    seen: set[str] = set()
    for one in given:
        if one.name not in seen:
            seen.add(one.name)
            yield judge(script.name, one)
    if not given:
        yield Verdict(script.name, "", "没有结果", failed)


def judge(script: str, one: Rendering) -> Verdict:
    """Ours beside docxtpl's."""
    try:
        given = _Given(one.context)
        compiled = CompiledTemplate(one.template, one.name, bindings=given.bindings)
        made = compiled.render(given.texts, photos=given.files)
    except (TemplateError, RenderError, NotTakenError) as error:
        problems = getattr(error, "problems", (error,))
        return Verdict(script, one.name, "拒绝", "；".join(map(str, problems))[:200])
    ours, theirs = parts_of(made), parts_of(one.made)
    unlike = _unlike(ours, theirs)
    if not unlike:
        return Verdict(script, one.name, "相同")
    still = _unlike(read_parts(ours), read_parts(theirs))
    said = "不同" if still else "相同"
    return Verdict(script, one.name, said, "、".join(still) or "写法不同：" + "、".join(unlike))


def _unlike(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    names = sorted(ours.keys() | theirs.keys())
    return [name for name in names if ours.get(name) != theirs.get(name)]


def read_parts(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Parts as a reader of Word files understands them, whatever way they are written.

    Prefixes, the order of properties, where one run ends and the like one begins, the numbers of
    drawings and paragraphs, the names of pictures and relations say nothing.
    """
    read: dict[str, Any] = {}
    for name, part in parts.items():
        if isinstance(part, bytes) and part.startswith(b"<"):
            folder, _, file = name.rpartition("/")
            read[name] = _read(part, _targets(parts, folder, f"{folder}/_rels/{file}.rels"))
        elif not isinstance(part, list) and "/media/" not in name:
            read[name] = part
    return read


def _targets(parts: Mapping[str, Any], folder: str, relations: str) -> dict[str, str]:
    """Relation → what it leads to; a picture by what it shows."""
    found = {}
    for tag in parts.get(relations, ()):
        said = dict(_SAID.findall(tag.decode()))
        if "Id" in said:
            target = said["Target"]
            data = parts.get(f"{folder}/{target}") if target.startswith("media/") else None
            found[said["Id"]] = target if data is None else hashlib.sha256(data).hexdigest()
    return found


def _read(part: bytes, targets: Mapping[str, str]) -> Any:
    root: Any = etree.fromstring(part)
    for node in root.iter(etree.Element):
        for key, value in node.attrib.items():
            if key.startswith(_RELATION):
                node.set(key, targets.get(value, value))
    for drawing in [*root.iter("{*}docPr"), *root.iter("{*}cNvPr")]:
        drawing.attrib.pop("id", None)
    for paragraph in root.iter(qn("w:p")):
        _join_runs(paragraph)
    return _shape(root)


def _join_runs(paragraph: Any) -> None:
    """Make one run of neighbours that look alike, and one text of theirs."""
    before, worn = None, ()
    for run in list(paragraph.iterchildren(qn("w:r"))):
        looks = _shape(run.find(qn("w:rPr")))
        if before is not None and run.getprevious() is before and looks == worn:
            before.extend(child for child in list(run) if child.tag != qn("w:rPr"))
            paragraph.remove(run)
        else:
            before, worn = run, looks
    for run in paragraph.iterchildren(qn("w:r")):
        _join_texts(run)


def _join_texts(run: Any) -> None:
    last = None
    for child in list(run):
        if child.tag != qn("w:t"):
            last = None
        elif last is None and child.text:
            last = child
        else:
            if last is not None:
                last.text += child.text or ""
            run.remove(child)


def _shape(node: Any) -> Any:
    """A tree as tuples; properties in one order, without what an editor notes for itself."""
    if node is None:
        return ()
    children = [_shape(child) for child in node if isinstance(child.tag, str)]
    if node.tag in _PROPERTIES:
        children.sort(key=repr)
    said = sorted((key, value) for key, value in node.attrib.items() if "rsid" not in key)
    said = [(key, value) for key, value in said if not key.endswith(_NUMBERS)]
    return (node.tag, tuple(said), (node.text or ""), tuple(children))


class NotTakenError(Exception):
    """A value that no field of a form can have."""


class _Given:
    """A context as ours takes it: its texts, its files by hash, and what its names are."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.files: dict[str, bytes] = {}
        self._rich: set[str] = set()
        self._photos: dict[str, str] = {}
        self._row_photos: dict[str, str] = {}
        self._annexes: dict[str, str] = {}
        self.texts = {name: self._value(name, value) for name, value in context.items()}
        self.bindings = Bindings(
            photos=self._photos,
            rich=frozenset(self._rich),
            row_photos=self._row_photos,
            annexes=self._annexes,
        )

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, RichText | RichTextParagraph):
            self._rich.add(name)
            return Markup(str(value))  # docxtpl's own runs
        if isinstance(value, InlineImage):
            self._photos[name] = name
            return self._photo(value)
        if hasattr(value, "subdocx"):
            self._annexes[name] = name
            return self._annex(_alone(value))
        if isinstance(value, list | tuple):
            return [self._row(name, row) for row in value]
        return _as_text(name, value)

    def _row(self, table: str, row: Any) -> Any:
        if not isinstance(row, Mapping):
            return _as_text(table, row)
        made = {}
        for name, value in row.items():
            if isinstance(value, InlineImage):
                self._row_photos[f"{table}.{name}"] = f"{table}.{name}"
                made[name] = self._photo(value)
            else:
                made[name] = _as_text(f"{table}.{name}", value)
        return made

    def _photo(self, image: InlineImage) -> str:
        picture = PIL.Image.open(image.image_descriptor).convert("RGB")
        stream = io.BytesIO()
        picture.save(stream, "JPEG")
        key = self._kept(stream.getvalue())
        return str(NamedPhoto(key, *picture.size))

    def _annex(self, data: bytes) -> str:
        return str(NamedAnnex(self._kept(data), "annex.docx"))

    def _kept(self, data: bytes) -> str:
        key = hashlib.sha256(data).hexdigest()
        self.files[key] = data
        return key


def _alone(subdocument: Any) -> bytes:
    """A sub-document as a file: one that a program made shares the parts of its template."""
    stream = io.BytesIO()
    subdocument.subdocx.save(stream)
    word = docx.Document(stream)
    body = word.element.body
    section = body.sectPr
    for child in list(body):
        body.remove(child)
    for child in subdocument.subdocx.element.body:
        if child.tag != qn("w:sectPr"):
            body.append(copy.deepcopy(child))
    if section is not None:
        body.append(section)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _as_text(name: str, value: Any) -> str:
    """A value as a form's field would have it.

    Raises:
        NotTakenError: it is no value of a field.
    """
    if isinstance(value, Listing):
        return html.unescape(value.xml)
    if isinstance(value, bool) or value is None:
        return "是" if value else ""
    if isinstance(value, int | float | str):
        return str(value)
    raise NotTakenError(f"{name} 的值是 {type(value).__name__}")


def _run(script: Path) -> tuple[list[Rendering], str]:
    """What a script renders, and why it stopped."""
    given: list[Rendering] = []
    render = DocxTemplate.render

    def keep(self: Any, context: Any, *args: Any, **options: Any) -> None:
        source = self.template_file
        template = source.getvalue() if hasattr(source, "getvalue") else Path(source).read_bytes()
        result = render(self, context, *args, **options)
        stream = io.BytesIO()
        self.docx.save(stream)
        name = Path(str(source)).name if not hasattr(source, "getvalue") else "stream"
        given.append(Rendering(name, template, context, stream.getvalue()))
        return result

    arguments = sys.argv
    sys.argv = [script.name]
    DocxTemplate.render = keep
    failed = ""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path(str(script), run_name="__main__")
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever a script does
        failed = f"{type(error).__name__}: {error}"
    finally:
        DocxTemplate.render = render
        sys.argv = arguments
    return given, failed


if __name__ == "__main__":
    main()
