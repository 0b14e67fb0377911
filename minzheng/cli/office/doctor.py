"""`minzheng doctor`: all that a supporter would ask, without a word about people."""

import datetime as dt
from argparse import Namespace
from collections.abc import Sequence

from minzheng.cli.office.examined_data import examine_data
from minzheng.cli.office.examined_machine import Finding, State, examine_machine
from minzheng.cli.office.examined_sign_in import examine_sign_in
from minzheng.county.settings.all_settings import Config

_END = "以上不含姓名、证件号码和档案里的文件名，可以原样发给技术支持。"


def run(args: Namespace, config: Config) -> int:
    """Look at everything; 1 when something must be mended."""
    print(f"体检 {dt.datetime.now():%Y-%m-%d %H:%M}\n")
    findings = [*examine_machine(config), *examine_data(config), *examine_sign_in(config)]
    print("\n".join(map(_line, findings)))
    print(f"\n{_sum(findings)}\n{_END}")
    return int(any(one.state is State.BAD for one in findings))


def _line(finding: Finding) -> str:
    sign = f"【{finding.state}】" if finding.state is not State.GOOD else ""
    do = f"\n    怎么办：{finding.do}" if finding.do and sign else ""
    return f"{finding.subject}：{sign}{finding.text}{do}"


def _sum(findings: Sequence[Finding]) -> str:
    bad, notes = (sum(one.state is state for one in findings) for state in (State.BAD, State.NOTE))
    if bad or notes:
        return f"看过 {len(findings)} 项，要处理 {bad} 项，注意 {notes} 项。"
    return f"看过 {len(findings)} 项，都好。"
