"""A record is filled into a mould of one like it, and comes out as if it had been parsed."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache

import pytest
from lxml import etree

from filler import fill_form
from filler.form.form_data import FormData
from filler.print_run import merge_documents, record_mould
from filler.print_run.record_mould import Cast, OwnNumbers
from filler.values.derive import derive
from filler.word import compiled_template, form_template, property_texts
from filler.word.form_template import kept_template, load_template
from filler.word.joining.packed_parts import PackedStream
from filler.word.joining.record_package import KeptFile, RecordPackage
from tests.filler.conftest import TODAY
from tests.filler.ids.every_id import PIECES
from tests.filler.print_run.records import SPACES, record
from tests.strict_reader import faults_of


@pytest.fixture
def parsed(monkeypatch):
    """How many records were parsed, as they are merged."""
    counted: list[int] = []
    add = merge_documents._Merger._add_record

    def counting(merger, *given, **more):
        counted.append(merger.count)
        add(merger, *given, **more)

    monkeypatch.setattr(merge_documents._Merger, "_add_record", counting)
    return counted


def merged(documents: Iterable[bytes]) -> dict[str, bytes]:
    """Every part of the run, as a reader sees it."""
    stream = io.BytesIO()
    merge_documents.merge_documents(documents, stream)
    with zipfile.ZipFile(stream) as archive:
        assert archive.testzip() is None
        return {name: _seen(name, archive.read(name)) for name in archive.namelist()}


def _seen(name: str, data: bytes) -> bytes:
    is_xml = name.endswith((".xml", ".rels"))
    return etree.tostring(etree.fromstring(data), method="c14n") if is_xml else data


def without_moulds(documents: Iterable[bytes], monkeypatch) -> dict[str, bytes]:
    """The same run with every record parsed."""
    with monkeypatch.context() as patch:
        patch.setattr(record_mould, "_MOST_MOULDS", 0)
        return merged(documents)


@pytest.fixture
def visit_papers(fill, visits):
    """Seven forms of one shape, with texts that XML writes otherwise and over several lines."""
    answers = [*visits(5), *visits(2)]
    answers[3]["hardship"] = "第一行 <低保> & “救助”'\"\n第二行\t后\n第三行"
    answers[5]["hardship"] = "]]> &amp; 90917"
    return [fill("ZF-01", one).docx for one in answers]


def test_a_run_is_the_same_as_with_every_record_parsed(visit_papers, monkeypatch, parsed):
    """Part by part: texts, numbers, names, relations."""
    with_moulds = merged(visit_papers)
    once = list(parsed)
    assert with_moulds == without_moulds(visit_papers, monkeypatch)
    assert len(once) == 4  # the first, the one learned from with its trial, the last


@pytest.mark.parametrize("first_look", [1, 2, 4])
def test_what_records_had_in_common_may_be_otherwise_in_a_later_one(
    first_look, fill, visits, monkeypatch, parsed
):
    """Texts of the form as well: each record comes out with its own."""
    monkeypatch.setattr(record_mould, "_FIRST_LOOK", first_look)
    whole = [fill("ZF-01", one).docx for one in [*visits(3)] * 4]
    whole[7] = _changed(whole[7], "家庭".encode(), "住户".encode())
    whole[9] = _changed(whole[9], b"</w:t>", b'1</w:t><w:br/><w:t xml:space="preserve">2</w:t>')
    whole[10] = _changed(whole[10], b"</w:t>", "！</w:t>".encode())
    assert merged(whole) == without_moulds(whole, monkeypatch)


@pytest.mark.parametrize("form", ["DB-01", "DB-02", "TK-02", "GL-02", "LS-06", "CB-01"])
def test_other_forms_too(form, fill, answers_of, monkeypatch, parsed):
    """Pages, lists and boxes of each as they are parsed."""
    whole = fill(form, answers_of(form)).docx
    documents = [_changed(whole, b"</w:t>", b"%d</w:t>" % number) for number in range(5)]
    assert merged(documents) == without_moulds(documents, monkeypatch)


@pytest.mark.parametrize("kind", PIECES)
def test_whatever_bears_a_number_is_numbered_as_if_parsed(kind, fill, visits, monkeypatch):
    """By the mould, or by the parser where a mould has no marks for it."""
    piece = PIECES[kind].replace("{n}", "1")
    more = f"<w:body><w:p {SPACES}>{piece}</w:p>".encode()
    documents = [_changed(fill("ZF-01", one).docx, b"<w:body>", more) for one in visits(5)]
    assert merged(documents) == without_moulds(documents, monkeypatch)


def test_a_record_that_is_otherwise_is_parsed(fill, visits, monkeypatch):
    """A paragraph more, a damaged text: a parser looks at it."""
    documents = [fill("ZF-01", one).docx for one in visits(5)]
    odd = _changed(documents[3], b"<w:body>", b"<w:body><w:p/>")
    mixed = [*documents[:3], odd, *documents[4:]]
    assert merged(mixed) == without_moulds(mixed, monkeypatch)
    torn = _changed(documents[3], b"</w:t>", b" & </w:t>")
    with pytest.raises(etree.XMLSyntaxError):
        merged([*documents[:3], torn, *documents[4:]])


def test_records_with_notes_of_their_own_are_parsed(monkeypatch):
    """Notes, comments, lists and charts are numbered over the whole run."""
    documents = [record(name) for name in "甲乙丙丁戊"]
    assert merged(documents) == without_moulds(documents, monkeypatch)


def test_a_strange_record_is_refused_behind_a_mould(visit_papers):
    """What all records share is another's there."""
    strange = _changed(visit_papers[4], b'w:line="276"', b'w:line="9"', part="word/styles.xml")
    with pytest.raises(merge_documents.BatchError, match="第 5 份的样式不同"):
        merged([*visit_papers[:4], strange, *visit_papers[5:]])


