"""What each document is packed by: ISA-L, and zlib where no wheel of it is. Only here is it known.

Both unpack alike. The bytes go with the processor and the library: whoever must have the same
ones again asks zlib itself.
"""

import zlib
from types import ModuleType
from typing import Any

_quick: ModuleType | Any
try:
    from isal import isal_zlib as _quick
except ImportError:
    _quick, _LEVEL = zlib, 3
else:
    _LEVEL = 1  #: smaller than its level 0 by a seventh; 2 and 3 gain nothing


def quick_deflated(data: bytes | memoryview, ending: int = zlib.Z_FINISH) -> bytes:
    """Data packed as a zip holds it, or a piece of it that another follows."""
    packer = _quick.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed: bytes = packer.compress(data) + packer.flush(ending)
    return packed


def checksum(data: bytes | memoryview, before: int = 0) -> int:
    """CRC-32 as zip has it, of what follows something of which it is known."""
    found: int = _quick.crc32(data, before)
    return found
