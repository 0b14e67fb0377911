"""Photos a browser sends with a form: taken in at once, and shown again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from filler.form.forms import FormSpec
from filler.form.photo_names import named_photo
from filler.records.photo_shelf import photo_limits, take_photo
from filler.records.photo_takers import note_taker
from minzheng.county.errors import Problem
from minzheng.external.photos import BadPhotoError
from minzheng.web.forms.form_deeds import today
from minzheng.web.forms.issued_documents import case_store
from minzheng.web.forms.posted_answers import Posted
from minzheng.web.forms.record_gate import may_see_photo
from minzheng.web.gate.office import area, county, signed_in

#: The file of a photo is posted under its slug and this.
FILE, REMOVE = "-file", "-remove"


def with_photos(request: HttpRequest, spec: FormSpec, posted: Posted) -> Posted:
    """The answers with the photos that came along; what cannot be used is a problem."""
    answers: dict[str, Any] = dict(posted.answers)
    problems: list[Problem] = []
    for slug, label in spec.photos.items():
        if request.POST.get(slug + REMOVE) or not _is_usable(request, str(answers.get(slug, ""))):
            answers.pop(slug, None)
        upload = request.FILES.get(slug + FILE)
        if isinstance(upload, UploadedFile):
            try:
                answers[slug] = take_upload(upload, signed_in(request).username)
            except BadPhotoError as error:
                what = f"“{(upload.name or '')[:40]}”{error.what}"
                problems.append(Problem(label, what, error.do, slug))
    return replace(posted, answers=answers, problems=tuple(problems))


def usable_photos(
    request: HttpRequest, spec: FormSpec, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Answers without photos that are gone, or that their writer may not see any more."""
    return {
        slug: answer
        for slug, answer in answers.items()
        if slug not in spec.photos or _is_usable(request, str(answer))
    }


def may_see_here(request: HttpRequest, sha256: str) -> bool:
    """Whether the person who is signed in may see a photo."""
    return may_see_photo(sha256, area(request), signed_in(request).username)


def take_upload(upload: "UploadedFile[bytes]", by: str) -> str:
    """Put an uploaded photo on the shelf, and remember who sent it; its name.

    Raises:
        BadPhotoError: it cannot be used.
    """
    limits = photo_limits(county().limits, today())
    if (upload.size or 0) > limits.most_bytes:
        size = f"{(upload.size or 0) / (1 << 20):.0f} MB"
        raise BadPhotoError(f"有 {size}，超过 {limits.most_bytes >> 20} MB", "压缩后再选")
    name = take_photo(upload.read(), case_store().photos, limits)
    note_taker(name, by)
    return name


def _is_usable(request: HttpRequest, name: str) -> bool:
    """Whether a posted name is that of a photo taken in before, which its sender may see."""
    photo = named_photo(name)
    if photo is None or not case_store().photos.has(photo.sha256):
        return False
    return may_see_here(request, photo.sha256)
