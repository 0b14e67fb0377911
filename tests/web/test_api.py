"""The interface for other systems, asked properly and asked anything."""

import json
import tomllib

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filler.models import Issued
from minzheng.accounts.models import AuditEntry, Person, Role
from minzheng.accounts.tokens import issue_token
from minzheng.web.api.interface import api
from minzheng.web.batches.batch_worker import run_next
from minzheng.web.gate.office import config, forms
from tests.filler.rosters import as_bytes
from tests.web.batches.test_batches import book
from tests.web.conftest import ANSWERS, put_paper

ID = "11010519491231002X"


@pytest.fixture
def as_(db):
    """A caller by key of somebody with a role."""

    def run(role: Role = Role.COUNTY_CLERK, town: str = "", village: str = "") -> Client:
        person = Person.objects.create_user(
            f"api{Person.objects.count()}", role=role, town=town, village=village
        )
        key = issue_token(person, purpose="测试", days=1, issued_by="测试")
        return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {key}"})

    return run


@pytest.fixture
def paper(db):
    return put_paper("钟宝镇", "旧城村", f"测试甲 {ID}", dossier="DB", name="测试甲")


def test_search_finds_with_counts_and_masks(as_, paper):
    """Like the page."""
    answer = as_(Role.INSPECTOR).get("/api/search", {"q": ID}).json()
    assert answer["total"] == 1
    assert answer["facets"]["dossier"] == {"DB": 1}
    assert answer["hits"][0]["number"] == paper.pk
    assert "110105********002X" in answer["hits"][0]["snippet"]
    assert ID not in json.dumps(answer)


def test_a_file_and_its_text_are_read_masked(as_, paper):
    """And written down with the page."""
    caller = as_(Role.INSPECTOR)
    assert caller.get(f"/api/files/{paper.pk}").json()["pages"] == 1
    text = caller.get(f"/api/files/{paper.pk}/pages/1").json()["text"]
    assert text == "测试甲 110105********002X"
    assert "第 1 页" in AuditEntry.objects.filter(action="查看").first().what


def test_what_lies_elsewhere_is_not_there(as_, paper):
    """Neither found nor told apart from what does not exist."""
    caller = as_(Role.TOWN_CLERK, "城关镇")
    assert caller.get("/api/search", {"q": "测试甲"}).json()["total"] == 0
    hidden = caller.get(f"/api/files/{paper.pk}")
    assert hidden.status_code == 404
    assert hidden.content == caller.get("/api/files/999999").content


def test_a_question_that_cannot_be_asked_is_explained(as_):
    """As on the page."""
    answer = as_().get("/api/search", {"q": "甲"})
    assert answer.status_code == 422
    assert "汉字至少输入两个" in answer.json()["detail"]


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


def test_a_roster_is_sent_checked_issued_and_fetched(as_):
    """The way of another system, with the worker beside it."""
    caller = as_()
    upload = SimpleUploadedFile("名单.xlsx", as_bytes(book()))
    made = caller.post("/api/batches", {"form_id": "ZF-01", "roster": upload})
    assert made.status_code == 201, made.content.decode()
    address = f"/api/batches/{made.json()['number']}"
    assert made.json()["state"] == "核对中"
    assert run_next(config())
    checked = caller.get(address).json()
    assert (checked["state"], checked["total"], checked["refused"]) == ("已核对", 3, 1)
    assert "联系电话" in {one["where"] for one in checked["problems"]}
    started = caller.post(f"{address}/start", '{"merge": false}', "application/json")
    assert started.json()["state"] == "排队中"
    assert run_next(config())
    done = caller.get("/api/batches").json()[0]
    assert (done["state"], done["issued"], "zip" in done["files"]) == ("已完成", 2, True)
    assert caller.get(f"{address}/files/zip").getvalue().startswith(b"PK")
    stranger = as_()
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}/files/zip").status_code == 404


def test_the_guide_names_every_operation(sign_in):
    """Readable without the internet."""
    page = sign_in().get("/api/guide").content.decode()
    for path in api.get_openapi_schema()["paths"]:
        assert path in page


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
SLUGS = ["name", "id_no", "town", "village", "members", "phone", "apply_date", "case_no", "x"]


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


def test_whatever_is_uploaded_is_no_failure(sign_in):
    """A form's page posted with any fields and files."""
    browser = sign_in()
    browser.raise_request_exception = False
    files = st.binary(max_size=200).map(lambda data: SimpleUploadedFile("扫描.pdf", data))

    @settings(max_examples=40, deadline=None)
    @given(st.dictionaries(st.sampled_from([*SLUGS, "action"]), st.text(max_size=30) | files))
    def post(fields):
        answer = browser.post("/forms/DB-01", fields)
        assert answer.status_code in (200, 400, 422)

    post()


def test_too_large_an_upload_is_refused_in_chinese(sign_in):
    """Over five megabytes of fields."""
    answer = sign_in().post("/forms/DB-01", {"name": "测" * 2_000_000})
    assert answer.status_code == 400
    assert "内容过大" in answer.content.decode()


def send(caller, case):
    """One made-up request."""
    asked = dict(case.query or {})
    if case.media_type == "multipart/form-data":
        fields = case.body if isinstance(case.body, dict) else {}
        data = {
            name: SimpleUploadedFile("a.xlsx", one) if isinstance(one, bytes) else str(one)
            for name, one in fields.items()
        }
        return caller.post(case.formatted_path, data, query_params=asked)
    body = json.dumps(case.body) if case.media_type else b""
    return caller.generic(
        case.method, case.formatted_path, body, "application/json", query_params=asked
    )


SCHEMA = schemathesis.openapi.from_dict(
    json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))
)
OPERATIONS = [one.ok() for one in SCHEMA.get_all_operations()]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
def test_whatever_is_asked_is_answered_as_described(as_, paper, operation):
    """Made up by schemathesis from the description: no 500, no answer that is not described."""
    caller = as_()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy())
    def ask(case):
        answer = send(caller, case)
        if answer.streaming:
            list(answer.streaming_content)
        known = {int(code) for code in operation.definition.raw["responses"]}
        assert answer.status_code in known | {400, 404, 422, 429}

    ask()
