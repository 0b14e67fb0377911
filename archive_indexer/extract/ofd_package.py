"""The members of an OFD: found whatever the case of their names, and what lies beside pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from zipfile import ZipFile

from lxml import etree

from archive_indexer.extract.markup import inner_path, read_part

_SEALS = re.compile(r"(?:^|/)signs?/.*\.(?:esl|dat)$", re.IGNORECASE)
_WORDS = re.compile(rb"\x0c([\x06-\x7f])")  #: a UTF8String of DER and its length
_HAN = re.compile("[\u3400-\u9fff]{3,}")


@dataclass(frozen=True, slots=True)
class OfdPackage:
    """A package whose references are followed blind to case, as its readers do."""

    package: ZipFile
    names: dict[str, str]  #: in lower case → as it is
    broken: list[str] = field(default_factory=list)  #: parts that could not be read

    @classmethod
    def of(cls, package: ZipFile) -> "OfdPackage":
        """Of an open package."""
        names = package.namelist()
        return cls(package, {_plain(name).lower(): name for name in names})

    def find(self, base: str, target: str) -> str | None:
        """The member that a reference leads to; by its bare name when nothing lies there."""
        for path in (inner_path(base, target), target.lstrip("/")):
            found = self.names.get(_plain(path).lower())
            if found:
                return found
        bare = f"/{PurePosixPath(target).name.lower()}"
        alike = [name for lower, name in self.names.items() if lower.endswith(bare)]
        return alike[0] if len(alike) == 1 else None

    def part(self, base: str, target: str) -> tuple[str, etree._Element] | None:
        """A part that is referred to, with its name; None when it is missing or broken."""
        name = self.find(base, target)
        try:
            return (name, read_part(self.package, name)) if name else None
        except etree.XMLSyntaxError:
            self.broken.append(str(name))
            return None

    def seals(self) -> tuple[list[str], int]:
        """The words in electronic seals, and how many seals hold none that can be told."""
        words, mute = dict[str, None](), 0
        for name in self.names.values():
            if _SEALS.search(name):
                found = list(_words_in_seal(self.package.read(name)))
                words |= dict.fromkeys(found)
                mute += not found and name.lower().endswith(".esl")
        return list(words), mute


def _words_in_seal(content: bytes) -> Iterator[str]:
    """Names of offices among the structures of a seal (GM/T 0031, GB/T 38540)."""
    for match in _WORDS.finditer(content):
        text = content[match.end() : match.end() + match[1][0]].decode("utf-8", errors="replace")
        if "\ufffd" not in text and _HAN.search(text):
            yield text.strip()


def _plain(path: str) -> str:
    """A path without `.` and `..` and doubled slashes."""
    steps: list[str] = []
    for step in path.replace("\\", "/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
