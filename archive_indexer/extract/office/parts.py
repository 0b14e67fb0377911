"""The parts of a zipped document and what each refers to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from weakref import WeakKeyDictionary
from zipfile import ZipFile

from lxml import etree

from archive_indexer.extract.limits import UnreadableError
from archive_indexer.extract.markup import read_part

#: Where a package keeps the files that lie within its document.
LAID_IN = "/embeddings/"
_MOST_UNPACKED = 256 << 20  #: bytes of all parts together
_ELSEWHERE = ("subDocument", "oleObject", "package")
_NAMED = 3  #: broken parts of which the names are said
_BROKEN: WeakKeyDictionary[ZipFile, dict[str, None]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Target:
    """Another part that a part refers to: `image`, `chart`, `comments` …, and where it is."""

    kind: str
    part: str
    number: str = field(default="", compare=False)  #: by which the part that refers to it names it


def main_part(package: ZipFile, usual: str) -> str:
    """The part that the document begins with; its name is free, `usual` is what most choose."""
    names = package.namelist()
    targets = targets_of(package, "")
    return next(
        (one.part for one in targets if one.kind == "officeDocument" and one.part in names), usual
    )


def is_package(file: Path) -> bool:
    """Whether a file is a package from its first byte: workbooks of 2007 hold one at their end."""
    with file.open("rb") as stream:
        return stream.read(2) == b"PK"


def refuse_large(package: ZipFile) -> None:
    """Refuse a package that unpacks to more than any document needs.

    Raises:
        UnreadableError: it is too large.
    """
    if sum(entry.file_size for entry in package.infolist()) > _MOST_UNPACKED:
        raise UnreadableError("文件解压后过大，只登记、不识别")


def targets_of(package: ZipFile, part: str) -> list[Target]:
    """What a part refers to inside the package, in no order."""
    root = part_or_none(package, _relations_of(part))
    if root is None:
        return []
    return [
        Target(_kind(node), _joined(PurePosixPath(part).parent, node), node.get("Id", ""))
        for node in root.iter("{*}Relationship")
        if node.get("TargetMode") != "External"
    ]


def say_elsewhere(package: ZipFile, parts: Iterable[str]) -> tuple[str, ...]:
    """What is to be said of pictures and documents that these parts only refer to."""
    pictures, documents = set[str](), set[str]()
    for part in parts:
        rels = part_or_none(package, _relations_of(part))
        outside = {
            node.get("Id", ""): node
            for node in (rels.iter("{*}Relationship") if rels is not None else ())
            if node.get("TargetMode") == "External"
        }
        for node in outside.values():
            if _kind(node) in _ELSEWHERE:
                documents.add(node.get("Target", ""))
        if any(_kind(node) == "image" for node in outside.values()):
            pictures |= {
                outside[one].get("Target", "") for one in _linked(package, part) & {*outside}
            }
    said = ((pictures, "张图片不在文件里"), (documents, "个引用的文件不在文件里"))
    return tuple(f"含 {len(found)} {what}，未识别" for found, what in said if found)


def _linked(package: ZipFile, part: str) -> set[str]:
    """The references of pictures of which the part itself holds no copy."""
    root = part_or_none(package, part)
    found = set[str]()
    for node in root.iter("{*}blip", "{*}imagedata") if root is not None else ():
        names = {str(key).rsplit("}", 1)[-1]: str(value) for key, value in node.attrib.items()}
        if not names.get("embed"):
            found |= {names.get(name, "") for name in ("link", "id", "pict", "href")}
    return found


def part_or_none(package: ZipFile, name: str, *, repair: bool = False) -> etree._Element | None:
    """An XML part, or None when it is missing or broken: the others still count.

    A broken one is told by `say_broken`; drawings of old programs are written like web pages,
    with breaks that nothing closes, and may be repaired.

    Raises:
        UnreadableError: it is too large.
    """
    try:
        return read_part(package, name, repair=repair)
    except KeyError:
        return None
    except etree.XMLSyntaxError:
        _BROKEN.setdefault(package, {})[name] = None
        return None


def say_broken(package: ZipFile) -> tuple[str, ...]:
    """What is to be said of the parts of a package that were asked for and could not be read."""
    names = [name.rsplit("/", 1)[-1] for name in _BROKEN.get(package, {})]
    some = "、".join(names[:_NAMED]) + "等" * (len(names) > _NAMED)
    return (f"含 {len(names)} 处内容已损坏（{some}），未识别",) if names else ()


def local_name(node: etree._Element) -> str:
    """A tag without its namespace; empty for comments and instructions."""
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def attribute_of(node: etree._Element, name: str) -> str:
    """An attribute of any namespace."""
    space = node.tag[: node.tag.find("}") + 1]
    plain = node.get(f"{space}{name}", node.get(name))
    if plain is not None:
        return plain
    return next((str(v) for k, v in node.attrib.items() if str(k).endswith(f"}}{name}")), "")


def kept_nodes(root: etree._Element, skipped: frozenset[str]) -> Iterator[etree._Element]:
    """A node and all below it in their order, without the branches of these names."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        below = [child for child in node.iterchildren("*") if local_name(child) not in skipped]
        waiting += reversed(below)


def unique(lines: Iterator[str]) -> list[str]:
    """Lines that say something, each once."""
    return list(dict.fromkeys(line for one in lines if (line := one.strip())))


def _relations_of(part: str) -> str:
    path = PurePosixPath(part)
    return str(path.parent / "_rels" / f"{path.name}.rels")


def _kind(relation: etree._Element) -> str:
    return relation.get("Type", "").rsplit("/", 1)[-1]


def _joined(folder: PurePosixPath, node: etree._Element) -> str:
    """Where a reference leads, with `..` taken out."""
    target = node.get("Target", "")
    steps: list[str] = [] if target.startswith("/") else list(folder.parts)
    for step in target.strip("/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
