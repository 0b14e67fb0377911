"""What a Word template may bring: no bombs, no macros, nothing fetched from elsewhere."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from minzheng.county.errors import Problem

MOST_MEMBERS = 2000
MOST_EXPANDED_BYTES = 100 * 2**20
MOST_RATIO = 200  #: expanded to packed; counted for members above the smallest size only
_SMALLEST_COUNTED_BYTES = 2**20
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")  #: encrypted .docx and old .doc begin so
_ENCRYPTED_FLAG = 0x1
_ACTIVE = ("vbaproject.bin", "vbadata.xml", "/activex/", "/embeddings/oleobject")
#: What reading a damaged .docx may raise.
BROKEN_FILE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
    etree.LxmlError,
)  # fmt: skip
_SAVE_AGAIN = "用 Word 或 WPS 另存为 .docx 后再放入"


def find_package_problems(docx: bytes, where: str) -> list[Problem]:
    """Why a file may not be opened as a template; none: it may."""
    if docx.startswith(_OLE):
        return [Problem(where, "文件加了密码，或是旧的 .doc 格式", f"去掉密码，{_SAVE_AGAIN}")]
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            members = archive.infolist()
            return list(_size_problems(members, where)) or [
                *_active_problems(members, where),
                *_relation_problems(archive, where),
            ]
    except BROKEN_FILE:
        return [Problem(where, "不是完好的 .docx 文件", _SAVE_AGAIN)]


def _size_problems(members: list[zipfile.ZipInfo], where: str) -> Iterator[Problem]:
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        yield Problem(where, "压缩包加了密码", f"去掉密码，{_SAVE_AGAIN}")
    if len(members) > MOST_MEMBERS:
        what = f"内含 {len(members)} 个文件，超过 {MOST_MEMBERS} 个"
        yield Problem(where, what, f"删去多余的图片、对象，{_SAVE_AGAIN}")
    expanded = sum(member.file_size for member in members)
    if expanded > MOST_EXPANDED_BYTES:
        what = f"展开后有 {expanded >> 20} MB，超过 {MOST_EXPANDED_BYTES >> 20} MB"
        yield Problem(where, what, "缩小或删去大图片后再放入")
    if any(map(_is_blown_up, members)):
        yield Problem(where, f"有内容压缩超过 {MOST_RATIO} 倍，不像正常文件", _SAVE_AGAIN)


def _is_blown_up(member: zipfile.ZipInfo) -> bool:
    is_counted = member.file_size > _SMALLEST_COUNTED_BYTES
    return is_counted and member.file_size > MOST_RATIO * max(member.compress_size, 1)


def _active_problems(members: list[zipfile.ZipInfo], where: str) -> Iterator[Problem]:
    names = [f"/{member.filename.lower()}" for member in members]
    if any(mark in name for name in names for mark in _ACTIVE):
        yield Problem(where, "带有宏、控件或嵌入的程序对象", f"删去宏和对象，{_SAVE_AGAIN}")


def _relation_problems(archive: zipfile.ZipFile, where: str) -> Iterator[Problem]:
    """Linked pictures and attached templates are fetched when a document is opened."""
    for name in archive.namelist():
        if not name.endswith(".rels"):
            continue
        for relation in etree.fromstring(archive.read(name), _parser()):
            is_link = relation.get("Type", "").endswith("/hyperlink")
            if relation.get("TargetMode") == "External" and not is_link:
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                target = relation.get("Target", "")
                yield Problem(
                    where,
                    f"引用了文件之外的内容（{kind}：{target}）",
                    "把图片改为嵌入，把所附模板改为 Normal",
                )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
