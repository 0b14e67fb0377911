"""From a clerk's answers to a Word file."""

import datetime as dt
import io

import docx
import pytest

from filler.carry_over.running_cases import NEW_CASE
from filler.fill_form import Corrected, blank_form, issue, print_unkept, read_form
from filler.form.form_data import Refused, RenderedDocument

FORMS = ("COM-03", "DB-01", "DB-02", "DB-03", "GS-01")
TODAY = dt.date(2026, 11, 23)


def text_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    footers = (paragraph.text for paragraph in document.sections[0].footer.paragraphs)
    lines = (paragraph.text for paragraph in document.paragraphs)
    return "\n".join([*lines, *cells, *footers])


def member(number: int) -> dict[str, str]:
    return {
        "m_name": f"测试家人{'甲乙丙丁戊己庚'[number]}",
        "m_rel": "孙子女",
        "m_id": "61092720150125007X" if number == 0 else "",
        "m_health": "健康",
        "m_labor": "无",
        "m_job": "在校生",
        "m_income_month": "0",
        "m_insured": "是",
    }


@pytest.mark.parametrize("form_id", FORMS)
def test_sample_answers_become_a_word_file(fill, answers_of, form_id):
    """Each form prints its case number on its code line."""
    document = fill(form_id, answers_of(form_id))
    assert isinstance(document, RenderedDocument)
    assert f"{form_id} v1 {document.case_no}" in text_of(document.docx)


@pytest.mark.parametrize("form_id", FORMS)
def test_a_blank_form_has_no_computed_noughts(catalogue, form_id):
    """Cells are empty for the pen."""
    text = text_of(blank_form(form_id, catalogue, TODAY))
    assert "0.00" not in text
    assert "零元" not in text
    assert "{{" not in text


def test_derived_values_are_computed(fill, answers_of):
    """Sex, birth date, age, totals and per-capita income come from what was typed."""
    document = fill("DB-01", answers_of("DB-01"))
    text = text_of(document.docx)
    for value in ("女", "1949年12月31日", "68", "6252.50", "1826.25", "152.19"):
        assert value in text


def test_the_amount_stands_in_words(fill, answers_of):
    """285.62 is 贰佰捌拾伍元陆角贰分."""
    assert "贰佰捌拾伍元陆角贰分" in text_of(fill("DB-02", answers_of("DB-02")).docx)


@pytest.mark.parametrize(("year", "word"), [(2018, "审批"), (2022, "确认")])
def test_the_title_follows_the_law_of_its_day(catalogue, answers_of, year, word):
    """Since July 2021 the county confirms (确认) instead of approving (审批)."""
    answers = answers_of("DB-02") | {"accept_date": f"{year}-04-04"}
    shown = read_form(catalogue.form("DB-02"), answers, today=TODAY, catalogue=catalogue)
    assert shown.title == f"最低生活保障审核{word}表"


def test_all_problems_come_at_once_and_nothing_is_kept(fill, answers_of, store):
    """Wrong ID, wrong phone, missing reason: three problems, no number used up."""
    wrong = {"id_no": "110105194912310021", "phone": "123", "reason": ""}
    outcome = fill("DB-01", answers_of("DB-01") | wrong)
    assert isinstance(outcome, Refused)
    assert {"id_no", "phone", "reason"} <= {problem.field for problem in outcome.problems}
    assert all(problem.what and problem.do for problem in outcome.problems)
    assert store.issued == []
    assert store.counters == {}


def test_a_derived_value_that_was_typed_wrongly_is_refused(fill, answers_of):
    """Nobody types a total; who does, and errs, is told what was computed."""
    outcome = fill("DB-01", answers_of("DB-01") | {"inc_total": "9999"})
    assert isinstance(outcome, Refused)
    assert [problem.field for problem in outcome.problems] == ["inc_total"]
    assert "6252.50" in outcome.problems[0].what


def test_a_derived_value_that_was_typed_rightly_is_accepted(fill, answers_of):
    """A spreadsheet may hold the computed column, too."""
    outcome = fill("DB-01", answers_of("DB-01") | {"inc_total": "6,252.5"})
    assert isinstance(outcome, RenderedDocument)


