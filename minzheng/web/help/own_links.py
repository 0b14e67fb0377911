"""Links of the manual lead where its reader may go; of the others only the words are left."""

import re

from django.contrib.auth.models import AnonymousUser
from django.urls import Resolver404, resolve
from django.utils.safestring import SafeString, mark_safe

from minzheng.accounts.models import Person
from minzheng.accounts.rights import may
from minzheng.web.gate.access import rule_of

_LINK = re.compile(r'<a href="(?P<address>/[^"]*)">(?P<words>[^<]*)</a>')


def with_own_links(html: SafeString, reader: Person | AnonymousUser) -> SafeString:
    """The same text for one reader."""

    def kept(link: re.Match[str]) -> str:
        return link[0] if _may_open(reader, link["address"]) else link["words"]

    return mark_safe(_LINK.sub(kept, html))  # what is escaped stays so


def _may_open(reader: Person | AnonymousUser, address: str) -> bool:
    try:
        view = resolve(address.partition("?")[0].partition("#")[0]).func
    except Resolver404:
        return False
    if not getattr(view, "login_required", True):
        return True
    rule = rule_of(view)
    return isinstance(reader, Person) and rule is not None and may(reader, rule.right)
