"""Who signs a form is read from its spec."""

from minzheng.county.sign_fields import SignField, load_sign_fields
from tests.county.tables import written


def test_fields_of_groups_and_columns_are_known():
    """DB-01 has two places, every row of TK-08 has two, and opinions bring their own."""
    fields = load_sign_fields()
    assert fields["DB-01"] == (
        SignField("申请人签字（按印）", False),
        SignField("受理人签字", False),
    )
    assert fields["TK-08"] == (SignField("经办人签字", True), SignField("领取人签字", True))
    assert SignField("镇负责人", False) in fields["TK-02"]


def test_a_spec_that_cannot_be_read_has_none(tmp_path):
    """Broken files and missing groups are no failure: the paper is read all the same."""
    (tmp_path / "01").mkdir()
    (tmp_path / "01" / "XX-01.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "01" / "XX-02.toml").write_text('id = "XX-02"\n', encoding="utf-8")
    assert load_sign_fields(tmp_path) == {"XX-02": ()}


def test_who_signs_is_read_from_fields_columns_and_groups(tmp_path):
    """A group brings its fields; a file of groups is no form."""
    (tmp_path / "shared").mkdir()
    written(tmp_path / "shared", "groups.toml",
            'id = "XX"\n[[town]]\ntype = "sign"\nlabel = "镇负责人"\n')  # fmt: skip
    written(tmp_path / "shared", "XX-01.toml", (
        'id = "XX-01"\n[[section]]\ngroup = "town"\n[[section]]\n'
        'field = [{ type = "text", label = "甲" }, { type = "sign", label = "乙" },\n'
        '  { type = "rows", column = [{ type = "sign", label = "丙" }] }]\n'))  # fmt: skip
    assert load_sign_fields(tmp_path) == {
        "XX-01": (SignField("镇负责人", False), SignField("乙", False), SignField("丙", True))
    }
