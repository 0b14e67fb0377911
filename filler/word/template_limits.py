"""What a Word template may bring: no bombs, no macros, nothing fetched from elsewhere."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import accumulate

from lxml import etree

from filler.word.joining.record_package import TYPES, RecordPackage
from minzheng.county.errors import Problem

MOST_MEMBERS = 2000
MOST_EXPANDED_BYTES = 100 * 2**20
MOST_RATIO = 200  #: expanded to packed; counted for members above the smallest size only
MOST_DEPTH = 200  #: of XML; Word itself nests some dozens
MOST_BLOCKS = 20  #: if and for, one within the other
MOST_BRACKETS = 20
MOST_TAG = 1000  #: characters of one tag
_SMALLEST_COUNTED_BYTES = 2**20
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")  #: encrypted .docx and old .doc begin so
_ENCRYPTED_FLAG = 0x1
_ACTIVE = ("vbaproject.bin", "vbadata.xml", "/activex/", "/embeddings/oleobject")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALT_CHUNK, _BEGIN, _SIMPLE = f"{_W}altChunk", f"{_W}fldChar", f"{_W}fldSimple"
_INSTRUCTION = f"{_W}instrText"
#: Fields that fetch something, or run something, when a document is opened or printed.
_REACHING = frozenset((
    "DATABASE", "DDE", "DDEAUTO", "EMBED", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT",
    "LINK", "MACROBUTTON", "RD",
))  # fmt: skip
_IS_DEEP = etree.XPath(f"boolean({'/*' * (MOST_DEPTH + 1)})")  # one walk, whatever is in it
_TAG = re.compile(r"\{[{%].*?(?:[%}]\}|\Z)", re.DOTALL)
_BLOCK = re.compile(r"\{%[-+]?\s*(?:(?:p|tr|tc|r)\s+)?(end)?(?:if|for)\b")
#: What reading a damaged .docx may raise.
BROKEN_FILE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
    etree.LxmlError,
)  # fmt: skip
ATTACHED = "/attachedTemplate"  #: nearly every file of Word and WPS names one; it says nothing
_DOCUMENT, _STRICT = "/officeDocument", "http://purl.oclc.org/ooxml/"
#: By what the content type says of the body.
_OTHER_KINDS = {
    "macroEnabled": "带宏的 Word 文件（.docm、.dotm）",
    "wordprocessingml.template": "Word 模板（.dotx）",
    "spreadsheetml": "Excel 表格",
    "presentationml": "PowerPoint 演示文稿",
}
_SAVE_AGAIN = "用 Word 或 WPS 另存为 .docx 后再放入"


def find_package_problems(docx: bytes, where: str) -> list[Problem]:
    """Why a file may not be opened as a template; none: it may."""
    if docx.startswith(_OLE):
        return [Problem(where, "文件加了密码，或是旧的 .doc 格式", f"去掉密码，{_SAVE_AGAIN}")]
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            members = archive.infolist()
            return list(_size_problems(members, where)) or [
                *_kind_problems(archive, where),
                *_active_problems(members, where),
                *_relation_problems(archive, where),
                *_nesting_problems(archive, where),
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


def _kind_problems(archive: zipfile.ZipFile, where: str) -> Iterator[Problem]:
    """Of another kind than Word saves by itself; what is no package at all is said later."""
    package = RecordPackage(archive)
    found = (one for one in package.relations("").values() if one.kind.endswith(_DOCUMENT))
    body = next(found, None)
    if body is None:
        return
    kind = package.content_type(body.target) if TYPES in package.names else ""
    if body.kind.startswith(_STRICT):
        do = "在 Word 中另存，类型选“Word 文档(*.docx)”，不选“Strict Open XML 文档”"
        yield Problem(where, "存成了“Strict Open XML”格式", do)
    elif named := next((told for mark, told in _OTHER_KINDS.items() if mark in kind), ""):
        yield Problem(where, f"是{named}", "另存，类型选“Word 文档(*.docx)”")
    elif body.target in package.names and _has_strange_prefix(archive.read(body.target)):
        yield Problem(where, "正文的写法不是 Word、WPS 的", _SAVE_AGAIN)


def _has_strange_prefix(body: bytes) -> bool:
    """Whether a program wrote the body under names of its own; tags are looked for in Word's."""
    try:
        root = etree.fromstring(body, _parser())
    except etree.XMLSyntaxError:
        return False
    return root.tag == f"{_W}document" and root.prefix != "w"


