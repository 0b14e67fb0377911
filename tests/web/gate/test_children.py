"""A child's name is not told to who may not see the children's dossiers."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from filler.models import Issued
from filler.records.named_people import note_named
from filler.records.people_store import note_person
from minzheng.accounts.models import Person, Role, SavedSearch
from minzheng.accounts.tokens import issue_token
from minzheng.county.minors import day_of_majority
from minzheng.web.gate import children
from minzheng.web.gate.office import county
from tests.web.conftest import put_paper

KNOWN, ON_PAPER, GROWN = "李小花", "王小宝", "李大山"
CHILD, ADULT = "110105201501010033", "11010519491231002X"
TEXT = f"低保申请 {GROWN} {ADULT}\n孙女 {KNOWN}\n孙子 {ON_PAPER} 110105-20160201-0011"


def born(years_ago: int, days_later: int = 0) -> str:
    """An ID number of somebody who had a birthday so many years ago today."""
    today = dt.date.today()
    day = day_of_majority(today, years_ago)
    return f"110105{day + dt.timedelta(days=days_later):%Y%m%d}0033"


def record(village: str = "旧城村", **answers: object) -> Issued:
    """A document as the case store keeps it."""
    place = {"town": "钟宝镇", "village": village}
    issued = Issued.objects.create(
        form_id="DB-01", case_no="DB-103200-2018-0001", answers=place | answers,
        file_name=f"DB-01_{answers.get('name', '')}.docx", issued_by="li",
    )  # fmt: skip
    note_person(issued)
    note_named(issued)
    return issued


@pytest.fixture
def childs_record(db) -> Issued:
    """The household of a grown-up with a child of 旧城村, who is also known by a paper."""
    rows = [{"m_name": GROWN, "m_id": ADULT}, {"m_name": KNOWN, "m_id": CHILD}]
    return record(name=KNOWN, id_no=CHILD, members=rows)


def ways(paper, issued: Issued) -> list[tuple[str, dict[str, str]]]:
    """Every page that shows a text of a paper or a record."""
    name = {"q": "低保申请"}
    return [
        ("/search", name), ("/search", {"q": KNOWN}), ("/search/list", name),
        (f"/files/{paper.pk}", name), (f"/files/{paper.pk}/correct", {}),
        ("/known", {"q": "lxh"}), (f"/known/{issued.person.pk}", {}),
        (f"/cases/{issued.case_no}", {}), (f"/documents/{issued.pk}", {}), ("/documents", {}),
        ("/completeness/103200/DB/all", {}), ("/", {}),
    ]  # fmt: skip


@pytest.mark.parametrize("given", [(), ("ET",)])
def test_no_page_tells_a_childs_name_without_the_right(sign_in, childs_record, given):
    """Known from a record, from the number on the paper itself; a grown-up is read as ever."""
    paper = put_paper("钟宝镇", "旧城村", TEXT, dossier="DB", name=f"{KNOWN} 申请", person=KNOWN)
    browser, sees = sign_in(given=given), bool(given)
    told = ""
    for address, question in ways(paper, childs_record):
        if address.endswith("/correct") and not sees:
            continue  # who corrects the names reads them
        page = browser.get(address, question)
        assert page.status_code == 200, address
        text = page.content.decode().replace('value="' + KNOWN, "").replace("<mark>", "")
        told += text.replace("</mark>", "")
        if question.get("q") == KNOWN:
            continue  # typed by whoever looks
        assert sees or (KNOWN not in told and ON_PAPER not in told), address
    assert (KNOWN in told, ON_PAPER in told) == (sees, sees) or not sees
    assert GROWN in told


@pytest.mark.parametrize("given", [(), ("ET",)])
def test_the_interface_and_lists_tell_none_either(sign_in, childs_record, given):
    """Hits, texts, fields; the list as Word and workbook; numbers in full change nothing."""
    paper = put_paper("钟宝镇", "旧城村", TEXT, dossier="DB", name=f"{KNOWN} 申请", person=KNOWN)
    browser, sees = sign_in(given=given), bool(given)
    key = issue_token(Person.objects.latest("pk"), purpose="测试", days=1, issued_by="测试")
    caller = Client(headers={"Authorization": f"Bearer {key}"})
    answers = [
        caller.get(reverse("api-1:search"), {"q": "低保申请"}),
        caller.get(reverse("api-1:file", kwargs={"number": paper.pk})),
        caller.get(reverse("api-1:page_text", kwargs={"number": paper.pk, "page": 1})),
        caller.get(reverse("api-1:document", kwargs={"number": childs_record.pk})),
    ]
    browser.post(f"/files/{paper.pk}/unmask", {"reason": "核对花名册"})
    shown = browser.get(f"/files/{paper.pk}")
    assert ADULT in shown.content.decode()
    for answer in (*answers, shown):
        text = str(answer.json()) if answer in answers else answer.content.decode()
        assert answer.status_code == 200
        assert sees or (ON_PAPER not in text and KNOWN not in text), text
    if sees:
        assert ON_PAPER in answers[2].json()["text"]


@pytest.mark.parametrize(
    ("years_ago", "days_later", "is_shown"),
    [(18, 0, True), (18, 1, False), (17, 0, False), (40, 0, True)],
)
def test_age_is_counted_to_the_day(sign_in, years_ago, days_later, is_shown):
    """On the eighteenth birthday a name is shown."""
    record(name="测试丙", id_no=born(years_ago, days_later))
    page = sign_in(given=()).get("/known", {"q": "测试丙"}).content.decode()
    assert (">测试丙<" in page) is is_shown
    assert (">测**<" in page) is not is_shown


def test_a_grown_up_of_another_village_who_is_called_the_same_is_shown(sign_in, childs_record):
    """A paper is masked by the names of its place."""
    put_paper("钟宝镇", "民主村", f"低保申请 {KNOWN}", dossier="DB")
    page = sign_in(given=()).get("/search", {"q": "低保申请"}).content.decode()
    assert KNOWN in page


def test_whom_a_scan_of_the_childrens_dossier_is_about_is_a_child(sign_in):
    """In the other papers of the village."""
    put_paper("钟宝镇", "旧城村", "孤儿认定", dossier="ET", name="孤儿", person=KNOWN)
    put_paper("钟宝镇", "旧城村", f"低保申请 {KNOWN}", dossier="DB", name="申请")
    assert KNOWN not in sign_in(given=()).get("/search", {"q": "低保申请"}).content.decode()
    assert KNOWN in sign_in(given=("ET",)).get("/search", {"q": "低保申请"}).content.decode()


def test_a_childs_name_is_not_offered_for_its_initials(sign_in, childs_record):
    """The address of the offer would hold it."""
    put_paper("钟宝镇", "旧城村", f"低保申请 {KNOWN}", dossier="DB", person=KNOWN)
    assert KNOWN not in sign_in(given=()).get("/search", {"q": "lixiaohua"}).content.decode()
    assert KNOWN in sign_in().get("/search", {"q": "lixiaohua"}).content.decode()


def test_nobody_who_looks_sees_nothing(db, childs_record):
    """The command line has no account, and a text that belongs to nobody's request neither."""
    assert not children.sees_children()
    assert children.mask(f"{KNOWN} {CHILD}") == "李** 110105********0033"
    assert children.mask_children(f"{KNOWN} {CHILD}") == f"李** {CHILD}"
    assert children.names_in_text(TEXT, "钟宝镇", "旧城村") == {KNOWN, ON_PAPER}
    assert children.shown_name(GROWN, ADULT, "钟宝镇", "旧城村") == GROWN


