"""What goes in and comes out, as OpenAPI describes it."""

import datetime as dt
from typing import Any

from ninja import Field, Schema

#: How OpenAPI describes an answer that is a file.
AS_FILE = {
    "responses": {
        200: {
            "description": "文件内容",
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    }
}


class Trouble(Schema):
    """Why a request was not done."""

    detail: str


class FoundFile(Schema):
    """A file that answers a query; numbers in its texts are masked."""

    number: int = Field(description="文件序号，用于 /files/{number}")
    path: str
    page: int = Field(description="最相符的一页")
    pages: list[int] = Field(description="含有所查词语的各页")
    town: str
    village: str
    dossier: str = Field(description="专档代码，如 DB")
    year: str
    form_id: str
    title: str
    snippet: str = Field(description="前后文，号码已遮盖")


class NearAnswer(Schema):
    """What may have been meant where nothing was found exactly; it is not among the hits."""

    kind: str = Field(description="是什么：词拆开、同义词、文件名、表、检查清单里的问题等")
    text: str = Field(description="可以改查的写法，或问题本身；号码已遮盖")
    count: int | None = Field(description="改查会找到几件；问题没有件数")
    name: str = Field(description="表名，或第几问")


class SearchAnswer(Schema):
    """The hits of one page of results, and counts over all."""

    total: int
    page: int
    size: int
    hits: list[FoundFile]
    facets: dict[str, dict[str, int]]
    nearest: list[NearAnswer] = Field(
        default=[], description="没有完全相同的时，可能要找的；不算在结果里"
    )


class FileField(Schema):
    """What is believed of a file in one field; numbers of people are masked."""

    name: str = Field(description="town、village、dossier、year、form_id、persons、archive_no 等")
    label: str
    value: str
    confidence: float = Field(description="把握，0 到 1")
    because: str = Field(description="依据")
    is_corrected: bool = Field(description="由专管员或经办更正过")


class KeptFile(Schema):
    """A file of the archive."""

    number: int
    path: str
    sha256: str
    pages: int
    state: str
    town: str
    village: str
    dossier: str
    year: str
    fields: list[FileField]


class PageText(Schema):
    """The text of a page; numbers in it are masked."""

    number: int
    text: str
    origin: str


class FormLine(Schema):
    """A form in the list."""

    form_id: str
    title: str
    dossier: str


class FormField(Schema):
    """One field that is filled."""

    slug: str
    label: str
    type: str
    required: bool
    choices: list[str]
    columns: list["FormField"] = []


class FormDescription(FormLine):
    """A form and everything that may be answered."""

    version: str
    fields: list[FormField]


class FillRequest(Schema):
    """Answers by slug, as `GET /forms/{form_id}` names them."""

    form_id: str = Field(max_length=20)
    case_no: str = Field(
        "",
        max_length=40,
        description="同一户沿用的案件编号；此人有在办案件时必须写，确实另开写“新案件”；不填则自动编号",
    )
    answers: dict[str, Any]


class TakenPhoto(Schema):
    """A photo that was taken in; its name is the answer of a photo field."""

    name: str


class TakenAnnex(Schema):
    """A Word file that was taken in; its name is the answer of a field of type annex."""

    name: str


class Mistake(Schema):
    """One mistake in the answers."""

    where: str
    what: str
    do: str
    field: str


class Mistakes(Schema):
    """All mistakes at once; nothing was issued."""

    problems: list[Mistake]


class IssuedDocument(Schema):
    """A document that was issued."""

    number: int = Field(description="用于 /documents/{number}/word")
    form_id: str
    case_no: str
    file_name: str
    sha256: str
    issued_by: str
    issued_at: dt.datetime
    waits_for: str = Field(
        "",
        description="送审稿：还要由哪一级填写（v 村、t 镇、f 残联、c 县…）；空的是定稿或不用审批",
    )


class RosterProblem(Schema):
    """A cell of a roster that holds a mistake, or something to mind."""

    kind: str = Field(description="更正、留意 或 说明")
    sheet: str
    cell: str
    name: str
    where: str
    what: str
    do: str


class BatchState(Schema):
    """A batch: how far it is and what can be fetched."""

    number: int
    form_id: str
    roster: str
    state: str = Field(description="核对中、已核对、排队中、进行中、已完成 或 没有完成")
    message: str
    total: int = Field(description="户数")
    refused: int = Field(description="要更正的户数")
    issued: int = Field(description="已出具的份数")
    problems: list[RosterProblem]
    files: list[str] = Field(description="可以下载的结果：marked、zip、word、pdf")
