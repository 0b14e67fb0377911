"""The inbox of the site, and what is done there."""

import shutil

import pytest

from archive_indexer.disk.file_names import disk_path
from minzheng.inbox.models import Piece
from minzheng.inbox.service import InboxService
from minzheng.web.gate.office import config, knowledge
from tests.inbox.conftest import Desk

OTHER_VILLAGE = "DB-103207-2018-0001"


@pytest.fixture
def desk():
    """The inbox of the site itself, emptied before and after."""
    desk = Desk(config())
    shutil.rmtree(desk.inbox, ignore_errors=True)
    desk.inbox.mkdir()
    for folder in (desk.archive, desk.config.data_folder):
        folder.mkdir(exist_ok=True)
    before = set(desk.in_archive())
    yield desk
    shutil.rmtree(desk.inbox)
    for path in set(desk.in_archive()) - before:
        disk_path(desk.archive, path).unlink()


def serve(desk: Desk) -> list[Piece]:
    """What the service does beside the pages."""
    InboxService(desk.config, desk.read, knowledge()).run_once()
    return list(Piece.objects.order_by("pk"))


def act(browser, paper: Piece, do: str, **fields):
    """Press a button of a paper's page, having seen it as it is."""
    seen = Piece.objects.get(pk=paper.pk)
    data = {"version": seen.version, "do": do} | fields
    return browser.post(f"/inbox/{paper.pk}/decide", data, follow=True).content.decode()