def test_a_number_like_a_mark_keeps_its_record_from_being_learned(visit_papers, monkeypatch):
    """Nothing that stands in a template is taken for a mark."""
    like = f"<w:t>{record_mould.TRIAL_RECORD + 1}</w:t>".encode()
    documents = [_changed(one, b"<w:t>", like[:-6] + b"</w:t><w:t>") for one in visit_papers]
    assert merged(documents) == without_moulds(documents, monkeypatch)


def test_a_part_is_filled_with_texts_and_numbers():
    """Each mark by what belongs there."""
    marks = b'a909171000001b id="909172000003" r:id="rIdM909175000002" 909176000000'
    own = OwnNumbers({2: 40, 6: 7}, ["rIdM8", "rIdM9"])
    filled = Cast.of(marks).filled([b"", "乙".encode()], own)
    assert filled == 'a乙b id="43" r:id="rIdM9" 7'.encode()


def _changed(docx: bytes, old: bytes, new: bytes, part: str = "word/document.xml") -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(old, new, 1) if name == part else data)
    return stream.getvalue()


_NUMBERS = re.compile(rb"(<w:(?:perm|bookmark)(?:Start|End) [^>]*w:id=\")\d+")


def kept(docx: bytes) -> KeptFile:
    """As the ledger hands on what was issued."""
    return KeptFile(docx, hashlib.sha256(docx).hexdigest())


def without_numbers(run: dict[str, bytes]) -> dict[str, bytes]:
    """All but what ranges and bookmarks are called: that must differ, no more."""
    return {name: _NUMBERS.sub(rb"\1", data) for name, data in run.items()}


@pytest.fixture
def taken(monkeypatch):
    """How many bodies were taken as they lie."""
    counted: list[int] = []
    copy = PackedStream.copy

    def counting(stream, piece):
        counted.append(piece.size)
        copy(stream, piece)

    monkeypatch.setattr(PackedStream, "copy", counting)
    return counted


def test_bodies_of_issued_files_are_taken_as_they_lie(visit_papers, taken):
    """The run says the same as one whose bodies were read; no number stands twice."""
    run = merged(map(kept, visit_papers))
    assert len(taken) == 4  # all but the first, the one learned from, and the last
    assert without_numbers(run) == without_numbers(merged(visit_papers))
    assert len(taken) == 4
    found = re.findall(rb"<w:(?:perm|bookmark)Start [^>]*w:id=\"(\d+)", run["word/document.xml"])
    assert len(found) > 7 * 20
    assert len(set(found)) == len(found)


