"""What the sender of scans said of them stands on their papers."""

import datetime as dt

import pytest
from django.utils import timezone

from filler.models import Issued
from minzheng.inbox.decisions import said_by_keeper
from minzheng.inbox.models import Original, Paper, Upload
from tests.inbox.conftest import CASE, OTHER_CASE, coded, plain

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
