"""Forms that are read one by one."""

from pathlib import Path

import pytest

from filler.spec.read_when_asked import ReadWhenAsked


def test_a_form_is_read_when_it_is_asked_for_and_once():
    """Which forms there are is told without reading one."""
    read = []

    def as_form(file):
        read.append(file.name)
        return file.stem

    forms = ReadWhenAsked({"DB-01": Path("DB-01.toml"), "DB-02": Path("DB-02.toml")}, as_form)
    assert ([*forms], len(forms), "DB-02" in forms, "XX-1" in forms) == (
        ["DB-01", "DB-02"], 2, True, False,
    )  # fmt: skip
    assert read == []
    assert (forms["DB-02"], forms.get("DB-02"), forms.get("XX-1")) == ("DB-02", "DB-02", None)
    assert read == ["DB-02.toml"]
    with pytest.raises(KeyError):
        forms["XX-1"]
