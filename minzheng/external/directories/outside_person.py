"""Who somebody is by a server of the office, and how such a server can fail."""

from dataclasses import dataclass

from minzheng.county.errors import MinzhengError


@dataclass(frozen=True, slots=True)
class OutsidePerson:
    """Somebody a server has let in."""

    name: str  #: what people type
    subject: str = ""  #: what is never given to anybody else, where the server has such a thing


class OutsideServerError(MinzhengError):
    """单位统一登录的服务器现在用不了。"""
