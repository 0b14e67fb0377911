"""Passwords asked of a real directory."""

from dataclasses import replace

import pytest

from minzheng.external.directories.ldap_directory import check_password, examine
from minzheng.external.directories.outside_person import OutsideServerError
from tests.external.directories.slapd import PASSWORDS, needs_slapd, slapd

pytestmark = needs_slapd


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    with slapd(tmp_path_factory.mktemp("slapd")) as one:
        yield one


@pytest.mark.parametrize("name", PASSWORDS)
def test_the_right_password_tells_who_it_is(directory, name):
    """Names with signs of the directory's own language, too; what never changes comes along."""
    person = check_password(directory.server, name, PASSWORDS[name])
    assert person is not None
    assert person.name == name
    assert len(person.subject) >= 32


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("zhangwei", "Geheim-2"),
        ("zhangwei", "geheim-1"),
        ("zhangwei", ""),  # the directory would take it for nobody in particular, and be content
        ("", "Geheim-1"),
        ("zhang*", "Geheim-1"),
        ("*", "Geheim-1"),
        ("zhangwei)(uid=*", "Geheim-1"),
        ("nobody", "Geheim-1"),
        ("twin", "Twin-1"),  # two of a name: nobody can say which
        ("zhangwei\0", "Geheim-1"),
    ],
)
def test_anything_else_opens_nothing(directory, name, password):
    """Nor does a name that would ask the directory something else."""
    assert check_password(directory.server, name, password) is None


def test_an_encrypted_way_is_taken_and_believed_by_its_authority(directory):
    """And not without one, nor under another name."""
    assert check_password(directory.encrypted, "zhangwei", "Geheim-1")
    for distrusted in (
        replace(directory.encrypted, authorities=None),
        replace(directory.server, host="0.0.0.0", authorities=directory.folder / "ca.pem"),
    ):
        with pytest.raises(OutsideServerError) as failed:
            check_password(distrusted, "zhangwei", "Geheim-1")
        assert "没有正常应答" in str(failed.value)


def test_what_is_set_wrong_is_said(directory):
    """By who keeps the settings it can be mended; no password is in it."""
    wrong = {
        "不让查找人员": {"password": "other-1"},
        "没有 ldap_base": {"base": "ou=nowhere,dc=test,dc=cn"},
        "没有正常应答": {"port": 1},
    }
    for said, changed in wrong.items():
        with pytest.raises(OutsideServerError) as failed:
            examine(replace(directory.server, **changed))
        assert said in str(failed.value)
        assert "other-1" not in str(failed.value)
    examine(directory.server)
