"""No answer tells a word of a document that the account may not see.

Every form that asks anything of documents issued before meets a record of every form, of another
village or of a dossier set apart, whose answers are marked. The clerk knows its case number, its
place and its person's number, and gets no mark: on no page, fragment, JSON, table of problems,
marked roster, log entry or log line.
"""

import datetime as dt
import io
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from filler import fill_form
from filler.fill_form import read_form
from filler.form.case_history import NoHistory
from filler.models import Batch, Issued
from filler.records.people_store import note_person
from minzheng.accounts.models import AuditEntry, Person, Role
from minzheng.accounts.tokens import issue_token
from minzheng.web.batches.batch_worker import job_folder, run_next
from minzheng.web.gate.office import config
from tests.filler.rosters import as_bytes, open_template
from tests.running.kept.rows_that_stay import rows_that_stay
from tests.shipped_forms import shipped_forms
from tests.web.conftest import ANSWERS, browser_of

CATALOGUE = shipped_forms()
PERSON = "11010519491231002X"  #: what whoever asks knows already
MARKS = ("暗记", "13912349876", "610927196603079999", "98761.23", "6228481234567890")
_BY_TYPE = {
    "text": "暗记",
    "longtext": "暗记",
    "phone": "13912349876",
    "idcard": "610927196603079999",
    "money": "98761.23",
    "bank": "6228481234567890123",
}
APART = ("ET", "YF")
_PLACE = {"town": "钟宝镇", "village": "旧城村"}


@cache
def sample(form_id: str) -> dict:
    """The sample answers; nobody may change them."""
    return tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8"))


def marked(fields, answers: dict) -> dict:
    """The answers with a mark wherever a text, a number or an amount stands."""
    types = {field.slug: field for field in fields}
    found = dict(answers)
    for slug, answer in answers.items():
        field = types.get(slug)
        if field is not None and field.type == "rows":
            found[slug] = [marked(field.columns, row) for row in answer]
        elif field is not None and field.type in _BY_TYPE:
            found[slug] = _BY_TYPE[field.type]
    return found | {slug: text for slug, text in _PLACE.items() if slug in types}


def put_records(case_no: str, place: Mapping[str, str] = MappingProxyType(_PLACE)) -> None:
    """A marked document of every form in one case of 旧城村, or of another place."""
    records = [
        Issued(
            form_id=spec.id, version=spec.version, case_no=case_no, file_name="暗记.docx",
            answers={**(told := marked_answers(spec.id)), **{
                slug: text for slug, text in place.items() if slug in told
            }}, id_no=PERSON, sha256="0" * 64, issued_by="别人",
        )
        for spec in CATALOGUE.forms
    ]  # fmt: skip
    for one in Issued.objects.bulk_create(records):
        note_person(one)


@cache
def marked_answers(form_id: str) -> dict:
    """A form's sample answers with their marks, as the database keeps them."""
    answers = marked(CATALOGUE.form(form_id).fields, sample(form_id))
    return json.loads(json.dumps(answers, default=str))


def asks(spec) -> bool:
    """Whether a form asks anything of its own of documents issued before."""
    given = sample(spec.id) | {"case_no": "DB-103200-2018-0001"}
    history, today = NoHistory(), dt.date(2026, 11, 23)
    with pytest.MonkeyPatch.context() as patch:
        # For what has no place in its Word file all of them would be compiled whenever tests are
        # collected; what is asked does not depend on it.
        patch.setattr(fill_form, "_find_homeless", lambda *asked: [])
        read = read_form(spec, given, today=today, catalogue=CATALOGUE, history=history)
    return any(form_id for form_id, *_ in read.asked)


#: All forms ask for the other papers of their case, in one way: some of those that ask no more.
ASKING = [spec.id for number, spec in enumerate(CATALOGUE.forms) if asks(spec) or number % 12 == 0]
#: Role, place, and the case whose documents the account may not see.
ACCOUNTS = {
    "村": (Role.VILLAGE_KEEPER, "钟宝镇", "民主村", "DB-103200-2018-0001"),
    "镇": (Role.TOWN_CLERK, "城关镇", "", "DB-103200-2018-0001"),
    "县": (Role.COUNTY_CLERK, "", "", "ET-103200-2018-0001"),
}


def account(letter: str, given: tuple[str, ...] = ()) -> tuple[Client, Client]:
    """A browser and a caller by key."""
    role, town, village, _ = ACCOUNTS[letter]
    person = Person.objects.create_user(
        f"asks-{letter}", role=role, town=town, village=village, given_dossiers=list(given)
    )
    browser = browser_of(person)
    key = issue_token(person, purpose="测试", days=1, issued_by=person.username)
    return browser, Client(headers={"Authorization": f"Bearer {key}"})


def questions(form_id: str, letter: str, case_no: str) -> list[dict]:
    """The case by its number, the own place with the person's number, and the other's place."""
    spec, (_, town, village, _) = CATALOGUE.form(form_id), ACCOUNTS[letter]
    own = {"town": town or "钟宝镇", "village": village or "旧城村"}
    mine = sample(form_id) | own
    ids = {field.slug: PERSON for field in spec.fields if field.type == "idcard"}
    wrong = {
        field.slug: "错值"
        for field in spec.fields
        if field.type != "rows" and field.is_typed and field.slug not in own
    }
    return [{**wrong, **own, "case_no": case_no}, mine | ids, mine | ids | _PLACE]


