"""Signed-in browsers, and one indexed page."""

import io
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import cache as remembered
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from whitenoise.middleware import WhiteNoiseMiddleware

from archive_indexer.documents import (
    ArchiveFile,
    ExtractedPage,
    Extraction,
    Filing,
    Guess,
    IndexedDocument,
)
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import archived_files, contents, filings
from filler.models import Issued
from filler.word.form_template import keep_compiled
from filler.word.kept.template_shelf import FOLDER as COMPILED
from filler.word.kept.template_shelf import TemplateShelf
from minzheng.accounts.models import Person, Role
from minzheng.accounts.sessions import SessionStore
from minzheng.external.libreoffice import LibreOfficeMissingError
from minzheng.policies import policy_book
from minzheng.web.gate.office import audit_log, config
from minzheng.web.policies import made_books
from tests.web.laid_index import LaidIndex
from tests.web.several_counties import SeveralCounties

#: A village's keeper: role, town, village.
KEEPER = (Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
PROJECT = Path(__file__).resolve().parents[2]
ANSWERS = PROJECT / "tests" / "samples" / "answers"
#: Between runs, and for all parts of one.
_COMPILED = PROJECT / ".pytest_cache" / COMPILED


@pytest.fixture(scope="session", autouse=True)
def _static_files_found_once() -> Iterator[None]:
    """Every browser starts the layers of the office anew; what lies in static/ stays the same."""
    found: dict[str, Any] = {}
    find = WhiteNoiseMiddleware.add_files_from_finders

    def find_once(layer: WhiteNoiseMiddleware) -> None:
        if not found:
            find(layer)
            found.update(layer.files)
        layer.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", find_once)
        yield


@pytest.fixture(autouse=True)
def _nobody_asked_yet() -> None:
    """Rates are counted from nothing in every test."""
    remembered.clear()
    audit_log.cache_clear()


@cache
def laid_index() -> LaidIndex:
    """The index of the office; what lies in it is copied where it was laid before."""
    return LaidIndex(config().data_folder / "index")


@pytest.fixture(autouse=True)
def _index_as_before() -> Iterator[None]:
    """What a test put into the index is gone after it."""
    yield
    laid_index().put_back()


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    """Templates are what they were in an earlier run or part, unless they were changed since."""
    keep_compiled(TemplateShelf(_COMPILED))
    yield
    keep_compiled(None)


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory) -> SeveralCounties:
    """Two counties, whose tables and forms are read once."""
    return SeveralCounties(tmp_path_factory.mktemp("several"))


@pytest.fixture
def counties(several: SeveralCounties, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office serves two counties."""
    several.open(monkeypatch)


@pytest.fixture
def pdf_in_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """The book of policies is given as PDF in the Word file it is made of.

    That can be read as it is, where the text of a PDF is packed; and LibreOffice, which takes
    9 CPU seconds for the book, is not started.
    """

    def refuse(word: bytes) -> bytes:
        raise LibreOfficeMissingError

    monkeypatch.setattr(policy_book, "as_pdf", refuse)
    monkeypatch.setattr(made_books, "as_pdf", lambda word: word)


@pytest.fixture
def sign_in(db) -> Callable[..., Client]:
    """A browser of somebody with a role and an area."""

    def run(
        role: Role = Role.COUNTY_CLERK,
        town: str = "",
        village: str = "",
        given: tuple[str, ...] = ("ET", "YF"),
    ) -> Client:
        person = Person.objects.create_user(
            f"p{Person.objects.count()}",
            role=role,
            town=town,
            village=village,
            given_dossiers=list(given),
        )
        return browser_of(person)

    return run


def browser_of(person: Person) -> Client:
    """A browser with the session of somebody who signed in before."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture
def posted() -> Callable[[str], dict[str, Any]]:
    """Sample answers as a browser posts them."""

    def run(form_id: str) -> dict[str, Any]:
        text = (ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8")
        data: dict[str, Any] = {"action": "issue"}
        for slug, answer in tomllib.loads(text).items():
            if isinstance(answer, list) and answer and isinstance(answer[0], dict):
                for number, row in enumerate(answer):
                    data |= {f"{slug}-{number}-{column}": value for column, value in row.items()}
            else:
                data[slug] = answer
        return data

    return run


@pytest.fixture
def applied(sign_in, posted) -> tuple[Client, Issued]:
    """A county clerk's browser, and the application that was issued with it."""
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01"))
    return browser, Issued.objects.get()


@pytest.fixture
def paper(db) -> ArchivedFile:
    """A text file of 旧城村 in the archive and in the index."""
    return put_paper("钟宝镇", "旧城村", "低保申请 测试甲 <b>加粗</b>")


@pytest.fixture
def second_paper(paper: ArchivedFile) -> Callable[[str, str], ArchivedFile]:
    """Puts a text of 民主村 into the archive."""
    return lambda text, sha256: put_paper("钟宝镇", "民主村", text, sha256)


def put_paper(
    town: str,
    village: str,
    text: str,
    content: str = "",
    *,
    dossier: str = "",
    name: str = "说明",
    persons: tuple[str, ...] = (),
    **more: str,
) -> ArchivedFile:
    """`more` tells further parts of the filing: year, form_id, case_no, person."""
    path = f"{town}/{village}/{name}.txt"
    file = config().archive_folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)  # never through a link that a test laid there
    file.write_text(text, encoding="utf-8")
    sha256 = content or f"{abs(hash(path)):064x}"[-64:]
    contents.keep_content(sha256, Extraction("txt", (ExtractedPage(1, text),)))
    filing = Filing(
        town=Guess(town, 1.0, "路径"),
        village=Guess(village, 1.0, "路径"),
        dossier=Guess(dossier, 1.0, "路径") if dossier else None,
        persons=tuple(Guess(one, 1.0, "名单") for one in persons),
        **{part: Guess(value, 1.0, "路径") for part, value in more.items()},
    )
    filings.keep_filing(ArchiveFile(path, file.stat().st_size, 1, sha256), filing)
    archived_files.mark_indexed([path])
    document = IndexedDocument(
        path, sha256, (text,), town=town, village=village, dossier=dossier, title=name, **more
    )
    laid_index().lay(document)
    return ArchivedFile.objects.get(path=path)


def closed_up(page: str) -> str:
    """A page without white space between its tags, to be asked what stands beside what."""
    return re.sub(r"\s+>", ">", re.sub(r">\s+<", "><", page))


def picture(name="家.png", colour="red"):
    """A photo of 400 × 300, as a browser sends it."""
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(stream, "PNG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/png")
