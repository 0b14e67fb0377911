"""Word files become PDFs by LibreOffice, which reaches no network and has files of its own."""

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from minzheng.external.run_program import (
    MissingProgramError,
    ProgramFailedError,
    find_program,
    run_program,
)

_FONTS = Path(__file__).with_name("fontconfig") / "fonts.conf"
#: Its own settings: what a document links to is not fetched, the way out leads nowhere, and a
#: box or quotation mark that begins a line is set as Chinese, as Word sets it. No version
#: is told to be newer than the profile's: else it tries its drawing first, for a second of CPU.
_SETTINGS = Path(__file__).with_name("office_profile") / "registrymodifications.xcu"
#: After the kind of file: PDF/A-2b.
_AS_ARCHIVAL = '"SelectPdfVersion":{"type":"long","value":"2"}'
_WITH_BOOKMARKS = '"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}'
#: Else it makes each picture one of 300 points an inch and tries JPEG for it.
_WITH_PICTURES_AS_THEY_ARE = (
    '"ReduceImageResolution":{"type":"boolean","value":"false"}',
    '"UseLosslessCompression":{"type":"boolean","value":"true"}',
)
#: The library that holds the part which opens a kind: Writer, Calc, Impress.
_PARTS = {"doc": "swlo", "xls": "sclo", "ppt": "sdlo"}
#: Beside the program: which build it is, on Linux and on Windows.
_VERSION_FILES = ("versionrc", "version.ini")
_BUILD = re.compile(r"^buildid=(.+)$", re.MULTILINE | re.IGNORECASE)
_SECONDS_TO_START = 60.0
_SECONDS_A_FILE = 3.0


class LibreOfficeMissingError(MissingProgramError):
    """没有安装 LibreOffice，不能生成 PDF。Debian/Ubuntu 请运行：apt install libreoffice-writer-nogui fonts-noto-cjk；Windows 请安装 LibreOffice。"""  # noqa: E501  # the message is one line


def require_libreoffice() -> str:
    """The path of LibreOffice.

    Raises:
        LibreOfficeMissingError: it is not installed; the message says what to install.
    """
    program = find_program("soffice", "libreoffice")
    if program is None:
        raise LibreOfficeMissingError
    return program


def lacks_part_for(kind: str) -> bool:
    """Whether LibreOffice is here, but not its part that opens a kind of file (doc, xls, ppt).

    Debian packs each part by itself. Where its folder looks otherwise, nothing is said.
    """
    program = find_program("soffice", "libreoffice")
    folder = Path(program).resolve().parent if program else Path("/nowhere")
    libraries = {
        file.stem.removeprefix("lib") for file in (*folder.glob("*lo.so"), *folder.glob("*lo.dll"))
    }
    return bool(libraries) and _PARTS[kind] not in libraries


def convert_to_pdf(
    files: Sequence[Path],
    folder: Path,
    seconds: float | None = None,
    *,
    keeps_bookmarks: bool = False,
    keeps_pictures: bool = False,
) -> list[Path]:
    """Convert Word files to PDF/A-2b in one call.

    Args:
        files: files of different names.
        folder: where the PDFs go.
        seconds: after which LibreOffice is stopped; by the number of files when not given.
        keeps_bookmarks: whether bookmarks become named places.
        keeps_pictures: whether pictures stay as they are: quicker, but photos are large then.

    Raises:
        LibreOfficeMissingError: it is not installed.
        ProgramFailedError: it took too long or made nothing.
    """
    options = [_AS_ARCHIVAL]
    options += [_WITH_BOOKMARKS] if keeps_bookmarks else []
    options += _WITH_PICTURES_AS_THEY_ARE if keeps_pictures else ()
    how = f":writer_pdf_Export:{{{','.join(options)}}}"
    return convert_with_libreoffice(files, folder, "pdf", seconds, how)


def convert_with_libreoffice(
    files: Sequence[Path],
    folder: Path,
    kind: str,
    seconds: float | None = None,
    options: str = "",
    *,
    opens_as: str = "",
) -> list[Path]:
    """Convert files to another kind in one call, with a profile of its own.

    Args:
        files: files of different names.
        folder: where the results go.
        kind: the ending of the results.
        seconds: after which LibreOffice is stopped; by the number of files when not given.
        options: how to export, as LibreOffice writes it after the kind.
        opens_as: the way to open what does not tell its kind: texts.

    Raises:
        LibreOfficeMissingError: it is not installed.
        ProgramFailedError: it took too long or made nothing.
    """
    program = require_libreoffice()
    with tempfile.TemporaryDirectory(prefix="minzheng-office-") as profile:
        _begin_profile(Path(profile), program)
        command = [
            program,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            *([f"--infilter={opens_as}"] if opens_as else []),
            "--convert-to",
            f"{kind}{options}",
            "--outdir",
            str(folder),
            *map(str, files),
        ]
        limit = seconds or _SECONDS_TO_START + _SECONDS_A_FILE * len(files)
        own = {"FONTCONFIG_FILE": str(_FONTS), "HOME": profile, "TMPDIR": profile}
        run_program(command, limit, own, is_offline=True)
    made = [folder / f"{file.stem}.{kind}" for file in files]
    missing = [file.name for file in made if not file.exists()]
    if missing:
        raise ProgramFailedError(f"LibreOffice 没有生成 {'、'.join(missing)}。")
    return made


def _begin_profile(profile: Path, program: str) -> None:
    """Its settings, and the build whose extensions are known there.

    In a profile of no build it looks through all extensions and starts once more, which is a
    third of its start.
    """
    extensions = profile / "user" / "extensions"
    extensions.mkdir(parents=True)
    shutil.copyfile(_SETTINGS, profile / "user" / _SETTINGS.name)
    build = _build_of(Path(program).resolve().parent)
    if build:
        (extensions / "buildid").write_text(build, encoding="utf-8")


def _build_of(folder: Path) -> str:
    """The build of the LibreOffice in a folder; empty where nothing says so."""
    for name in _VERSION_FILES:
        try:
            told = (folder / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found = _BUILD.search(told)
        if found:
            return found[1].strip()
    return ""
