"""A mail as Outlook saves it, made for a test: a compound file ([MS-CFB]) of small streams."""

import struct
from dataclasses import dataclass, field

SECTOR, SMALL = 512, 64
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
BINARY = 0x102

Tree = dict[str, "bytes | Tree"]


def text(number: int, said: str) -> Tree:
    return {f"__substg1.0_{number:04X}001F": said.encode("utf-16-le")}


def binary(number: int, content: bytes, kind: int = BINARY) -> Tree:
    return {f"__substg1.0_{number:04X}{kind:04X}": content}


def fixed(head: int, values: dict[int, int]) -> Tree:
    """Values of one length by their number."""
    entries = (struct.pack("<HHIQ", 3, number, 6, value) for number, value in values.items())
    return {"__properties_version1.0": bytes(head) + b"".join(entries)}


@dataclass
class Entry:
    name: str
    content: bytes | None  #: of a stream
    inside: list[int] = field(default_factory=list)
    right: int = FREE  #: the tree of a folder is a list


def compound(tree: Tree) -> bytes:
    entries = [Entry("Root Entry", None)]
    _lay(tree, entries, 0)
    small, small_chain, described = b"", list[int](), b""
    for entry in entries[1:]:
        first = len(small_chain)
        count = -(-len(entry.content or b"") // SMALL)
        small += (entry.content or b"").ljust(count * SMALL, b"\0")
        small_chain += [first + step + 1 for step in range(count)]
        if count:
            small_chain[-1] = END
        described += _described(entry, first if count else END, len(entry.content or b""))
    parts = [small, _numbers(small_chain)]
    starts, chain = list[int](), list[int]()
    root = _described(entries[0], 0, len(small))
    parts.append(root + described)
    for part in parts:
        count = -(-len(part) // SECTOR)
        starts.append(len(chain) if count else END)
        chain += [len(chain) + step + 1 for step in range(count)]
        if count:
            chain[-1] = END
    body = b"".join(part.ljust(-(-len(part) // SECTOR) * SECTOR, b"\0") for part in parts)
    table = _numbers([*chain, FAT]).ljust(SECTOR, b"\xff")
    assert len(table) == SECTOR, "too large for a test"
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        b"", 0, 1, starts[2], 0, 4096, starts[1], 1, END, 0, len(chain),
    )  # fmt: skip
    return head.ljust(SECTOR, b"\xff") + body + table


def _lay(tree: Tree, entries: list[Entry], parent: int) -> None:
    last: Entry | None = None
    for name, content in tree.items():
        is_stream = isinstance(content, bytes)
        entries.append(Entry(name, content if is_stream else None))
        number = len(entries) - 1
        entries[parent].inside.append(number)
        if last is not None:
            last.right = number
        last = entries[number]
        if not is_stream:
            _lay(content, entries, number)


def _described(entry: Entry, first: int, size: int) -> bytes:
    raw = entry.name.encode("utf-16-le") + b"\0\0"
    kind = 5 if entry.name == "Root Entry" else 2 if entry.content is not None else 1
    child = entry.inside[0] if entry.inside else FREE
    return struct.pack(
        "<64sHBBIII36sIQ", raw, len(raw), kind, 1, FREE, entry.right, child, b"", first, size
    )


def _numbers(chain: list[int]) -> bytes:
    raw = b"".join(struct.pack("<I", one) for one in chain)
    return raw.ljust(-(-len(raw) // SECTOR) * SECTOR, b"\xff")
