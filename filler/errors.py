"""What can go wrong while forms are loaded and Word files are made.

MinzhengError
├── CatalogueError      specs in templates/ are wrong (all mistakes at once)
├── TemplateError       a Word template does not fit its spec (all mistakes at once)
├── RenderError         a document came out wrong; nothing was issued
├── UnknownFormError    no such form
├── UnknownDocumentError  no document was issued under this number
├── RosterError         a spreadsheet cannot be used as a roster
├── BatchError          a batch cannot be started or put together
│   └── LostPaperError  a document of it is gone from the disk, or damaged
└── AnswersFileError    a file of answers cannot be read
"""

from minzheng.county.errors import MinzhengError, ProblemsError


class CatalogueError(ProblemsError):
    """表格说明文件（templates/ 中的 .toml）有误。"""


class TemplateError(ProblemsError):
    """Word 模板与表格说明不符。"""


class RenderError(MinzhengError):
    """生成的 Word 文件有误，没有出具。请联系管理员检查模板。"""


class UnknownFormError(MinzhengError):
    """没有这张表。"""


class UnknownDocumentError(MinzhengError):
    """没有这份文书。"""


class AnswersFileError(MinzhengError):
    """填写内容的文件读不出来。"""


class RosterError(MinzhengError):
    """花名册不能使用。"""


class BatchError(MinzhengError):
    """批次不能进行。"""


class LostPaperError(BatchError):
    """一份已出具的文书在磁盘上不见了，或已损坏。"""
