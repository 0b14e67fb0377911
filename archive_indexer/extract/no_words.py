"""Files that hold no words by their nature: sounds, moving pictures, programs, parts of systems.

They are counted by kind and not told one by one.
"""

from pathlib import PurePosixPath

SOUND = "声音文件，没有文字可识别"
VIDEO = "视频文件，没有文字可识别"
PROGRAM = "程序或系统文件，没有文字可识别"
#: Reasons of files that are only counted.
ONLY_COUNTED = (SOUND, VIDEO, PROGRAM)
_STARTS = (
    (b"ID3", SOUND), (b"fLaC", SOUND), (b"OggS", SOUND), (b"#!AMR", SOUND), (b"MThd", SOUND),
    (b"\xff\xfb", SOUND), (b"\xff\xf3", SOUND), (b"\xff\xf2", SOUND), (b"\xff\xf1", SOUND),
    (b"FORM\0", SOUND), (b"#!SILK", SOUND), (b"\x02#!SILK", SOUND),
    (b"\x1aE\xdf\xa3", VIDEO), (b"FLV\x01", VIDEO), (b"\0\0\x01\xba", VIDEO),
    (b"\0\0\x01\xb3", VIDEO), (b".RMF", VIDEO),
    (b"MZ", PROGRAM), (b"\x7fELF", PROGRAM), (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM), (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"SQLite format 3\0", PROGRAM), (b"OTTO", PROGRAM), (b"\0\x01\0\0\0", PROGRAM),
    (b"wOFF", PROGRAM), (b"wOF2", PROGRAM), (b"!<arch>\n", PROGRAM),
    (b"L\0\0\0\x01\x14\x02\0", PROGRAM), (b"\0\0\x01\0", PROGRAM), (b"\0\0\x02\0", PROGRAM),
    (b"regf", PROGRAM), (b"PMCC", PROGRAM),
)  # fmt: skip
_ASF = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"
_RIFF = {b"WAVE": SOUND, b"AVI ": VIDEO, b"RMID": SOUND}
_SOUND_BRANDS = (b"M4A ", b"M4B ")
_PICTURE_BRANDS = (b"avif", b"avis")
_SOUND_ENDINGS = frozenset({".wma", ".m4a", ".mp3", ".aac", ".amr"})
#: Parts of programs that tell by no first bytes what they are.
_ENDINGS = frozenset({
    ".dll", ".exe", ".sys", ".ocx", ".pyc", ".pyd", ".so", ".class", ".o", ".obj", ".lib", ".pdb",
    ".cab", ".cat", ".mui", ".pak", ".idx", ".ldb", ".dbf-journal",
    ".iwa", ".nib", ".res", ".db-wal", ".db-shm", ".etl", ".evtx", ".bak~", ".fon", ".icl",
})  # fmt: skip


def why_no_words(head: bytes, name: str) -> str:
    """Why a file holds no words, from its first bytes and what it is called; else empty."""
    ending = PurePosixPath(name.lower()).suffix
    if head.startswith(_ASF):
        return SOUND if ending in _SOUND_ENDINGS else VIDEO
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free"):
        return VIDEO
    return next((why for start, why in _STARTS if head.startswith(start)), "")


def is_part_of_program(name: str) -> bool:
    """Whether a file that nothing knows is called like a part of a program."""
    return PurePosixPath(name.lower()).suffix in _ENDINGS


def _of_brand(brand: bytes) -> str:
    if brand in _SOUND_BRANDS:
        return SOUND
    return "" if brand in _PICTURE_BRANDS else VIDEO
