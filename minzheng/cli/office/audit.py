"""`minzheng audit-verify` and `audit-expire`: is the log whole; what is old enough goes."""

from argparse import Namespace
from collections.abc import Sequence

from minzheng.accounts.audit_log import Action, AuditLog
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.county.settings.all_settings import Config


def run(args: Namespace, config: Config) -> int:
    """Verify the log, or take out what is older than the settings ask for."""
    bring_up_to_date()
    log = AuditLog(config.data_folder)
    return _expire(log, config) if args.command == "audit-expire" else _verify(log, args.line)


def _verify(log: AuditLog, kept_lines: Sequence[str]) -> int:
    verdict = log.verify()
    problems = [*verdict.problems, *filter(None, map(log.check_line, kept_lines))]
    for problem in problems:
        print(problem)
    if problems:
        print("审计记录不完整。请保留数据库和数据文件夹原状，报告信息安全负责人。")
        return 1
    print(f"审计记录完整：逐条核对了 {verdict.count} 条，没有修改、删除或截断。")
    if verdict.count:
        print(f"留存行（抄下或打印，存放在别处；以后用 --line 核对）：{log.line()}")
    return 0


def _expire(log: AuditLog, config: Config) -> int:
    if log.verify().problems:
        print("审计记录不完整，不能清理。请先用 minzheng audit-verify 查看。")
        return 1
    removed = log.expire(config.audit_months)
    if removed:
        what = f"清理 {config.audit_months} 个月以前的审计记录 {removed} 条"
        write_down(config, Action.ADMINISTER, what)
    print(f"已清理 {removed} 条；{config.audit_months} 个月以内的全部保留。")
    return 0
