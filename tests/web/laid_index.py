"""An index of a few documents, made once and copied: most tests of pages lay the same ones.

What was laid in one test is laid in the next by copying the files that were written then, and
after each the files are as they were before. Where anything else was done to the index, documents
are laid as the program does it.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.full_text_index import FullTextIndex

_LOCK = "WRITELOCK"  #: whoever writes holds it; it says nothing
Laid = tuple[IndexedDocument, ...]
Files = dict[str, bytes]


class LaidIndex:
    """The index in a folder, which begins empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[Laid, Files] = {(): _empty()}
        self._laid: Laid = ()
        self._floor: Laid = ()

    def lay(self, document: IndexedDocument) -> None:
        """Put a document in, or in the place of what lay under its path."""
        wanted = (*self._laid, document)
        is_known = self._lies(self._laid)
        if is_known and wanted in self._made:
            self._write(self._made[wanted])
        else:
            FullTextIndex(self._folder).update([document])
            if is_known:
                self._made[wanted] = self._read()
        self._laid = wanted

    def stay(self) -> None:
        """What lies here now belongs to what is before each of the next tests."""
        if not self._lies(self._laid):
            raise AssertionError("something else was done to the index")
        self._floor = self._laid

    def begin_empty(self) -> None:
        """Nothing stays any more."""
        self._floor = ()
        self.put_back()

    def put_back(self) -> None:
        """As it was before the test; an index that nobody opened is not made."""
        self._laid = self._floor
        if self._folder.exists() and not self._lies(self._floor):
            self._write(self._made[self._floor])

    def _lies(self, laid: Laid) -> bool:
        """Each commit writes files of names that were not there before."""
        return laid in self._made and self._names() == self._made[laid].keys()

    def _names(self) -> set[str]:
        if not self._folder.exists():
            return set(self._made[()])
        return {one.name for one in self._folder.iterdir() if not one.name.endswith(_LOCK)}

    def _read(self) -> Files:
        return {name: (self._folder / name).read_bytes() for name in self._names()}

    def _write(self, files: Files) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for name in self._names() - files.keys():
            (self._folder / name).unlink()
        for name, content in files.items():
            file = self._folder / name
            if not file.exists():
                file.write_bytes(content)


def _empty() -> Files:
    with TemporaryDirectory() as folder:
        FullTextIndex(Path(folder))
        return {one.name: one.read_bytes() for one in Path(folder).iterdir()}
