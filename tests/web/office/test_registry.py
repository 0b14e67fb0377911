"""The administrator replaces a table of the county."""

import shutil

import hypothesis
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from minzheng.accounts.models import AuditEntry, Person, Role
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.county import read_county
from minzheng.county.registry.registry_guide import FILES
from minzheng.external.changed_files import MadeOfFiles
from minzheng.web.gate import office
from minzheng.web.gate.office import county, forms
from minzheng.web.office import file_versions
from minzheng.web.office import registry_deeds as registry_desk
from tests.web.conftest import put_paper

NAME = "synonyms.txt"
BETTER = "低保=最低生活保障=农低=城低\n坝坝会=院坝会\n"


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """A copy of the tables, and versions of this test alone."""
    folder = shutil.copytree(REGISTRY_FOLDER, tmp_path / "registry")
    data = registry_desk.config().data_folder / "versions"
    shutil.rmtree(data, ignore_errors=True)
    monkeypatch.setattr(registry_desk, "folder", lambda: folder)
    monkeypatch.setattr(office, "_county", MadeOfFiles(lambda: read_county(folder), folder))
    return folder


@pytest.fixture
def desk(sign_in, registry):
    return sign_in(Role.ADMINISTRATOR)


def upload(desk, text: str | bytes, name: str = NAME, file_name: str = ""):
    data = text.encode() if isinstance(text, str) else text
    posted = {"file": SimpleUploadedFile(file_name or name, data)}
    return desk.post(f"/registry/{name}/check", posted)


def put_in_place(desk, text: str, name: str = NAME):
    found = upload(desk, text, name).context
    posted = {"sha256": found["sha256_new"], "seen": found["sha256"], "why": "县里新词"}
    return desk.post(f"/registry/{name}/use", posted, follow=True)


def test_each_table_is_shown_with_what_it_is_for(desk):
    """Rows, hash and where it stands; what is not settled is counted."""
    page = desk.get("/registry").content.decode()
    for title in ("镇村名册", "十五个专档", "保障标准", "法规政策", "同义词"):
        assert title in page
    assert "请县里核定" in page
    table = desk.get("/registry/standards.toml").content.decode()
    assert "<td>295.00</td>" in table
    assert "随程序安装" in table
    assert desk.get("/registry/../config.toml").status_code == 404
    assert desk.get("/registry/config.toml").status_code == 404


def test_mistakes_are_all_said_and_nothing_is_replaced(desk, registry):
    """With line numbers."""
    before = (registry / NAME).read_bytes()
    answer = upload(desk, "低保\n五保=特困\n医\n")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有 2 处要改" in page
    assert "synonyms.txt 第 1 行" in page
    assert "synonyms.txt 第 3 行" in page
    assert (registry / NAME).read_bytes() == before


def test_a_right_table_is_put_in_place_only_when_told(desk, registry):
    """The difference is shown first; then the old one is kept, with who and why."""
    page = upload(desk, BETTER).content.decode()
    assert "坝坝会=院坝会" in page
    assert "医救=医疗救助" in page
    assert (registry / NAME).read_text("utf-8") != BETTER
    page = put_in_place(desk, BETTER).content.decode()
    assert (registry / NAME).read_text("utf-8") == BETTER
    assert "已换上第 2 版" in page
    assert "县里新词" in page
    assert "随程序安装" in page
    kept = AuditEntry.objects.order_by("-number").first()
    assert kept.what.startswith("更换登记数据 synonyms.txt 第 2 版")


def test_an_earlier_version_is_put_back(desk, registry):
    """As a new version; it can be downloaded, too."""
    first = (registry / NAME).read_bytes()
    page = put_in_place(desk, BETTER)
    assert desk.get(f"/registry/{NAME}/file?version=1").content == first
    seen = page.context["sha256"]
    desk.post(f"/registry/{NAME}/back", {"version": "1", "seen": seen})
    assert (registry / NAME).read_bytes() == first
    assert "换回第 1 版" in desk.get(f"/registry/{NAME}").content.decode()
    assert desk.post(f"/registry/{NAME}/back", {"version": "9", "seen": ""}).status_code == 404


def test_two_at_once_do_not_overwrite_each_other(desk, registry):
    """Whoever comes second checks again."""
    found = upload(desk, BETTER).context
    posted = {"sha256": found["sha256_new"], "seen": found["sha256"]}
    (registry / NAME).write_text("甲乙=丙丁\n", encoding="utf-8")
    answer = desk.post(f"/registry/{NAME}/use", posted)
    assert "刚被换过" in answer.content.decode()
    assert (registry / NAME).read_text("utf-8") == "甲乙=丙丁\n"


