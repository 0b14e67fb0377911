"""What can be typed after `minzheng`, with every word of help in Chinese."""

import argparse
import difflib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from minzheng.cli.argument_values import (
    count,
    megabytes,
    reason,
    token_days,
    worker_name,
    year,
)
from minzheng.county.settings.all_settings import ROLES
from minzheng.county.shipped import program_version

#: What `minzheng account` can do; `minzheng/cli/office/account.py` does it.
ACCOUNT_ACTIONS = (
    "list", "add", "reset-password", "unlock", "disable", "token", "revoke-tokens", "end-code",
)  # fmt: skip
_ACTIONS_HELP = (
    "list 全部账号；add 新建；reset-password 重设密码；unlock 解除锁定；disable 停用；"
    "revoke-tokens 作废密钥（签发由本人在网页上做）；end-code 取消手机验证码"
)
#: What `minzheng person` can do; `minzheng/cli/office/person.py` does it.
PERSON_ACTIONS = ("look", "export", "erase", "due")

Add = Callable[[argparse.ArgumentParser], None]

#: argparse's own sentences and ours.
_ERRORS = (
    (r"the following arguments are required: (.+)", r"还需要写：\1"),
    (r"unrecognized arguments: (.+)", r"不认识：\1"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 不能和 \2 一起写"),
    (r"argument (.+?): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要写一个值"),
    (r"argument (.+?): expected \d+ arguments?", r"\1 后面的值个数不对"),
    (r"argument (.+?): invalid choice: (.+?) \((?:choose from|maybe).*", r"\1 没有 \2 这一种"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 后面不带值，却写了 \2"),
    (r"argument (.+?): invalid .+ value: (.+)", r"\1 的值 \2 不对"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)


_CHOICE = re.compile(r"invalid choice: '(.+?)' \((?:choose from|maybe) (.+)\)", re.DOTALL)


class _ChineseFormatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(  # the signature is argparse's
        self,
        usage: str | None,
        actions: Any,
        groups: Any,
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法：")

    def _format_action(self, action: argparse.Action) -> str:
        """The commands by what they are for."""
        if not isinstance(action, argparse._SubParsersAction):
            return super()._format_action(action)
        named = {one.dest: one for one in action._get_subactions()}
        parts: list[str] = []
        for heading, names in GROUPS.items():
            parts.append(f"{'' if not parts else chr(10)}{' ' * self._current_indent}{heading}\n")
            self._indent()
            parts += [super(_ChineseFormatter, self)._format_action(named[one]) for one in names]
            self._dedent()
        return self._join_parts(parts)


class ChineseParser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options |= {"add_help": False, "allow_abbrev": False, "formatter_class": _ChineseFormatter}
        super().__init__(*args, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong with the command line."""
        self.exit(
            2, f"命令写得不对：{translate_error(message)}。\n用 {self.prog} --help 看说明。\n"
        )


def translate_error(message: str) -> str:
    """One of argparse's sentences in Chinese."""
    for pattern, chinese in _ERRORS:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, chinese, message, flags=re.DOTALL) + _nearest(message)
    return message


def _nearest(message: str) -> str:
    """The choice that was most likely meant, where one was mistyped."""
    match = _CHOICE.search(message)
    if match is None:
        return ""
    known = [word.strip(" '") for word in match[2].split(",")]
    near = difflib.get_close_matches(match[1], known, 1)
    return f"，是否为 {near[0]}" if near else ""


class _Version(argparse.Action):
    """Say which program this is and of which version."""

    def __call__(  # the signature is argparse's
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> NoReturn:
        print(f"minzheng {program_version()}")
        parser.exit(0)


class _WithoutOut(argparse.Action):
    """A flag; with it, nothing has to be said of where a file shall go."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options | {"default": False})

    def __call__(  # the signature is argparse's
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        setattr(namespace, self.dest, True)
        for one in parser._actions:
            if one.dest == "out":
                one.required = False


def _add_forms(parser: argparse.ArgumentParser) -> None:
    text = "名称里的字、编号或拼音首字母，如 公示、DB-01、1、dbsq；不写则列出全部"
    parser.add_argument("words", metavar="词", nargs="*", help=text)


def _add_fill(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", metavar="表号", help="如 DB-01")
    parser.add_argument("--answers", metavar="文件", type=Path, help="填写内容，.toml 或 .json")
    parser.add_argument(
        "--out", metavar="文件.docx", type=Path, required=True, help="Word 文件存到哪里"
    )
    parser.add_argument("--pdf", action="store_true", help="同时存一份 PDF/A（需要 LibreOffice）")
    parser.add_argument("--blank", action="store_true", help="打印空白表，供手工填写")
    text = "不出具，给出填写内容的样子：各项带说明，填好就能用；存到 --out，不写则显示出来"
    parser.add_argument("--template-answers", action=_WithoutOut, nargs=0, help=text)


def _add_reissue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="文书号", help="在“已出具”的文书页上，如 12")
    parser.add_argument(
        "--out", metavar="文件.docx", type=Path, required=True, help="Word 文件存到哪里"
    )


def _add_roster(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", metavar="表号", help="如 ZF-01")
    parser.add_argument(
        "--out", metavar="文件.xlsx", type=Path, required=True, help="花名册模板存到哪里"
    )


def _add_batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", metavar="表号", help="如 ZF-01")
    parser.add_argument(
        "roster", metavar="花名册", type=Path, help="填好的 .xlsx、.xls、.ods 或 .csv"
    )
    parser.add_argument(
        "--out", metavar="文件夹", type=Path, required=True, help="文书存到哪个文件夹，一份一个文件"
    )
    parser.add_argument(
        "--merge", metavar="文件.docx", type=Path, help="另按花名册先后合成一份，便于打印"
    )
    parser.add_argument(
        "--pdf", action="store_true", help="同时生成 PDF：有 --merge 时合成一份，否则一份一个"
    )
    parser.add_argument(
        "--resume", action="store_true", help="接着上次做：已出具的跳过，只做还没有的"
    )
    parser.add_argument("--check", action="store_true", help="只预检，不出具")
    parser.add_argument(
        "--photos", metavar="文件夹", type=Path, help="花名册里写的照片在哪里，不写就在花名册旁边找"
    )


def _add_check_template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="模板.docx", type=Path, help="要检查的 Word 模板")
    parser.add_argument(
        "--form", metavar="表号", default="", help="按哪张表检查；不写则看文件名，如 DB-02.docx"
    )
    parser.add_argument("--marked", metavar="文件.docx", type=Path, help="另存一份，在出错处加批注")


def _add_index(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="文件夹", type=Path, help="扫描件文件夹")
    parser.add_argument(
        "--accept-missing",
        action="store_true",
        help="确认档案文件夹就是现在这样：不见了的文件确已删除，不是网络盘断开",
    )


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words",
        metavar="词",
        nargs="+",
        help="要找的词，几个词须同时出现；也可写 或、不含、村:旧城村、年:2017..2019、金额:>5000 等",
    )
    parser.add_argument("--synonyms", action="store_true", help="同义词、旧村名一起找")
    orders = ("best", "date", "path")
    text = "best 最相关在前（默认），date 最近在前，path 按路径"
    parser.add_argument("--order", choices=orders, default="best", help=text)
    parser.add_argument("--town", metavar="镇", default="", help="只在这个镇找")
    parser.add_argument("--village", metavar="村", default="", help="只在这个村找")
    parser.add_argument("--dossier", metavar="专档", default="", help="代码或名称，如 DB 或 低保")
    parser.add_argument("--year", metavar="年度", type=year, default=None, help="如 2018")
    parser.add_argument("--limit", metavar="条数", type=count, default=20, help="最多列出几条")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
    text = "号码完整显示，须写明事由；事由记入审计记录。不写则身份证号、电话、账号遮盖"
    parser.add_argument("--unmask", metavar="事由", type=reason, default=None, help=text)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--first-time-demo",
        action="store_true",
        help="档案文件夹还不存在时，先放入示范村档案和示范账号",
    )
    # Started by the service itself.
    parser.add_argument("--beside", type=int, default=0, metavar="号", help=argparse.SUPPRESS)


def _add_watch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--beside", action="store_true", help="随网页服务一起停止")


def _add_worker(parser: argparse.ArgumentParser) -> None:
    text = "页面上怎样称呼它，不写则用机器名；一台机器上开几个时各写一个"
    parser.add_argument("--name", metavar="名称", type=worker_name, default=None, help=text)


def _add_inbox(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--read",
        action="store_true",
        help="看守服务没有运行时：现在就识别新放入的，并放好已确认的",
    )


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mb", metavar="数", type=megabytes, default=None, help="最多核对多少 MB")
    parser.add_argument("--all", action="store_true", help="全部核对，不限量")


def _add_backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="文件夹", type=Path, help="备份放在哪里")
    parser.add_argument("--check", action="store_true", help="不备份，只核对最近一次备份是否完好")
    parser.add_argument("--new-key", action="store_true", help="先生成钥匙文件，再用它加密备份")
    _add_backup_key(parser, "不加密（含全部个人信息和密钥，慎用）")


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="文件夹", type=Path, help="备份所在的文件夹")
    parser.add_argument("--snapshot", metavar="名称", default="", help="哪一次备份，默认最近一次")
    parser.add_argument("--force", action="store_true", help="已有数据时移到旁边再恢复")
    _add_backup_key(parser, "用没有加密的备份（看不出有没有被人改过）")


def _add_repair(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--backup", metavar="文件夹", type=Path, default=None, dest="folder",
        help="救不回的从这里的备份补",
    )  # fmt: skip
    _add_backup_key(parser, "用没有加密的备份（看不出有没有被人改过）")


def _add_backup_key(parser: argparse.ArgumentParser, plain: str) -> None:
    """What opens a backup; a passphrase itself is never typed here."""
    kinds = parser.add_mutually_exclusive_group()
    text = "备份的钥匙文件；不写则用设置里的 [backup] key_file，没有就问口令"
    kinds.add_argument("--key-file", metavar="文件", type=Path, default=None, help=text)
    text = "口令写在这个文件的第一行；不写则在终端里问"
    kinds.add_argument("--passphrase-file", metavar="文件", type=Path, default=None, help=text)
    kinds.add_argument("--plain", action="store_true", help=plain)


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="文件夹", type=Path, help="放在哪里，应为空或还不存在")
    parser.add_argument(
        "--county",
        action="store_true",
        help="不放示范村，放一个虚构的全县：58 个村的文书、大走访、公示和扫描件（要几分钟）",
    )
    parser.add_argument(
        "--seed", metavar="数字", type=int, default=1, help="同一个数字，放出来的县相同"
    )


def _add_account(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", metavar="做什么", choices=ACCOUNT_ACTIONS, help=_ACTIONS_HELP)
    parser.add_argument("username", metavar="用户名", nargs="?", default="", help="哪个账号")
    parser.add_argument("--role", metavar="角色", choices=ROLES, default="", help="、".join(ROLES))
    parser.add_argument("--name", metavar="姓名", default="", help="姓名")
    parser.add_argument("--town", metavar="镇", default="", help="如 钟宝镇；不写为全县")
    parser.add_argument("--village", metavar="村", default="", help="如 旧城村；不写为全镇")
    parser.add_argument("--apart", metavar="代码", default="", help="须单独授权的专档，如 ET,YF")
    # Of `token`, which says where keys are made now.
    parser.add_argument("--days", type=token_days, default=90, help=argparse.SUPPRESS)


def _add_person(parser: argparse.ArgumentParser) -> None:
    text = "look 查看；export 导出；erase 删除；due 到期清理"
    parser.add_argument("action", metavar="做什么", choices=PERSON_ACTIONS, help=text)
    parser.add_argument("--name", metavar="姓名", default="", help="身份证上的全名")
    parser.add_argument("--id", dest="id_no", metavar="身份证号", default="", help="分清同名的人")
    text = "记入审计记录，不写姓名、号码"
    parser.add_argument("--reason", metavar="事由", type=reason, default="", help=text)
    parser.add_argument("--out", metavar="文件", type=Path, default=None, help="导出到哪个 ZIP")
    text = "不能认定、由人认定是本人的一件；due 时为要删除的一件，all 为全部；可写多次"
    parser.add_argument("--take", metavar="编号", action="append", default=[], help=text)
    parser.add_argument("--confirm", metavar="照写", default="", help="如 删除张三、删除12件")


def _add_audit_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--line", action="append", default=[], metavar="留存行",
        help="以前抄下或打印的一行（“序号 日期 时间 校验码”），核对那一条还在、没有换过；可写多次",
    )  # fmt: skip


def _add_differences(parser: argparse.ArgumentParser) -> None:
    text = "看这一项两边各改了什么，如 registry/laws；不写则列出全部"
    parser.add_argument("name", metavar="名称", nargs="?", default="", help=text)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--keep", metavar="名称", default="", help="看过了，仍用本县的")
    text = "改用程序自带的，本县的另存一份"
    ways.add_argument("--take", metavar="名称", default="", help=text)


def _add_upgrade(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="文件夹", type=Path, help="升级前的备份放在哪里")
    parser.add_argument("--new-key", action="store_true", help="先生成钥匙文件，再用它加密备份")
    _add_backup_key(parser, "备份不加密（含全部个人信息和密钥，慎用）")


def _add_name_county(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "county", metavar="县名", help="本县的全称，如 平利县；跨市的 安康市·平利县"
    )
    parser.add_argument("folder", metavar="文件夹", type=Path, help="改之前的备份放在哪里")
    parser.add_argument("--new-key", action="store_true", help="先生成钥匙文件，再用它加密备份")
    _add_backup_key(parser, "备份不加密（含全部个人信息和密钥，慎用）")


def _add_completion(command: argparse.ArgumentParser) -> None:
    program = Path(sys.executable).with_name("minzheng")
    command.epilog = (
        f'在 ~/.bashrc 末尾加一行 eval "$({program} completion)"，再打开一个终端即可用；'
        "只在这一个终端里用的，直接运行这一行。"
    )


def _add_nothing(parser: argparse.ArgumentParser) -> None:
    """These commands take only the common options."""


#: Command → module that runs it, one line of help, its own arguments.
COMMANDS: dict[str, tuple[str, str, Add]] = {
    "forms": ("forms.list_forms", "有哪些表，按名称、编号、拼音首字母找", _add_forms),
    "fill": ("forms.fill", "按填写内容生成一份 Word 制式文书", _add_fill),
    "reissue": ("forms.reissue", "重出一份已出具的文书，与当时一字不差", _add_reissue),
    "roster": ("forms.roster", "生成一张表的花名册模板（Excel）", _add_roster),
    "batch": ("forms.batch", "按花名册批量出具文书，先预检，再出具", _add_batch),
    "check-template": (
        "forms.check_template",
        "检查 Word 模板，一次列出全部错处",
        _add_check_template,
    ),
    "index": ("archive.index", "把一个文件夹的扫描件识别、入库一遍", _add_index),
    "watch": ("archive.watch", "一直看守档案文件夹，有新件随时入库", _add_watch),
    "worker": (
        "archive.worker",
        "帮看守服务识别扫描件，几台机器都可以开（数据放在 PostgreSQL 时）",
        _add_worker,
    ),
    "search": ("archive.search", "全文查找扫描件", _add_search),
    "rebuild-index": ("archive.rebuild_index", "用已识别的文字重做全文索引", _add_nothing),
    "inbox": ("archive.inbox", "收件箱里等待识别、确认的扫描件", _add_inbox),
    "verify": ("archive.verify", "重新核对档案有没有损坏、被替换或丢失", _add_verify),
    "backup": ("office.backup", "备份数据库、已出具的文书和设置，服务不用停", _add_backup),
    "restore": ("office.restore", "从备份恢复", _add_restore),
    "repair": ("office.repair", "修复损坏的数据库和全文索引", _add_repair),
    "upgrade": (
        "office.upgrade",
        "换上新版本以后：先备份，再升级数据，检查，不行就退回",
        _add_upgrade,
    ),
    "move-database": (
        "office.move_database",
        "把自带数据库里的全部内容搬到 config.toml 写的数据库服务器",
        _add_nothing,
    ),
    "name-county": (
        "office.name_county",
        "一个县的系统改成几个县合用：先备份，再给本县的镇加上县名",
        _add_name_county,
    ),
    "doctor": ("office.doctor", "体检：程序、磁盘、数据库、服务、备份，给技术支持看", _add_nothing),
    "coverage": ("archive.coverage", "各镇各村已入库、未能识别的件数", _add_nothing),
    "serve": ("office.serve", "启动网页服务，并看守档案文件夹", _add_serve),
    "account": ("office.account", "建立、停用账号，重设密码，作废接口密钥", _add_account),
    "person": ("office.person", "一个人的信息：查看、导出、删除；到期清理", _add_person),
    "audit-verify": ("office.audit", "核对审计记录是否被修改、删除或截断", _add_audit_verify),
    "audit-expire": ("office.audit", "清理超过保存月数的审计记录", _add_nothing),
    "differences": (
        "office.differences",
        "本县改过哪些登记表、模板，升级后新版本又改了什么",
        _add_differences,
    ),
    "demo": ("office.demo", "在一个文件夹里放好示范设置和示范档案", _add_demo),
    "completion": (
        "completion",
        "给出 bash 的补全脚本：按 Tab 补全命令、选项、表号",
        _add_completion,
    ),
}
#: These touch no data folder.
NEEDS_NOTHING = frozenset({"demo", "completion"})
#: These must find the county's tables and forms as they are.
LEAVES_COUNTY_FILES = frozenset({"backup", "restore", "upgrade", "doctor"})
#: These answer no page and know no address.
ASKS_TABLES_ONLY = frozenset(
    {"forms", "fill", "reissue", "roster", "batch", "check-template", "search"}
)
#: How the help lists them.
GROUPS: dict[str, tuple[str, ...]] = {
    "填表、出具": ("forms", "fill", "reissue", "roster", "batch", "check-template"),
    "入库、查档": (
        "index", "watch", "worker", "inbox", "search", "coverage", "verify", "rebuild-index",
    ),
    "备份、修复": (
        "backup", "restore", "repair", "upgrade", "move-database", "name-county", "doctor",
    ),
    "账号、审计、个人信息": ("account", "person", "audit-verify", "audit-expire"),
    "运行": ("serve", "differences", "demo", "completion"),
}  # fmt: skip


def build_parser() -> ChineseParser:
    """The parser of the whole command."""
    parser = ChineseParser(
        prog="minzheng", description="民政十五专档：制式文书填写，扫描档案全文检索。"
    )
    parser.add_argument("--config", metavar="文件", type=Path, default=None, help="设置文件")
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令", required=True)
    for name, (_, text, add_arguments) in COMMANDS.items():
        command = commands.add_parser(
            name, prog=f"minzheng {name}", help=text, description=f"{text}。"
        )
        command.add_argument(
            "--config", metavar="文件", type=Path, default=argparse.SUPPRESS, help="设置文件"
        )
        add_arguments(command)
    return parser
