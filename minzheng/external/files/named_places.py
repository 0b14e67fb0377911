"""On which page of a PDF each of its named places lies: LibreOffice names bookmarks so."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdf


def pages_of_names(reader: "pypdf.PdfReader") -> dict[str, int]:
    """The page of every named place, counted from 0.

    Raises:
        PyPdfError: the file is damaged.
    """
    pages = {
        page.indirect_reference.idnum: at
        for at, page in enumerate(reader.pages)
        if page.indirect_reference is not None
    }
    found = {}
    for name, place in reader.named_destinations.items():
        at = pages.get(getattr(place.get("/Page"), "idnum", -1))
        if at is not None:
            found[name.removeprefix("/")] = at
    return found
