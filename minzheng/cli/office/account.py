"""`minzheng account`: accounts and keys from the machine itself."""

from argparse import Namespace
from collections.abc import Callable

from minzheng.accounts.areas import ABOVE_ROLES, area_of, set_dossiers
from minzheng.accounts.audit_log import Action
from minzheng.accounts.grants import ask_for_account, ask_for_factor_end, ask_for_reset
from minzheng.accounts.keeping import RESET, is_last_administrator, unlock
from minzheng.accounts.models import ApiToken, Person, Role
from minzheng.accounts.second_factor import is_on
from minzheng.accounts.sign_ins import end_sign_ins
from minzheng.accounts.tokens import revoke_token
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import machine_user, write_down
from minzheng.county.county import County, read_county
from minzheng.county.errors import MinzhengError, Problem, ProblemsError
from minzheng.county.settings.all_settings import Config
from minzheng.county.town_names import county_of, is_county


class AccountError(MinzhengError):
    """账号没有改动。"""


def run(args: Namespace, config: Config) -> int:
    """Do one thing with an account, and write it down."""
    bring_up_to_date()
    what = ACTIONS[args.action](args, read_county())
    if what:
        write_down(config, Action.ADMINISTER, what)
    return 0


def _list(args: Namespace, county: County) -> str:
    for one in Person.objects.order_by("role", "username"):
        state = "" if one.is_active else "  停用"
        area = area_of(one, county).label
        print(f"{one.username:<16} {one.role}  {area}  {one.first_name}{state}")
    return ""


def _add(args: Namespace, county: County) -> str:
    if Person.objects.filter(username=_username(args)).exists():
        raise AccountError(f"账号 {args.username} 已经有了。请换一个用户名。")
    if not args.role:
        raise AccountError(f"新建账号要写 --role，可用：{'、'.join(Role.values)}。")
    person = Person(username=args.username, first_name=args.name or args.username, role=args.role)
    person.town, person.village = args.town or "", args.village or ""
    _refuse_wrong_place(person, county)
    ordinary = {one.code for one in county.dossiers.all if not one.is_apart}
    set_dossiers(person, _codes(args.apart, county) | ordinary, county.dossiers)
    person.set_unusable_password()
    person.save()
    told = f"{person.role} {area_of(person, county).label}"
    password = ask_for_account(person, told, machine_user(), is_dual=False)
    print(f"已建立账号 {person.username}，第一个密码：{password}")
    return f"新建账号 {person.username} {told}"


def _reset_password(args: Namespace, county: County) -> str:
    person = _person(args)
    told = f"{person.role} {area_of(person, county).label}"
    password = ask_for_reset(person, told, machine_user(), is_dual=False)
    print(f"{person.username} 的新密码：{password}")
    return f"{RESET}{person.username}"


def _unlock(args: Namespace, county: County) -> str:
    unlock(_person(args))
    print("已解除锁定。")
    return f"解除锁定 {args.username}"


def _end_code(args: Namespace, county: County) -> str:
    person = _person(args)
    if not is_on(person):
        raise AccountError(f"{person.username} 没有启用手机验证码，不用取消。")
    told = f"{person.role} {area_of(person, county).label}"
    ask_for_factor_end(person, told, machine_user(), is_dual=False)
    print(f"已取消 {person.username} 的手机验证码，下次登录只要密码。")
    return f"取消验证码 {person.username}"


def _disable(args: Namespace, county: County) -> str:
    person = _person(args)
    if is_last_administrator(person):
        raise AccountError("这是最后一个能用的管理员账号，不能停用。")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    end_sign_ins(person)
    print(f"已停用 {person.username}。")
    return f"停用账号 {person.username}"


def _token(args: Namespace, county: County) -> str:
    raise AccountError(
        "密钥由账号本人签发，别人不能替他签发：请本人登录网页，在“我的账号 → 接口密钥”里签发。"
        "供别的系统用的，单建一个账号，由管它的人登录签发。"
    )


def _revoke_tokens(args: Namespace, county: County) -> str:
    tokens = ApiToken.objects.filter(person=_person(args), revoked_at=None)
    for token in tokens:
        revoke_token(token)
    print(f"已作废 {args.username} 的全部接口密钥。")
    return f"作废全部接口密钥 {args.username}"


ACTIONS: dict[str, Callable[[Namespace, County], str]] = {
    "list": _list,
    "add": _add,
    "reset-password": _reset_password,
    "unlock": _unlock,
    "end-code": _end_code,
    "disable": _disable,
    "token": _token,
    "revoke-tokens": _revoke_tokens,
}


def _username(args: Namespace) -> str:
    if not args.username:
        raise AccountError(f"minzheng account {args.action} 后面要写用户名。")
    return str(args.username)


def _person(args: Namespace) -> Person:
    person = Person.objects.filter(username=_username(args)).first()
    if person is None:
        raise AccountError(f"没有账号 {args.username}。用 minzheng account list 看全部账号。")
    return person


def _codes(text: str, county: County) -> set[str]:
    codes = {code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip()}
    unknown = codes - {one.code for one in county.dossiers.all}
    if unknown:
        raise AccountError(f"没有代码为 {'、'.join(sorted(unknown))} 的专档。")
    return codes


def _refuse_wrong_place(person: Person, county: County) -> None:
    problems = []
    if area_of(person, county).is_nothing:
        do = "用 --town、--village 写明"
        if county.places.counties:
            do += "；一个县写成 平利县·，全部县写成 ·，一个镇写成 平利县·城关镇"
        problems.append(Problem("范围", f"{person.role}没有写镇、村", do))
    if person.role in ABOVE_ROLES and county_of(person.town) not in ("", person.town):
        do = "写成 平利县·，或全部县 ·"
        problems.append(Problem("--town", f"{person.role}不分到镇", do))
    known = [one for one in county.places.settlements if one.town == person.town]
    is_wider = is_county(person.town) and bool(county.places.of(person.town).towns)
    if person.town and not known and not (is_wider and county.places.counties):
        like = "平利县·城关镇" if county.places.counties else "钟宝镇"
        problems.append(Problem("--town", f"没有“{person.town}”", f"写镇的全称，如 {like}"))
    if person.village and person.village not in {one.name for one in known}:
        problems.append(Problem("--village", f"{person.town}没有“{person.village}”", "写村的全称"))
    if problems:
        raise ProblemsError(problems)
