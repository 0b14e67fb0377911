"""Scans of issued papers: printed by LibreOffice, stamped where the words stand."""

import numpy as np
import pypdfium2
import pytest

from archive_indexer.reading.read_page import read_page_image
from filler.models import Issued
from minzheng.cli.county_demo.scans import ScansMade, Wanted

pytestmark = pytest.mark.journey
_SEAL = ("镇坪县民政局", "镇坪县民政局测试")


def test_a_notice_comes_back_with_its_code_and_its_seal(small_county, db, tmp_path):
    """One page with the number of the paper; the seal's words are read."""
    desk = small_county.desk
    notice = Issued.objects.filter(form_id="GS-01").order_by("pk")[0]
    village = small_county.villages[0]
    made = ScansMade(desk.store, desk.catalogue.county.dossiers, tmp_path)
    made.make([Wanted(notice.pk, village, (_SEAL,))])
    (file,) = tmp_path.rglob("*.pdf")
    assert file.parent.relative_to(tmp_path).parts == (
        village.town, village.name, "08公示公开", "2026年",
    )  # fmt: skip
    with pypdfium2.PdfDocument(file) as opened:
        (picture,) = (page.render(scale=150 / 72).to_pil().convert("RGB") for page in opened)
    read = read_page_image(np.asarray(picture)[:, :, ::-1].copy(), 1)
    assert notice.case_no in "".join(read.codes)
    assert ["民政局" in one.words for one in read.seals] == [True]
