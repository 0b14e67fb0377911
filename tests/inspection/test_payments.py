"""What lists say of a person's money stands apart by the kind of list."""

from minzheng.county.registry.required_papers import load_required_papers
from minzheng.inspection.payments import add_up
from minzheng.inspection.traces import Source, Trace
from tests.inspection.papers import A

REQUIRED = load_required_papers()


def listed(
    number: int,
    amount: str,
    form_id: str = "LS-04",
    *,
    year: str = "2018",
    title: str = "",
    case_no: str = "",
    source: Source = "扫描件",
    step: str = "发放",
    waits_for: str = "",
) -> Trace:
    """A list on which 测试甲 stands with an amount."""
    return Trace(
        source, number, title, f"测试甲 {amount}", year=year, about="DB", step=step,
        case_no=case_no, form_id=form_id, sha256=str(number), waits_for=waits_for,
    )  # fmt: skip


def told(*traces: Trace) -> list[tuple[str, str, int, str]]:
    return [
        (one.year, one.kind, one.times, one.told) for one in add_up("测试甲", A, traces, REQUIRED)
    ]


def test_what_was_paid_is_added_up_by_year():
    """A list that was scanned twice is one."""
    found = told(
        listed(1, "600.00", case_no="LS-1"),
        listed(2, "600.00", case_no="LS-1"),
        listed(3, "400.00"),
        listed(4, "50.00", year="2019"),
        listed(5, "900.00", step="申请"),
    )
    assert found == [
        ("2018", "发放表", 2, "合计 1000.00 元"),
        ("2019", "发放表", 1, "合计 50.00 元"),
    ]


def test_a_standard_on_a_roster_is_no_payment():
    """A roster beside the notice of what was paid: each figure says what it is."""
    found = told(
        listed(1, "460.50", "", title="旧城村低保户名单"),
        listed(2, "460.50", "DB-03", case_no="DB-3"),
        listed(3, "285.62", "GS-04", case_no="GS-1", source="出具文书"),
    )
    assert found == [
        ("2018", "花名册", 2, "所列 460.50 元"),
        ("2018", "发放公示", 1, "合计 285.62 元"),
    ]


def test_the_notice_of_a_payment_is_not_a_second_payment():
    """Paid, and published: one money on two kinds of lists."""
    found = told(listed(1, "80.00", "CB-07"), listed(2, "80.00", "GS-04"))
    assert [(kind, said) for _, kind, _, said in found] == [
        ("发放表", "合计 80.00 元"),
        ("发放公示", "合计 80.00 元"),
    ]


def test_an_issued_list_counts_once_with_its_scan():
    """What was issued is known to the figure; what waits for a hand proves nothing."""
    found = told(
        listed(1, "8.62", "GS-04", case_no="GS-1"),
        listed(2, "285.62", "GS-04", case_no="GS-1", source="出具文书"),
        listed(3, "99.00", "GS-04", case_no="GS-2", source="出具文书", waits_for="c"),
    )
    assert found == [("2018", "发放公示", 1, "合计 285.62 元")]


def test_a_list_nobody_knows_is_named_as_such():
    """Its amounts are listed, not added."""
    found = told(listed(1, "5.00", "", title="表"), listed(2, "7.00", "", title="表"))
    assert found == [("2018", "其他名单", 2, "所列 5.00、7.00 元")]
