"""What the sender of scans said of them stands on their papers."""

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from archive_indexer.documents import Extraction
from archive_indexer.extract.effort import AsSent
from archive_indexer.models import Content, WaitingFile
from archive_indexer.stores import contents
from filler.models import Issued
from minzheng.inbox.decisions import said_by_keeper
from minzheng.inbox.models import Original, Paper, Upload
from minzheng.inbox.said_uploads import settle_uploads
from minzheng.inbox.service import InboxService
from tests.inbox.conftest import CASE, OTHER_CASE, Desk, coded, confirm_all, knowledge, plain

pytestmark = pytest.mark.django_db
FOLDER = "钟宝镇/旧城村/网页上传/2026-11-29"


def sent(path: str, **said: object) -> Upload:
    """A scan that came from a page."""
    told = {"town": "钟宝镇", "village": "旧城村"} | said
    return Upload.objects.create(
        token=f"{abs(hash(path)):032x}"[-32:], by="li", name=path, size=1, path=path, **told
    )


@pytest.fixture
def bundle(desk):
    """Three photos of one paper, the second of which bears the code."""

    def lay(*pages: dict, of: int = 0) -> None:
        for number, page in enumerate(pages, start=1):
            path = f"{FOLDER}/ab12cd-{number:02d}_照片.jpg"
            desk.picture(path, page)
            size = of or len(pages)
            sent(path, bundle="ab12cd34", position=number, bundle_size=size)

    return lay


def test_photos_of_one_paper_become_one_in_the_order_chosen(desk, bundle):
    """Each stays as it was sent; a keeper still confirms."""
    bundle(plain("第一页"), coded("DB-01"), plain("第三页"))
    (paper,) = desk.run()
    pages = [(one.original.path[-10:], one.position) for one in paper.pages.all()]
    assert pages == [("-01_照片.jpg", 1), ("-02_照片.jpg", 2), ("-03_照片.jpg", 3)]
    assert (paper.case_no, paper.is_certain, paper.state) == (CASE, False, Paper.State.WAITING)
    assert any("合成一件" in text for _, text in paper.remarks)
    assert Original.objects.filter(state=Original.State.SORTED).count() == 3
    assert Upload.objects.filter(is_settled=True).count() == 3


def test_one_that_is_still_sent_is_waited_for(desk, bundle):
    """For an hour; then the others are one paper without it."""
    bundle(plain("第一页"), plain("第二页"), of=3)
    assert len(desk.run()) == 2
    Upload.objects.update(begun_at=timezone.now() - dt.timedelta(minutes=61))
    assert len(desk.run()) == 1


def test_a_paper_somebody_worked_on_is_left_as_it_is(desk, bundle):
    """Only papers nobody decided on are joined."""
    bundle(plain("第一页"), plain("第二页"), of=3)
    first, _ = desk.run()
    Paper.objects.filter(pk=first.pk).update(version=1)
    Upload.objects.update(begun_at=timezone.now() - dt.timedelta(minutes=61))
    assert len(desk.run()) == 2


def test_a_signed_document_without_a_readable_code_is_filed_under_its_case(desk):
    """Named by who sent it, to be checked with the picture; the form is kept in the archive."""
    issued = Issued.objects.create(
        form_id="DB-01", case_no=CASE, answers={"name": "测试甲"}, sha256="a" * 64
    )
    desk.picture(f"{FOLDER}/照片.jpg", plain("看不清"))
    sent(f"{FOLDER}/照片.jpg", issued=issued.pk, case_no=CASE, form_id="DB-01")
    (paper,) = desk.run()
    assert (paper.case_no, paper.form_id, paper.dossier, paper.year) == (
        CASE,
        "DB-01",
        "DB",
        "2018",
    )
    assert (paper.town, paper.village) == ("钟宝镇", "旧城村")
    assert paper.title.endswith("_测试甲")
    assert not paper.is_certain
    assert any("没有读到二维码" in text for _, text in paper.remarks)
    assert said_by_keeper(paper)["form_id"] == "DB-01"


