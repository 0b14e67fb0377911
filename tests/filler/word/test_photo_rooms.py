"""Photos stand on the paper, in the room that the template leaves."""

import io
import zipfile
from dataclasses import replace
from types import SimpleNamespace

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from PIL import Image

from filler.fill_form import fill_form
from filler.form.form_data import Refused
from filler.form.photo_names import named_photo
from filler.print_run.merge_documents import merge_documents
from filler.records.case_store import DatabaseCaseStore
from filler.records.photo_shelf import MemoryPhotos, take_photo
from filler.reissue import reissue
from filler.spec.form_catalogue import Catalogue
from filler.word.bindings import Bindings, bindings_of
from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from filler.word.form_template import load_template
from filler.word.photo_rooms import PhotoRoom, make_rooms
from minzheng.external.photos import PhotoLimits
from tests.filler.conftest import TODAY
from tests.filler.word_files import (
    LOOP_END,
    LOOP_START,
    add_table,
    new_document,
    saved,
    with_lines,
)


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
    issued = fill("DB-01", answers_of("DB-01") | {"photo": name, "case_no": "新案件"})
    cells = [
        {cell.text.replace("\n", "").strip() for row in table.rows for cell in row.cells}
        for table in (docx.Document(io.BytesIO(one.docx)).tables[0] for one in (without, issued))
    ]
    assert "照片" in cells[0]
    assert "照片" not in cells[1]
    assert drawings(without.docx) == []
    assert drawings(issued.docx) == [(24, 33)]


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
        fill("COM-03", answers_of("COM-03") | {"photo_out": name, "case_no": "新案件"}).docx
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


def cell_of(width=0, span=1, merge="", text=""):
    """A cell as WordprocessingML."""
    parts = [f'<w:tcW w:w="{width}"/>'] if width else []
    parts += [f'<w:gridSpan w:val="{span}"/>'] if span > 1 else []
    parts += [f'<w:vMerge w:val="{merge}"/>' if merge != "bare" else "<w:vMerge/>"] if merge else []
    return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def table_of(*rows):
    """A table of rows: a height in twentieths of a point, and cells."""
    made = "".join(
        f'<w:tr><w:trPr><w:trHeight w:val="{height}"/></w:trPr>{"".join(cells)}</w:tr>'
        for height, *cells in rows
    )
    return parse_xml(f"<w:body {nsdecls('w')}><w:p/><w:tbl>{made}</w:tbl></w:body>")


TWIPS = 1440 / 25.4  # a millimetre


def rooms_of(body, **labels):
    word = SimpleNamespace(docx=SimpleNamespace(element=SimpleNamespace(body=body)))
    return make_rooms(word, labels).by_name


@pytest.mark.parametrize(
    ("height", "has_room"), [(round(19.1 * TWIPS), True), (round(18.9 * TWIPS), False)]
)
def test_a_cell_that_says_the_label_is_a_room_when_it_is_high_enough(height, has_room):
    """Fifteen millimetres inside."""
    body = table_of((height, cell_of(3000, text="照 片"), cell_of(3000, text="其他")))
    assert ("photo" in rooms_of(body, photo="照片")) == has_room


@pytest.mark.parametrize(
    ("above", "has_room"),
    [
        ((2000, cell_of(3000), cell_of(3000, text="甲")), True),
        ((2000, cell_of(3000, text="甲"), cell_of(3000)), False),
        ((1000, cell_of(3000), cell_of(3000)), False), ((2000, cell_of(6000, span=2)), True),
    ],
)  # fmt: skip
def test_the_empty_cell_above_a_label_is_its_room(above, has_room):
    """In the same column, and high enough."""
    body = table_of(above, (400, cell_of(3000, text="照片"), cell_of(3000)))
    assert ("photo" in rooms_of(body, photo="照片")) == has_room


def test_a_column_is_counted_over_cells_that_span_several():
    """What begins at another one is not above."""
    rows = ((2000, cell_of(6000, span=2, text="甲"), cell_of(3000)),
            (400, cell_of(3000), cell_of(3000), cell_of(3000, text="照片")))  # fmt: skip
    assert rooms_of(table_of(*rows), photo="照片")["photo"].width_mm == pytest.approx(48.9, abs=0.1)
    rows = ((2000, cell_of(6000, span=2), cell_of(3000, text="甲")),
            (400, cell_of(3000), cell_of(3000, text="照片"), cell_of(3000)))  # fmt: skip
    assert rooms_of(table_of(*rows), photo="照片") == {}
    assert rooms_of(table_of((400, cell_of(3000, text="照片"))), photo="照片") == {}


@pytest.mark.parametrize(
    ("merges", "millimetres"),
    [
        (("restart", "continue", "continue"), 3 * 2000 / TWIPS - 4),
        (("restart", "bare", "restart"), 2 * 2000 / TWIPS - 4),
        (("", "continue", "continue"), 2000 / TWIPS - 4),
        (("restart", "", "continue"), 2000 / TWIPS - 4),
    ],
)  # fmt: skip
def test_rows_merged_with_a_cell_are_its_room_too(merges, millimetres):
    """Down to where another cell begins."""
    rows = [(2000, cell_of(1000), cell_of(4000, merge=merge, text="照片" if not at else ""))
            for at, merge in enumerate(merges)]  # fmt: skip
    room = rooms_of(table_of(*rows), photo="照片")["photo"]
    assert room.height_mm == pytest.approx(millimetres)
    assert room.width_mm == pytest.approx(4000 / TWIPS - 4)


