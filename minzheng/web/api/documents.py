"""Forms, and documents issued from them."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import File, Path, Query, Router, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from filler.form.form_data import Refused
from filler.form.forms import Field, FormSpec
from filler.models import Issued
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.external.photos import BadPhotoError
from minzheng.web.api.door import opens
from minzheng.web.api.schemas import (
    AS_FILE,
    FillRequest,
    FormDescription,
    FormField,
    FormLine,
    IssuedDocument,
    Mistake,
    Mistakes,
    TakenAnnex,
    TakenPhoto,
    Trouble,
)
from minzheng.web.forms.form_deeds import issue_asked, read_asked
from minzheng.web.forms.issued_documents import (
    corrected_document,
    issued_by_me,
    issued_of,
    word_of,
)
from minzheng.web.forms.photos import take_upload
from minzheng.web.forms.visible_forms import spec_of
from minzheng.web.gate.access import note
from minzheng.web.gate.children import mask_children
from minzheng.web.gate.office import area, forms, signed_in

router = Router(tags=["文书"])

Number = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/forms", response=list[FormLine], summary="全部制式文书")
@opens(Right.FILL)
def list_forms(request: HttpRequest) -> list[FormLine]:
    """The forms of the dossiers this account sees."""
    hidden = area(request).forbidden
    return [_line(spec) for spec in forms().forms if spec.dossier not in hidden]


@router.get("/forms/{form_id}", response={200: FormDescription, 404: Trouble}, summary="一种文书")
@opens(Right.FILL)
def form(request: HttpRequest, form_id: str) -> FormDescription:
    """What may be answered; computed fields are left out."""
    spec = spec_of(request, form_id)
    line = _line(spec)
    return FormDescription(
        **line.dict(),
        version=spec.version,
        fields=[_field(one) for one in spec.fields if one.is_typed],
    )


@router.get("/documents", response=list[IssuedDocument], summary="本账号出具的文书")
@opens(Right.FILL, Action.VIEW)
def list_documents(
    request: HttpRequest, page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> list[IssuedDocument]:
    """Newest first, fifty a page."""
    note(request, f"接口：出具清单第 {page} 页")
    return [_issued(one) for one in issued_by_me(request)[(page - 1) * 50 : page * 50]]


@router.post(
    "/documents",
    response={201: IssuedDocument, 404: Trouble, 422: Mistakes | Trouble},
    summary="出具一份文书",
)
@opens(Right.FILL, Action.CHANGE)
def issue(request: HttpRequest, asked: FillRequest) -> Status[IssuedDocument | Mistakes]:
    """Issue a document, or name every mistake in the answers."""
    spec = spec_of(request, asked.form_id)
    answers = {**asked.answers, **({"case_no": asked.case_no} if asked.case_no else {})}
    outcome = issue_asked(
        request, read_asked(request, spec, answers, corrected_document(request, spec))
    )
    if isinstance(outcome, Refused):
        mistakes = [
            Mistake(where=one.where, what=one.what, do=one.do, field=one.field)
            for one in outcome.problems
        ]
        return Status(422, Mistakes(problems=mistakes))
    return Status(201, _issued(outcome))


@router.post("/photos", response={201: TakenPhoto, 422: Trouble}, summary="送一张照片")
@opens(Right.FILL, Action.CHANGE)
def send_photo(request: HttpRequest, photo: File[UploadedFile]) -> Status[TakenPhoto]:
    """JPG, PNG, WebP or HEIC; the name given back is the answer of a photo field."""
    note(request, "接口：送照片")
    return Status(201, TakenPhoto(name=_taken(request, photo, "photo")))


@router.post("/annexes", response={201: TakenAnnex, 422: Trouble}, summary="送一份附件")
@opens(Right.FILL, Action.CHANGE)
def send_annex(request: HttpRequest, annex: File[UploadedFile]) -> Status[TakenAnnex]:
    """A .docx that is put into a form; the name given back is the answer of an annex field."""
    note(request, "接口：送附件")
    return Status(201, TakenAnnex(name=_taken(request, annex, "annex")))


@router.get("/documents/{number}", response={200: IssuedDocument, 404: Trouble}, summary="一份文书")
@opens(Right.FILL, Action.VIEW)
def document(request: HttpRequest, number: Number) -> IssuedDocument:
    """A document of one's own or of one's area."""
    return _issued(issued_of(request, number))


@router.get(
    "/documents/{number}/word",
    response={404: Trouble},
    summary="下载 Word 文件",
    openapi_extra=AS_FILE,
)
@opens(Right.FILL, Action.DOWNLOAD)
def word(request: HttpRequest, number: Number) -> HttpResponse:
    """The Word file as it was issued."""
    return word_of(issued_of(request, number))


def _taken(request: HttpRequest, upload: UploadedFile, kind: str) -> str:
    """The name under which a form knows a file that was sent.

    Raises:
        HttpError: it cannot be used.
    """
    try:
        return take_upload(upload, signed_in(request).username, kind)
    except BadPhotoError as error:
        raise HttpError(422, f"{error.what}。{error.do}。") from error


def _line(spec: FormSpec) -> FormLine:
    return FormLine(form_id=spec.id, title=spec.title, dossier=spec.dossier)


def _field(one: Field) -> FormField:
    return FormField(
        slug=one.slug,
        label=one.label,
        type=one.type,
        required=bool(one.required),
        choices=list(one.choices),
        columns=[_field(column) for column in one.columns if column.is_typed],
    )


def _issued(one: Issued) -> IssuedDocument:
    return IssuedDocument(
        number=one.pk,
        form_id=one.form_id,
        case_no=one.case_no,
        file_name=mask_children(one.file_name),
        sha256=one.sha256,
        issued_by=one.issued_by,
        issued_at=one.issued_at,
        waits_for=one.waits_for,
    )
