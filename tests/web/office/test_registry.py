"""The administrator replaces a table of the county."""

from html import unescape

import hypothesis
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from minzheng.accounts.models import AuditEntry, Person, Role
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.registry.shown.registry_guide import FILES
from minzheng.county.registry.shown.unsure_rows import all_unsure_rows
from minzheng.web.gate.office import forms
from tests.web.office.conftest import BETTER, TABLE, replace_table, upload_table


def test_each_table_is_shown_with_what_it_is_for(registry_desk):
    """Rows, hash and where it stands; what is not settled is counted."""
    page = registry_desk.get("/registry").content.decode()
    for title in ("镇村名册", "十五个专档", "保障标准", "法规政策", "同义词"):
        assert title in page
    assert "请县里核定" in page
    table = registry_desk.get("/registry/standards.toml").content.decode()
    assert ">295.00</td>" in table
    assert "随程序安装" in table
    assert registry_desk.get("/registry/../config.toml").status_code == 404
    assert registry_desk.get("/registry/config.toml").status_code == 404


def test_what_is_not_confirmed_is_listed_row_by_row(registry_desk):
    """Each leads to its row on the page of its table."""
    page = registry_desk.get("/registry").content.decode()
    rows = all_unsure_rows()
    assert f"待核的登记（{len(rows)} 行）" in page
    files = {one.file for one in rows}
    tables = {one: registry_desk.get(f"/registry/{one}").content.decode() for one in files}
    for one in rows:
        assert f'href="/registry/{one.file}#{one.key}"' in page
        line = tables[one.file].partition(f'id="{one.key}"')[2].partition("</tr>")[0]
        assert one.why in unescape(line)
    assert f"待核的登记 {len(rows)} 行" in registry_desk.get("/").content.decode()


def test_mistakes_are_all_said_and_nothing_is_replaced(registry_desk, registry):
    """With line numbers."""
    before = (registry / TABLE).read_bytes()
    answer = upload_table(registry_desk, "低保\n五保=特困\n医\n")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有 2 处要改" in page
    assert "synonyms.txt 第 1 行" in page
    assert "synonyms.txt 第 3 行" in page
    assert (registry / TABLE).read_bytes() == before


def test_a_right_table_is_put_in_place_only_when_told(registry_desk, registry):
    """The difference is shown first; then the old one is kept, with who and why."""
    page = upload_table(registry_desk, BETTER).content.decode()
    assert "坝坝会=院坝会" in page
    assert "医救=医疗救助" in page
    assert (registry / TABLE).read_text("utf-8") != BETTER
    page = replace_table(registry_desk, BETTER).content.decode()
    assert (registry / TABLE).read_text("utf-8") == BETTER
    assert "已换上第 2 版" in page
    assert "县里新词" in page
    assert "随程序安装" in page
    kept = AuditEntry.objects.order_by("-number").first()
    assert kept.what.startswith("更换登记数据 synonyms.txt 第 2 版")


def test_an_earlier_version_is_put_back(registry_desk, registry):
    """As a new version; it can be downloaded, too."""
    first = (registry / TABLE).read_bytes()
    page = replace_table(registry_desk, BETTER)
    assert registry_desk.get(f"/registry/{TABLE}/file?version=1").content == first
    seen = page.context["sha256"]
    registry_desk.post(f"/registry/{TABLE}/back", {"version": "1", "seen": seen})
    assert (registry / TABLE).read_bytes() == first
    assert "换回第 1 版" in registry_desk.get(f"/registry/{TABLE}").content.decode()
    assert (
        registry_desk.post(f"/registry/{TABLE}/back", {"version": "9", "seen": ""}).status_code
        == 404
    )


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
def test_what_is_no_such_table_is_refused(registry_desk, text, file_name, said):
    """By its ending, size and encoding."""
    answer = upload_table(registry_desk, text, file_name=file_name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
