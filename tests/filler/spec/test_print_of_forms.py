"""The print of forms, taken from their templates."""

import pytest

from filler.spec.print_of_forms import read_form_prints
from minzheng.county.config import TEMPLATES_FOLDER
from tests.filler.word_files import saved, with_table

PRINTS = read_form_prints(TEMPLATES_FOLDER)


@pytest.mark.parametrize("words", ["\n姓名\n", "共同生活家庭成员", "身份证号"])
def test_what_stands_on_every_copy_is_print(words):
    """Labels as lines of their own, headings, sentences."""
    assert words in PRINTS["DB-01"]


def test_what_a_spec_fixes_is_print_though_a_tag_prints_it():
    """The title, and sentences nobody fills in; what may be another word on a copy is none."""
    assert "\n社会救助家庭经济状况核对授权书暨诚信承诺书\n" in PRINTS["COM-01"]
    assert "家庭成员、法定义务人的户籍、婚姻、税务" in PRINTS["COM-01"]
    assert "\n二、授权期限自签字之日起至停止享受救助之日。\n" in PRINTS["COM-01"]
    assert "近亲属关系：否" not in PRINTS["COM-01"]


def test_no_answer_and_no_tag_is_print():
    """Of any form; every form has some print."""
    assert len(PRINTS) > 120
    assert all(PRINTS.values())
    assert not [form for form, text in PRINTS.items() if "{{" in text or "{%" in text]


def test_a_form_whose_word_file_or_spec_is_broken_has_no_print(tmp_path):
    """Nobody's scans stay unread for it; what stands around a tag is two pieces."""
    (tmp_path / "x").mkdir()
    for name, spec in (("X-01", 'id = "X-01"'), ("X-02", "id ="), ("X-03", "id = 3")):
        (tmp_path / "x" / f"{name}.toml").write_text(spec, encoding="utf-8")
        (tmp_path / "x" / f"{name}.docx").write_bytes(b"no package")
    (tmp_path / "x" / "X-04.toml").write_text('id = "X-04"', encoding="utf-8")
    document = with_table(("户主", "现住 {{ place }} 村"))
    (tmp_path / "x" / "X-04.docx").write_bytes(saved(document))
    prints = read_form_prints(tmp_path)
    assert prints["X-01"] == ""
    assert sorted(prints) == ["X-01", "X-04"]
    assert prints["X-04"].split() == ["户主", "现住", "村"]