def test_a_strict_reader_finds_nothing_in_a_run_of_such_bodies(visit_papers):
    """Nor in the issued files."""
    stream = io.BytesIO()
    merge_documents.merge_documents(map(kept, visit_papers), stream)
    assert faults_of(stream.getvalue()) == []
    assert faults_of(visit_papers[0]) == []


def test_a_body_whose_number_another_has_is_read(visit_papers, taken):
    """As of a case that stands twice in a run."""
    twice = [*visit_papers[:3], visit_papers[2], *visit_papers[3:]]
    run = merged(map(kept, twice))
    assert len(taken) == 4
    assert without_numbers(run) == without_numbers(merged(twice))


def test_a_file_that_is_not_what_was_issued_is_read(visit_papers, taken):
    """It is sound in itself, and another one."""
    files = [KeptFile(one, hashlib.sha256(b"").hexdigest()) for one in visit_papers]
    assert merged(files) == merged(visit_papers)
    assert taken == []


def test_a_damaged_file_is_still_refused(visit_papers):
    """Its body is another than its sum says."""
    whole = bytearray(visit_papers[3])
    info = RecordPackage.open(visit_papers[3]).archive.getinfo("word/document.xml")
    whole[info.header_offset + 1000] ^= 1
    files = [kept(one) for one in visit_papers]
    files[3] = KeptFile(bytes(whole), files[3].sha256)
    with pytest.raises((zipfile.BadZipFile, zlib.error)):
        merged(files)


@pytest.fixture
def papers_of_before(monkeypatch, fill, visits):
    """Four visit forms as they were issued before bodies were packed for print runs."""
    make = compiled_template.CompiledTemplate

    def as_before(*given, **more):
        return make(*given, **more, is_framed=False, is_numbered=False, is_by_parts=False)

    with monkeypatch.context() as patch:
        patch.setattr(property_texts, "_BY_PARTS", 6)
        patch.setattr(form_template, "CompiledTemplate", as_before)
        patch.setattr(form_template._Kept, "shelf", None)  # of templates as they are today
        patch.setattr(form_template, "_compile", cache(form_template._compile.__wrapped__))
        return [fill("ZF-01", one) for one in visits(4)]


def test_papers_of_before_come_out_again_as_they_were(papers_of_before):
    """To the byte: their bodies are packed as they were."""
    for paper in papers_of_before:
        printed = paper.printed
        assert kept_template(printed).render(printed.texts, printed.qr) == paper.docx


def test_papers_of_before_and_of_now_stand_in_one_run(papers_of_before, visit_papers, taken):
    """Those of before are read, those of now are taken as they lie."""
    package = RecordPackage.open(papers_of_before[0].docx)
    assert package.framed("word/document.xml") is None
    mixed = [*(one.docx for one in papers_of_before), *visit_papers]
    run = merged(map(kept, mixed))
    assert len(taken) == 5
    assert without_numbers(run) == without_numbers(merged(mixed))


def blanks(spec, catalogue) -> list[bytes]:
    """Five sheets of a form without answers, of five cases."""
    template = load_template(spec)
    scope = derive(spec, FormData(), catalogue.facts, TODAY, is_blank=True)
    printed = fill_form._printed(scope, template)
    texts = [printed.texts | {property_texts._CODE: f"MZ:X:V1:X-{at:04d}"} for at in range(5)]
    return [template.render(one, printed.qr) for one in texts]


def test_runs_of_other_forms_say_the_same_with_and_without_sums(catalogue, taken):
    """Every tenth form; bodies of all but the first, the second and the last are taken."""
    forms = catalogue.forms[::10]
    for spec in forms:
        papers = blanks(spec, catalogue)
        run = without_numbers(merged(map(kept, papers)))
        assert run == without_numbers(merged(papers)), spec.id
    assert len(taken) > len(forms)
