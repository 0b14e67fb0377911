"""Named places of a PDF are found with their pages."""

import io

import pypdf

from minzheng.external.files.named_places import pages_of_names


def test_each_name_has_its_page():
    """Counted from 0."""
    writer = pypdf.PdfWriter()
    for _ in range(3):
        writer.add_blank_page(100, 100)
    writer.add_named_destination("chapter2", 2)
    stream = io.BytesIO()
    writer.write(stream)
    assert pages_of_names(pypdf.PdfReader(stream)) == {"chapter2": 2}
