"""A scan of a document issued here that says something else: told, and nothing concluded."""

from dataclasses import replace

from minzheng.inspection.checks.copies import copies_differ
from tests.inspection.checks.made_papers import asked, decided, scan, village

CHECK = "copies_differ"


def test_a_changed_amount_is_told_with_both_papers():
    """What was issued stands beside what was read."""
    issued = decided()
    back = scan("DB-02", case_no=issued.case_no, unlike="金额|195.00|300.00；姓名||罗旺山")
    (found,) = copies_differ(village(issued, back), asked(CHECK))
    assert "金额出具的是195.00，纸上是300.00；纸上有姓名罗旺山，出具时没有" in found.what
    assert found.what.endswith("请核实") and found.form_id == "DB-02"
    assert [one.says for one in found.papers] == [
        (("金额", "195.00"),), (("金额", "300.00"), ("姓名", "罗旺山")),
    ]  # fmt: skip


def test_a_struck_out_value_is_told_as_one():
    """What was read in its place may be wrong: the paper itself is to be looked at."""
    issued = decided()
    back = scan("DB-02", case_no=issued.case_no, unlike="划改|195.00|195.0017；划改||1395060")
    (found,) = copies_differ(village(issued, back), asked(CHECK))
    assert "195.00被划掉或改写，读作“195.0017”，请看原件" in found.what
    assert "有一处被划掉或改写，读作“1395060”" in found.what


def test_a_choice_that_a_pen_ticked_is_told_beside_the_issued_one():
    """Or as the only one."""
    issued = decided()
    back = scan("DB-02", case_no=issued.case_no, unlike="勾选|农村低保|城市低保；勾选||因病、因残")
    (found,) = copies_differ(village(issued, back), asked(CHECK))
    assert "出具时勾的是农村低保，纸上勾了城市低保" in found.what
    assert "出具时没有勾，纸上勾了因病、因残" in found.what


def test_a_value_that_is_not_to_be_found_is_told_as_that():
    """Another one that is not is another doubt."""
    issued = decided()
    some, other = (
        scan("DB-02", case_no=issued.case_no, unlike=f"未见|{value}|")
        for value in ("195.00", "13991500001")
    )
    found = list(copies_differ(village(issued, some, other), asked(CHECK)))
    assert "出具的195.00，纸上没有读到，请看原件" in found[0].what
    assert found[0].key != found[1].key


def test_the_same_change_on_a_copy_is_the_same_doubt():
    """Another change is another."""
    issued = decided()
    first, copy, other = (
        scan("DB-02", case_no=issued.case_no, unlike=f"金额|195.00|{read}")
        for read in ("300.00", "300.00", "400.00")
    )
    keys = [one.key for one in copies_differ(village(issued, first, copy, other), asked(CHECK))]
    assert keys[0] == keys[1] != keys[2]


def test_a_paper_as_it_was_issued_tells_nothing():
    """Nor does one that was never issued here, or that lies in another village's folder."""
    issued = decided()
    back = scan("DB-02", case_no=issued.case_no)
    lost = scan("DB-02", case_no="DB-103200-2018-0999", unlike="金额|1.00|2.00")
    away = replace(back, values={"unlike": "金额|1.00|2.00"}, village="红星村")
    assert list(copies_differ(village(issued, back, lost, away), asked(CHECK))) == []