def test_numbers_run_on_within_a_village_and_year(fill, answers_of):
    """The second application of the village in the year is 0002."""
    answers = answers_of("DB-01") | {"case_no": NEW_CASE}
    numbers = [fill("DB-01", answers).case_no for _ in range(2)]
    assert numbers == ["DB-103200-2018-0001", "DB-103200-2018-0002"]


def test_a_case_keeps_its_number_over_its_forms(fill, answers_of):
    """The survey of an application carries the application's number."""
    case_no = fill("DB-01", answers_of("DB-01")).case_no
    survey = fill("COM-03", answers_of("COM-03") | {"case_no": case_no})
    assert survey.case_no == case_no


def test_a_number_that_was_given_by_hand_is_not_given_again(fill, answers_of):
    """The counter steps over numbers that are already on a document."""
    fill("DB-01", answers_of("DB-01") | {"case_no": "DB-103200-2018-0001"})
    another = answers_of("DB-01") | {"case_no": NEW_CASE}
    assert fill("DB-01", another).case_no == "DB-103200-2018-0002"


@pytest.mark.parametrize("case_no", ["1", "TK-103200-2018-0001", "DB-100200-2018-0001"])
def test_a_foreign_case_number_is_refused(fill, answers_of, case_no):
    """Not a number, another dossier's, another village's."""
    outcome = fill("DB-01", answers_of("DB-01") | {"case_no": case_no})
    assert [problem.field for problem in outcome.problems] == ["case_no"]


def test_members_beyond_the_sixth_stand_on_a_continuation_sheet(fill, answers_of):
    """Six rows on the form, the rest on the 续表."""
    answers = answers_of("DB-01")
    answers["members"] += [member(0) | {"m_id": number} for number in GRANDCHILDREN]
    document = fill("DB-01", answers)
    assert isinstance(document, RenderedDocument), document
    tables = docx.Document(io.BytesIO(document.docx)).tables
    more = [table for table in tables if "共同生活家庭成员（续）" in table.rows[0].cells[0].text]
    assert [row.cells[2].text for row in more[0].rows[2:]] == GRANDCHILDREN[4:]


def test_six_members_need_no_continuation_sheet(fill, answers_of):
    """A sheet that would be empty is not printed."""
    assert "续表" not in text_of(fill("DB-01", answers_of("DB-01")).docx)


def test_characters_that_xml_reserves_come_out_as_typed(fill, answers_of):
    """A < in an address is no markup."""
    text = text_of(fill("DB-01", answers_of("DB-01") | {"hukou_addr": "旧城村<三>组&{x}"}).docx)
    assert "旧城村<三>组&{x}" in text


def test_the_file_is_called_by_form_name_and_number(fill, answers_of):
    """A clerk finds it again in the folder of downloads."""
    document = fill("DB-01", answers_of("DB-01"))
    assert document.file_name == "DB-01_测试周桂兰_DB-103200-2018-0001.docx"


def test_the_preview_shows_derived_values_while_fields_are_missing(catalogue):
    """What can be computed is shown, what is missing is a problem."""
    typed = {"id_no": "11010519491231002X"}
    shown = read_form(catalogue.form("DB-01"), typed, today=TODAY, catalogue=catalogue)
    assert shown.texts["gender"] == "女"
    assert "name" in {problem.field for problem in shown.problems}


@pytest.fixture
def read(catalogue, store):
    """Read a form as the page does, without issuing it."""

    def run(form_id, answers, corrects=None):
        return read_form(
            catalogue.form(form_id),
            answers,
            today=TODAY,
            catalogue=catalogue,
            history=store,
            corrects=corrects,
        )

    return run


def test_what_others_issue_between_reading_and_issuing_is_seen(read, answers_of, store):
    """Two clerks with the same person on their pages: the second is refused, no number used."""
    first, second = (read("DB-02", answers_of("DB-02")) for _ in range(2))
    assert first.problems == second.problems == ()
    issued = issue(first, issued_by="甲", store=store)
    counters = dict(store.counters)
    refused = issue(second, issued_by="乙", store=store)
    assert isinstance(refused, Refused)
    assert [problem.field for problem in refused.problems] == ["case_no", "id_no"]
    assert issued.case_no in refused.problems[0].what
    assert (len(store.issued), store.counters) == (1, counters)


