"""What each role may do."""

import pytest

from minzheng.accounts.models import FILLING_ROLES, Person, Role
from minzheng.accounts.rights import RIGHTS, WATERMARKED_ROLES, Right, may


@pytest.mark.parametrize(
    ("right", "roles"),
    [
        (Right.OWN, set(Role)),
        (Right.FILL, {Role.COUNTY_CLERK, Role.TOWN_CLERK, Role.VILLAGE_KEEPER}),
        (
            Right.SEARCH,
            {Role.COUNTY_CLERK, Role.TOWN_CLERK, Role.VILLAGE_KEEPER, Role.INSPECTOR},
        ),
        (Right.EXPORT, {Role.COUNTY_CLERK, Role.TOWN_CLERK, Role.INSPECTOR}),
        (Right.CORRECT, {Role.COUNTY_CLERK, Role.TOWN_CLERK, Role.VILLAGE_KEEPER}),
        (Right.FILE, {Role.COUNTY_CLERK, Role.TOWN_CLERK, Role.VILLAGE_KEEPER}),
        (Right.JUDGE, {Role.COUNTY_CLERK, Role.TOWN_CLERK, Role.INSPECTOR}),
        (Right.ACCOUNTS, {Role.ADMINISTRATOR}),
        (Right.ADMINISTER, {Role.ADMINISTRATOR}),
        (Right.AUDIT, {Role.AUDITOR}),
        (Right.AGREE, {Role.ADMINISTRATOR, Role.AUDITOR}),
    ],
)
def test_a_right_belongs_to_these_roles(right, roles):
    """And to no other."""
    assert {role for role in Role if may(Person(role=role), right)} == roles


def test_every_role_is_in_the_table():
    """A role of no table, as an old database may hold, keeps its own account and no more."""
    assert set(RIGHTS) == set(Role)
    stranger = Person(role="别的")
    assert [right for right in Right if may(stranger, right)] == [Right.OWN]


def test_who_keeps_accounts_or_reads_the_log_sees_no_papers():
    """The three offices are apart."""
    papers = {Right.SEARCH, Right.VIEW, Right.DOWNLOAD, Right.UNMASK, Right.EXPORT, Right.FILL}
    assert RIGHTS[Role.ADMINISTRATOR].isdisjoint(papers)
    assert RIGHTS[Role.AUDITOR] == {Right.AUDIT, Right.AGREE}
    assert all(Right.FILL in RIGHTS[role] for role in FILLING_ROLES)
    assert {Role.INSPECTOR} == WATERMARKED_ROLES


@pytest.mark.parametrize(("town", "is_whole"), [("", True), ("·", True), ("平利县·", False)])
def test_what_all_counties_share_is_kept_by_nobody_of_one(town, is_whole):
    """Accounts are: of its own."""
    administrator = Person(role=Role.ADMINISTRATOR, town=town)
    assert may(administrator, Right.ADMINISTER) is is_whole
    assert may(administrator, Right.ACCOUNTS)


@pytest.mark.parametrize(
    ("town", "reads"),
    [("", True), ("·", True), ("安康市·", True), ("平利县·", True), ("平利县·城关镇", False)],
)
def test_the_log_is_read_by_the_whole_or_a_county(town, reads):
    """A town's part of it is nobody's office."""
    auditor = Person(role=Role.AUDITOR, town=town)
    assert may(auditor, Right.AUDIT) is reads
    assert may(auditor, Right.AGREE)
