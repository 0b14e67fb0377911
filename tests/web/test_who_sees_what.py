"""Every address of the site, asked as every role and signed out.

The table states who may do what. An address that is not in it fails the test: whoever adds a
page decides here who sees it.
"""

import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from filler.models import Issued
from minzheng.accounts.models import ApiToken, Person, Role
from minzheng.accounts.tokens import issue_token
from minzheng.web.gate.access import rule_of
from tests.web.conftest import browser_of, closed_up, picture, put_paper

#: 县, 镇, 村 = clerks of county, town and village, 检 inspector, 管 administrator, 审 auditor.
LETTERS = {
    "县": Role.COUNTY_CLERK,
    "镇": Role.TOWN_CLERK,
    "村": Role.VILLAGE_KEEPER,
    "检": Role.INSPECTOR,
    "管": Role.ADMINISTRATOR,
    "审": Role.AUDITOR,
}
CLERKS, READERS, EVERYBODY = "县镇村", "县镇村检", "县镇村检管审"

#: name → method, arguments of the address, who is let in.
TABLE = {
    "home": ("GET", (), EVERYBODY),
    "sign-in": ("GET", (), EVERYBODY),
    "sign-in-code": ("GET", (), EVERYBODY),
    "provider": ("GET", (), EVERYBODY),
    "provider-back": ("GET", (), EVERYBODY),
    "signed-in-again": ("GET", (), EVERYBODY),
    "sign-out": ("POST", (), EVERYBODY),
    "help": ("GET", (), EVERYBODY),
    "help-whole": ("GET", (), EVERYBODY),
    "help-chapter": ("GET", (1,), EVERYBODY),
    "help-picture": ("GET", ("home",), EVERYBODY),
    "account": ("GET", (), EVERYBODY),
    "county": ("POST", (), EVERYBODY),
    "own-session-end": ("POST", ("missing",), EVERYBODY),
    "own-sessions-end": ("POST", (), EVERYBODY),
    "second-factor": ("GET", (), EVERYBODY),
    "second-factor-picture": ("GET", (), EVERYBODY),
    "own-keys": ("GET", (), EVERYBODY),
    "own-key-revoke": ("POST", ("token",), EVERYBODY),
    "people": ("GET", (), "管"),
    "person-new": ("GET", (), "管"),
    "person": ("GET", ("person",), "管"),
    "person-password": ("POST", ("person",), "管"),
    "person-unlock": ("POST", ("person",), "管"),
    "person-code": ("POST", ("person",), "管"),
    "person-sign-out": ("POST", ("person",), "管"),
    "token-revoke": ("POST", ("token",), "管"),
    "grants": ("GET", (), "管审"),
    "grants-settle": ("POST", (), "管审"),
    "grants-seen": ("POST", (), "审"),
    "registry": ("GET", (), "管"),
    "registry-table": ("GET", ("laws.toml",), "管"),
    "registry-file": ("GET", ("laws.toml",), "管"),
    "registry-check": ("POST", ("laws.toml",), "管"),
    "registry-use": ("POST", ("laws.toml",), "管"),
    "registry-back": ("POST", ("laws.toml",), "管"),
    "registry-workbook": ("GET", ("laws.toml",), "管"),
    "registry-row": ("GET", ("laws.toml", 1, 1), "管"),
    "templates": ("GET", (), "管"),
    "template": ("GET", ("DB-01",), "管"),
    "template-file": ("GET", ("DB-01",), "管"),
    "template-marked": ("GET", ("DB-01",), "管"),
    "template-check": ("POST", ("DB-01",), "管"),
    "template-use": ("POST", ("DB-01",), "管"),
    "template-back": ("POST", ("DB-01",), "管"),
    "first-day": ("GET", (), "管"),
    "jobs": ("GET", (), "管"),
    "jobs-live": ("GET", (), "管"),
    "backups": ("GET", (), "管"),
    "backups-live": ("GET", (), "管"),
    "backup-begin": ("POST", (), "管"),
    "backup-key": ("POST", (), "管"),
    "version": ("GET", (), "管"),
    "log": ("GET", (), "管"),
    "audit": ("GET", (), "审"),
    "audit-verify": ("GET", (), "审"),
    "forms": ("GET", (), CLERKS),
    "fill": ("GET", ("DB-01",), CLERKS),
    "photo": ("GET", ("0" * 64,), CLERKS),
    "preview": ("POST", ("DB-01",), CLERKS),
    "draft-throw-away": ("POST", ("missing",), CLERKS),
    "blank": ("GET", ("DB-01",), CLERKS),
    "roster": ("GET", ("DB-01",), CLERKS),
    "batches": ("GET", (), CLERKS),
    "batch": ("GET", ("missing",), CLERKS),
    "batch-progress": ("GET", ("missing",), CLERKS),
    "batch-rows": ("GET", ("missing",), CLERKS),
    "batch-row": ("GET", ("missing", 1), CLERKS),
    "batch-start": ("POST", ("missing",), CLERKS),
    "batch-mend": ("POST", ("missing",), CLERKS),
    "batch-remove": ("POST", ("missing",), CLERKS),
    "batch-download": ("GET", ("missing", "zip"), CLERKS),
    "documents": ("GET", (), CLERKS),
    "documents-seek": ("POST", (), CLERKS),
    "document": ("GET", ("missing",), CLERKS),
    "document-pages": ("GET", ("missing",), CLERKS),
    "document-page": ("GET", ("missing", 1), CLERKS),
    "pdf": ("GET", ("missing",), CLERKS),
    "word": ("GET", ("missing",), CLERKS),
    "reissue": ("GET", ("missing",), CLERKS),
    "case": ("GET", ("DB-103200-2018-0001",), CLERKS),
    "month": ("GET", (), CLERKS),
    "known-people": ("GET", (), CLERKS),
    "known-person": ("GET", ("missing",), CLERKS),
    "search": ("GET", (), READERS),
    "ask": ("POST", (), READERS),
    "result-list": ("GET", (), "县镇检"),
    "result-list-file": ("GET", ("docx",), "县镇检"),
    "result-list-unmask": ("POST", (), READERS),
    "saved-searches": ("GET", (), READERS),
    "saved-block": ("GET", (), READERS),
    "saved-new": ("POST", (), READERS),
    "saved-run": ("GET", ("missing",), READERS),
    "saved-share": ("POST", ("missing",), READERS),
    "saved-rename": ("POST", ("missing",), READERS),
    "saved-remove": ("POST", ("missing",), READERS),
    "traces": ("GET", (), READERS),
    "traces-xlsx": ("GET", (), "县镇检"),
    "persons": ("GET", (), "县"),
    "person-look": ("POST", (), "县"),
    "person-export": ("POST", (), "县"),
    "person-erase": ("POST", (), "县"),
    "removals": ("GET", (), "县"),
    "due-papers": ("GET", (), "县"),
    "due-erase": ("POST", (), "县"),
    "file": ("GET", ("file",), READERS),
    "page-image": ("GET", ("file", 1), READERS),
    "file-drawn": ("GET", ("file",), READERS),
    "original": ("GET", ("file",), READERS),
    "unmask": ("POST", ("file",), READERS),
    "checklist": ("GET", (), READERS),
    "doubts-all": ("GET", (), READERS),
    "doubts-xlsx": ("GET", (), "县镇检"),
    "doubts-check": ("POST", (), READERS),
    "doubt": ("GET", ("missing",), READERS),
    "doubt-sheet": ("POST", ("missing",), CLERKS),
    "doubt-say": ("POST", ("missing",), "县镇检"),
    "doubts": ("GET", ("paid_after_death", "103200"), READERS),
    "completeness": ("GET", (), "县镇村检管"),
    "completeness-cell": ("GET", ("103200", "DB", "all"), READERS),
    "completeness-files": ("GET", ("103200", "DB", "all"), READERS),
    "completeness-xlsx": ("GET", (), "县镇检"),
    "correct": ("GET", ("file",), "县镇村"),
    "corrections": ("GET", (), "县镇村"),
    "hand-cut-out": ("GET", ("file", 1, 0), "县镇村"),
    "hand-confirm": ("POST", ("file", 1, 0), "县镇村"),
    "correct-many": ("GET", (), "县镇村"),
    "correct-many-save": ("POST", (), "县镇村"),
    "take-back-deed": ("POST", ("missing",), "县镇村"),
    "take-back": ("POST", ("missing",), "县镇村"),
    "cabinets": ("GET", (), READERS),
    "cabinet": ("GET", ("103200",), READERS),
    "cabinet-number": ("POST", ("103200",), CLERKS),
    "cabinet-file": ("GET", ("103200", "whole", "docx"), READERS),
    "policies": ("GET", (), READERS),
    "policy-chapter": ("GET", ("DB",), READERS),
    "policy": ("GET", ("jiuzhufa",), READERS),
    "policy-book": ("GET", ("exe",), READERS),
    "registers": ("GET", (), READERS),
    "register": ("GET", ("notices",), READERS),
    "register-print": ("GET", ("notices",), CLERKS),
    "register-file": ("GET", ("notices", "docx"), "县镇检"),
    "inbox": ("GET", (), "县镇村管"),
    "upload": ("GET", (), CLERKS),
    "upload-begin": ("POST", (), CLERKS),
    "upload-look": ("POST", (), CLERKS),
    "upload-piece": ("GET", ("missing",), CLERKS),
    "upload-picture": ("GET", ("missing",), CLERKS),
    "inbox-live": ("GET", (), "县镇村管"),
    "inbox-confirm": ("POST", (), CLERKS),
    "inbox-retry": ("POST", (), "县镇村管"),
    "inbox-paper": ("GET", ("missing",), CLERKS),
    "inbox-decide": ("POST", ("missing",), CLERKS),
    "inbox-page": ("GET", ("missing", 1, 1), CLERKS),
    "coverage": ("GET", (), "县镇村检管"),
    "coverage-live": ("GET", (), "县镇村检管"),
    "coverage-retry": ("POST", (), "县镇村管"),
    "coverage-read-again": ("POST", (), "县镇村管"),
    "coverage-settle": ("POST", (), "县镇村管"),
    "api-guide": ("GET", (), EVERYBODY),
    "api-1:openapi-json": ("GET", (), EVERYBODY),
}
#: The same for operations of the interface, asked by key.
API_TABLE = {
    "search": ("GET", {}, READERS),
    "file": ("GET", {"number": "file"}, READERS),
    "page_text": ("GET", {"number": "file", "page": 1}, READERS),
    "original": ("GET", {"number": "file"}, READERS),
    "list_forms": ("GET", {}, CLERKS),
    "form": ("GET", {"form_id": "DB-01"}, CLERKS),
    "list_documents": ("GET", {}, CLERKS),
    "issue": ("POST", {}, CLERKS),
    "send_annex": ("ANNEX", {}, CLERKS),
    "send_photo": ("PHOTO", {}, CLERKS),
    "document": ("GET", {"number": "missing"}, CLERKS),
    "word": ("GET", {"number": "missing"}, CLERKS),
    "list_batches": ("GET", {}, CLERKS),
    "send_roster": ("UPLOAD", {}, CLERKS),
    "batch": ("GET", {"number": "missing"}, CLERKS),
    "start": ("POST", {"number": "missing"}, CLERKS),
    "result": ("GET", {"number": "missing", "what": "zip"}, CLERKS),
}
#: The manual came with the program and tells of nobody: whoever cannot sign in reads it, too.
HELP = {"help", "help-whole", "help-chapter", "help-picture"}
#: Answers that mean: let in, though there was nothing there or nothing asked.
LET_IN = {200, 201, 302, 404, 422}


