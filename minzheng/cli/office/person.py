"""`minzheng person`: all that is held of one person, exported or erased; what is due."""

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable

from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.cli.output import refuse_unwritable, write_file
from minzheng.county.errors import MinzhengError
from minzheng.county.settings.all_settings import Config
from minzheng.county.town_names import place_in_words
from minzheng.persons.due import NOBODY, find_due, group_due
from minzheng.persons.erase import Done, put_away
from minzheng.persons.holdings import Holding
from minzheng.persons.look_up import look_up, of_keys
from minzheng.persons.whom import Whom, read_whom
from minzheng.web.persons.person_deeds import export_for, stock, tools

_BY = "命令行"


class PersonAskedError(MinzhengError):
    """没有写清要处理谁、为什么。"""


def run(args: Namespace, config: Config) -> int:
    """Look up, export, erase, or list what is due; each is written down without a name."""
    bring_up_to_date()
    if args.action == "due":
        return _due(args, config)
    whom = _whom(args)
    pieces = of_keys(look_up(whom, stock()), args.take)
    print(f"{len(pieces)} 件是本人的。" if pieces else "没有找到这个人的信息。")
    if args.action == "look":
        print("\n".join(_lines(look_up(whom, stock()))))
        write_down(config, Action.VIEW, _said("查看", whom, pieces, args))
    elif args.action == "export":
        refuse_unwritable(args.out)
        write_file(args.out, export_for(_BY, whom, args.reason, pieces))
        write_down(config, Action.EXPORT, _said("导出", whom, pieces, args))
        print(f"已导出：{args.out}")
    else:
        return _erase(args, config, whom, pieces)
    return 0


def _erase(args: Namespace, config: Config, whom: Whom, pieces: tuple[Holding, ...]) -> int:
    print("\n".join(_lines(pieces)))
    if not _is_confirmed(args, f"删除{whom.name}"):
        return 1
    done = put_away(whom, pieces, tools(_BY))
    what = f"{_said('删除', whom, pieces, args)} {'，'.join(done.lines())}"
    write_down(config, Action.CHANGE, what)
    _tell(done)
    return 0


def _due(args: Namespace, config: Config) -> int:
    found = find_due(stock())
    for one in group_due(found):
        place = place_in_words(one.town, one.village)
        print(f"{place} {one.dossier} {one.year} 年 {len(one.pieces)} 件：{one.why}")
        if args.take != ["all"]:
            print("\n".join(f"    {piece.key} {piece.title}" for piece in one.pieces))
    wanted = found if args.take == ["all"] else [one for one in found if one.key in args.take]
    print(f"到期的共 {len(found)} 件。" + ("" if args.take else "没有删除任何东西。"))
    if not wanted:
        return 0
    if not args.reason or not _is_confirmed(args, f"删除{len(wanted)}件"):
        return 1
    done = put_away(NOBODY, wanted, tools(_BY))
    write_down(config, Action.CHANGE, f"到期清理 {'，'.join(done.lines())} 事由：{args.reason}")
    _tell(done)
    return 0


def _whom(args: Namespace) -> Whom:
    """Who is meant.

    Raises:
        PersonAskedError: name, number or reason are missing or wrong.
    """
    whom = read_whom(args.name, args.id_no, stock().today)
    if isinstance(whom, list):
        raise PersonAskedError("".join(map(str, whom)))
    if not args.reason:
        raise PersonAskedError("要写事由：--reason，记入审计记录，不写姓名、号码。")
    if whom.stands_in(args.reason):
        raise PersonAskedError("事由记入审计记录，不写姓名、号码。")
    if args.action == "export" and args.out is None:
        raise PersonAskedError("要写导出到哪里：--out 个人信息.zip。")
    return whom


def _is_confirmed(args: Namespace, words: str) -> bool:
    """Typed on the command line or at the terminal, word for word."""
    typed = args.confirm
    if not typed and sys.stdin.isatty():
        typed = input(f"不能撤销。确认请照写“{words}”：")
    if typed == words:
        return True
    print(f"没有删除。确认请加上 --confirm {words}", file=sys.stderr)
    return False


def _lines(found: Iterable[Holding]) -> Iterable[str]:
    for one in found:
        sure = "" if one.is_sure else f"（{one.because}，是本人的请加 --take {one.key}）"
        yield f"  {one.kind} {one.title} {one.place} {one.year} {one.fate}：{one.why}{sure}"


def _said(deed: str, whom: Whom, pieces: tuple[Holding, ...], args: Namespace) -> str:
    counted = Counter(str(one.fate) for one in pieces)
    counts = "，".join(f"{fate} {count} 件" for fate, count in counted.items())
    return f"个人信息 {deed} 人员标识 {whom.key}：{counts or '0 件'} 事由：{args.reason}"


def _tell(done: Done) -> None:
    print("\n".join(done.lines()))
    if done.for_keeper:
        print("请专管员移走这些文件（移走以前也查不到）：")
        print("\n".join(f"  {path}" for path in done.for_keeper))
    if done.named:
        print("请专管员给这些文件改名（留在原处，但名字里有此人姓名）：")
        print("\n".join(f"  {path}" for path in done.named))
    print("以前的备份里还有这些内容，随备份轮换消失。")
