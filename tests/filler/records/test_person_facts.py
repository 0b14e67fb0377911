"""Whom a document is about, by its answers."""

import pytest

from filler.records.person_facts import person_facts


def test_a_person_is_known_by_name_number_phone_and_place():
    """With pinyin and initials to be found by."""
    facts = person_facts(
        {"name": "测试 周桂兰", "id_no": "11010519491231002x", "phone": "139 9150 0001",
         "town": "钟宝镇", "village": "旧城村"}
    )  # fmt: skip
    assert facts == {
        "name": "测试周桂兰", "pinyin": "ceshizhouguilan", "initials": "cszgl",
        "id_no": "11010519491231002X", "phone": "13991500001", "town": "钟宝镇",
        "village": "旧城村",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["name", "addressee", "patient", "elder", "child_name", "户主"])
def test_a_person_is_named_under_many_slugs_and_labels(key):
    """As the forms call the one they are about."""
    assert person_facts({key: "测试甲"})["name"] == "测试甲"


def test_the_first_name_given_counts():
    """A blank one is none."""
    assert person_facts({"name": "", "addressee": "测试乙", "head": "测试丙"})["name"] == "测试乙"


@pytest.mark.parametrize("answers", [{}, {"name": ""}, {"name": " "}, {"id_no": "1", "rows": []}])
def test_a_document_about_nobody_has_no_facts(answers):
    """A list, for example."""
    assert person_facts(answers) == {}


def test_what_is_too_long_is_cut_to_what_the_table_holds():
    """Whatever an answers file says."""
    facts = person_facts({"name": "测" * 99, "phone": "1" * 99, "id_no": "1" * 99})
    assert (len(facts["name"]), len(facts["phone"]), len(facts["id_no"])) == (50, 20, 18)
