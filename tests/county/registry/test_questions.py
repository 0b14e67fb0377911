"""The inspectors' questions."""

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.questions import load_asked_pages, load_questions
from tests.county.tables import written, wrong

_WHOLE = '[[question]]\nno = 1\ntext = "问"\n'


def test_there_are_the_twenty_five():
    """Each has one way to be answered, or says why not."""
    questions = load_questions()
    assert [one.no for one in questions] == list(range(1, 26))


def test_parts_without_their_blank_are_left_out():
    """Without a village the whole area is asked; without a name nothing can be."""
    by_number = {one.no: one for one in load_questions()}
    assert by_number[8].query({"year": "2018"}) == "年:2018 专档:临时救助 金额:>5000"
    assert by_number[4].missing({}) == ["name"]
    assert by_number[4].missing({"name": "测试甲"}) == []


@pytest.mark.parametrize(
    "text",
    [
        "x =",
        _WHOLE,
        _WHOLE + 'search = ["低保"]\npage = "/traces"',
        _WHOLE + 'search = ["村:{hamlet}"]',
        _WHOLE + 'search = ["低保"]\nanswer = "是"',
        '[[question]]\nno = 2\ntext = "问"\nsearch = ["低保"]',
    ],
)
def test_mistakes_are_named(tmp_path, text):
    """The file, the question, what to write."""
    (tmp_path / "questions.toml").write_text(text, "utf-8")
    with pytest.raises(RegistryError, match=r"questions\.toml"):
        load_questions(tmp_path)


QUESTION = '[[question]]\nno = 1\ntext = "问"\n'


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (QUESTION + 'search = ["低保"]', 0), (QUESTION + 'search = ["村:{village}"]', 0),
        (QUESTION + 'page = "/x/{hamlet}"', 1), (QUESTION + 'doubts = "a"', 0),
        (QUESTION + 'not_yet = "a"\nmeanwhile = ["{name}"]', 0),
        (QUESTION + 'not_yet = "a"\nmeanwhile = ["{nobody}"]', 1), (QUESTION, 1),
        (QUESTION.replace("no = 1", "no = 2") + 'doubts = "a"', 1),
        (QUESTION.replace('text = "问"', 'text = ""') + 'doubts = "a"', 1),
        (QUESTION + 'doubts = "a"\nstrange = "b"', 1), (QUESTION + 'doubts = "a"\npage = "b"', 1),
    ],
)  # fmt: skip
def test_a_question_has_one_way_and_known_blanks(tmp_path, text, count):
    """Whichever of the ways."""
    assert len(wrong(load_questions, written(tmp_path, "questions.toml", text))) == count


def test_what_a_question_needs_may_stand_in_its_page(tmp_path):
    """Or in what is searched meanwhile."""
    text = QUESTION + 'not_yet = "a"\nmeanwhile = ["{name}", "年:{year}"]'
    (one,) = load_questions(written(tmp_path, "questions.toml", text))
    assert one.missing({}) == ["name"]
    assert one.query({"name": "测试甲", "year": ""}) == "测试甲"
    assert one.query({"name": "测试甲", "year": "2018"}) == "测试甲 年:2018"


def test_pages_that_answer_a_question_are_named_whole(tmp_path):
    """The shipped ones, and what is wrong with one of a county."""
    assert {"completeness", "month"} <= {one.address for one in load_asked_pages()}
    page = '[[page]]\nname = "甲"\naddress = "month"\n'
    for wrong_page in (page, page + 'text = "问"\nword = []', page + 'text = "问"\nwords = "甲"'):
        (tmp_path / "questions.toml").write_text(wrong_page, "utf-8")
        with pytest.raises(RegistryError, match=r"questions\.toml 第 1 个 \[\[page\]\]"):
            load_asked_pages(tmp_path)
