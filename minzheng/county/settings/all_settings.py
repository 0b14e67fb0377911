"""All settings of config.toml, each declared once, and what follows from them."""

import datetime as dt
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from minzheng.county.settings.database_address import (
    PASSWORD_VARIABLE,
    DatabaseAddress,
    read_address,
    read_password,
)
from minzheng.county.settings.search_address import SearchAddress, read_search_address
from minzheng.county.settings.setting import NOTHING, Setting, parts_of, setting, settings_of
from minzheng.county.settings.sign_in_servers import (
    LDAP_PASSWORD_VARIABLE,
    OIDC_SECRET_VARIABLE,
    IdentityProvider,
    LdapServer,
    check_issuer,
    is_this_machine,
    read_ldap_address,
)

#: The roles of accounts, as settings name them.
ROLES = ("管理员", "县级经办", "镇级经办", "村级专管员", "检查人员", "审计员")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in use, with every path absolute; `python -m script.settings` writes them out.

    What is declared here is all there is of a setting: config.toml, its check and
    docs/settings.md come from it, in this order.
    """

    file: Path

    archive_folder: Path = setting(
        "archive.folder",
        "archive",
        "扫描件所在的文件夹（其中的文件程序从不改动）；相对路径从本文件所在处算起",
        is_folder=True,
    )
    data_folder: Path = setting(
        "archive.data_folder", "data", "数据库、已识别文字、全文索引存放处", is_folder=True
    )
    inbox: str = setting(
        "archive.inbox",
        "收件箱",
        "还没整理的扫描件放在这里，确认后才复制进档案；不得与上面两个文件夹重叠",
    )
    inbox_share: str = setting(
        "archive.inbox_share",
        "无",
        "收件箱的共享地址，照 Windows 的写法给大家看，如 //服务器/收件箱；无 = 没有共享",
    )
    walk_minutes: int = setting(
        "archive.walk_minutes", 10, "每隔多少分钟完整巡查一遍（{range}）", least=1, most=1440
    )
    settle_seconds: float = setting(
        "archive.settle_seconds",
        2.0,
        "文件多少秒不再变化才算复制完毕（{range}）；本机磁盘上写完关闭的不用等",
        least=0.2,
        most=600,
    )
    watching: str = setting(
        "archive.watching",
        "auto",
        "怎样得知有新文件",
        choices={"auto": "自动", "events": "只听系统通知", "polling": "轮询（网络共享盘）"},
    )
    max_file_mb: int = setting(
        "archive.max_file_mb", 300, "超过此大小的文件只登记、不识别（{range}）", least=1, most=4096
    )
    verify_mb_a_day: int = setting(
        "archive.verify_mb_a_day",
        2048,
        "空闲时每天重新核对多少 MB 档案有没有损坏（{range}；0 = 不核对）",
        most=1_000_000,
    )

    database_url: str = setting(
        "database.url",
        "",
        "空着 = 用自带的数据库（SQLite，在数据文件夹里，不用另装）；几台机器合用时写 "
        "postgresql://用户名@主机:5432/库名",
        may_be_empty=True,
    )
    database_password_file: str = setting(
        "database.password_file",
        "无",
        "数据库密码写在哪个文件的第一行；无 = 用环境变量 MINZHENG_DATABASE_PASSWORD，"
        "没有再用地址里写的；相对路径从本文件所在处算起",
    )

    workers: int = setting(
        "reading.workers",
        0,
        "同时识别几个文件；0 = 按处理器个数（{range}）；至多同时三个，合用内存不超过 2 GB",
        most=64,
    )
    queue: str = setting(
        "reading.queue",
        "embedded",
        "要逐页识别的扫描件由谁识别",
        choices={
            "embedded": "看守服务自己",
            "postgresql": "各台机器上的 minzheng worker（须先设 [database] url）",
        },
    )
    seconds_per_page: int = setting(
        "reading.seconds_per_page", 60, "一页最多识别多少秒（{range}）", least=5, most=600
    )
    max_pages: int = setting(
        "reading.max_pages", 1000, "一个文件最多识别多少页（{range}）", least=1, most=20_000
    )

    search_engine: str = setting(
        "search.engine",
        "embedded",
        "全文索引放在哪里；换了以后，看守服务启动时自动用识别过的文字重建，不用重新识别",
        choices={
            "embedded": "数据文件夹里，不用另装",
            "postgresql": "数据库服务器里（须先设 [database] url）",
            "opensearch": "OpenSearch 里（须先设下面的 server；没有在真的服务器上试过）",
        },
    )
    search_server: str = setting(
        "search.server",
        "",
        "OpenSearch 的地址，写成 https://用户名@主机:9200；别的引擎用不到，空着",
        may_be_empty=True,
    )
    search_password_file: str = setting(
        "search.password_file",
        "无",
        "OpenSearch 的密码写在哪个文件的第一行；无 = 用地址里写的；相对路径从本文件所在处算起",
    )

    host: str = setting("web.host", "127.0.0.1", '只在本机使用；改为 "0.0.0.0" 后本单位内网可访问')
    port: int = setting("web.port", 8000, "网页服务的端口（{range}）", least=1, most=65535)
    processes: int = setting(
        "web.processes",
        1,
        "几个进程一起回答网页（{range}）；1 以外要把数据放在 PostgreSQL 上，Windows 只能是 1",
        least=1,
        most=8,
    )
    machine: str = setting(
        "web.machine",
        "only",
        "几台机器一起回答网页时，这一台是哪一种（各台的 [database]、[search] 写得一样，[archive] 的"
        "几个文件夹是同一个共享文件夹；全文索引要放在服务器里）",
        choices={
            "only": "只有这一台",
            "main": "主机：看守档案、批次、检查、备份都在这台",
            "pages": "另外一台：只回答网页，等主机启动以后再启动",
        },
    )
    session_minutes: int = setting(
        "web.session_minutes", 15, "多少分钟不操作自动退出（{range}）", least=5, most=480
    )
    https: str = setting(
        "web.https",
        "no",
        "",
        choices={
            "yes": "前面有 https 反向代理（同一台机器），只收加密访问",
            "no": "不加密",
        },
    )
    connections: int = setting(
        "web.connections", 400, "同时至多多少个连接（{range}）", least=50, most=450
    )
    connections_per_address: int = setting(
        "web.connections_per_address",
        150,
        "其中同一个地址至多多少个（{range}）；满了先断开闲着最久的",
        least=10,
        most=450,
    )
    header_seconds: int = setting(
        "web.header_seconds", 20, "一个请求的开头多少秒内必须发完（{range}）", least=5, most=300
    )
    body_seconds: int = setting(
        "web.body_seconds",
        30,
        "上传的内容多少秒内必须发完，每发来 4 KB 宽限一秒（{range}）",
        least=5,
        most=600,
    )
    list_most: int = setting(
        "web.list_most", 5000, "一份查档结果清单至多列多少件（{range}）", least=10, most=20_000
    )
    requests_per_minute: int = setting(
        "web.requests_per_minute",
        120,
        "一个账号每分钟最多查档、访问接口多少次（{range}）",
        least=10,
        most=6000,
    )

    password_days: int = setting(
        "accounts.password_days", 90, "密码用多少天后必须更换（{range}）", least=1, most=3650
    )
    password_history: int = setting(
        "accounts.password_history",
        5,
        "最近用过的几个密码不能再用（{range}；0 = 只有现在的不能再用）",
        most=24,
    )
    change_first_password: str = setting(
        "accounts.change_first_password",
        "served",
        "示范账号第一次登录时是否必须改密码（管理员新建的账号一律必须）",
        choices={"served": "别的电脑也能访问时必须", "yes": "必须", "no": "不必"},
    )
    second_person: str = setting(
        "accounts.second_person",
        "yes",
        "新建账号、增加权限、重设密码、取消验证码是否须第二人确认",
        choices={
            "yes": "须审计员或另一位管理员确认后生效，密码由两人各交一半",
            "no": "管理员一人即可，审计员事后过目",
        },
    )
    code_roles: str = setting(
        "accounts.code_roles",
        "",
        "哪些角色登录时除密码外还要输手机上的验证码；其他人可以自己启用",
        parts=ROLES,
    )
    audit_months: int = setting(
        "accounts.audit_months",
        12,
        "审计记录至少保存多少个月（{range}；法定不少于 6 个月）",
        least=6,
        most=120,
    )

    ldap_url: str = setting(
        "sign_in.ldap_url",
        "",
        "单位有 LDAP（如域控制器）的，写 ldaps://主机:636，密码就由它核对；空着 = 不用",
        may_be_empty=True,
    )
    ldap_base: str = setting(
        "sign_in.ldap_base",
        "",
        "人员在 LDAP 里的位置，如 ou=people,dc=example,dc=cn",
        may_be_empty=True,
    )
    ldap_name: str = setting(
        "sign_in.ldap_name", "uid", "LDAP 里登录名是哪一项；域控制器写 sAMAccountName"
    )
    ldap_reader: str = setting(
        "sign_in.ldap_reader",
        "",
        "用来查找人员的 LDAP 账号（完整的 DN）；空着 = 不用账号也能查",
        may_be_empty=True,
    )
    ldap_password_file: str = setting(
        "sign_in.ldap_password_file",
        "无",
        "这个账号的密码写在哪个文件的第一行；无 = 用环境变量 MINZHENG_LDAP_PASSWORD",
    )
    oidc_issuer: str = setting(
        "sign_in.oidc_issuer",
        "",
        "单位有统一身份认证（OIDC）的，写它的地址（issuer），https:// 开头；空着 = 不用",
        may_be_empty=True,
    )
    oidc_client: str = setting(
        "sign_in.oidc_client", "minzheng", "在那里登记的应用编号（client_id）"
    )
    oidc_secret_file: str = setting(
        "sign_in.oidc_secret_file",
        "无",
        "应用密钥（client_secret）写在哪个文件的第一行；无 = 用环境变量 MINZHENG_OIDC_SECRET",
    )
    oidc_name: str = setting(
        "sign_in.oidc_name",
        "preferred_username",
        "它的回答里哪一项是登录名；须是本人改不了的一项",
    )
    outside_label: str = setting("sign_in.label", "统一身份认证", "登录页上怎样称呼它")
    authorities_file: str = setting(
        "sign_in.authorities_file",
        "无",
        "单位自己签发证书的，写根证书文件（PEM）；无 = 用系统认得的",
    )

    draft_days: int = setting(
        "forms.draft_days",
        30,
        "没填完的表保留几天，到期自动删去（{range}；出具后立即删去）",
        least=1,
        most=365,
    )

    batch_days: int = setting(
        "batches.keep_days",
        30,
        "批量出具的花名册和下载件做完后保留几天，到期自动删去（{range}；已出具的文书不删）",
        least=1,
        most=3650,
    )

    key_file: str = setting(
        "backup.key_file",
        "backup.key",
        "备份用的钥匙文件，minzheng backup --new-key 生成；没有这个文件时问口令；"
        "相对路径从本文件所在处算起，须在别处另存一份",
    )
    backup_place: str = setting(
        "backup.folder",
        "无",
        "备份放在哪个文件夹，如另一块磁盘、另一台机器的共享；无 = 没有定，网页上不能备份",
    )
    backup_time: str = setting(
        "backup.at",
        "无",
        "每天几点自动备份，写成 02:30；要先有钥匙文件；无 = 不自动",
    )

    publicity_days: int = setting(
        "publicity.days",
        0,
        "审核公示的天数（{range}）；0 照 registry/terms.toml 的“公示天数”",
        most=30,
    )
    publicity_counting: str = setting(
        "publicity.counting", "natural", "", choices={"natural": "自然日", "working": "工作日"}
    )

    county: str = setting("office.county", "镇坪县", "县的全称，写在页面上")
    bureau: str = setting("office.bureau", "镇坪县民政局", "局的全称，写在页面和清单上")

    @property
    def inbox_folder(self) -> Path:
        """Where unsorted scans are dropped."""
        return self.file.parent / self.inbox

    @property
    def inbox_address(self) -> str:
        """The inbox as people on Windows reach it; empty when it is not shared."""
        return "" if self.inbox_share == NOTHING else self.inbox_share.replace("/", "\\")

    @property
    def backup_key_file(self) -> Path:
        """Where the key of encrypted backups lies, if there is one."""
        return self.file.parent / self.key_file

    @property
    def backup_folder(self) -> Path | None:
        """Where backups are made from the pages and by the plan; none when that is not said."""
        return None if self.backup_place == NOTHING else self.file.parent / self.backup_place

    @property
    def backup_clock(self) -> dt.time | None:
        """When a backup is made every day; none when by hand only."""
        return None if self.backup_time == NOTHING else clock_of(self.backup_time)

    @property
    def database(self) -> DatabaseAddress | None:
        """Where the tables lie with their password; none in a file of the data folder.

        Raises:
            WrongAddressError: it cannot be told; `load_config` has asked before.
        """
        if not self.database_url.strip():
            return None
        address = read_address(self.database_url.strip())
        password = self._secret(PASSWORD_VARIABLE, self.database_password_file)
        return replace(address, password=password or address.password)

    @property
    def ldap(self) -> LdapServer | None:
        """The directory that checks passwords, if the office has one.

        Raises:
            WrongAddressError: it cannot be told; `load_config` has asked before.
        """
        if not self.ldap_url.strip():
            return None
        host, port, is_encrypted = read_ldap_address(self.ldap_url.strip())
        return LdapServer(
            host, port, is_encrypted, self.ldap_base.strip(), self.ldap_name.strip(),
            self.ldap_reader.strip(),
            self._secret(LDAP_PASSWORD_VARIABLE, self.ldap_password_file),
            self._authorities,
        )  # fmt: skip

    @property
    def identity_provider(self) -> IdentityProvider | None:
        """Where people sign in to everything of the office, if it has that.

        Raises:
            WrongAddressError: it cannot be told; `load_config` has asked before.
        """
        if not self.oidc_issuer.strip():
            return None
        check_issuer(self.oidc_issuer.strip())
        return IdentityProvider(
            self.oidc_issuer.strip().rstrip("/"), self.oidc_client.strip(), self.oidc_name.strip(),
            self._secret(OIDC_SECRET_VARIABLE, self.oidc_secret_file), self._authorities,
        )  # fmt: skip

    @property
    def has_outside_sign_in(self) -> bool:
        """Whether somebody else than this program may say who signs in."""
        return bool(self.ldap_url.strip() or self.oidc_issuer.strip())

    @property
    def _authorities(self) -> Path | None:
        named = self.authorities_file
        return None if named == NOTHING else self.file.parent / named

    def _secret(self, variable: str, named: str) -> str:
        """What a variable holds, else the first line of a file."""
        if (secret := os.environ.get(variable, "")) or named == NOTHING:
            return secret
        return read_password(self.file.parent / named)

    @property
    def search_address(self) -> SearchAddress | None:
        """Where the search server is, with its password; none where no engine needs one.

        Raises:
            WrongAddressError: it cannot be told; `load_config` has asked before.
        """
        if self.search_engine != "opensearch":
            return None
        address = read_search_address(self.search_server.strip())
        if self.search_password_file == NOTHING:
            return address
        password = read_password(self.file.parent / self.search_password_file)
        return replace(address, password=password)

    @property
    def issued_folder(self) -> Path:
        """Where issued documents, what they were made of and their photos lie."""
        return issued_in(self.data_folder)

    @property
    def drawn_folder(self) -> Path:
        """Where Office files lie as they were drawn, to be looked at; made anew at any time."""
        return self.data_folder / DRAWN

    @property
    def worker_count(self) -> int:
        """How many files are read at once."""
        return self.workers or os.cpu_count() or 1

    @property
    def shares_reading(self) -> bool:
        """Whether scans are read by workers, on whatever machine, and not by the service."""
        return self.queue == "postgresql"

    @property
    def is_one_of_many(self) -> bool:
        """Whether pages are answered on several machines, with one data folder on a share."""
        return self.machine != "only"

    @property
    def remembers_together(self) -> bool:
        """Whether what pages remember for a while is remembered by several processes."""
        return self.processes > 1 or self.is_one_of_many

    @property
    def roles_with_codes(self) -> tuple[str, ...]:
        """Roles that sign in with a code of their phone, too."""
        return parts_of(self.code_roles)

    @property
    def must_change_first_passwords(self) -> bool:
        """Whether the accounts of a demo begin with passwords that must be changed."""
        if self.change_first_password == "served":
            return self.https == "yes" or not is_this_machine(self.host)
        return self.change_first_password == "yes"

    @property
    def is_overheard(self) -> bool:
        """Whether pages go over the network without encryption."""
        return self.https == "no" and not is_this_machine(self.host)


def clock_of(text: str) -> dt.time | None:
    """A time of day as settings write it: 02:30."""
    match = re.fullmatch(r"([01]?\d|2[0-3])[:：]([0-5]\d)", text.strip())
    return dt.time(int(match[1]), int(match[2])) if match else None


#: Every setting by the name of its field.
SETTINGS: Mapping[str, Setting] = settings_of(Config)


#: In the data folder; no backup holds it.
DRAWN = "drawn"


def issued_in(data: Path) -> Path:
    """Where issued documents lie in a data folder."""
    return data / "issued"
