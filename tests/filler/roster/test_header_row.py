"""Which column of a header row holds which field."""

import pytest

from filler.roster.columns import form_headings, row_headings
from filler.roster.header_row import match_header


@pytest.fixture
def known(catalogue):
    return form_headings(catalogue.form("GL-01"))


def test_the_own_heading_wins_over_another_word(known):
    """Wherever it stands; the word is told as a second column of the same."""
    found = match_header(("电话", "联系电话", "姓名"), (), known)
    assert found.columns == {"phone": 2, "name": 3}
    assert (found.again, found.guessed, found.unclear) == ({1: "phone"}, {}, {})


def test_a_guess_is_marked_as_one(known):
    """老人姓名 and what is only nearly written so."""
    found = match_header(("老人姓名", "身份证号码了"), (), known)
    assert found.columns == {"name": 1, "id_no": 2}
    assert found.guessed == {1: "name", 2: "id_no"}


def test_between_two_guesses_none_is_made(known):
    """Both columns are told."""
    found = match_header(("老人姓名", "申请人姓名", "身份证号"), (), known)
    assert found.columns == {"id_no": 3}
    assert found.unclear == {1: "name", 2: "name"}


def test_a_guess_never_takes_what_is_there(known):
    """Where the column itself stands, a resembling one is just unknown."""
    found = match_header(("姓名", "老人姓名"), (), known)
    assert found.columns == {"name": 1}
    assert (found.guessed, found.again) == ({}, {})


def test_a_group_above_tells_equal_headings_apart(catalogue):
    """As the template writes them: 分组·项目."""
    spec = next(
        one
        for one in catalogue.forms
        if any("·" in name for name in form_headings(one).names.values())
    )
    known = form_headings(spec)
    slug, name = next((slug, name) for slug, name in known.names.items() if "·" in name)
    group, _, label = name.partition("·")
    assert match_header((label,), (group,), known).columns == {slug: 1}


def test_a_column_that_joins_two_sheets_is_no_answer(catalogue):
    """户主身份证号 on a second sheet says to whom a row belongs."""
    spec = catalogue.form("DB-01")
    members = next(field for field in spec.fields if field.slug == "members")
    known = row_headings(members, spec.heading_words)
    texts = ("户主身份证号", "成员姓名", "身份证号码")
    assert match_header(texts, (), known, is_joined=True).columns == {"m_name": 2, "m_id": 3}


def test_a_heading_with_more_behind_it_gives_way_to_the_bare_one(known):
    """联系电话（二）, hidden by whoever made the list, is not the number that holds."""
    found = match_header(("联系电话（二）", "联系电话"), (), known)
    assert found.columns == {"phone": 2}
    assert found.again == {1: "phone"}
    assert match_header(("联系电话（手机）", "姓名"), (), known).columns == {"phone": 1, "name": 2}


def test_a_group_of_columns_is_about_whom_it_names(known):
    """Two header rows: 联系人 over 姓名, 关系 and 电话."""
    texts, above = ("姓名", "姓名", "关系", "电话"), ("老人", "联系人", "联系人", "联系人")
    found = match_header(texts, above, known)
    assert found.columns == {
        "name": 1, "contact_name": 2, "contact_rel": 3, "contact_phone": 4,
    }  # fmt: skip


def test_an_ending_that_one_field_alone_has_is_taken_with_a_note(catalogue):
    """Of three that end so none is."""
    known = form_headings(catalogue.form("LS-01"))
    found = match_header(("情况说明", "姓名"), (), known)
    assert found.guessed == {1: "hard_desc"}
    known = form_headings(catalogue.form("GL-01"))
    assert match_header(("关系", "姓名"), (), known).columns == {"name": 2}


@pytest.mark.parametrize("old", ["联系电话（旧）", "电话(原)", "手机号码（变更前）"])
@pytest.mark.parametrize("new", ["联系电话", "电话", "手机"])
def test_what_was_true_before_is_never_read(known, old, new):
    """Not even where nothing else stands; it is told as a column of no use."""
    assert match_header((old, new), (), known).columns == {"phone": 2}
    alone = match_header((old,), (), known)
    assert (alone.columns, alone.guessed) == ({}, {})


def test_the_bare_word_wins_over_the_same_with_more_behind_it(known):
    """Neither is the form's own heading."""
    assert match_header(("电话（家里）", "电话"), (), known).columns == {"phone": 2}


def test_the_head_of_a_household_is_not_who_a_form_is_about(catalogue, known):
    """户主姓名 beside 受助老人姓名, which nobody knows, would print another person's name."""
    found = match_header(("户主姓名", "受助老人姓名", "身份证号"), (), known)
    assert found.columns == {"id_no": 3}
    assert found.unclear == {1: "name", 2: "name"}
    alone = match_header(("户主姓名", "身份证号"), (), known)
    assert alone.columns == {"name": 1, "id_no": 2}
    disabled = form_headings(catalogue.form("CB-01"))
    both = match_header(("户主姓名", "残疾人姓名", "残疾人身份证号"), (), disabled)
    assert both.columns == {"id_no": 3}
    assert match_header(("残疾人姓名", "残疾人证号"), (), disabled).columns == {
        "name": 1, "dis_cert": 2,
    }  # fmt: skip


def test_who_is_who_in_a_household_is_no_answer(catalogue):
    """与户主关系 in a list of households is not the agent's 与申请人关系."""
    households = form_headings(catalogue.form("DB-01"))
    found = match_header(("姓名", "与户主关系", "身份证号"), (), households)
    assert found.columns == {"name": 1, "id_no": 3}
    assert match_header(("与申请人关系",), (), households).columns == {"agent_rel": 1}


@pytest.mark.parametrize("newer", ["新账号", "变更后账号", "现账号"])
def test_of_an_account_and_a_new_one_neither_is_read(known, newer):
    """Nobody can tell to which the money shall go; in either order."""
    for texts in (("姓名", "账号", newer), ("姓名", newer, "账号")):
        match = match_header(texts, (), known)
        assert "bank_no" not in match.columns
        assert set(match.unclear) == {2, 3}
