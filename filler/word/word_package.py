"""A Word file's zip, made so that unchanged members are packed only once.

Every date is fixed: the same texts give the same parts, and on one machine the same bytes.
"""

import copy
import hashlib
import io
import struct
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from minzheng.external.packing.quick_packing import checksum, quick_deflated

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_TOLD = struct.Struct("<2LH")
_BLOCK, _ONE_BLOCK = struct.Struct("<B2H"), 8_000  #: what is stored as it is, and how much at once
_VERSION, _UTF8, _DEFLATED = 20, 0x800, 8
DOS_DATE = (1980 - 1980) << 9 | 1 << 5 | 1
FIXED_DATE = (1980, 1, 1, 0, 0, 0)  #: the same, as zipfile writes it
USUAL_LEVEL = 6
QUICK_LEVEL = 3  #: half the time of the usual one, for a seventh more of a small file
QUICKEST = -2  #: by whatever packs quickest on this machine: other bytes on another one
_PACKED_ALREADY = ".png"
_NOTHING: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class _Member:
    """One member, packed: its local header with data, and what the directory says of it."""

    name: bytes
    local: bytes
    sizes: tuple[int, int, int]  #: crc, packed, unpacked
    told: bytes  #: its name, crc and unpacked size: what it holds, however it is packed

    @classmethod
    def of(cls, name: bytes, local: bytes, sizes: tuple[int, int, int]) -> "_Member":
        """A member that was packed."""
        return cls(name, local, sizes, _TOLD.pack(sizes[0], sizes[2], len(name)) + name)

    def directory_entry(self, offset: int) -> bytes:
        head = _CENTRAL.pack(
            b"PK\x01\x02", _VERSION, _VERSION, _UTF8, _DEFLATED, 0, DOS_DATE,
            *self.sizes, len(self.name), 0, 0, 0, 0, 0, offset,
        )  # fmt: skip
        return head + self.name


def deflated(
    data: bytes | memoryview, level: int = USUAL_LEVEL, ending: int = zlib.Z_FINISH
) -> bytes:
    """Data packed as a zip holds it, or a piece of it that another follows."""
    if level == QUICKEST:
        return quick_deflated(data, ending)
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(ending)


def _pack(name: str, data: bytes, level: int = USUAL_LEVEL, packed: bytes = b"") -> _Member:
    if level == QUICKEST and name.endswith(_PACKED_ALREADY):
        level = 0
    if not packed and level == 0 and len(data) <= _ONE_BLOCK:  # as zlib writes it
        packed = _BLOCK.pack(1, len(data), len(data) ^ 0xFFFF) + data
    packed = packed or deflated(data, level)
    sizes = (checksum(data), len(packed), len(data))
    raw_name = name.encode()
    head = _LOCAL.pack(
        b"PK\x03\x04", _VERSION, _UTF8, _DEFLATED, 0, DOS_DATE, *sizes, len(raw_name), 0
    )
    return _Member.of(raw_name, head + raw_name + packed, sizes)


class WordPackage:
    """The members of a Word file in their order."""

    def __init__(self, docx: bytes, changed: Mapping[str, bytes], level: int = USUAL_LEVEL) -> None:
        """Pack what never changes.

        Args:
            docx: the template.
            changed: members that are other than there.
            level: how thoroughly members are packed that change with each document.
        """
        self._level = level
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
        contents.update(changed)
        self._contents = contents
        self._members = {name: _pack(name, data) for name, data in contents.items()}

    def to_keep(self) -> dict[str, Any]:
        """What makes the same package again, without packing."""
        members = self._members.items()
        return {name: [b64encode(one.local).decode(), one.sizes] for name, one in members}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any], level: int) -> "WordPackage":
        """The package that was kept."""
        package = cls.__new__(cls)
        package._level = level
        package._members, package._contents = {}, {}
        for name, (text, sizes) in kept.items():
            local, raw_name = b64decode(text), name.encode()
            package._members[name] = _Member.of(raw_name, local, tuple(sizes))
            packed = local[_LOCAL.size + len(raw_name) :]
            package._contents[name] = zlib.decompress(packed, -zlib.MAX_WBITS)
        return package

    def find_member(self, data: bytes) -> str:
        """The name of the member that holds these bytes; empty when none does."""
        return next((name for name, content in self._contents.items() if content == data), "")

    @property
    def contents(self) -> Mapping[str, bytes]:
        """The unchanged members, unpacked."""
        return self._contents

    @property
    def level(self) -> int:
        """How thoroughly members are packed that change with each document."""
        return self._level

    def altered(self, changed: Mapping[str, bytes], gone: Collection[str]) -> "WordPackage":
        """The same package with some members changed or added, and others gone."""
        other = copy.copy(self)
        kept = {name: data for name, data in self._contents.items() if name not in gone}
        packed = {name: _pack(name, data) for name, data in changed.items()}
        members = {**self._members, **packed}
        other._contents = {**kept, **changed}
        other._members = {name: members[name] for name in other._contents}
        return other

    def write(
        self,
        changed: Mapping[str, bytes],
        small: Mapping[str, bytes] = _NOTHING,
        packed: Mapping[str, bytes] = _NOTHING,
    ) -> "Written":
        """The Word file with some members changed or added.

        Args:
            changed: members as they are now.
            small: others that are not worth packing.
            packed: some of the changed ones, as somebody packed them already.
        """
        pieces: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        members = {
            name: _pack(name, data, self._level, packed.get(name, b""))
            for name, data in changed.items()
        }
        members |= {name: _pack(name, data, 0) for name, data in small.items()}
        every = ({**self._members, **members} if members else self._members).values()
        for member in every:
            pieces.append(member.local)
            directory.append(member.directory_entry(offset))
            offset += len(member.local)
        entries = b"".join(directory)
        count = len(directory)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(entries), offset, 0)
        told = hashlib.sha256(b"".join([member.told for member in every])).hexdigest()
        return Written(b"".join((*pieces, entries, end)), told)


class Written(NamedTuple):
    """A Word file, and what its parts are known by, however they are packed."""

    docx: bytes
    parts: str  #: SHA-256 of the name, CRC-32 and length of each: the same on any machine
