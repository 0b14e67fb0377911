"""Rules over assemblies and elections of a village (村民委员会组织法)."""

from collections.abc import Iterator

from filler.rules.wording import label_of
from filler.values.language import Column, Rows, Slug, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem

_MORE_THAN_HALF = "村民会议"


@form_check()
def meeting_quorum(scope: Scope, kind: Slug, present: Slug, due: Slug) -> Iterator[Problem]:
    """Arts 22, 26: over half of all villagers; two thirds of households or representatives."""
    came, all_due, held = scope.number(present), scope.number(due), scope.text(kind)
    if came is None or not all_due or not held:
        return
    if held == _MORE_THAN_HALF:
        is_enough, wanted = came * 2 > all_due, "过半数"
    else:
        is_enough, wanted = came * 3 >= all_due * 2, "三分之二以上"
    if not is_enough:
        what = f"应到 {all_due} 人，实到 {came} 人，{held}须{wanted}到会"
        yield Problem(label_of(scope, present), what, "人数不够，会议无效，应重新召开", present)


@form_check()
def election_is_valid(scope: Scope, returned: Slug, voters: Slug) -> Iterator[Problem]:
    """Art. 15: more than half of those registered have voted."""
    cast, all_voters = scope.number(returned), scope.number(voters)
    if cast is not None and all_voters and cast * 2 <= all_voters:
        what = f"登记 {all_voters} 人，投票 {cast} 人，没有过半数"
        yield Problem(label_of(scope, returned), what, "选举无效，应另行选举", returned)


@form_check()
def elected_by_majority(
    scope: Scope, rows: Rows, votes: Column, result: Column, returned: Slug
) -> Iterator[Problem]:
    """Art. 15: whoever is elected has the votes of more than half of those who voted."""
    cast = scope.number(returned)
    for index, row in enumerate(scope.rows(rows)):
        got = row.number(votes)
        if row.text(result) == "当选" and cast and got is not None and got * 2 <= cast:
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"得 {got} 票，没有超过投票人数 {cast} 的一半，不得当选"
            yield Problem(where, what, "核对得票，或改为“未当选”", f"{rows}[{index}].{result}")
