"""Batches: a roster sent, checked, issued and fetched."""

from typing import Annotated

from django.http import FileResponse, HttpRequest
from ninja import File, Form, Path, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from filler.models import Batch
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.web.api.door import opens
from minzheng.web.api.schemas import AS_FILE, BatchState, RosterProblem, Trouble
from minzheng.web.batches.batch_deeds import (
    BUSY,
    RESULTS,
    find_upload_problem,
    own_batch,
    result_of,
    start_batch,
    take_roster,
)
from minzheng.web.batches.batch_worker import job_folder
from minzheng.web.forms.visible_forms import spec_of
from minzheng.web.gate.office import area, config, signed_in

router = Router(tags=["批量"])

Number = Annotated[int, Path(ge=1, le=2**53)]
_MOST_LISTED = 100


class StartRequest(Schema):
    """What shall be made beside the single documents."""

    merge: bool = True
    pdf: bool = False


@router.get("/batches", response=list[BatchState], summary="本账号的批次")
@opens(Right.FILL, Action.VIEW)
def list_batches(request: HttpRequest) -> list[BatchState]:
    """The latest hundred, newest first."""
    hidden = area(request).forbidden
    mine = Batch.objects.filter(issued_by=signed_in(request).username, roster_name__gt="")
    return [
        _state(one) for one in mine[:_MOST_LISTED] if one.form_id.partition("-")[0] not in hidden
    ]


@router.post(
    "/batches", response={201: BatchState, 404: Trouble, 422: Trouble}, summary="送一份花名册"
)
@opens(Right.FILL, Action.CHANGE)
def send_roster(
    request: HttpRequest, form_id: Form[str], roster: File[UploadedFile]
) -> Status[BatchState]:
    """The roster is checked; ask for the batch until it is 已核对, then start it."""
    spec, problem = spec_of(request, form_id), find_upload_problem(roster)
    if problem:
        raise HttpError(422, problem)
    return Status(201, _state(take_roster(request, spec.id, roster)))


@router.get("/batches/{number}", response={200: BatchState, 404: Trouble}, summary="一个批次")
@opens(Right.FILL, Action.VIEW)
def batch(request: HttpRequest, number: Number) -> BatchState:
    """How far it is, what is wrong in the roster, what can be fetched."""
    return _state(own_batch(request, number))


@router.post(
    "/batches/{number}/start", response={200: BatchState, 404: Trouble}, summary="出具一个批次"
)
@opens(Right.FILL, Action.CHANGE)
def start(request: HttpRequest, number: Number, wanted: StartRequest) -> BatchState:
    """Issue the rows without mistakes; what was issued is not issued twice."""
    own = own_batch(request, number, "出具")
    start_batch(own, merge=wanted.merge, pdf=wanted.pdf)
    own.refresh_from_db()
    return _state(own)


@router.get(
    "/batches/{number}/files/{what}",
    response={404: Trouble},
    summary="下载批次的结果",
    openapi_extra=AS_FILE,
)
@opens(Right.FILL, Action.DOWNLOAD)
def result(request: HttpRequest, number: Number, what: str) -> FileResponse:
    """One of: marked, zip, word, pdf."""
    return result_of(own_batch(request, number, f"下载 {what}"), what)


def _state(own: Batch) -> BatchState:
    files = job_folder(config(), own)
    is_busy = own.state in BUSY
    return BatchState(
        number=own.pk,
        form_id=own.form_id,
        roster=own.roster_name,
        state=own.state,
        message=own.message,
        total=own.total,
        refused=own.refused,
        issued=own.rows.count(),
        problems=[
            RosterProblem(
                kind=one.kind, sheet=one.sheet, cell=one.cell, name=one.name,
                where=one.where, what=one.what, do=one.do,
            )
            for one in ([] if is_busy else files.problems())
        ],
        files=[
            what
            for what, (attribute, _, _) in RESULTS.items()
            if not is_busy and getattr(files, attribute).exists()
        ],
    )  # fmt: skip