BODY = '{"form_id": "DB-01", "answers": {}}'


def ask(method: str, address: str, headers: dict[str, str], **options: bool):
    if method == "UPLOAD":
        data = {"form_id": "DB-01", "roster": SimpleUploadedFile("花名册.pdf", b"x")}
        return Client(**options).post(address, data, headers=headers)
    if method in ("PHOTO", "ANNEX"):
        data = {method.lower(): SimpleUploadedFile("照片.jpg", b"x")}
        return Client(**options).post(address, data, headers=headers)
    browser = Client(**options)
    return browser.generic(method, address, BODY, "application/json", headers=headers)


def read_to_end(answer) -> None:
    """Take a download as a browser does, so that its file is closed."""
    if answer.streaming:
        assert list(answer.streaming_content)


def without_token(answer) -> str:
    """A page without what differs each time."""
    return re.sub(r'value="\w{64}"', "", answer.content.decode())


def addresses(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, f"{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}", one


@pytest.fixture
def known(db) -> dict[str, int]:
    """Numbers of a paper, an account and a key; and one that nothing has."""
    person = Person.objects.create_user("other", role=Role.INSPECTOR)
    issue_token(person, purpose="测试", days=1, issued_by="测试")
    paper = put_paper("钟宝镇", "旧城村", "低保申请 测试甲")
    token = ApiToken.objects.get()
    return {"file": paper.pk, "person": person.pk, "token": token.pk, "missing": 999}


def somebody(letter: str) -> Person:
    place = {"镇": ("钟宝镇", ""), "村": ("钟宝镇", "旧城村")}.get(letter, ("", ""))
    return Person.objects.create_user(
        f"somebody-{letter}", role=LETTERS[letter], town=place[0], village=place[1]
    )


def test_every_address_stands_in_the_table():
    """A new page is closed until somebody wrote here who may see it."""
    found = {name for name, _ in addresses(get_resolver())}
    pages = {name for name in found if not name.startswith("api-1:")} | {"api-1:openapi-json"}
    assert pages == set(TABLE)
    operations = {name for name in found - pages if name != "api-1:api-root"}
    assert operations == {f"api-1:{name}" for name in API_TABLE}


def test_every_view_states_its_right():
    """Sign-in and the operations of the interface, which ask for a key, excepted."""
    unstated = {
        name
        for name, pattern in addresses(get_resolver())
        if getattr(pattern.callback, "login_required", True) and rule_of(pattern.callback) is None
    }
    assert unstated == set()
    free = {
        name
        for name, pattern in addresses(get_resolver())
        if not getattr(pattern.callback, "login_required", True)
    }
    assert {name for name in free if not name.startswith("api-1:")} == {
        "sign-in",
        "sign-in-code",  # after the right password only
        "provider",  # only where the office has one
        "provider-back",
        "signed-in-again",
        *HELP,
    }


@pytest.mark.parametrize("name", TABLE)
def test_each_page_lets_in_whom_the_table_names(known, name):
    """Others read 没有权限, whether what they ask for exists or not."""
    method, given, allowed = TABLE[name]
    address = reverse(name, args=[known.get(str(one), one) for one in given])
    for letter in LETTERS:
        answer = browser_of(somebody(letter)).generic(method, address)
        read_to_end(answer)
        status = answer.status_code
        assert (status in LET_IN) == (letter in allowed), (letter, status)
        assert status in LET_IN | {403}


@pytest.mark.parametrize("name", TABLE)
def test_signed_out_every_page_asks_for_a_sign_in(known, name):
    """But for the sign-in itself."""
    method, given, _ = TABLE[name]
    address = reverse(name, args=[known.get(str(one), one) for one in given])
    answer = Client().generic(method, address)
    if name in {"sign-in", "signed-in-again"} | HELP:
        assert answer.status_code in (200, 204)
        read_to_end(answer)
    elif name in {"provider", "provider-back"}:
        assert answer.status_code == 404  # this office has none
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in")


@pytest.mark.parametrize("name", API_TABLE)
def test_each_operation_lets_in_whom_the_table_names(known, name):
    """By key; without one, or with a wrong one, nobody."""
    method, given, allowed = API_TABLE[name]
    options = {part: known.get(str(one), one) for part, one in given.items()}
    address = reverse(f"api-1:{name}", kwargs=options) + ("?q=测试甲" if name == "search" else "")
    for letter in LETTERS:
        key = issue_token(somebody(letter), purpose="测试", days=1, issued_by="测试")
        opened = {"Authorization": f"Bearer {key}"}
        answer = ask(method, address, opened)
        read_to_end(answer)
        status = answer.status_code
        assert (status in LET_IN) == (letter in allowed), (letter, status)
    for wrong in ({}, {"Authorization": "Bearer mz_wrong"}):
        assert ask(method, address, wrong).status_code == 401


@pytest.fixture
def childs_paper(db):
    """A paper of the dossier that is set apart."""
    return put_paper("钟宝镇", "旧城村", "孤儿认定 测试乙", dossier="ET", name="测试乙")


@pytest.mark.parametrize(
    ("role", "place", "given", "sees"),
    [
        (Role.INSPECTOR, ("", ""), (), False),
        (Role.INSPECTOR, ("", ""), ("ET",), True),
        (Role.INSPECTOR, ("城关镇", ""), ("ET",), False),
        (Role.COUNTY_CLERK, ("", ""), ("YF",), False),
        (Role.TOWN_CLERK, ("钟宝镇", ""), ("ET",), True),
        (Role.VILLAGE_KEEPER, ("钟宝镇", "得胜村"), ("ET",), False),
        (Role.VILLAGE_KEEPER, ("钟宝镇", "旧城村"), ("ET",), True),
    ],
)
def test_a_paper_one_may_not_see_leaves_no_trace(  # noqa: PLR0917 # one column a word
    sign_in, childs_paper, role, place, given, sees
):
    """Not in hits, counts, facets, pages, pictures, originals, coverage or error messages."""
    browser = sign_in(role, *place, given=given)
    found = browser.get("/search", {"q": "孤儿认定"}).content.decode()
    assert ("测试乙" in found) == sees
    assert ("共 <b>1</b> 件" in found) == sees
    assert ("儿童保障" in found) == sees
    home = browser.get("/").content.decode()
    assert ("<b>1</b><span>件已入库" in closed_up(home)) == sees
    number = childs_paper.pk
    for address in (f"/files/{number}", f"/files/{number}/original"):
        answer = browser.get(address)
        assert answer.status_code == (200 if sees else 404)
        if not sees:
            nothing = browser.get(address.replace(str(number), "999999"))
            assert without_token(answer) == without_token(nothing)
        read_to_end(answer)
    shown = browser.get("/coverage").content.decode()
    assert bool(re.search(r'<td class="has"[^>]*>1</td>', shown)) == sees


def test_forms_of_a_hidden_dossier_are_unknown(sign_in):
    """Neither listed nor opened, and no case of theirs is taken up with a shared form."""
    browser = sign_in(given=())
    assert "ET-01" not in browser.get("/forms").content.decode()
    assert browser.get("/forms/ET-01").status_code == 404
    data = {"case_no": "ET-103200-2018-0001", "action": "issue"}
    answer = browser.post("/forms/COM-03", data)
    assert "不属于您办理的专档" in answer.content.decode()


#: Who asks about a document of 钟宝镇旧城村, and whether anything of it is told.
WHO_ASKS = [
    (Role.COUNTY_CLERK, ("", ""), (), True),
    (Role.TOWN_CLERK, ("钟宝镇", ""), (), True),
    (Role.TOWN_CLERK, ("城关镇", ""), (), False),
    (Role.VILLAGE_KEEPER, ("钟宝镇", "旧城村"), (), True),
    (Role.VILLAGE_KEEPER, ("钟宝镇", "民主村"), (), False),
]


def shows(answer, *told: str) -> bool:
    """Whether an answer holds one of these texts."""
    return any(one in answer.content.decode() for one in told)


@pytest.mark.parametrize(("role", "place", "given", "sees"), WHO_ASKS)
def test_documents_cases_people_and_photos_follow_the_area(  # noqa: PLR0917 # one column a word
    sign_in, posted, role, place, given, sees
):
    """One table for every way to a document: page, Word, case, people, photo, correction, key."""
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
    keeper.post("/forms/COM-03", posted("COM-03") | {"photo_out-file": picture()})
    issued = Issued.objects.get()
    person, name = issued.person, issued.answers["name"]
    photo = issued.answers["photo_out"].split(":")[1]
    browser = sign_in(role, *place, given=given)
    for address in (
        f"/documents/{issued.pk}", f"/documents/{issued.pk}/word", f"/cases/{issued.case_no}",
        f"/known/{person.pk}", f"/photos/{photo}.jpg",
    ):  # fmt: skip
        answer = browser.get(address)
        assert answer.status_code == (200 if sees else 404), address
        read_to_end(answer)
    for word in (name, issued.id_no):
        assert shows(browser.get("/known", {"q": word}), f"/known/{person.pk}") == sees
    assert not shows(browser.get("/known", {"q": issued.id_no[:17]}), name)
    for address in (
        f"/forms/COM-03?corrects={issued.pk}",
        f"/forms/DB-01?person={person.pk}",
    ):
        assert shows(browser.get(address), issued.id_no) == sees, address
    key = issue_token(Person.objects.latest("pk"), purpose="测试", days=1, issued_by="测试")
    caller = Client(headers={"Authorization": f"Bearer {key}"})
    for operation in ("document", "word"):
        address = reverse(f"api-1:{operation}", kwargs={"number": issued.pk})
        assert caller.get(address).status_code == (200 if sees else 404)


@pytest.mark.parametrize(("given", "sees"), [((), False), (("ET",), True)])
def test_people_of_a_dossier_set_apart_are_known_to_who_has_it(sign_in, posted, given, sees):
    """Neither their names nor that they are in it."""
    sign_in().post("/forms/ET-01", posted("ET-01"))
    issued = Issued.objects.get()
    browser = sign_in(given=given)
    for word in (issued.person.name, issued.person.id_no):
        assert shows(browser.get("/known", {"q": word}), f"/known/{issued.person.pk}") == sees
    assert browser.get(f"/known/{issued.person.pk}").status_code == (200 if sees else 404)
    assert browser.get(f"/cases/{issued.case_no}").status_code == (200 if sees else 404)
