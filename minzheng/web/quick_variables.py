"""Variables of pages are looked up and written without the detours of Django's own way.

Django asks everything as a mapping first and catches the refusal of what is none, looks through
the names of a thing for each that is missing, and asks of a text whether it is a day or a number
before it escapes it. Here the usual cases are told apart by their kind; any other goes its way.
"""

import re
from typing import Any

from django.conf import settings
from django.template.base import (
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.utils.html import escape
from django.utils.safestring import SafeString

_ESCAPED = re.compile("[&<>\"']")
_NONE = object()
_resolve, _write = Variable.resolve, VariableNode.render


def look_up(variable: Any, context: Any) -> Any:
    """What a name stands for, as Django's `Variable.resolve` tells it.

    Raises:
        VariableDoesNotExist: it stands for nothing.
    """
    if variable.lookups is None or variable.translate:
        return _resolve(variable, context)
    found = context
    for name in variable.lookups:
        kind = type(found)
        if kind is dict:
            found = found.get(name, _NONE)
        elif found is context:
            found = _of_context(context, name)
        else:
            found = _NONE if hasattr(kind, "__getitem__") else getattr(found, name, _NONE)
        if found is _NONE or callable(found):
            return _resolve(variable, context)
    return found


def _of_context(context: Any, name: str) -> Any:
    for one in reversed(getattr(context, "dicts", ())):
        if name in one:
            return one[name]
    if hasattr(context, name) or not hasattr(context, "dicts"):
        return _NONE
    raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (name, context))


def write(node: Any, context: Any) -> str:
    """A variable as it stands on the page, as Django's `VariableNode.render` writes it."""
    try:
        said = node.filter_expression.resolve(context)
    except UnicodeDecodeError:  # Django's pages leave it out, too
        return ""
    kind = type(said)
    if kind is SafeString:
        return said  # type: ignore[no-any-return]  # a text
    if kind is str:
        return escape(said) if context.autoescape and _ESCAPED.search(said) else said
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(said)
    return str(render_value_in_context(said, context))


def use_them() -> None:
    """From here on, on every page."""
    setattr(Variable, "resolve", look_up)  # noqa: B010 - a method is put in another's place
    setattr(VariableNode, "render", write)  # noqa: B010
