"""Another system fills a form and fetches the document."""

import io
import json
import tomllib
from types import SimpleNamespace

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from filler.models import Issued
from minzheng.accounts.models import AuditEntry, Person, Role
from minzheng.accounts.tokens import issue_token
from minzheng.web.gate import office
from minzheng.web.gate.office import forms
from tests.filler.word.annexes.form_with_files import FORM, with_files
from tests.filler.word_files import saved, with_lines
from tests.web.conftest import ANSWERS, picture

SLUGS = ["name", "id_no", "town", "village", "members", "phone", "apply_date", "case_no", "x"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def test_a_form_is_described_filled_and_downloaded(as_):
    """The whole way of another system, DB-01."""
    caller = as_()
    fields = caller.get("/api/forms/DB-01").json()["fields"]
    answers = tomllib.loads((ANSWERS / "DB-01.toml").read_text(encoding="utf-8"))
    assert set(answers) <= {one["slug"] for one in fields} | {"case_no"}
    body = json.dumps({"form_id": "DB-01", "answers": answers}, default=str)
    made = caller.post("/api/documents", body, "application/json")
    assert made.status_code == 201, made.content.decode()
    number = made.json()["number"]
    assert caller.get(f"/api/documents/{number}").json()["case_no"] == made.json()["case_no"]
    assert caller.get("/api/documents").json()[0]["number"] == number
    assert caller.get(f"/api/documents/{number}/word").content.startswith(b"PK")
    assert "出具 DB-01" in AuditEntry.objects.filter(action="更改").first().what


def test_every_mistake_is_named(as_):
    """With the field it belongs to; nothing is issued."""
    body = json.dumps({"form_id": "DB-01", "answers": {"phone": "123"}})
    answer = as_().post("/api/documents", body, "application/json")
    assert answer.status_code == 422
    assert "phone" in {one["field"] for one in answer.json()["problems"]}
    assert not Issued.objects.exists()


def test_a_running_case_is_named_or_a_new_one_said(as_):
    """Another system opens no second case of the same person by forgetting the number."""
    answers = tomllib.loads((ANSWERS / "DB-01.toml").read_text(encoding="utf-8"))
    caller = as_()

    def post(case_no=""):
        asked = {"form_id": "DB-01", "case_no": case_no, "answers": answers}
        return caller.post("/api/documents", json.dumps(asked, default=str), "application/json")

    first = post().json()["case_no"]
    refused = post()
    assert refused.status_code == 422
    (told,) = refused.json()["problems"]
    assert (told["field"], first in told["what"], "新案件" in told["do"]) == ("case_no", True, True)
    assert post(first).json()["case_no"] == first
    assert post("新案件").json()["case_no"] not in ("", first)


@pytest.mark.parametrize(("changes", "status"), [({}, 201), ({"phone": "123"}, 422)])
def test_a_form_is_read_once(as_, readings, changes, status):
    """Issued or refused."""
    answers = tomllib.loads((ANSWERS / "DB-01.toml").read_text(encoding="utf-8")) | changes
    body = json.dumps({"form_id": "DB-01", "answers": answers}, default=str)
    answer = as_().post("/api/documents", body, "application/json")
    assert (answer.status_code, readings) == (status, ["DB-01"])


def test_a_place_under_its_label_is_a_place_too(as_):
    """Another village is not issued for by calling 村 by its label."""
    answers = tomllib.loads((ANSWERS / "DB-01.toml").read_text(encoding="utf-8"))
    labels = {field.slug: field.label for field in forms().form("DB-01").fields}
    answers |= {labels[slug]: answers.pop(slug) for slug in ("town", "village")}
    body = json.dumps({"form_id": "DB-01", "answers": answers}, default=str)
    keeper = as_(Role.VILLAGE_KEEPER, "钟宝镇", "得胜村")
    answer = keeper.post("/api/documents", body, "application/json")
    assert answer.status_code == 422
    assert "只办理钟宝镇得胜村的业务" in answer.json()["problems"][0]["what"]
    assert not Issued.objects.exists()


def test_another_system_sends_and_decides(as_):
    """The town's key sends, the county's decides with its own part only."""
    answers = tomllib.loads((ANSWERS / "DB-02.toml").read_text(encoding="utf-8"))

    def issue(caller, answers, case_no=""):
        body = {"form_id": "DB-02", "answers": answers, "case_no": case_no}
        return caller.post("/api/documents", json.dumps(body, default=str), "application/json")

    town = as_(Role.TOWN_CLERK, "钟宝镇")
    refused = issue(town, answers)
    assert refused.status_code == 422
    assert "由县民政局填写" in refused.json()["problems"][0]["what"]
    county = {slug: answers.pop(slug) for slug in ("c_opinion", "c_date", "c_amount", "cert_no")}
    sent = issue(town, answers).json()
    assert sent["waits_for"] == "c"
    decided = issue(as_(), county, sent["case_no"])
    assert decided.status_code == 201, decided.json()
    assert (decided.json()["waits_for"], decided.json()["case_no"]) == ("", sent["case_no"])


def test_whatever_is_answered_is_no_failure(as_):
    """Any JSON in any field: mistakes are named."""
    caller = as_()

    @settings(max_examples=60, deadline=None)
    @given(st.dictionaries(st.sampled_from(SLUGS), ANYTHING))
    def fill(answers):
        body = json.dumps({"form_id": "DB-01", "answers": answers})
        answer = caller.post("/api/documents", body, "application/json")
        assert answer.status_code in (400, 422, 429), answer.content.decode()

    fill()


def test_another_system_sends_a_photo_first(db):
    """Its name is the answer; a picture that is none is refused in words."""
    person = Person.objects.create_user("api", role=Role.COUNTY_CLERK)
    key = issue_token(person, purpose="测试", days=1, issued_by="测试")
    caller = Client(headers={"Authorization": f"Bearer {key}"})
    name = caller.post("/api/photos", {"photo": picture()}).json()["name"]
    assert name.endswith(":400x300")
    bad = caller.post("/api/photos", {"photo": SimpleUploadedFile("a.jpg", b"no")})
    assert bad.status_code == 422
    answers = tomllib.loads((ANSWERS / "COM-03.toml").read_text(encoding="utf-8"))
    for sent, status in ((name, 201), (f"photo:{'1' * 64}:40x30", 422), ("家.jpg", 422)):
        asked = {"form_id": "COM-03", "answers": answers | {"photo_out": sent}}
        body = json.dumps(asked, default=str)
        answer = caller.post("/api/documents", body, content_type="application/json")
        assert answer.status_code == status, answer.content.decode()


@pytest.fixture
def form_with_annex(monkeypatch, tmp_path):
    """COM-04 with an annex, and answers to it."""
    own = with_files(forms(), tmp_path)
    monkeypatch.setattr(office, "_forms", SimpleNamespace(now=lambda: own))
    return tomllib.loads((ANSWERS / f"{FORM}.toml").read_text(encoding="utf-8"))


def word_file(*lines):
    return SimpleUploadedFile("调查报告.docx", saved(with_lines(*lines)))


def test_another_system_sends_an_annex_first(as_, form_with_annex):
    """It stands in the document; what cannot be put in is refused in words."""
    caller = as_()
    name = caller.post("/api/annexes", {"annex": word_file("入户调查经过")}).json()["name"]
    assert name.startswith("annex:")
    body = json.dumps({"form_id": FORM, "answers": form_with_annex | {"report": name}}, default=str)
    made = caller.post("/api/documents", body, "application/json")
    assert made.status_code == 201, made.content.decode()
    word = caller.get(f"/api/documents/{made.json()['number']}/word").content
    assert "入户调查经过" in [one.text for one in docx.Document(io.BytesIO(word)).paragraphs]
    refused = caller.post("/api/annexes", {"annex": word_file("{{ name }}")})
    assert refused.status_code == 422
    assert "没填的标签 {{ name }}" in refused.json()["detail"]


def test_an_annex_of_another_account_is_not_taken_by_its_hash(as_, form_with_annex):
    """Nor is one that nobody sent."""
    name = as_().post("/api/annexes", {"annex": word_file("别人的")}).json()["name"]
    thief = as_(Role.VILLAGE_KEEPER, "钟宝镇", "民主村")
    answers = form_with_annex | {"village": "民主村"}
    for forged in (name, f"annex:{'1' * 64}:报告.docx"):
        body = json.dumps({"form_id": FORM, "answers": answers | {"report": forged}}, default=str)
        answer = thief.post("/api/documents", body, "application/json")
        assert answer.status_code == 422, answer.content.decode()
        assert "不是本账号送入的" in answer.json()["problems"][0]["what"]
    assert not Issued.objects.exists()


@pytest.mark.parametrize("form_id", ["DB-03", "GS-01", "DB-01"])
@pytest.mark.parametrize(
    "place",
    [
        {"镇": "钟宝镇", "村（社区）": "旧城村"},
        {"镇": "钟宝镇", "村（社区）": "旧城村", "town": "钟宝镇", "village": "民主村"},
        {"town": " 钟宝镇", "village": "旧城村 "},
    ],
)
def test_a_label_does_not_go_round_the_area(as_, form_id, place):
    """What is checked is what is issued, however it is written."""
    caller = as_(Role.VILLAGE_KEEPER, "钟宝镇", "民主村")
    answers = {**place, "as_of": "2026-11-28", "scheme": "低保"}
    answer = caller.post(
        "/api/documents", json.dumps({"form_id": form_id, "answers": answers}), "application/json"
    )
    assert answer.status_code == 422
    told = " ".join(one["what"] for one in answer.json()["problems"])
    assert "只办理钟宝镇民主村" in told or "是同一项，写的不一样" in told
    assert not Issued.objects.exists()


def issue(caller, answers):
    body = json.dumps({"form_id": "COM-03", "answers": answers}, default=str)
    return caller.post("/api/documents", body, "application/json")


@pytest.mark.parametrize("field", ["photo_out", "户外照片", "remark", "members"])
def test_a_photo_of_another_village_is_not_taken_by_its_hash(as_, field):
    """Whatever field names it; neither is it shown after a hash stands in one's own answers."""
    answers = tomllib.loads((ANSWERS / "COM-03.toml").read_text(encoding="utf-8"))
    labels = {one.slug: one.label for one in forms().form("COM-03").fields}
    field = labels["photo_out"] if field == "户外照片" else field
    owner = as_(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
    name = owner.post("/api/photos", {"photo": picture()}).json()["name"]
    assert issue(owner, answers | {"photo_out": name}).status_code == 201
    thief = as_(Role.VILLAGE_KEEPER, "钟宝镇", "民主村")
    own = answers | {"village": "民主村"}
    forged = [{**own["members"][0], "m_note": name}] if field == "members" else name
    answer = issue(thief, own | {field: forged})
    assert answer.status_code == 422
    assert "照片、附件不是本账号送入的" in answer.json()["problems"][0]["what"]
    assert Issued.objects.count() == 1
    person = Person.objects.latest("pk")
    browser = Client()
    browser.force_login(person)
    sha256 = name.split(":")[1]
    issue(thief, own | {"living": sha256})
    assert sha256 in Issued.objects.get(issued_by=person.username).answers["living"]
    assert browser.get(f"/photos/{sha256}.jpg").status_code == 404
