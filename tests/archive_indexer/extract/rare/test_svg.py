"""Drawings of the web."""

import base64
from pathlib import Path

import pytest

from archive_indexer.extract.extract_pages import extract_pages
from tests.archive_indexer.extract.made.made_files import LIMITS, put

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize(
    "begin",
    [
        "",
        '<?xml version="1.0"?>\n<!-- Generator -->\n<!DOCTYPE svg PUBLIC "a" "b">\n',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
        ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n',
    ],
)
def test_the_words_of_a_drawing_are_read(tmp_path: Path, begin: str):
    """As they are seen, without tags; what is drawn by strokes is told."""
    source = (
        f"{begin}<svg {SPACES}><style>.a{{}}</style><text>旧城<tspan>村</tspan></text>"
        '<g><text>低保</text></g><path d="M0 0"/></svg>'
    )
    extraction = extract_pages(put(tmp_path, "a.svg", source.encode()), LIMITS)
    (page,) = extraction.pages
    assert (extraction.kind, page.text) == ("svg", "旧城村\n低保")
    assert page.unread == ("这一页是矢量图形，画成线条的字未识别。请转成 PDF 或图片",)


def test_pictures_within_a_drawing_are_further_pages(tmp_path: Path, monkeypatch):
    """Written as base64."""
    seen = []
    monkeypatch.setattr(
        "archive_indexer.extract.rare.svg.read_pictures",
        lambda found, *_: (tuple(seen.extend(load() for _, load in found) or ()), ()),
    )
    within = base64.b64encode(b"a picture").decode()
    source = f'<svg {SPACES}><image xlink:href="data:image/png;base64,{within}"/></svg>'
    assert extract_pages(put(tmp_path, "a.svg", source.encode()), LIMITS).pages[0].unread == ()
    assert seen == [b"a picture"]
