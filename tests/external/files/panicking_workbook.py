"""A workbook whose reader panics: it names a sheet that no relation leads to."""

import io
import struct
import zipfile

_NAMES = "http://schemas.openxmlformats.org/package/2006"


def panicking_workbook() -> bytes:
    """An .xlsb of four records ([MS-XLSB] 2.4.311: BrtBundleSh)."""
    sheet = struct.pack("<II", 0, 1) + _wide("rId9") + _wide("名单")
    records = b"\x83\x01\x00\x8f\x01\x00\x9c\x01" + bytes([len(sheet)]) + sheet + b"\x90\x01\x00"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{_NAMES}/content-types"/>')
        package.writestr("xl/workbook.bin", records)
        rels = f'<Relationships xmlns="{_NAMES}/relationships"/>'
        package.writestr("xl/_rels/workbook.bin.rels", rels)
    return stream.getvalue()


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