def test_a_table_changed_beside_the_pages_is_pointed_out(desk, registry):
    """And kept before it is replaced."""
    put_in_place(desk, BETTER)
    (registry / NAME).write_text("甲乙=丙丁\n", encoding="utf-8")
    assert "在服务器上改过" in desk.get(f"/registry/{NAME}").content.decode()
    put_in_place(desk, BETTER)
    assert desk.get(f"/registry/{NAME}/file?version=3").content.decode() == "甲乙=丙丁\n"
    assert "在网页之外改动" in desk.get(f"/registry/{NAME}").content.decode()


class TestAnythingUploaded(TestCase):
    """Whatever is sent as a table or a template is answered, never with 500."""

    @hypothesis.settings(max_examples=25, deadline=None)
    @hypothesis.given(
        st.sampled_from([one.name for one in FILES]),
        st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode())),
        st.integers(0, 2000),
    )
    def test_tables(self, name, data, place):
        """Nonsense alone, and nonsense in the middle of the table in use."""
        used = (REGISTRY_FOLDER / name).read_bytes()
        for sent in (data, used[:place] + data + used[place:]):
            assert self.post(f"/registry/{name}/check", sent, name) in (200, 422)

    @hypothesis.settings(max_examples=20, deadline=None)
    @hypothesis.given(st.binary(max_size=300), st.integers(0, 20_000))
    def test_templates(self, data, place):
        """A file that is cut or damaged anywhere."""
        used = forms().form("DB-01").docx.read_bytes()
        for sent in (data, used[:place] + data + used[place + len(data) :]):
            assert self.post("/templates/DB-01/check", sent, "a.docx") in (200, 422)

    def post(self, address: str, data: bytes, name: str) -> int:
        cache.clear()
        browser = Client(raise_request_exception=False)
        person, _ = Person.objects.get_or_create(username="keeper", role=Role.ADMINISTRATOR)
        browser.force_login(person)
        return browser.post(address, {"file": SimpleUploadedFile(name, data)}).status_code


@pytest.mark.parametrize(
    ("text", "file_name", "said"),
    [
        ("甲乙=丙丁\n", "同义词.docx", "不是 .txt 文件"),
        ("甲乙=丙丁\n" * 50_000, "a.txt", "不像是这张表"),
        ("名".encode("gb18030"), "a.txt", "不是 UTF-8"),
        (b"\x00\xff\xfe", "a.txt", "不是 UTF-8"),
    ],
)
def test_what_is_no_such_table_is_refused(desk, text, file_name, said):
    """By its ending, size and encoding."""
    answer = upload(desk, text, file_name=file_name)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_village_that_would_go_is_named_with_its_files(desk, registry):
    """A reminder, not a refusal: villages are merged."""
    put_paper("钟宝镇", "旧城村", "低保申请 测试甲")
    text = (registry / "towns_and_villages.csv").read_text("utf-8-sig")
    lines = [line for line in text.splitlines() if "旧城村" not in line]
    page = upload(desk, "\n".join(lines) + "\n", "towns_and_villages.csv").content.decode()
    assert "钟宝镇旧城村 不在新名册里，它有 1 件档案" in page


def test_a_dossier_that_forms_belong_to_cannot_go(desk, registry):
    """Nor can a copy from a form that is not there."""
    text = (registry / "dossiers.toml").read_text("utf-8").replace('code = "TK"', 'code = "TX"')
    assert "没有代码 TK" in upload(desk, text, "dossiers.toml").content.decode()
    text = (registry / "copies.toml").read_text("utf-8").replace('from = "DB-01"', 'from = "DB-91"')
    assert "没有“DB-91”这张表" in upload(desk, text, "copies.toml").content.decode()


def test_the_service_reads_the_new_table_at_once(desk, registry):
    """No restart, and nothing has to be told: the files themselves say that they changed."""
    assert county().synonyms.others("坝坝会") == ()
    put_in_place(desk, BETTER)
    assert county().synonyms.others("坝坝会") == ("院坝会",)


def test_a_folder_that_cannot_be_written_is_said(desk, registry, monkeypatch):
    """And what is in place stays."""
    write, before = file_versions.write_whole, (registry / NAME).read_bytes()

    def refuse(file, data, **how):
        if file.parent == registry:
            raise PermissionError(13, "no")
        write(file, data, **how)

    monkeypatch.setattr(file_versions, "write_whole", refuse)
    answer = put_in_place(desk, BETTER)
    assert "程序文件夹不许写入" in answer.content.decode()
    assert (registry / NAME).read_bytes() == before