def _active_problems(members: list[zipfile.ZipInfo], where: str) -> Iterator[Problem]:
    names = [f"/{member.filename.lower()}" for member in members]
    if any(mark in name for name in names for mark in _ACTIVE):
        yield Problem(where, "带有宏、控件或嵌入的程序对象", f"删去宏和对象，{_SAVE_AGAIN}")


def _relation_problems(archive: zipfile.ZipFile, where: str) -> Iterator[Problem]:
    """What is linked is fetched when a document is opened; an attached template is dropped."""
    for name in archive.namelist():
        if not name.endswith(".rels"):
            continue
        for relation in etree.fromstring(archive.read(name), _parser()):
            if not relation.get("Target"):
                yield Problem(where, f"{name} 里有一处链接没有写去处", f"删去该链接，{_SAVE_AGAIN}")
            is_link = relation.get("Type", "").endswith(("/hyperlink", ATTACHED))
            if relation.get("TargetMode") == "External" and not is_link:
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                target = relation.get("Target", "")
                yield Problem(
                    where,
                    f"引用了文件之外的内容（{kind}：{target}）",
                    "把链接的图片、对象改为嵌入（在 Word 中断开链接）",
                )


def _nesting_problems(archive: zipfile.ZipFile, where: str) -> Iterator[Problem]:
    """What would exhaust whoever reads it, however small the file."""
    for name, root in _xml_parts(archive):
        if root.getroottree().docinfo.internalDTD is not None:
            yield Problem(where, f"{name} 带有 DOCTYPE 声明，不像 Word 存的文件", _SAVE_AGAIN)
            continue  # what it names may be as long as it likes
        if _IS_DEEP(root):
            yield Problem(where, f"{name} 嵌套超过 {MOST_DEPTH} 层", _SAVE_AGAIN)
        text = etree.tostring(root, method="text", encoding="unicode")
        if any(map(_is_tangled, _TAG.findall(text))):
            what = f"标签太长，或括号套了 {MOST_BRACKETS} 层以上"
            yield Problem(where, what, "标签只写字段、for、if")
        if _deepest((not end) * 2 - 1 for end in _BLOCK.findall(text)) > MOST_BLOCKS:
            yield Problem(where, f"for、if 套了 {MOST_BLOCKS} 层以上", "减少一层套一层的 for、if")


def find_reaching_problems(docx: bytes, where: str) -> list[Problem]:
    """What a template may not make others' Word do; of a file that was let in."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return [
            Problem(where, f"{name} 里{what}", f"在 Word 中删去，{_SAVE_AGAIN}")
            for name, root in _xml_parts(archive)
            for what in _reaching(root)
        ]


def _reaching(root: etree._Element) -> Iterator[str]:
    if next(root.iter(_ALT_CHUNK), None) is not None:
        yield "插入了别的文件（altChunk）"
    for instruction in _instructions(root):
        kind = (instruction.split() or [""])[0].upper()
        if kind in _REACHING:
            yield f"有会取外部内容或运行程序的域（{kind}）"


def _instructions(root: etree._Element) -> Iterator[str]:
    """What each field says, joined: Word splits it over runs, and fields stand in fields."""
    open_fields: list[str] = []
    for element in root.iter(_SIMPLE, _BEGIN, _INSTRUCTION):
        kind = element.get(f"{_W}fldCharType")
        if element.tag == _SIMPLE:
            yield element.get(f"{_W}instr") or ""
        elif element.tag == _INSTRUCTION:
            open_fields = [one + (element.text or "") for one in open_fields or [""]]
        elif kind == "begin":
            open_fields.append("")
        elif kind == "end" and open_fields:
            yield open_fields.pop()
    yield from open_fields


def _xml_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, etree._Element]]:
    """Parts that can be read; whoever needs another one says that it is damaged."""
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            try:
                yield name, etree.fromstring(archive.read(name), _parser())
            except etree.XMLSyntaxError:
                continue


def _is_tangled(tag: str) -> bool:
    is_closed = tag.endswith(("}}", "%}"))
    steps = ((one in "([{") - (one in ")]}") for one in tag[2:])
    return (is_closed and len(tag) > MOST_TAG) or _deepest(steps) > MOST_BRACKETS


def _deepest(steps: Iterable[int]) -> int:
    return max(accumulate(steps), default=0)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
