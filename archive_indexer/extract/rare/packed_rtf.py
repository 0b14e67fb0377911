"""RTF as Outlook packs it ([MS-OXRTFCP]): runs that were written before are told by their place."""

import struct

_HEAD = struct.Struct("<II4sI")  #: what follows, unpacked size, how, sum
_PACKED = b"LZFu"
_ROOM = 4096
_BEGIN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def unpack_rtf(content: bytes) -> bytes:
    """The RTF; what is cut off ends where it ends."""
    if len(content) < _HEAD.size:
        return b""
    _, size, how, _ = _HEAD.unpack_from(content)
    if how != _PACKED:
        return content[_HEAD.size : _HEAD.size + size]
    return _unpacked(content[_HEAD.size :])


def _unpacked(packed: bytes) -> bytes:
    """Eight pieces behind each byte that tells which of them are references."""
    room = bytearray(_BEGIN.ljust(_ROOM, b"\0"))
    end, out, at = len(_BEGIN), bytearray(), 0
    while at < len(packed):
        flags, at = packed[at], at + 1
        for bit in range(8):
            is_reference = flags >> bit & 1
            if at + is_reference >= len(packed):
                return bytes(out)
            if not is_reference:
                piece, at = packed[at : at + 1], at + 1
                room[end] = piece[0]
                end = (end + 1) % _ROOM
                out += piece
                continue
            told, at = int.from_bytes(packed[at : at + 2], "big"), at + 2
            start, length = told >> 4, (told & 0xF) + 2
            if start == end:
                return bytes(out)
            for step in range(length):
                room[end] = room[(start + step) % _ROOM]
                out.append(room[end])
                end = (end + 1) % _ROOM
    return bytes(out)
