"""RAR files by unrar2-cffi; to be imported only where `rar.has_library` says that it is there.

The library's own loops are not used: one ends without a word at a header it cannot read, so
that the rest of the files is lost, and one waits for ever where the next volume is missing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unrar.cffi import unrarlib
from unrar.cffi._unrarlib import ffi, lib

BadRarFile: type[Exception] = unrarlib.BadRarFile
_END_OF_FILES = 10  #: ERAR_END_ARCHIVE
_ENCRYPTED = 0x4
_IS_NEXT = 1  #: RAR_VOL_NOTIFY: a volume was found, and none is asked for
_VOLUMES = (lib.UCM_CHANGEVOLUME, lib.UCM_CHANGEVOLUMEW)
_GO_ON, _STOP = 1, -1


@dataclass(frozen=True, slots=True)
class RarMember:
    """A file in a RAR, while it is its turn."""

    name: str
    size: int
    is_encrypted: bool
    _archive: Any

    def skip(self) -> None:
        """Leave it out."""
        self._done(lib.RARProcessFileW(self._archive.handle, lib.C_RAR_SKIP, ffi.NULL, ffi.NULL))

    def read(self, take: Callable[[bytes], None]) -> None:
        """Give its content piece by piece; what `take` raises ends it."""
        errors: list[Exception] = []

        def told(message: int, place: int, size: int) -> int:
            if message == lib.UCM_PROCESSDATA:
                try:
                    take(bytes(ffi.buffer(ffi.cast("char *", place), size)))
                except Exception as error:  # noqa: BLE001  # raised again, behind the library
                    errors.append(error)
                    return _STOP
                return _GO_ON
            return _GO_ON if message in _VOLUMES and size == _IS_NEXT else _STOP

        handle, heard = self._archive.handle, ffi.new_handle(told)
        lib.RARSetCallbackPtr(handle, unrarlib.PyUNRARCALLBACKStub, heard)
        result = lib.RARProcessFileW(handle, lib.C_RAR_TEST, ffi.NULL, ffi.NULL)
        lib.RARSetCallbackPtr(handle, ffi.NULL, ffi.NULL)
        for error in errors:
            raise error
        self._done(result)

    def _done(self, result: int) -> None:
        if result != lib.C_ERAR_SUCCESS:
            raise BadRarFile(result, self.name)


def read_members(file: Path) -> Iterator[RarMember]:
    """The files of a RAR in their order, its folders left out; each is to be read or skipped.

    Raises:
        BadRarFile: it cannot be read, or not to its end.
    """
    with unrarlib.RarArchive.open_for_processing(str(file)) as archive:
        while True:
            data = unrarlib.RARHeaderDataEx()
            result = lib.RARReadHeaderEx(archive.handle, data)
            if result == _END_OF_FILES:
                return
            if result != lib.C_ERAR_SUCCESS:
                raise BadRarFile(result, str(file))
            header = unrarlib.RarHeader(archive, data)
            size = header.UnpSize + (header.UnpSizeHigh << 32)
            is_encrypted = bool(header.Flags & _ENCRYPTED)
            member = RarMember(header.FileNameW, size, is_encrypted, archive)
            if header.Flags & unrarlib.FLAGS_RHDF_DIRECTORY:
                member.skip()
            else:
                yield member
