"""Pictures of Photoshop: what is seen of them, what was typed, what is not read."""

import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archive_indexer.documents import ExtractedPage
from archive_indexer.extract import picture
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.rare.photoshop import NO_FLAT, is_readable
from archive_indexer.showing.page_picture import page_shape
from tests.archive_indexer.extract.made.made_files import LIMITS, put


def psd(
    typed: tuple[str, ...] = (), *, has_flat: bool = True, version: int = 1, depth: int = 8
) -> bytes:
    """A white picture of 40 by 20 with four channels, the fourth a selection of nothing."""
    version_said = struct.pack(">4sHHIIB", b"8BIM", 1057, 0, 5, 1, has_flat) + b"\0"
    words = b"".join(
        b"8BIMTySh" + bytes(58) + b"Txt TEXT" + struct.pack(">I", len(said) + 1)
        + f"{said}\0".encode("utf-16-be")
        for said in typed
    )  # fmt: skip
    layers = struct.pack(">IH", 2 + len(words), 0) + words
    pixels = b"\xff" * (3 * 800) + bytes(800)
    return b"".join((
        struct.pack(">4sH6xHIIHH", b"8BPS", version, 4, 20, 40, depth, 3), bytes(4),
        struct.pack(">I", len(version_said)), version_said,
        struct.pack(">I", len(layers)), layers, bytes(2), pixels,
    ))  # fmt: skip


@pytest.fixture
def seen(monkeypatch) -> list[np.ndarray]:
    """The pictures that were read, each as a page that says 低保户."""
    pictures: list[np.ndarray] = []

    def read(image: np.ndarray, number: int, **_: object) -> ExtractedPage:
        pictures.append(image)
        return ExtractedPage(number, "低保户", origin="ocr")

    monkeypatch.setattr(picture, "read_page_image", read)
    return pictures


def test_the_flat_picture_is_read_once(tmp_path: Path, seen: list[np.ndarray]):
    """Neither layer by layer, nor through a selection that was kept with it."""
    extraction = extract_pages(put(tmp_path, "a.psd", psd()), LIMITS)
    assert (extraction.kind, [page.text for page in extraction.pages]) == ("psd", ["低保户"])
    assert [image.shape for image in seen] == [(20, 40, 3)]
    assert seen[0].min() == 255


@pytest.mark.usefixtures("seen")
def test_what_was_typed_is_found_where_it_is_not_seen(tmp_path: Path):
    """What is read in the picture stands no second time."""
    file = put(tmp_path, "a.psd", psd(("低保户", "隐藏的字\r第二行")))
    (page,) = extract_pages(file, LIMITS).pages
    assert page.text == "低保户\n图层：隐藏的字\n第二行"


@pytest.mark.usefixtures("seen")
def test_one_without_a_flat_picture_says_so(tmp_path: Path):
    """What older programs show of it is white."""
    (page,) = extract_pages(put(tmp_path, "a.psd", psd(has_flat=False)), LIMITS).pages
    assert page.unread == (NO_FLAT,)


@pytest.mark.parametrize("change", [{"version": 2}, {"depth": 16}])
def test_one_in_a_rarer_coding_says_what_to_do(tmp_path: Path, change: dict[str, int]):
    """Large ones, and those of 16 bits; neither is broken."""
    content = psd(**change)
    assert not is_readable(content[:26])
    assert "Photoshop" in extract_pages(put(tmp_path, "a.psd", content), LIMITS).reason


def test_it_can_be_looked_at(tmp_path: Path):
    """Its layers are no pages before it."""
    file = put(tmp_path, "a.psd", psd())
    assert page_shape(file, 1) == (40, 20)
    with Image.open(file) as opened:
        assert opened.format == "PSD"