def test_a_document_is_corrected_once_though_two_clerks_began(read, answers_of, store, fill):
    """The second is sent to the newest edition."""
    wrong = fill("DB-01", answers_of("DB-01"))
    corrects = Corrected(wrong.number, wrong.case_no)
    first, second = (read("DB-01", answers_of("DB-01"), corrects) for _ in range(2))
    assert isinstance(issue(first, issued_by="甲", store=store), RenderedDocument)
    refused = issue(second, issued_by="乙", store=store)
    assert "已由别人更正" in refused.problems[0].what
    assert len(store.issued) == 2


def test_a_form_is_read_once_when_others_issue_what_it_never_asked_for(
    read, answers_of, store, fill, readings
):
    """Another form of another person is no reason to read again."""
    seen = read("DB-02", answers_of("DB-02"))
    fill("ZF-01", answers_of("ZF-01"))
    assert isinstance(issue(seen, issued_by="甲", store=store), RenderedDocument)
    assert readings == ["DB-02", "ZF-01"]


def test_what_was_derived_of_history_is_derived_of_the_newest(read, answers_of, store):
    """A second letter of a case bears -2, though its page was read before the first."""
    case = {"case_no": "DB-103200-2018-0001"}
    answers = answers_of("COM-02") | {"result": "受理", "missing": []} | case
    first, second = (read("COM-02", answers) for _ in range(2))
    assert first.texts["notice_no"] == second.texts["notice_no"]
    numbers = [
        issue(one, issued_by="甲", store=store).printed.texts["notice_no"]
        for one in (first, second)
    ]
    assert numbers[1] == numbers[0].replace("号", "-2号")


def test_a_form_at_rest_is_issued_like_any(read, answers_of, store):
    """A batch puts what it has read aside until all rows are read."""
    seen = read("DB-01", answers_of("DB-01"))
    document = issue(seen.at_rest(), issued_by="甲", store=store)
    assert document.printed.texts["inc_total"] == seen.texts["inc_total"] == "6252.50"


GRANDCHILDREN = [
    "610927201001011005",
    "610927201102011012",
    "61092720120301102X",
    "610927201304011037",
    "610927201405011044",
    "610927201506011051",
]


def test_a_report_joins_its_notice(fill, answers_of):
    """Under the number of the notice, known here or not; of a village's own one under the next."""
    notice = fill("COM-05", answers_of("COM-05"))
    told = answers_of("COM-06")
    assert fill("COM-06", told | {"notice_no": notice.case_no}).case_no == notice.case_no
    unknown = fill("COM-06", told)
    assert unknown.case_no == told["notice_no"]
    assert ["归在这个编号下" in one.what for one in unknown.warnings] == [True]
    own = fill("COM-06", told | {"notice_no": "旧城公示第3号"})
    assert own.case_no.startswith("GS-103200-2018-")
    assert not own.warnings


def test_a_report_of_before_is_corrected_under_its_own_number(fill, answers_of):
    """It was numbered beside the notice it names; that stays as it was printed."""
    old = fill("COM-06", answers_of("COM-06") | {"notice_no": "旧城公示第3号"})
    mended = answers_of("COM-06") | {"notice_no": "GS-103200-2018-0099"}
    again = fill("COM-06", mended, corrects=old.number)
    assert again.case_no == old.case_no


def test_what_is_not_kept_bears_its_forms_code_and_no_number(catalogue, answers_of):
    """A cover decides nothing; its scan is known as a cover."""
    answers = answers_of("ZH-06") | {"case_no": ""}
    read = read_form(catalogue.form("ZH-06"), answers, today=TODAY, catalogue=catalogue)
    text = text_of(print_unkept(read))
    assert "ZH-06" in text
    assert "ZH-103200" not in text


@pytest.mark.parametrize("form_id", ["COM-02", "COM-07", "DB-01"])
@pytest.mark.parametrize("number", ["□是 □否", "DB-103200-2018-", "-"])
def test_what_is_no_case_number_is_told_on_every_form(fill, answers_of, form_id, number):
    """Also where the number of a letter is made of it."""
    refused = fill(form_id, answers_of(form_id) | {"case_no": number})
    assert isinstance(refused, Refused)
    assert "case_no" in {problem.field for problem in refused.problems}
