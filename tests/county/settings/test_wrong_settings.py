"""What is wrong with config.toml is named, all at once."""

from pathlib import Path

import pytest

from minzheng.county.config import load_config
from minzheng.county.errors import ConfigError
from tests.county.tables import written
from tests.county.test_config import write


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[archive]\nwalk_minute = 5\n", "是不是 walk_minutes？"),
        ("[wbe]\nport = 1\n", "是不是 web？"),
        ("[web]\ncolour = 1\n", "可用的项：host、port"),
        ("web = 1\n", "没有这一节"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path, text: str, said: str):
    """And with all there are."""
    with pytest.raises(ConfigError, match="没有这一") as caught:
        load_config(write(tmp_path, text))
    assert said in str(caught.value)
    assert "可用的" in str(caught.value)


def test_every_mistake_is_named_at_once(tmp_path: Path):
    """Wrong keys and values say what was read and what is allowed."""
    text = '[archive]\nwalk_minutes = "x"\nwatching = "often"\ncolour = 1\n[wbe]\nport = 1\n'
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path, text + "[web]\nport = 70000\nhost = ''\n"))
    message = str(caught.value)
    for part in (
        "'x'",
        "1–1440",
        "'often'",
        '"polling"',
        "colour",
        "[wbe]",
        "70000",
        "65535",
        "非空",
    ):
        assert part in message
    assert len(caught.value.problems) == 6


@pytest.mark.parametrize(
    "inbox", ["archive", "archive/inbox", ".", "data/inbox", "archive/../archive/x"]
)
def test_an_inbox_inside_the_archive_is_refused(tmp_path: Path, inbox: str):
    """What nobody has confirmed must not be taken for the archive."""
    with pytest.raises(ConfigError, match="收件箱") as caught:
        load_config(write(tmp_path, f'[archive]\ninbox = "{inbox}"\n'))
    assert caught.value.problems[0].field == "archive.inbox"


@pytest.mark.parametrize("value", ["true", "1.5"])
def test_a_whole_number_is_asked_for(tmp_path: Path, value: str):
    """true and 1.5 are no port."""
    with pytest.raises(ConfigError, match="整数"):
        load_config(write(tmp_path, f"[web]\nport = {value}\n"))


@pytest.mark.parametrize("inbox", ["收件", "../旁边"])
def test_an_inbox_beside_the_archive_is_taken(tmp_path, inbox):
    """Only what overlaps is refused."""
    text = f'[archive]\ninbox = "{inbox}"\n'
    config = load_config(written(tmp_path, "config.toml", text) / "config.toml")
    assert config.inbox_folder == config.file.parent / inbox


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[backup]\nfolder = "data/b"\n', "在数据文件夹里面"),
        ('[backup]\nat = "25:00"\n', "写成 02:30"),
        ('[backup]\nat = "半夜"\n', "写成 02:30"),
    ],
)
def test_a_plan_that_saves_nothing_is_refused(tmp_path, text, said):
    """A backup that goes with the disk, an hour that never comes."""
    with pytest.raises(ConfigError, match=said):
        load_config(write(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ('url = "mysql://u@h/d"', "url", "读到的是“mysql”，不是 PostgreSQL 的地址"),
        ('url = "postgresql://h/d"', "url", "没有写用户名"),
        ('url = "postgresql://u@h/d"\npassword_file = "x"', "password_file", "不存在"),
        ("url = 5", "url", "读到的是 5"),
    ],
)
def test_a_wrong_database_is_named_with_its_key(tmp_path: Path, text, where, said):
    """As every other wrong setting is."""
    with pytest.raises(ConfigError) as refused:
        load_config(write(tmp_path, f"[database]\n{text}\n"))
    (problem,) = refused.value.problems
    assert problem.where == f"[database] {where}"
    assert said in problem.what


@pytest.mark.parametrize("key", ["[reading] queue", "[search] engine"])
def test_what_is_to_lie_on_a_server_needs_one(tmp_path: Path, key):
    """Each is named, with where to write the server's address."""
    text = '{}\n{} = "postgresql"\n'.format(*key.split())
    with pytest.raises(ConfigError) as refused:
        load_config(write(tmp_path, text))
    (problem,) = refused.value.problems
    assert problem.where == key
    assert "[database]" in problem.do and key.split()[1] in problem.do
    load_config(write(tmp_path, f'[database]\nurl = "postgresql://u@h/d"\n{text}'))


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ('ldap_url = "dc"\nldap_base = "b"', "ldap_url", "不是 LDAP 的地址"),
        ('ldap_url = "ldaps://dc"', "ldap_base", "没有写人员在 LDAP 里的位置"),
        (
            'ldap_url = "ldaps://dc"\nldap_base = "b"\nldap_name = "(uid=*)"',
            "ldap_name", "读到的是“(uid=*)”",
        ),
        (
            'ldap_url = "ldaps://dc"\nldap_base = "b"\nldap_password_file = "x"',
            "ldap_password_file", "不存在",
        ),
        ('oidc_issuer = "http://sso"', "oidc_issuer", "没有加密"),
        ('oidc_issuer = "https://sso"\noidc_secret_file = "x"', "oidc_secret_file", "不存在"),
        (
            'ldap_url = "ldaps://dc"\nldap_base = "b"\noidc_issuer = "https://sso"',
            "oidc_issuer", "都写了",
        ),
        ('authorities_file = "x.pem"', "authorities_file", "不存在"),
    ],
)  # fmt: skip
def test_a_wrong_server_of_the_sign_in_is_named_with_its_key(tmp_path: Path, text, where, said):
    """Before anybody stands at a sign-in that cannot work."""
    with pytest.raises(ConfigError) as refused:
        load_config(write(tmp_path, f"[sign_in]\n{text}\n"))
    (problem,) = refused.value.problems
    assert problem.where == f"[sign_in] {where}"
    assert said in problem.what


def test_several_processes_of_pages_need_a_server(tmp_path: Path):
    """In a file each would count and remember by itself."""
    with pytest.raises(ConfigError) as refused:
        load_config(write(tmp_path, "[web]\nprocesses = 2\n"))
    (problem,) = refused.value.problems
    assert problem.where == "[web] processes"
    url = '[database]\nurl = "postgresql://u@h/d"\n'
    assert load_config(write(tmp_path, f"{url}[web]\nprocesses = 2\n")).processes == 2


def test_several_machines_of_pages_need_a_server_for_tables_and_index(tmp_path: Path):
    """A file that one changes under another is no place for either."""
    with pytest.raises(ConfigError) as refused:
        load_config(write(tmp_path, '[web]\nmachine = "pages"\n'))
    assert {one.where for one in refused.value.problems} == {"[web] machine"}
    assert len(refused.value.problems) == 2
    url = '[database]\nurl = "postgresql://u@h/d"\n[search]\nengine = "postgresql"\n'
    config = load_config(write(tmp_path, f'{url}[web]\nmachine = "main"\n'))
    assert config.is_one_of_many
    assert config.remembers_together
