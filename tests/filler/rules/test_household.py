"""Rules over a household: each word on both sides of its edge."""

import datetime as dt

import pytest

from tests.filler.one_rule import born, case, refused

D = dt.date

DAY = D(2018, 5, 7)

CARE, LIVING = "重度残疾人护理补贴", "困难残疾人生活补贴"


def rows(*texts, **columns):
    """Rows of one column, or one row of several."""
    return [columns] if columns else [{"a": text} for text in texts]


def member(relation, *born_on):
    return {"m_rel": relation, "m_id": born(*born_on) if born_on else ""}


OLD = "supporters_if_old(members, m_id, m_rel, supporters)"
AGENT = "agent_needs_letter(apply_mode, 委托村委会代办, 委托他人)"
ALLOWED = "allowance_allowed(kinds, held, family_class)"
#: Call, addresses refused (none when it is silent), the fields.
CHECKED = [
    case(OLD, "supporters", members=[member("户主", 1958, 5, 7)], supporters=[],
         day=DAY),
    case(OLD, "", members=[member("户主", 1958, 5, 8)], supporters=[], day=DAY),
    case(OLD, "supporters", members=[member("户主", 1958, 5, 8)], supporters=[]),
    case(OLD, "", members=[member("户主", 1958, 5, 7)], supporters=rows("甲"),
         day=DAY),
    case(OLD, "", members=[member("户主")], supporters=[], day=DAY),
    case(OLD, "", members=[member("户主", 1950)], supporters=[],
         day=D(2012, 12, 11)),
    *(case(OLD, expected, supporters=[], day=DAY, members=[
        member("户主" if head else "其他", *head), member(*child)])
      for head, child, expected in (
          ((1980, 1, 1), ("子", 2000, 5, 8), ""), ((), ("子", 2000, 5, 8), "supporters"),
          ((), ("子", 2000, 5, 7), ""), ((1980, 1, 1), ("孙子女", 2010, 1, 1), "supporters"),
          ((1980, 1, 1), ("兄弟姐妹", 2010, 1, 1), "supporters"),
          ((), ("外", 2010, 1, 1), "supporters"), ((1980, 1, 1), ("外", 2010, 1, 1), ""),
          ((), ("户主", 2010, 1, 1), "supporters"), ((2001, 1, 1), ("女", 2010, 1, 1),
                                                   "supporters"))),
    case(OLD, "", supporters=[], day=DAY,
         members=[member("配偶", 1985, 1, 1), member("女", 2010, 1, 1)]),
    case(OLD, "", supporters=[], day=DAY,
         members=[member("儿媳", 1985, 1, 1), member("孙子女", 2010, 1, 1)]),
    case(AGENT, "apply_mode", apply_mode="委托村委会代办"),
    case(AGENT, "apply_mode", apply_mode="委托他人"),
    case(AGENT, "", apply_mode="本人申请"),
    *(case(ALLOWED, expected, kinds=kinds, held=held, day=DAY,
           family_class=family)
      for kinds, held, family, kind, level, expected in (
          ((LIVING,), ("特困供养",), "低保", "肢体", "一级", "kinds"),
          ((LIVING,), ("高龄补贴",), "低保", "肢体", "一级", ""),
          ((CARE,), ("孤儿基本生活费",), "其他", "肢体", "一级", ""),
          ((LIVING,), (), "低保边缘", "肢体", "三级", ""),
          ((LIVING,), (), "其他", "肢体", "一级", "kinds"),
          ((LIVING,), (), "", "肢体", "一级", ""),
          ((CARE,), (), "其他", "肢体", "二级", ""),
          ((CARE,), (), "其他", "智力", "三级", ""),
          ((CARE,), (), "其他", "肢体", "", ""))),
]  # fmt: skip


@pytest.mark.parametrize("one", CHECKED, ids=str)
def test_a_check_speaks_beyond_its_edge_and_not_before(one):
    """Where the fault is, and nothing when all is right."""
    assert " ".join(refused(one)) == one.expected
