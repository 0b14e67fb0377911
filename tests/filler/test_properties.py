"""What holds for every value: IDs, working days, texts through the real renderer."""

import datetime as dt
import io

import docx
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from filler.fill_form import fill_form
from minzheng.county.registry.working_days import load_calendar
from minzheng.county.writing import id_card

TODAY = dt.date(2026, 11, 23)
#: A busy machine draws slowly; that is no fault of a number.
CALM = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
BIRTHDAYS = st.dates(dt.date(1900, 1, 1), TODAY)
YEARS = st.dates(dt.date(2014, 1, 1), dt.date(2027, 12, 31))
#: Printable characters, those of XML and outside the BMP among them; one space at a time.
TEXTS = st.text(
    st.sampled_from("&<>\"'·中低保𠮷𡈽①％{}A9;#x— ") | st.characters(
        categories=("L", "N", "P", "S"), exclude_characters="\ufffe\uffff"
    ),
    min_size=30, max_size=80,
)  # fmt: skip


@st.composite
def id_numbers(draw):
    """A number as the law makes them."""
    region = draw(st.integers(110000, 659999))
    body = f"{region}{draw(BIRTHDAYS):%Y%m%d}{draw(st.integers(1, 999)):03d}"
    return body + str(ric.calc_check_digit(body + "0"))


@CALM
@given(id_numbers())
def test_every_lawful_id_number_is_sound(number):
    """And tells birth date and sex."""
    assert id_card.find_fault(number, TODAY) == ""
    assert f"{id_card.birth_date(number):%Y%m%d}" == number[6:14]
    assert id_card.sex(number) == ("男" if int(number[16]) % 2 else "女")


@CALM
@given(id_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number, place, more):
    """The check digit of GB 11643 finds each single slip."""
    wrong = str((int(number[place]) + more) % 10)
    assert id_card.find_fault(number[:place] + wrong + number[place + 1 :], TODAY)


@CALM
@given(id_numbers(), st.integers(0, 15))
def test_two_digits_exchanged_are_always_noticed(number, place):
    """The commonest slip of a typing hand."""
    first, second = number[place], number[place + 1]
    changed = number[:place] + second + first + number[place + 2 :]
    assert first == second or id_card.find_fault(changed, TODAY)


@given(id_numbers(), st.dates(dt.date(1950, 1, 1), TODAY))
def test_an_age_grows_by_one_on_each_birthday(number, day):
    """Never in between; a child not yet born has none."""
    before, after = (id_card.age_on(number, one) for one in (day, day + dt.timedelta(days=366)))
    if before is not None:
        assert after in (before + 1, before + 2)


@given(YEARS, st.integers(1, 60))
def test_a_term_ends_on_a_working_day_and_holds_so_many(day, count):
    """The day itself is not counted."""
    calendar = load_calendar()
    end = calendar.add_working_days(day, count)
    days = (day + dt.timedelta(days=n) for n in range(1, (end - day).days + 1))
    assert calendar.is_working_day(end)
    assert sum(calendar.is_working_day(one) for one in days) == count


@given(YEARS, st.integers(0, 30), st.integers(0, 30))
def test_terms_add_up(day, first, second):
    """Five working days and then ten more are fifteen."""
    add = load_calendar().add_working_days
    assert add(add(day, first), second) == add(day, first + second)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=TEXTS)
def test_every_printable_text_is_found_again_in_the_document(catalogue, answers_of, store, text):
    """Nothing is lost between the answer and the paper, whatever stands in it."""
    answers = answers_of("ZF-07") | {"clue": f"线索内容如下{text}"}
    issued = fill_form(
        "ZF-07", answers, issued_by="测试员", today=TODAY, catalogue=catalogue, store=store
    )
    document = docx.Document(io.BytesIO(issued.docx))
    printed = ["".join(one.text or "" for one in paragraph.iter(qn("w:t")))
               for paragraph in document.element.body.iter(qn("w:p"))]  # fmt: skip
    assert any(text.rstrip() in one for one in printed)
