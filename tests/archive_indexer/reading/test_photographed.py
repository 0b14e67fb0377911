"""What was read of a straightened photo stands where it stands on the photo."""

import cv2
import numpy as np
import pytest

from archive_indexer.documents import ExtractedPage, ReadField, Seal, SignaturePlace, TextLine
from archive_indexer.reading.paper.around_sheet import without_rim
from archive_indexer.reading.photographed import read_photographed
from minzheng.external.sheets.page_edges import find_sheet, straighten_sheet, straighten_whole
from tests.external.photos.photographed import photograph, sheet

MARK = (255, 0, 255)


def marked(turned: int = 0) -> np.ndarray:
    """A photo of a sheet with a mark on it; the sheet may lie on its side."""
    page = sheet(rows=4)
    page[500:540, 100:300] = MARK
    return np.ascontiguousarray(np.rot90(photograph(page, shadow=0.0), turned))


def place_of_mark(image) -> tuple[float, ...]:
    """Where the mark stands, as parts of the picture."""
    is_mark = (image[:, :, 0].astype(int) - image[:, :, 1] > 120) & (image[:, :, 2] > 120)
    down, across = np.nonzero(is_mark)
    high, wide = image.shape[:2]
    ends = (across.min() / wide, down.min() / high, across.max() / wide, down.max() / high)
    return tuple(float(one) for one in ends)


def read_mark(turns: int):
    """A reader that turns the page upright and finds the mark."""

    def read(image) -> ExtractedPage:
        box = place_of_mark(np.rot90(image, turns))
        return ExtractedPage(
            1, "印", (TextLine("印", box),), "ocr", turns=turns, seals=(Seal(box, "#c41c20"),),
            signatures=(SignaturePlace("签字", box, "有"),),
            fields=(ReadField("姓名", "name", box, "甲", 0.9),),
        )  # fmt: skip

    return read


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
def test_places_are_those_of_the_upright_photo(turned):
    """However the photo lies: what shows it turns it by the same quarters."""
    photo, turns = marked(turned), (4 - turned) % 4
    page = read_photographed(photo, read_mark(turns))
    there = place_of_mark(np.rot90(photo, turns))
    places = (page.lines, page.seals, page.signatures, page.fields)
    for (one,) in places:
        assert one.box == pytest.approx(there, abs=0.015)


def test_the_page_is_read_straight():
    """The mark's edges run along the picture's."""
    seen = []

    def read(image) -> ExtractedPage:
        seen.append(image)
        return read_mark(0)(image)

    read_photographed(marked(), read)
    is_mark = (seen[0][:, :, 0].astype(int) - seen[0][:, :, 1] > 120).astype(np.uint8)
    _, sides, angle = cv2.minAreaRect(cv2.findNonZero(is_mark))
    assert min(angle % 90, 90 - angle % 90) < 0.7
    assert max(sides) / min(sides) == pytest.approx(5, rel=0.1)


def test_a_scan_and_a_page_of_which_nothing_was_read_are_left_to_the_usual_way():
    """Else a sheet found wrongly would hide what stands beside it."""
    assert read_photographed(sheet(), read_mark(0)) is None
    assert read_photographed(marked(), lambda image: ExtractedPage(1, "", origin="blank")) is None


@pytest.mark.parametrize(("shadow", "is_even"), [(0.6, True), (0.2, False)])
def test_light_is_made_even_only_in_a_deep_shadow(shadow, is_even):
    """Else the page is read in the light in which it lay."""
    seen = []

    def read(image) -> ExtractedPage:
        seen.append(image)
        return ExtractedPage(1, "字", (TextLine("字", (0.4, 0.4, 0.5, 0.5)),), "ocr")

    photo = photograph(shadow=shadow)
    read_photographed(photo, read)
    straight = without_rim(straighten_sheet(photo, find_sheet(photo)).image)
    assert np.array_equal(seen[0], straight) is not is_even


def test_what_lies_beside_the_sheet_is_read_and_a_plain_table_is_not():
    """A slip, a pencilled word on the desk: then all of the photo is straightened."""
    seen = []

    def read(image) -> ExtractedPage:
        seen.append(image)
        return ExtractedPage(1, "字", (TextLine("字", (0.4, 0.4, 0.5, 0.5)),), "ocr")

    photo = photograph(shadow=0.2)
    beside = photo.copy()
    cv2.putText(beside, "610927", (10, 60), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (90, 125, 170), 2)
    for one in (photo, beside):
        read_photographed(one, read)
    assert seen[0].shape == straighten_sheet(photo, find_sheet(photo)).image.shape
    assert seen[1].shape == straighten_whole(beside, find_sheet(beside)).image.shape