def test_a_code_on_the_paper_goes_before_what_was_said(desk):
    """The same case needs no word; another is told."""
    desk.picture(f"{FOLDER}/甲.jpg", coded("DB-01"))
    desk.picture(f"{FOLDER}/乙.jpg", coded("DB-02", OTHER_CASE))
    for name in ("甲", "乙"):
        sent(f"{FOLDER}/{name}.jpg", case_no=CASE, form_id="DB-01")
    papers = {one.case_no: one for one in desk.run()}
    told = f"上传时指明是案件 {CASE}，纸上的编号却是 {OTHER_CASE}，请核对"
    assert [text for _, text in papers[OTHER_CASE].remarks if "上传" in text] == [told]
    assert [text for _, text in papers[CASE].remarks if "上传" in text] == []
    assert papers[CASE].is_certain
    assert "form_id" not in said_by_keeper(papers[CASE])


def photo(desk, name: str, **said: object) -> Upload:
    """The same photo, sent once more under this name."""
    place = f"{FOLDER}/{name}"
    file = desk.picture(place, plain("证明"))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return sent(place, sha256=digest, **said)


@pytest.fixture
def asked(desk, monkeypatch) -> list[bool]:
    """Whether each reading was one of the photo as it was sent."""
    readings: list[bool] = []

    def read(file: AsSent | Path) -> Extraction:
        is_as_sent = isinstance(file, AsSent)
        readings.append(is_as_sent)
        found = desk.read(file.file if is_as_sent else file)
        return replace(found, is_as_sent=is_as_sent)

    service = InboxService(desk.config, read, knowledge())
    monkeypatch.setattr(Desk, "service", lambda self: service)
    return readings


def test_a_photo_that_was_read_straight_is_read_again_as_its_sender_wants_it(desk, asked):
    """While the first one still lies in the inbox: its paper is made anew of what is read now."""
    photo(desk, "照片.jpg")
    (first,) = desk.run()
    again = photo(desk, "再传.jpg", is_as_sent=True)
    desk.run()
    again.refresh_from_db()
    assert not again.is_settled
    (paper,) = desk.run()
    assert asked == [False, True]
    assert paper.pk != first.pk
    desk.run()
    again.refresh_from_db()
    assert (asked, again.is_settled) == ([False, True], True)


def test_a_paper_somebody_worked_on_keeps_what_was_said_when_its_photo_is_read_again(desk, asked):
    """Its pages stay in it."""
    photo(desk, "照片.jpg")
    (first,) = desk.run()
    Paper.objects.filter(pk=first.pk).update(version=1, title="证明_测试甲")
    photo(desk, "再传.jpg", is_as_sent=True)
    desk.run()
    (paper,) = desk.run()
    assert asked == [False, True]
    assert (paper.pk, paper.title, paper.pages.count()) == (first.pk, "证明_测试甲", 1)
    assert not Original.objects.filter(state=Original.State.WAITING).exists()


@pytest.mark.django_db(transaction=True)
def test_a_photo_filed_long_ago_is_read_again_in_the_archive(desk, asked):
    """Sent once more as it is: the file that lies there waits for its reading, too."""
    photo(desk, "照片.jpg")
    desk.run()
    Paper.objects.update(dossier="DB", year="2018", title="证明")
    confirm_all()
    desk.run()
    desk.index()
    (laid,) = desk.in_archive()
    photo(desk, "再传.jpg", is_as_sent=True)
    desk.run()
    assert WaitingFile.objects.get().path == laid
    desk.run()
    assert asked == [False, True]


def test_one_confirmed_before_it_was_read_again_is_read_so_in_the_archive(desk, asked):
    """What was read straight does not go with the file."""
    photo(desk, "照片.jpg")
    desk.run()
    photo(desk, "再传.jpg", is_as_sent=True)
    Paper.objects.update(dossier="DB", year="2018", title="证明", version=1)
    desk.service()._take_in(f"{FOLDER}/再传.jpg")
    settle_uploads(knowledge(), timezone.now())
    confirm_all()
    desk.service()._lay_confirmed()
    assert Content.objects.get().as_sent
    assert contents.content_of(Content.objects.get().pk) is None
