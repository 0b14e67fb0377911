"""What a person was given is added up."""

from decimal import Decimal

from minzheng.inspection.payments import add_up
from minzheng.inspection.traces import Trace
from tests.inspection.papers import A


def test_what_a_person_was_given_is_added_up():
    """By dossier and year; a list that was scanned twice is one."""
    traces = [
        Trace("扫描件", number, "", f"测试甲 {amount}", year=year, about="LS", step="发放",
              case_no=case_no, form_id="LS-04", sha256=str(number))
        for number, amount, year, case_no in [
            (1, "600.00", "2018", "LS-1"), (2, "600.00", "2018", "LS-1"),
            (3, "400.00", "2018", ""), (4, "50.00", "2019", ""),
        ]
    ]  # fmt: skip
    traces.append(Trace("扫描件", 5, "", "测试甲 900.00", year="2018", about="LS", step="申请"))
    given = [(one.year, one.times, one.total) for one in add_up("测试甲", A, traces)]
    assert given == [("2018", 2, Decimal("1000.00")), ("2019", 1, Decimal("50.00"))]