def test_the_dossier_of_children_is_named_in_the_registry(db):
    """One of those set apart."""
    dossiers = county().dossiers
    assert dossiers.children_codes == {"ET"}
    assert dossiers.children_codes <= dossiers.apart_codes


def test_who_signs_in_is_asked_anew(db):
    """What was found out of nobody, or of another, does not hold for whoever came."""
    request = RequestFactory().get("/")
    codes = sorted(county().dossiers.children_codes)
    with children.looked_at_by(request):
        for user, sees in (
            (AnonymousUser(), False),
            (Person(pk=1, role=Role.COUNTY_CLERK, given_dossiers=codes), True),
            (Person(pk=2, role=Role.COUNTY_CLERK), False),
        ):
            request.user = user
            assert children.sees_children() is sees
            assert children.sees_children() is sees


def test_a_paper_that_was_looked_at_is_judged_by_its_text_and_the_day(db, monkeypatch):
    """What is remembered of it is of this text, and of who is a child today."""
    assert children.names_in_text(TEXT, "钟宝镇", "旧城村") == {ON_PAPER}
    assert children.names_in_text(TEXT.replace(ON_PAPER, "王二宝"), "钟宝镇", "旧城村") == {
        "王二宝"
    }
    monkeypatch.setattr(children, "_majority", lambda: dt.date(2017, 1, 1))
    assert children.names_in_text(TEXT, "钟宝镇", "旧城村") == frozenset()


@pytest.mark.parametrize("role", [Role.COUNTY_CLERK, Role.INSPECTOR])
def test_a_childs_name_is_not_shared_with_a_saved_search(sign_in, childs_record, role):
    """Also by who may read it: the colleagues may not."""
    browser = sign_in(role)
    browser.post("/saved/new", {"name": "那一户", "q": KNOWN})
    kept = SavedSearch.objects.get()
    browser.post(f"/saved/{kept.pk}/share", {"whom": "全部账号"})
    kept.refresh_from_db()
    assert kept.shared_with == ""
    SavedSearch.objects.update(question="低保申请", shared_with="全部账号")
    browser.post(f"/saved/{kept.pk}/rename", {"name": KNOWN})
    assert SavedSearch.objects.get().name == "那一户"