def as_post(answers: dict) -> dict:
    data: dict = {}
    for slug, answer in answers.items():
        if isinstance(answer, list) and answer and isinstance(answer[0], dict):
            for number, row in enumerate(answer):
                data |= {f"{slug}-{number}-{column}": cell for column, cell in row.items()}
        else:
            data[slug] = answer
    return data


def send(browser: Client, form_id: str, address: str, posted: dict):
    """As the page does: in parts only where a form takes files."""
    if CATALOGUE.form(form_id).takes_files:
        return browser.post(address, posted)
    return browser.post(address, urlencode(posted, doseq=True), "application/x-www-form-urlencoded")


def told(browser: Client, caller: Client, form_id: str, answers: dict) -> str:
    """Everything that page, fragment and interface answer."""
    posted, page = as_post(answers), f"/forms/{form_id}"
    said = [
        send(browser, form_id, f"{page}/preview", posted),
        send(browser, form_id, page, posted | {"action": "case"}),
        send(browser, form_id, page, posted | {"action": "issue"}),
        caller.post(
            reverse("api-1:issue"),
            json.dumps({"form_id": form_id, "answers": answers}, default=str),
            "application/json",
        ),
    ]
    is_apart = CATALOGUE.form(form_id).dossier in APART
    assert {one.status_code for one in said} <= {200, 201, 302, 422, 404 if is_apart else 200}
    return "".join(one.content.decode() for one in said)


def written_down() -> str:
    return "".join(AuditEntry.objects.values_list("what", flat=True))


def roster_of(form_id: str, answers: list[dict]) -> bytes:
    """A roster with a row of wrong values under every heading, and the case number."""
    book = open_template(CATALOGUE, form_id)
    sheet = book.worksheets[0]
    heads = [str(cell.value or "").removesuffix(" *") for cell in sheet[1]]
    sheet.cell(1, len(heads) + 1, "案件编号")
    for at, given in enumerate(answers, start=2):
        by_head = {"镇": given["town"], "村（社区）": given["village"], "序号": str(at)}
        for column, head in enumerate(heads, start=1):
            known = PERSON if "身份证" in head and "case_no" not in given else "错值"
            sheet.cell(at, column, by_head.get(head, known))
        sheet.cell(at, len(heads) + 1, given.get("case_no", ""))
    return as_bytes(book)


@pytest.fixture(scope="module")
def put(request, django_db_setup, django_db_blocker):
    """The records of one case, put once for all tests of it: its number."""
    case_no = request.param
    with rows_that_stay(django_db_blocker.unblock, lambda: put_records(case_no)):
        yield case_no


@pytest.fixture
def case_no(put, db, monkeypatch):
    """The case whose documents are out of sight."""
    monkeypatch.setattr("minzheng.web.gate.access.is_too_fast", lambda *args: False)
    return put


def out_of_sight(letters: str):
    """Tests of these accounts, each among the records it may not see."""
    return pytest.mark.parametrize(
        ("letter", "put"), [(one, ACCOUNTS[one][-1]) for one in letters], indirect=["put"],
        ids=list(letters),
    )  # fmt: skip


@pytest.mark.parametrize("put", ["DB-103200-2018-0001"], indirect=True, ids=[""])
def test_the_marks_are_there_to_be_told(case_no):
    """Whoever may see the case is told of them: the test can fail."""
    browser, caller = account("县", ("ET", "YF"))
    asked = questions("DB-02", "县", "DB-103200-2018-0001")[0]
    said = told(browser, caller, "DB-02", asked)
    assert "暗记" in said
    assert "610927196603079999" in said


@out_of_sight("村镇县")
@pytest.mark.parametrize("form_id", ASKING)
def test_no_answer_tells_of_a_record_out_of_sight(case_no, caplog, form_id, letter):
    """Page, fragment, JSON, log entry and log line."""
    browser, caller = account(letter, () if letter == "县" else APART)
    for answers in questions(form_id, letter, case_no):
        said = told(browser, caller, form_id, answers)
        assert not [mark for mark in MARKS if mark in said]
    logged = written_down() + caplog.text
    assert not [mark for mark in MARKS if mark in logged]


@out_of_sight("村镇")
@pytest.mark.parametrize("form_id", ["DB-02", "DB-04", "TK-02", "ZF-01"])
def test_a_roster_s_check_tells_of_no_record_out_of_sight(case_no, form_id, letter):
    """The table of problems, the interface's state and the marked copy."""
    browser, caller = account(letter)
    rows = [{key: str(text) for key, text in one.items()} for one in questions(
        form_id, letter, case_no)]  # fmt: skip
    upload_of(browser, form_id, roster_of(form_id, rows))
    run_next(config())
    batch = Batch.objects.get()
    said = browser.get(f"/batches/{batch.pk}").content.decode()
    assert "不属于您办理的范围" in said
    said += caller.get(reverse("api-1:batch", kwargs={"number": batch.pk})).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(job_folder(config(), batch).marked.read_bytes()))
    for sheet in book:
        for row in sheet.iter_rows():
            said += "".join(
                f"{cell.value}{cell.comment.text if cell.comment else ''}" for cell in row
            )
    assert "不属于您办理的范围" in said
    assert not [mark for mark in MARKS if mark in said + written_down()]


def upload_of(browser: Client, form_id: str, data: bytes) -> None:
    posted = {"form": form_id, "roster": SimpleUploadedFile("名单.xlsx", data)}
    assert browser.post("/batches", posted).status_code == 302
