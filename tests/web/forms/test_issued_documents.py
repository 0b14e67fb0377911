"""Which issued documents a person sees."""

import pytest

from filler.models import Issued
from minzheng.accounts.areas import Area
from minzheng.accounts.models import Role
from minzheng.web.forms.issued_documents import case_store
from minzheng.web.forms.record_gate import may_see


def test_another_towns_clerk_does_not_see_a_document(sign_in, posted):
    """Neither its page nor its file."""
    sign_in().post("/forms/DB-01", posted("DB-01"))
    number = Issued.objects.get().pk
    stranger = sign_in(Role.TOWN_CLERK, "城关镇")
    assert stranger.get(f"/documents/{number}").status_code == 404
    assert stranger.get(f"/documents/{number}/word").status_code == 404


def test_another_villages_case_gives_nothing(applied, sign_in):
    """Neither its page nor its people; not while typing either."""
    _, issued = applied
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "得胜村")
    assert keeper.get(f"/cases/{issued.case_no}").status_code == 404
    for answer in (
        keeper.get(f"/forms/DB-02?case_no={issued.case_no}"),
        keeper.post("/forms/DB-02/preview", {"case_no": issued.case_no}),
        keeper.post("/forms/DB-02", {"case_no": issued.case_no, "action": "issue"}),
    ):
        assert issued.answers["name"] not in answer.content.decode()
    assert "不属于您办理的范围" in answer.content.decode()


@pytest.mark.parametrize(
    ("place", "username", "is_seen"),
    [
        (Area(), "zhang", True),
        (Area(town="钟宝镇", village="旧城村"), "zhang", True),
        (Area(town="钟宝镇", village="民主村"), "zhang", False),
        (Area(town="城关镇"), "zhang", False),
        (Area(town="城关镇"), "own", True),
        (Area(forbidden=frozenset({"DB"})), "own", False),
        (Area(is_nothing=True), "zhang", False),
    ],
)
def test_a_document_is_seen_by_its_clerk_and_its_area(place, username, is_seen):
    """Never by whoever does not see its dossier, the clerk among them."""
    answers = {"town": "钟宝镇", "village": "旧城村"}
    issued = Issued(case_no="DB-103200-2018-0001", issued_by="own", answers=answers)
    assert may_see(issued, place, username) == is_seen


def test_a_document_whose_file_is_gone_is_not_found(applied):
    """It is still listed."""
    browser, issued = applied
    file = case_store().path_of(issued.sha256)
    aside = file.rename(file.with_suffix(".aside"))
    assert browser.get(f"/documents/{issued.pk}/word").status_code == 404
    aside.rename(file)
    assert browser.get(f"/documents/{issued.pk}/word").status_code == 200


@pytest.mark.parametrize("number", ["x", "-1", "999999", ""])
def test_only_an_issued_document_is_corrected(applied, number):
    """Anything else begins a new one."""
    browser, _ = applied
    page = browser.get(f"/forms/DB-01?corrects={number}").content.decode()
    assert "另出第" not in page
