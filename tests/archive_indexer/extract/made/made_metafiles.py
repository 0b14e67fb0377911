"""Drawings of Windows, as programs write them."""

import struct


def emf(*records: tuple[int, bytes]) -> bytes:
    """Of some records, each its number and what it says."""
    head = struct.pack("<32x4sI56x", b" EMF", 0x10000)
    return b"".join(
        struct.pack("<II", kind, 8 + len(body)) + body for kind, body in ((1, head), *records)
    )


def text(words: str, x: int, y: int, step: int = 0, options: int = 0) -> tuple[int, bytes]:
    """Of EMR_EXTTEXTOUTW."""
    raw = words.encode("utf-16-le")
    raw += b"\0" * (-len(raw) % 4)
    steps_at = 76 + len(raw) if step else 0
    head = struct.pack("<16xIff", 1, 1.0, 1.0)
    told = struct.pack("<iiIII16xI", x, y, len(words), 76, options, steps_at)
    return 84, head + told + raw + struct.pack("<i", step) * (len(words) if step else 0)


def small_text(words: str, options: int) -> tuple[int, bytes]:
    """Of EMR_SMALLTEXTOUT."""
    raw = words.encode("gb18030" if options & 0x200 else "utf-16-le")
    count = len(raw) if options & 0x200 else len(words)
    frame = b"" if options & 0x100 else bytes(16)
    return 108, struct.pack("<iiIIIff", 5, 6, count, options, 1, 1.0, 1.0) + frame + raw


def wmf(*records: tuple[int, bytes], is_placeable: bool = True) -> bytes:
    placed = b"\xd7\xcd\xc6\x9a" + bytes(18) if is_placeable else b""
    body = b"".join(
        struct.pack("<IH", 3 + (len(one) + 1) // 2, kind) + one + b"\0" * (len(one) % 2)
        for kind, one in records
    )
    return placed + struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0) + body


def wmf_text(raw: bytes, x: int, y: int, step: int = 0, options: int = 0) -> tuple[int, bytes]:
    frame = bytes(8) if options else b""
    steps = struct.pack("<h", step) * (len(raw) if step else 0)
    return 0x0A32, struct.pack("<hhhH", y, x, len(raw), options) + frame + raw + b"\0" * (
        len(raw) % 2
    ) + steps  # fmt: skip


def font(charset: int) -> tuple[int, bytes]:
    return 0x02FB, struct.pack("<5h4B", 0, 0, 0, 0, 400, 0, 0, 0, charset) + bytes(36)
