"""Documents issued before, from which the next one begins."""

from django.http import HttpRequest

from filler.form.forms import FormSpec
from filler.models import Issued
from filler.records.people_store import documents_about
from minzheng.web.forms.issued_documents import may_see
from minzheng.web.gate.office import area, forms, signed_in


def corrected_document(request: HttpRequest, spec: FormSpec) -> Issued | None:
    """The document named by `corrects` in the address, when it may be corrected."""
    number = request.GET.get("corrects", "")
    if not number.isdecimal():
        return None
    issued = Issued.objects.filter(pk=int(number), form_id=spec.id, corrected_by=None).first()
    if issued is None:
        return None
    return issued if may_see(issued, area(request), signed_in(request).username) else None


def known_documents(request: HttpRequest, number: int) -> tuple[Issued, ...]:
    """The documents about a known person that may be seen, newest first."""
    place = area(request)
    if place.is_nothing:
        return ()
    found = documents_about(number, place.town, place.village)
    dossiers = {spec.id: spec.dossier for spec in forms().forms}
    return tuple(one for one in found if dossiers.get(one.form_id, "") not in place.forbidden)
