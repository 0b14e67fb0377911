"""Pages as they are written: their indentation costs nothing, their Chinese may be wrapped."""

import re

from django.template import Origin
from django.template.loaders import filesystem

#: Chinese characters and punctuation, without the wide blank, which is meant to be seen.
_CHINESE = r"[‘-”—…\u3001-\u303f\u3400-\u9fff\uff00-\uffef]"
_TEMPLATE_TAG = r"\{[%{#].*?[%}#]\}"
_HTML_TAG = rf"<[/a-z!](?:{_TEMPLATE_TAG}|[^<>])*>"
#: Only there to be read: between two Chinese characters, between two template tags.
_NOTHING = rf"(?<={_CHINESE})[ \t\n]+(?={_CHINESE})|(?<=%\}})[ \t\n]+(?=\{{%)"
_BREAK = r"[ \t\n]*\n[ \t\n]*"
_PIECES = re.compile(
    rf"(?P<html>{_HTML_TAG})|(?P<template>{_TEMPLATE_TAG})"
    rf"|(?P<nothing>{_NOTHING})|(?P<lines>(?<=>){_BREAK}(?=<))|(?P<blank>{_BREAK})",
    re.DOTALL,
)
_BREAK_IN_TAG = re.compile(rf"{_BREAK}(?P<end>>$)?")


def tidy(source: str) -> str:
    """The source without indentation, and without white space that is only there to be read.

    That is: between two Chinese characters, where a browser would show a line break as a blank,
    and between two template tags, where the formatter puts a line break by itself. A blank that
    shall be seen there is written `&#32;`.
    """
    return _PIECES.sub(_tidied, source)


def _tidied(found: re.Match[str]) -> str:
    if found["html"]:
        return _BREAK_IN_TAG.sub(lambda one: one["end"] or " ", found["html"])
    if found["template"]:
        return found["template"]
    return {"nothing": "", "lines": "\n"}.get(found.lastgroup or "", " ")


class Loader(filesystem.Loader):
    """Finds pages in their folders and tidies them, once for each start."""

    def get_contents(self, origin: Origin) -> str:
        """The page's tidied source."""
        return tidy(super().get_contents(origin))
