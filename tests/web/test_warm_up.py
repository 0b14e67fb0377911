"""After a start everything is made once, before somebody waits for it."""

import pytest

from archive_indexer.errors import IndexBrokenError
from filler.models import Issued
from minzheng.registers.read_registers import ReadRegisters
from minzheng.web import warm_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The forms whose templates were compiled, in order."""
    made: list[str] = []
    monkeypatch.setattr(warm_up, "load_template", lambda spec: made.append(spec.id))
    return made


def print_form(form_id: str, times: int) -> None:
    for number in range(times):
        Issued.objects.create(
            form_id=form_id, version="1", case_no=f"{form_id}-{number}", file_name="a.docx",
            answers={}, sha256="0", issued_by="测试",
        )  # fmt: skip


def test_the_forms_that_are_printed_most_are_compiled_first(compiled) -> None:
    print_form("LS-01", 1)
    print_form("DB-01", 3)
    warm_up.warm_up()
    assert compiled == ["DB-01", "LS-01"]


def test_a_form_that_is_no_more_is_passed_over(compiled) -> None:
    print_form("ZZ-99", 2)
    print_form("DB-01", 1)
    warm_up.warm_up()
    assert compiled == ["DB-01"]


def test_what_cannot_be_made_keeps_nothing_else_from_being_made(
    compiled, monkeypatch, caplog
) -> None:
    def broken() -> None:
        raise IndexBrokenError

    monkeypatch.setattr(warm_up, "archive_index", broken)
    print_form("DB-01", 1)
    warm_up.warm_up()
    assert compiled == ["DB-01"]
    assert "not made at the start" in caplog.text


def test_registers_are_made_for_both_kinds_of_eyes(compiled, monkeypatch) -> None:
    asked: list[tuple[str, frozenset[str]]] = []
    monkeypatch.setattr(
        ReadRegisters, "rows", lambda self, one, today, unseen: asked.append((one.id, unseen))
    )
    warm_up.warm_up()
    assert ("notices", frozenset()) in asked
    assert ("levels", frozenset({"ET", "YF"})) in asked
