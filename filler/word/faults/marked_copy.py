"""A copy of a template with a Word comment at each fault."""

import io
from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.text.run import Run

from filler.word.faults.template_text import Fault
from minzheng.external.files.file_properties import PRODUCT, FileProperties, retold

_AUTHOR, _INITIALS = "模板检查", "查"


def mark_faults(document: Any, faults: Iterable[Fault], where: str) -> bytes:
    """The document with comments; what stands outside the body is told at its first line."""
    first = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    for fault in faults:
        is_here = fault.text is not None and not fault.text.part
        runs = _runs_of(fault.text.paragraph if fault.text and is_here else first._p, first)
        place = "" if is_here else f"{fault.where}："
        document.add_comment(runs, f"{place}{fault.what}。{fault.do}。", _AUTHOR, _INITIALS)
    stream = io.BytesIO()
    document.save(stream)
    return retold(stream.getvalue(), FileProperties(PRODUCT, f"{where} 检查结果"))


def _runs_of(paragraph: Any, parent: Any) -> list[Run]:
    """The paragraph's first and last run; a comment needs one to hang on."""
    if not paragraph.r_lst:
        paragraph.append(OxmlElement("w:r"))
    return [Run(paragraph.r_lst[0], parent), Run(paragraph.r_lst[-1], parent)]
