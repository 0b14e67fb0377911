"""Rules that ask what was issued before."""

import pytest

from filler.form.form_data import Refused, RenderedDocument


def fields(outcome) -> list[str]:
    found = outcome.problems if isinstance(outcome, Refused) else outcome.warnings
    return [problem.field for problem in found]


def test_a_person_has_one_case_that_runs(fill, answers_of):
    """A second 低保 decision under another number is refused until the first is stopped."""
    first = fill("DB-02", answers_of("DB-02"))
    assert isinstance(first, RenderedDocument)
    assert "id_no" in fields(fill("DB-02", answers_of("DB-02")))
    again = fill("DB-02", answers_of("DB-02") | {"case_no": first.case_no})
    assert isinstance(again, RenderedDocument)
    stop = answers_of("COM-09") | {
        "case_no": first.case_no, "decision": "停发", "stop_cause": "自愿退出", "new_amount": "0",
    }  # fmt: skip
    assert isinstance(fill("COM-09", stop), RenderedDocument)
    assert isinstance(fill("DB-02", answers_of("DB-02")), RenderedDocument)


def test_nobody_has_subsistence_and_destitute_support(fill, answers_of):
    """特困 and 低保 exclude one another."""
    person = answers_of("DB-02")["id_no"]
    assert isinstance(fill("DB-02", answers_of("DB-02")), RenderedDocument)
    assert "id_no" in fields(fill("TK-03", answers_of("TK-03") | {"id_no": person}))


def test_missing_papers_are_asked_for_once(fill, answers_of):
    """A second 补正 of the same case is refused; 受理 is not."""
    first = fill("COM-02", answers_of("COM-02"))
    assert isinstance(first, RenderedDocument)
    again = answers_of("COM-02") | {"case_no": first.case_no}
    assert fields(fill("COM-02", again)) == ["result"]
    assert isinstance(fill("COM-02", again | {"result": "受理", "missing": []}), RenderedDocument)


def test_a_letter_names_what_the_review_decided(fill, answers_of):
    """Other amounts than those of COM-09 are refused; the right ones end its warning."""
    review = fill("COM-09", answers_of("COM-09"))
    letter = answers_of("COM-07") | {
        "case_no": review.case_no, "decision": "减发", "old_amount": "615.00",
        "new_amount": "300.00", "effective_month": "2018-12",
        "addressee": "", "id_no": "",
    }  # fmt: skip
    assert "decision" in fields(review)
    assert fields(fill("COM-07", letter)) == ["new_amount"]
    assert isinstance(fill("COM-07", letter | {"new_amount": "375.00"}), RenderedDocument)
    again = fill("COM-09", answers_of("COM-09") | {"case_no": review.case_no})
    assert "decision" not in fields(again)


def test_every_adult_of_the_application_signs(fill, answers_of):
    """The adults of DB-01 stand among the signers of COM-01."""
    applied = fill("DB-01", answers_of("DB-01"))
    authority = answers_of("COM-01") | {"case_no": applied.case_no, "sign_date": "2018-04-04"}
    assert set(fields(fill("COM-01", authority))) == {"members"}
    late = fields(fill("COM-01", authority | {"sign_date": "2018-04-05"}))
    assert "sign_date" in late


@pytest.mark.parametrize(
    ("kind", "day", "is_late"),
    [
        ("定期复核", "2019-05-07", False), ("定期复核", "2019-07-01", True),
        ("变化申报", "2019-07-01", False),
    ],
)  # fmt: skip
def test_a_regular_review_comes_within_the_interval_of_the_class(
    fill, answers_of, kind, day, is_late
):
    """A year after the decision where no class was written down."""
    decided = answers_of("DB-02")
    case_no = fill("DB-02", decided).case_no
    review = answers_of("COM-09") | {
        "case_no": case_no, "review_type": kind, "review_date": day, "effective_month": "2019-08",
    }  # fmt: skip
    outcome = fill("COM-09", review)
    found = outcome.problems if isinstance(outcome, Refused) else outcome.warnings
    assert any("超过 12 个月" in problem.what for problem in found) == is_late
