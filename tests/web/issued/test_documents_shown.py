"""The list of issued documents as somebody reads it."""

from filler.models import Batch, BatchRow, Issued
from minzheng.accounts.areas import Area
from minzheng.accounts.models import Person, Role
from minzheng.web.issued.documents_shown import batch_of, name_of_issuer, places_in


def test_a_row_tells_person_place_and_issuer(applied):
    """By the names of people, not of accounts; and leads to pages and Word."""
    browser, issued = applied
    Person.objects.filter(username=issued.issued_by).update(first_name="王经办")
    page = browser.get("/documents").content.decode()
    for told in (
        issued.answers["name"], "钟宝镇旧城村", "王经办", issued.case_no,
        f"/documents/{issued.pk}/pages", f"/documents/{issued.pk}/word", "共 1 份",
    ):  # fmt: skip
        assert told in page
    assert "出具人</dt><dd>王经办" in "".join(
        browser.get(f"/documents/{issued.pk}").content.decode().split("\n")
    )


def test_a_child_is_not_named_to_who_may_not_see_children(sign_in, posted):
    """The list masks as every page does."""
    sign_in().post("/forms/ET-01", posted("ET-01"))
    stranger = sign_in(Role.COUNTY_CLERK, given=())
    page = stranger.get("/documents").content.decode()
    assert posted("ET-01")["name"] not in page
    assert "ET-01" not in page


def test_an_account_that_is_gone_is_named_as_it_was(db):
    """Its documents stay."""
    assert name_of_issuer("gone") == "gone"


def test_the_places_to_choose_are_those_of_the_area(db):
    """A village has one; who sees nothing has none."""
    assert places_in(Area("钟宝镇", "旧城村")) == [("钟宝镇", ["旧城村"])]
    assert places_in(Area(is_nothing=True)) == []
    assert len(places_in(Area())) == 7


def test_a_correction_is_of_the_batch_of_its_first_edition(applied):
    """Which is told to who gave the batch; a batch of the command line has no page."""
    _, first = applied
    batch = Batch.objects.create(key="x", form_id="DB-01", roster_name="甲.xlsx", issued_by="我")
    BatchRow.objects.create(batch=batch, key="1", position=1, issued=first)
    second = Issued.objects.get(pk=first.pk)
    second.pk, second.corrects, second.edition = None, first, 2
    second.save()
    assert batch_of(first, "我") == (batch, first.pk)
    assert batch_of(second, "我") == (batch, first.pk)
    assert batch_of(second, "别人") is None
    Batch.objects.update(roster_name="")
    assert batch_of(first, "我") is None
