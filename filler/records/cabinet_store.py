"""What a village registered of its cabinet, and what its catalogues say lies in which box."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from filler.models import Issued
from minzheng.prepared import Prepared

_REGISTER, _CATALOGUE = "ZH-01", "ZH-04"


def _answer(slug: str) -> Cast:
    """An answer as text, so that it is compared with a text and not with JSON."""
    return Cast(KeyTextTransform(slug, "answers"), TextField())


#: Every look at a paper, and every page of hits, asks for the village's.
_PAPERS = Prepared(
    lambda town, village: (
        Issued.objects.filter(form_id__in=(_REGISTER, _CATALOGUE), corrected_by=None)
        .alias(in_town=_answer("town"), in_village=_answer("village"))
        .filter(in_town=town, in_village=village)
        .order_by("-pk")
    )
)


@dataclass(frozen=True, slots=True)
class VillageCabinet:
    """A cabinet, its compartments by dossier, and boxes by archive number; as registered."""

    number: str = ""
    location: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)  #: short name of a dossier → 格位
    boxes: Mapping[str, str] = field(default_factory=dict)  #: 档号 → 盒号


def cabinet_of(town: str, village: str) -> VillageCabinet:
    """The newest register and every catalogue of a village; corrected ones do not count."""
    issued = _PAPERS.all(town, village)
    register = next((one for one in issued if one.form_id == _REGISTER), None)
    answers = register.answers if register else {}
    catalogues = [one.answers for one in issued if one.form_id == _CATALOGUE]
    return VillageCabinet(
        number=str(register.texts.get("cabinet_no", "")) if register else "",
        location=str(answers.get("location", "")),
        slots={row["dossier"]: row["slot"] for row in answers.get("map", ())},
        boxes={
            row["archive_no"]: str(catalogue["box_no"])
            for catalogue in reversed(catalogues)
            for row in catalogue["rows"]
            if row.get("archive_no")
        },
    )
