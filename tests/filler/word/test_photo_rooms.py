"""Photos stand on the paper, in the room that the template leaves."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from filler.fill_form import fill_form
from filler.form.form_data import Refused
from filler.print_run.merge_documents import merge_documents
from filler.records.case_store import DatabaseCaseStore
from filler.records.photo_shelf import take_photo
from filler.reissue import reissue
from filler.spec.form_catalogue import Catalogue
from filler.word.bindings import bindings_of
from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from filler.word.form_template import load_template
from minzheng.external.photos import PhotoLimits
from tests.filler.conftest import TODAY


def picture(size=(640, 480), colour="red"):
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def drawings(data, name="photo"):
    """The size in millimetres of each picture whose part has this name."""
    document = docx.Document(io.BytesIO(data))
    sizes = []
    for inline in document.element.body.iter(qn("wp:inline")):
        blip = next(inline.iter(qn("a:blip")))
        part = document.part.related_parts[blip.get(qn("r:embed"))]
        if name in part.partname:
            extent = inline.find(qn("wp:extent"))
            sizes.append(tuple(round(int(extent.get(side)) / 36000) for side in ("cx", "cy")))
    return sizes


def test_every_photo_of_every_form_has_a_room(catalogue):
    """The committed templates leave room by label or by tag, none smaller than a portrait."""
    rooms = [
        (spec.id, slug, load_template(spec).photos.by_name.get(slug))
        for spec in catalogue.forms
        for slug in spec.photos
    ]
    assert len(rooms) > 20
    assert [one[:2] for one in rooms if one[2] is None or one[2].height_mm < 30] == []


def test_a_photo_is_fitted_into_its_cell(fill, store, answers_of):
    """Wide or tall, never beyond the room; the others stay for paste."""
    wide = take_photo(picture((1000, 500)), store.photos, PhotoLimits())
    tall = take_photo(picture((300, 900)), store.photos, PhotoLimits())
    issued = fill("COM-03", answers_of("COM-03") | {"photo_out": wide, "photo_in": tall})
    assert not isinstance(issued, Refused), issued.problems
    assert drawings(issued.docx) == [(81, 41), (21, 62)]
    with zipfile.ZipFile(io.BytesIO(issued.docx)) as archive:
        assert [name for name in archive.namelist() if "media/photo" in name] == [
            "word/media/photo5001.jpg", "word/media/photo5002.jpg",
        ]  # fmt: skip
        assert archive.testzip() is None


def test_a_portrait_takes_the_place_of_its_word(fill, store, answers_of):
    """照片 stands in the cell only while there is none."""
    without = fill("DB-01", answers_of("DB-01"))
    name = take_photo(picture((300, 400)), store.photos, PhotoLimits())
    issued = fill("DB-01", answers_of("DB-01") | {"photo": name})
    cells = [
        {cell.text.replace("\n", "").strip() for row in table.rows for cell in row.cells}
        for table in (docx.Document(io.BytesIO(one.docx)).tables[0] for one in (without, issued))
    ]
    assert "照片" in cells[0]
    assert "照片" not in cells[1]
    assert drawings(without.docx) == []
    assert drawings(issued.docx) == [(24, 32)]


@pytest.mark.django_db
def test_a_document_with_photos_is_made_again_to_the_letter(catalogue, answers_of, tmp_path):
    """The pictures are kept by content, and once."""
    store = DatabaseCaseStore(tmp_path / "issued")
    name = take_photo(picture(), store.photos, PhotoLimits())
    answers = answers_of("COM-03") | {"photo_out": name, "photo_in": name}
    issued = fill_form(
        "COM-03", answers, issued_by="测试员", today=TODAY, catalogue=catalogue, store=store
    )
    assert reissue(*store.printed(issued.number)) == issued.docx
    assert len(list((store.folder / "photos").rglob("*.jpg"))) == 1


def test_a_print_run_keeps_each_records_photo(fill, store, answers_of):
    """Two households, two pictures; equal ones are stored once."""
    names = [
        take_photo(picture(colour=colour), store.photos, PhotoLimits())
        for colour in ("red", "blue")
    ]
    made = [
        fill("COM-03", answers_of("COM-03") | {"photo_out": name}).docx
        for name in (*names, names[0])
    ]
    whole = io.BytesIO()
    merge_documents(made, whole)
    document = docx.Document(whole)
    blips = [
        document.part.related_parts[blip.get(qn("r:embed"))].sha1
        for blip in document.element.body.iter(qn("a:blip"))
        if "image" in document.part.related_parts[blip.get(qn("r:embed"))].partname
    ]
    assert len(blips) - len(set(blips)) >= 1
    assert len(drawings(whole.getvalue(), "image")) == 3


def test_a_photo_without_room_is_refused_not_dropped(catalogue, answers_of, store, tmp_path):
    """A template of the county's own may have no place for it."""
    spec = catalogue.form("COM-04")
    document = docx.Document(str(spec.docx))
    for cell in (cell for table in document.tables for row in table.rows for cell in row.cells):
        if cell.text.strip() in ("会议照片", "{{ photo }}"):
            cell.text = "粘贴处"
    bare = tmp_path / "COM-04.docx"
    document.save(str(bare))
    own = Catalogue({"COM-04": replace(spec, docx=bare)}, catalogue.facts)
    answers = answers_of("COM-04") | {"photo": take_photo(picture(), store.photos, PhotoLimits())}
    refused = fill_form(
        "COM-04", answers, issued_by="测试员", today=TODAY, catalogue=own, store=store
    )
    assert [problem.field for problem in refused.problems] == ["photo"]
    assert "{{photo}}" in refused.problems[0].do


def test_a_tag_makes_room_as_well(catalogue):
    """By slug or label, split over runs too; check-template knows it."""
    spec = catalogue.form("COM-04")
    document = docx.Document(str(spec.docx))
    for cell in (cell for table in document.tables for row in table.rows for cell in row.cells):
        if cell.text.strip() == "{{ photo }}":
            cell.text = ""
    paragraph = document.add_paragraph("{{ 会议")
    paragraph.add_run("照片 }}")
    stream = io.BytesIO()
    document.save(stream)
    template = CompiledTemplate(stream.getvalue(), "x", bindings=bindings_of(spec))
    room = template.photos.by_name["photo"]
    assert (room.width_mm, room.height_mm) == (80, 60)
    checked = check_template(stream.getvalue(), "x", spec)
    assert not [one for one in checked.problems if "照片" in one.what]


def test_a_photo_that_is_gone_stops_the_document(fill, answers_of):
    """Never a document without its picture."""
    for name in (f"photo:{'1' * 64}:40x30", "家.jpg"):
        refused = fill("COM-03", answers_of("COM-03") | {"photo_out": name})
        assert [problem.field for problem in refused.problems] == ["photo_out"]
