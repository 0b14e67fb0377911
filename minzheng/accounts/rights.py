"""What each role may do: the one table."""

from enum import StrEnum

from minzheng.accounts.models import Person, Role
from minzheng.county.town_names import has_whole, is_county


class Right(StrEnum):
    """One thing a role may do."""

    OWN = "自己的账号"
    FILL = "填表"
    SEARCH = "查档"
    VIEW = "看原图"
    DOWNLOAD = "下载原件"
    UNMASK = "解除遮盖"
    EXPORT = "导出"
    CORRECT = "更正归档"
    OVERSEE = "入库情况"
    JUDGE = "核实疑点"
    RETRY = "重新识别"
    INBOX = "收件箱"
    FILE = "归档确认"
    PERSONS = "个人信息处理"
    ACCOUNTS = "账号管理"
    ADMINISTER = "系统管理"
    AUDIT = "审计"
    AGREE = "确认授权"


_READING = frozenset({Right.SEARCH, Right.VIEW, Right.DOWNLOAD, Right.UNMASK, Right.OVERSEE})
_CLERK = _READING | {Right.FILL, Right.CORRECT, Right.EXPORT, Right.RETRY, Right.INBOX, Right.FILE}

#: Who keeps accounts sees no papers; who reads the audit log agrees to what they give, no more.
RIGHTS: dict[str, frozenset[Right]] = {
    Role.COUNTY_CLERK: _CLERK | {Right.PERSONS, Right.JUDGE},
    Role.TOWN_CLERK: _CLERK | {Right.JUDGE},
    Role.VILLAGE_KEEPER: _CLERK - {Right.EXPORT},
    Role.INSPECTOR: _READING | {Right.EXPORT, Right.JUDGE},
    Role.ADMINISTRATOR: frozenset(
        {
            Right.ACCOUNTS,
            Right.ADMINISTER,
            Right.OVERSEE,
            Right.RETRY,
            Right.INBOX,
            Right.AGREE,
        }
    ),
    Role.AUDITOR: frozenset({Right.AUDIT, Right.AGREE}),
}

#: Pictures of pages carry the names of those who may take them out of the house.
WATERMARKED_ROLES = frozenset({Role.INSPECTOR})


#: Tables, templates, backups: of all counties that share a system, so of nobody in one.
_OF_THE_WHOLE = frozenset({Right.ADMINISTER})
#: The log is read by the whole or a county of it, never by a town.
_OF_A_COUNTY = frozenset({Right.AUDIT})


def may(person: Person, right: Right) -> bool:
    """Whether a person's role and place have a right; everybody may manage the own account."""
    is_whole = has_whole(person.town)
    if right in _OF_THE_WHOLE and not is_whole:
        return False
    if right in _OF_A_COUNTY and not (is_whole or is_county(person.town)):
        return False
    return right == Right.OWN or right in RIGHTS.get(person.role, frozenset())
