"""Files of every kind, made for a test."""

import io
import zipfile
from pathlib import Path

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits

LIMITS = Limits()
NOTE = "测试甲的说明"


def put(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def texts_inside(extraction: Extraction) -> dict[str, str]:
    """The text of each member, by its name."""
    return {
        one.name: "".join(page.text for page in one.extraction.pages) for one in extraction.members
    }


def zipped(**members: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def zip_of(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return stream.getvalue()
