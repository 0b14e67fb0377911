"""Of which county what a page knows is."""

from pathlib import Path

from minzheng.web.gate.whose_county import MadeForCounty, county_in_view, looked_at_in


def test_nobody_looks_at_a_county_unless_it_is_said():
    """It holds while somebody looks, and what was before is there again."""
    assert county_in_view() == ""
    with looked_at_in(lambda: "平利县·"):
        assert county_in_view() == "平利县·"
        with looked_at_in(lambda: ""):
            assert county_in_view() == ""
        assert county_in_view() == "平利县·"
    assert county_in_view() == ""


def test_each_county_has_what_was_made_for_it(tmp_path: Path):
    """Made once for each, and never given to another."""
    made = list[str]()

    def make() -> str:
        made.append(county_in_view())
        return f"of {county_in_view()}"

    one = MadeForCounty(make, tmp_path, scope=county_in_view)
    for county in ("平利县·", "", "平利县·", "镇坪县·", ""):
        with looked_at_in(lambda: county):  # noqa: B023  # asked inside alone
            assert one.now() == f"of {county}"
    assert made == ["平利县·", "", "镇坪县·"]
