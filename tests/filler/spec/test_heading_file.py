"""The words of rosters are checked at start."""

import pytest

from filler.errors import CatalogueError
from filler.spec.form_catalogue import load_catalogue
from filler.spec.heading_file import read_heading_words


def told(**table):
    problems = []
    words = read_heading_words(table, problems)
    return words, [str(problem) for problem in problems]


def test_words_are_read_as_they_stand():
    """Groups and lists; what is not there is empty."""
    words, problems = told(same=[["电话", "手机"]], totals=["合计"])
    assert (words.same, words.totals, words.people) == ((("电话", "手机"),), ("合计",), ())
    assert not problems


def test_a_word_may_stand_in_several_groups():
    """A form where it could mean two fields does not use it."""
    words, problems = told(same=[["与户主关系", "与本人关系"], ["与老人关系", "与本人关系"]])
    assert not problems
    assert len(words.same) == 2


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"sane": []}, "是否为“same”"),
        ({"same": ["电话"]}, "一组一组"),
        ({"same": [["电话"]]}, "只有一个词"),
        ({"same": [[]]}, "空的一组"),
        ({"same": [["甲", "乙", "甲"]]}, "“甲”写了 2 次"),
        ({"people": "老人"}, "一列文字"),
        ({"notes": [""]}, "一列文字"),
        ({"endings": [["号", 1]]}, "一组一组"),
    ],
)
def test_what_is_wrong_in_it_is_said(table, said):
    """In Chinese, with the file; and no word of it is used."""
    words, problems = told(**table)
    assert any(said in problem and "headings.toml" in problem for problem in problems)
    assert not words.same


def test_a_mistake_stops_the_start(tmp_path):
    """Together with those of the forms."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "headings.toml").write_text('same = [["甲"]]', encoding="utf-8")
    with pytest.raises(CatalogueError, match="只有一个词"):
        load_catalogue(tmp_path)


def test_every_form_knows_the_words(catalogue):
    """Those of the county's file, which holds no mistake."""
    words = {id(spec.heading_words): spec.heading_words for spec in catalogue.forms}
    (own,) = words.values()
    assert own.same
    assert own.totals