@pytest.mark.parametrize(("width", "wide"), [(0, 80), (200, 80), (226, 80), (300, 300 / TWIPS - 4)])
def test_a_cell_without_a_width_gives_the_usual_one(width, wide):
    """As does one that is all margin."""
    room = rooms_of(table_of((2000, cell_of(width, text="照片"))), photo="照片")["photo"]
    assert room.width_mm == pytest.approx(wide)


@pytest.mark.parametrize(
    ("room", "photo", "size"),
    [((80, 60), "800x600", (80, 60)), ((80, 60), "400x600", (40, 60)),
     ((80, 60), "800x200", (80, 20)), ((20, 60), "400x600", (20, 30))],
)  # fmt: skip
def test_a_photo_is_as_large_as_its_room_lets_it_be(room, photo, size):
    """In its own shape."""
    drawn = PhotoRoom("photo", 1, *room).draw(f"photo:{'1' * 64}:{photo}")
    assert f'<wp:extent cx="{size[0] * 36000}" cy="{size[1] * 36000}"/>' in drawn
    assert PhotoRoom("photo", 1, *room).draw("家.jpg") == ""


def test_a_tag_tells_the_room_before_a_label_does():
    """Each photo has a number of its own, also behind one without a room."""
    body = table_of((2000, cell_of(3000, text="照片"), cell_of(4000, text="{{ photo }}")))
    found = rooms_of(body, other="没有", photo="照片")
    assert [(room.name, room.number) for room in found.values()] == [("photo", 5002)]
    assert found["photo"].width_mm == pytest.approx(4000 / TWIPS - 4)


MEMBERS = {"members.m_photo": "家庭成员.照片"}


def with_photo_rows(*tags, height=0):
    """A template with a table whose rows hold these tags, compiled with photos in rows."""
    document = new_document()
    table = add_table(document, (LOOP_START,) * len(tags), tags, (LOOP_END,) * len(tags))
    for row in (table.rows[0], table.rows[2]):
        for cell in row.cells[1:]:
            cell.text = ""
    if height:
        table.rows[1].height = Mm(height)
    return CompiledTemplate(saved(document), "x", bindings=Bindings(row_photos=MEMBERS))


def test_a_row_has_a_photo_of_its_own():
    """One picture a person, each under its own number; none where none was given."""
    template = with_photo_rows("{{ m.m_name }}", "{{ m.m_photo }}", height=30)
    photos, rows = MemoryPhotos(), []
    for name, colour in (("测试甲", "red"), ("测试乙", ""), ("测试丙", "blue")):
        photo = take_photo(picture(colour=colour), photos, PhotoLimits()) if colour else ""
        rows.append({"m_name": name, "m_photo": photo})
    made = template.render({"members": rows}, photos=photos.photos)
    document = docx.Document(io.BytesIO(made))
    shown = [
        [document.part.related_parts[blip.get(qn("r:embed"))].blob
         for blip in row._tr.iter(qn("a:blip"))] for row in document.tables[0].rows
    ]  # fmt: skip
    first, third = (photos.photos[named_photo(rows[at]["m_photo"]).sha256] for at in (0, 2))
    assert shown == [[first], [], [third]]
    numbers = [one.get("id") for one in document.element.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == 2
    assert drawings(made) == [(35, 26)] * 2


@pytest.mark.parametrize(
    ("tag", "names"),
    [("{{ m.m_photo }}", {"members.m_photo"}), ("{{ m.照片 }}", {"members.m_photo"}),
     ("{{ m.m_name }}", set())],
)  # fmt: skip
def test_the_room_of_a_row_is_found_by_slug_and_label(tag, names):
    """Where no tag stands there is none: a photo given then is refused."""
    assert with_photo_rows(tag).photos.names == names


def test_a_sample_row_is_a_room_and_both_parts_of_a_table_make_a_whole():
    """`{{ 家庭成员.照片 }}` needs no loop; a photo on the continuation sheet needs a room there."""
    document = new_document()
    add_table(document, ("{{ 家庭成员.照片 }}",))
    sample = CompiledTemplate(saved(document), "x", bindings=Bindings(row_photos=MEMBERS))
    assert sample.photos.names == {"members.m_photo"}
    loops = [f"{{% for m in members{part} %}}{{{{ m.m_photo }}}}{{% endfor %}}"
             for part in ("_first", "_more")]  # fmt: skip
    rooms = [
        CompiledTemplate(saved(with_lines(*lines)), "x", bindings=Bindings(row_photos=MEMBERS))
        for lines in (loops[:1], loops)
    ]
    assert rooms[0].photos.names == {"members_first.m_photo"}
    assert "members.m_photo" in rooms[1].photos.names
