"""The inputs of a page."""

import re


def field(page: str, slug: str) -> str:
    """The tag of an input."""
    return re.search(rf'<(?:input|textarea|select)[^>]*id="f-{slug}"[^>]*>', page)[0]
