"""The pages for the rights of persons."""

import io
import re
import zipfile

import pytest

from archive_indexer.models import ArchivedFile
from filler.models import Issued
from minzheng.accounts.models import AuditEntry, Role
from tests.persons.conftest import ID, NAME, OTHER_ID, keep
from tests.web.conftest import put_paper

__all__ = ["keep"]
GROUND = "违反法律、行政法规或者约定处理（错录、误收）"
ASKED = {"name": NAME, "id_no": ID, "reason": "本人书面申请"}


@pytest.fixture
def held(keep) -> Issued:
    """A document and a paper of the person, and a paper that names somebody of the name."""
    put_paper("钟宝镇", "旧城村", f"户主 {NAME} {ID}", "a" * 64, name="申请", dossier="DB")
    put_paper("钟宝镇", "旧城村", f"户主 {NAME}", "b" * 64, name="另一件", dossier="DB")
    return keep(name=NAME, id_no=ID)


def seen_on(page: str) -> str:
    return re.search(r'name="seen"\s*value="(\w+)"', page)[1]


def test_the_preview_shows_all_and_changes_nothing(sign_in, held):
    """Each piece with its fate; what is not sure is to be ticked; corrections are led to."""
    page = sign_in().post("/persons/look", ASKED).content.decode()
    assert f"/documents/{held.pk}" in page
    assert f"/forms/DB-01?corrects={held.pk}" in page
    assert "停止处理" in page
    assert "勾选为本人的" in page
    assert "共 2 件是本人的" in page
    assert Issued.objects.get().stopped_at is None
    key = re.search(r'name="take"\s+value="(PAPER-\d+)"', page)[1]
    page = sign_in().post("/persons/look", ASKED | {"take": key}).content.decode()
    assert "共 3 件是本人的" in page


def test_a_zip_is_given_and_written_down_without_a_name(sign_in, held):
    """Of the person the log holds a hash only."""
    answer = sign_in().post("/persons/export", ASKED)
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert "目录.xlsx" in package.namelist()
    entry = AuditEntry.objects.get(action="导出")
    assert "事由：本人书面申请" in entry.what
    assert NAME not in entry.what
    assert "人员标识" in entry.what


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"confirm": "删除"}, "写的和要求的不一样"),
        ({"ground": ""}, "还没有选"),
        ({"seen": "0"}, "和刚才看到的不同了"),
        ({"reason": "好"}, "没有写明"),
        ({"reason": f"{NAME}本人申请"}, "写有此人的姓名"),
        ({"id_no": "12"}, "身份证号"),
    ],
)
def test_nothing_is_erased_without_every_word(sign_in, held, change, said):
    """Confirmation, ground, the preview as it was seen, a reason, a sound number."""
    browser = sign_in()
    seen = seen_on(browser.post("/persons/look", ASKED).content.decode())
    asked = ASKED | {"ground": GROUND, "confirm": f"删除{NAME}", "seen": seen} | change
    answer = browser.post("/persons/erase", asked)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Issued.objects.get().stopped_at is None
    assert not ArchivedFile.objects.filter(state="withheld").exists()


def test_what_was_confirmed_is_done_and_told_of_by_nothing(sign_in, held):
    """Search, people, documents, files; the log has no data of the person."""
    browser = sign_in()
    file = ArchivedFile.objects.get(sha256="a" * 64)
    seen = seen_on(browser.post("/persons/look", ASKED).content.decode())
    asked = ASKED | {"ground": GROUND, "confirm": f"删除{NAME}", "seen": seen}
    page = browser.post("/persons/erase", asked).content.decode()
    assert "<b>停止处理</b>：出具文书 1 件" in page
    assert "备份" in page
    assert browser.get(f"/documents/{held.pk}").status_code == 404
    assert browser.get(f"/cases/{held.case_no}").status_code == 404
    assert browser.get(f"/files/{file.pk}").status_code == 404
    assert browser.get(f"/files/{file.pk}/original").status_code == 404
    assert "没有找到" in browser.get("/known", {"q": NAME}).content.decode()
    found = browser.post("/search/ask", {"q": ID}, follow=True).content.decode()
    assert f"/files/{file.pk}" not in found
    entry = AuditEntry.objects.filter(action="更改").first()
    assert GROUND in entry.what
    assert NAME not in entry.what + entry.result


def test_minutes_stay_for_the_others_when_the_clerk_says_so(sign_in, keep):
    """The person is blanked in them; every page goes on without what was put away."""
    text = f"评议会议记录\n{NAME} {ID} 同意\n赵六 不同意"
    file = put_paper("钟宝镇", "旧城村", text, "a" * 64, name="会议", person=NAME, dossier="DB")
    browser = sign_in()
    asked = ASKED | {"shared": f"PAPER-{file.pk}"}
    page = browser.post("/persons/look", asked).content.decode()
    assert "隐去此人 1 件" in page
    confirmed = asked | {"ground": GROUND, "confirm": f"删除{NAME}", "seen": seen_on(page)}
    assert (
        "<b>隐去此人</b>：扫描件 1 件" in browser.post("/persons/erase", confirmed).content.decode()
    )
    shown = browser.get(f"/files/{file.pk}").content.decode()
    assert "赵六" in shown
    assert NAME not in shown
    for address in ("/", "/coverage", "/completeness", "/corrections", "/search?q=不同意"):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert ID not in answer.content.decode()


def test_only_an_account_that_sees_everything_may(sign_in, held):
    """A half answer would be a wrong one; others have no such page."""
    for role, place, given, said in (
        (Role.COUNTY_CLERK, ("", ""), (), "看不到"),
        (Role.COUNTY_CLERK, ("钟宝镇", ""), ("ET", "YF"), "只看得到钟宝镇"),
    ):
        answer = sign_in(role, *place, given=given).post("/persons/look", ASKED)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert ID not in answer.content.decode()
    assert sign_in(Role.ADMINISTRATOR).post("/persons/look", ASKED).status_code == 403


def test_files_to_be_removed_are_listed_with_their_place(sign_in, keep):
    """Those whose time is over, and those named after a person, until they are gone."""
    name = f"{NAME} 名册"
    text = f"1 {NAME} {ID}\n2 测试赵六 {OTHER_ID}"
    put_paper("钟宝镇", "旧城村", "救助 " + NAME + ID, "a" * 64, dossier="LS", year="2005")
    put_paper("钟宝镇", "旧城村", text, "b" * 64, name=name, dossier="LS", year="2005")
    browser = sign_in()
    seen = seen_on(browser.post("/persons/look", ASKED).content.decode())
    asked = ASKED | {"ground": GROUND, "confirm": f"删除{NAME}", "seen": seen}
    assert "请专管员移走" in browser.post("/persons/erase", asked).content.decode()
    page = browser.get("/persons/removals").content.decode()
    assert "移走文件" in page
    assert "请改名" in page
    assert name in page
