"""One page of a PDF, as a file of its own and as it is scanned."""

import io

import pypdfium2
from PIL import Image


def one_page(document: pypdfium2.PdfDocument, number: int) -> bytes:
    """A page as a PDF of its own; pages count from 0."""
    stream = io.BytesIO()
    with pypdfium2.PdfDocument.new() as single:
        single.import_pages(document, [number])
        single.save(stream)
    return stream.getvalue()


def picture_of(pdf: bytes, dpi: int) -> Image.Image:
    """The first page, drawn."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=dpi / 72).to_pil().convert("RGB")
        page.close()
    return picture
