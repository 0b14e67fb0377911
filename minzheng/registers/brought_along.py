"""What the program brings and the county's own older table does not have: registers, gifts.

A table that the county changed stays as it is when the program is renewed. What is new since
goes along beside it, so that nothing has to be decided before it can be used.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from filler.form.forms import FormSpec
from minzheng.county.errors import Problem
from minzheng.county.registry.terms import Terms
from minzheng.registers.give import Give
from minzheng.registers.register import Register, Registers
from minzheng.registers.register_faults import find_faults
from minzheng.registers.register_shape import FILE

#: Everything that is wrong with a table of registers.
_Faults = Callable[[Registers], list[Problem]]


def bring_along(
    own: Registers, shipped: Registers, forms: Mapping[str, FormSpec], terms: Terms
) -> Registers:
    """The county's registers, and behind them those it lacks; what does not fit is told."""

    def faults(registers: Registers) -> list[Problem]:
        return list(find_faults(registers, forms, terms))

    known = faults(own)
    brought = replace(own, brought=(), unfit=())
    for one in shipped.all:
        if own.named(one.id) is None and one.id not in own.left_out:
            brought = _with_register(brought, one, known, faults)
    taken = {(one.form_id, one.rows) for one in own.gives}
    for give in shipped.gives:
        if (give.form_id, give.rows) not in taken and brought.named(give.register):
            brought = _with_give(brought, give, known, faults)
    return brought


def _with_register(
    registers: Registers, one: Register, known: list[Problem], faults: _Faults
) -> Registers:
    more = replace(registers, all=(*registers.all, one), brought=(*registers.brought, one.title))
    return _unless_unfit(registers, more, known, faults)


def _with_give(registers: Registers, one: Give, known: list[Problem], faults: _Faults) -> Registers:
    return _unless_unfit(
        registers, replace(registers, gives=(*registers.gives, one)), known, faults
    )


def _unless_unfit(
    registers: Registers, more: Registers, known: list[Problem], faults: _Faults
) -> Registers:
    """A form or table the county changed may lack what a new register asks of it."""
    wrong = [problem for problem in faults(more) if problem not in known]
    return replace(registers, unfit=(*registers.unfit, *wrong)) if wrong else more


def tell_brought(registers: Registers) -> list[str]:
    """What is used beside the county's own table, and what could not be; a line each."""
    told = []
    if registers.brought:
        names = "、".join(registers.brought)
        told.append(
            f"本县的 {FILE} 没有新版本的 {len(registers.brought)} 本登记簿（{names}），"
            '先用随程序带的；不要的，在文件开头写 left_out = ["代号"]'
        )
    if registers.unfit:
        first = registers.unfit[0]
        told.append(
            f"新版本的登记簿有 {len(registers.unfit)} 处与本县的表对不上，没有用："
            f"{first.where}：{first.what}"
        )
    return told
