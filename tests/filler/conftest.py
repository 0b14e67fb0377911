"""The forms of templates/, their sample answers, and a store in memory."""

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filler.fill_form import fill_form
from filler.form.form_data import Refused, RenderedDocument
from filler.records.case_store import MemoryCaseStore
from filler.spec.form_catalogue import Catalogue
from tests.filler.rosters import PEOPLE
from tests.shipped_forms import shipped_forms

ANSWERS = Path(__file__).resolve().parents[1] / "samples" / "answers"
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return shipped_forms()


@pytest.fixture
def store() -> MemoryCaseStore:
    return MemoryCaseStore()


@pytest.fixture
def answers_of() -> Callable[[str], dict[str, Any]]:
    """The sample answers of a form."""

    def read(form_id: str) -> dict[str, Any]:
        return tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8"))

    return read


@pytest.fixture
def fill(catalogue, store) -> Callable[..., RenderedDocument | Refused]:
    """Fill a form as a clerk would."""

    def run(
        form_id: str, answers: dict[str, Any], corrects: int | None = None
    ) -> RenderedDocument | Refused:
        return fill_form(
            form_id,
            answers,
            issued_by="测试员",
            today=TODAY,
            catalogue=catalogue,
            store=store,
            corrects=corrects,
        )

    return run


@pytest.fixture
def review_of(answers_of) -> Callable[..., dict[str, Any]]:
    """Answers of a review in a case: what the case's papers give is left blank."""

    def make(case_no: str, **other: Any) -> dict[str, Any]:
        given = ("name", "id_no", "group_no", "old_amount", "old_insured")
        return answers_of("COM-09") | dict.fromkeys(given, "") | {"case_no": case_no} | other

    return make


@pytest.fixture
def visits(answers_of) -> Callable[[int], list[dict[str, Any]]]:
    """Answers of so many visited households, five at most."""

    def make(count: int) -> list[dict[str, Any]]:
        answers = answers_of("ZF-01")
        answers["policies"] = answers["policies"][:3]
        return [{**answers, "id_no": number, "group_no": at} for at, number in
                enumerate(PEOPLE[:count], start=1)]  # fmt: skip

    return make
