"""The table of what forms take over from one another."""

from filler.spec.taken_from import load_taking_over


def test_every_mistake_in_the_table_is_named(catalogue, tmp_path):
    """A form or field that is not there, and what a notice must not show."""
    file = tmp_path / "copies.toml"
    file.write_text(
        '[[copy]]\nto = "DB-02"\nfrom = "XX-99"\nfields = ["nothing", "hh_size"]\n'
        '[[gather]]\nto = "GS-01"\nrows = "rows"\nfrom = "DB-02"\n'
        'columns = { name = "name", remark = "id_no", no_column = "name" }\n',
        "utf-8",
    )
    problems = []
    load_taking_over(catalogue.by_id, problems, tmp_path)
    assert [problem.field for problem in problems] == [
        "nothing", "hh_size", "XX-99", "no_column", "remark", "GS-01",
    ]  # fmt: skip
    assert "公示表" in problems[4].what
