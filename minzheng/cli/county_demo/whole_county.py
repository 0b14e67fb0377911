"""`minzheng demo --county`: a whole county as of today, and what was planted in it."""

import datetime as dt
import sys
import time

from filler.records.case_store import DatabaseCaseStore
from filler.spec.form_catalogue import catalogue_of
from minzheng.cli.county_demo.lay_county import lay_county
from minzheng.cli.county_demo.plan import WHOLE, CountyPlan
from minzheng.cli.county_demo.scans import ScansMade
from minzheng.cli.database import bring_up_to_date
from minzheng.county.county import read_county
from minzheng.county.settings.all_settings import Config


def lay(config: Config, seed: int, plan: CountyPlan = WHOLE) -> None:
    """Lay it, say how far it is, and what its registers must show."""
    began = time.monotonic()
    bring_up_to_date()
    catalogue = catalogue_of(config, read_county())
    store = DatabaseCaseStore(config.issued_folder)
    laid = lay_county(
        catalogue,
        config.issued_folder,
        plan,
        scan=ScansMade(store, catalogue.county.dossiers, config.archive_folder).make,
        today=dt.date.today(),
        seed=seed,
        told=lambda line: print(line, file=sys.stderr),
    )
    minutes = (time.monotonic() - began) / 60
    print(f"出具 {laid.papers} 份文书，做了 {laid.scans} 份扫描件，用了 {minutes:.0f} 分钟。")
    print(describe(plan))


def describe(plan: CountyPlan) -> str:
    """What was planted, in one paragraph."""
    return (
        f"走访 {plan.visited} 人；问题 {plan.problems} 件，其中 {plan.solved} 件已销号、"
        f"{plan.unproved} 件销号没有依据、{plan.late} 件逾期；解答政策 {plan.answers} 例；"
        f"长期公示 {plan.notices} 张，缺 {plan.absent} 张，过期 {plan.stale} 张，"
        f"没有盖章 {plan.unsealed} 张，旧模板 {plan.old_template} 张；"
        f"三级不一致 {plan.differences} 处。都是虚构的，姓名以“测试”开头。"
    )
