"""PDFs with something in each of the places that the format knows, made for a test."""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

SIDE = 400  #: points of the square page


def name(text: str) -> NameObject:
    return NameObject(f"/{text}")


def text(words: str) -> TextStringObject:
    return TextStringObject(words)


def dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({name(key): value for key, value in entries.items()})  # type: ignore[misc]


def rect(*sides: float) -> ArrayObject:
    return ArrayObject(map(FloatObject, sides))


def field(kind: str, sides: tuple[float, ...], **entries: object) -> DictionaryObject:
    """An answer in a form that is also its place on the page."""
    return dictionary(
        Type=name("Annot"), Subtype=name("Widget"), FT=name(kind), Rect=rect(*sides),
        F=NumberObject(4), T=text(f"f{sides[1]:.0f}"), DA=text("/Helv 12 Tf 0 g"), **entries,
    )  # fmt: skip


def remark(kind: str, sides: tuple[float, ...], words: str, **entries: object) -> DictionaryObject:
    return dictionary(
        Type=name("Annot"), Subtype=name(kind), Rect=rect(*sides), F=NumberObject(4),
        Contents=text(words), **entries,
    )  # fmt: skip


def ticked(sides: tuple[float, ...], state: str, said: str = "") -> DictionaryObject:
    """A box that is ticked, with the look of both its states."""
    looks = dictionary(**{one: DecodedStreamObject() for one in (state, "Off")})
    more = {"TU": text(said)} if said else {}
    return field("Btn", sides, V=name(state), AS=name(state), AP=dictionary(N=looks), **more)


def make_pdf(
    file: Path,
    lines: Sequence[str],
    marks: Sequence[DictionaryObject] = (),
    picture: tuple[Image.Image, tuple[float, ...]] | None = None,
    attached: str = "",
) -> Path:
    """A page with lines of Latin text, marks over it, and perhaps a picture below."""
    writer = PdfWriter()
    page = writer.add_blank_page(SIDE, SIDE)
    content = "".join(
        f"BT /F1 12 Tf 30 {SIDE - 40 - 24 * at} Td ({line}) Tj ET\n"
        for at, line in enumerate(lines)
    )
    font = dictionary(
        Type=name("Font"), Subtype=name("Type1"), BaseFont=name("Helvetica"),
        Encoding=name("WinAnsiEncoding"),
    )  # fmt: skip
    resources = dictionary(Font=dictionary(F1=font, Helv=font))
    if picture is not None:
        image, sides = picture
        left, bottom, right, top = sides
        placed = f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm /I1 Do Q\n"
        content = placed + content
        resources[name("XObject")] = dictionary(I1=writer._add_object(_image(image)))
    stream = DecodedStreamObject()
    stream.set_data(content.encode("latin-1"))
    page[name("Contents")] = writer._add_object(stream)
    page[name("Resources")] = resources
    for mark in marks:
        looks = mark["/AP"]["/N"] if "/AP" in mark else {}
        for state, look in list(looks.items()):
            looks[NameObject(state)] = writer._add_object(look)
    held = [writer._add_object(mark) for mark in marks]
    if held:
        page[name("Annots")] = ArrayObject(held)
    fields = [one for one, mark in zip(held, marks, strict=True) if mark["/Subtype"] == "/Widget"]
    if fields:
        form = dictionary(
            Fields=ArrayObject(fields), NeedAppearances=BooleanObject(True),
            DR=dictionary(Font=dictionary(Helv=font)), DA=text("/Helv 12 Tf 0 g"),
        )  # fmt: skip
        writer._root_object[name("AcroForm")] = writer._add_object(form)
    if attached:
        writer.add_attachment(attached, b"x")
    writer.write(file)
    return file


def _image(picture: Image.Image) -> DecodedStreamObject:
    stream = io.BytesIO()
    picture.convert("RGB").save(stream, "JPEG", quality=90)
    image = DecodedStreamObject()
    image.set_data(stream.getvalue())
    image.update(
        dictionary(
            Type=name("XObject"),
            Subtype=name("Image"),
            Width=NumberObject(picture.width),
            Height=NumberObject(picture.height),
            ColorSpace=name("DeviceRGB"),
            BitsPerComponent=NumberObject(8),
            Filter=name("DCTDecode"),
        )
    )
    return image
