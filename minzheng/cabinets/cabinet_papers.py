"""The papers of a cabinet, printed in one run: catalogues, and covers, spines and labels.

They are the county's own forms (ZH-03, ZH-04, ZH-06, ZH-06B), answered by the cabinet.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from filler.fill_form import print_unkept, read_form
from filler.print_run.merge_documents import merge_documents
from filler.spec.form_catalogue import Catalogue
from minzheng.cabinets.cabinet import Box, Cabinet
from minzheng.cabinets.catalogues import box_answers, cabinet_answers, cover_answers
from minzheng.cabinets.slot_labels import Label, write_labels
from minzheng.external.files.file_properties import FileProperties

_WHOLE, _BOX, _COVER, _SPINE = "ZH-03", "ZH-04", "ZH-06", "ZH-06B"


@dataclass(frozen=True)
class CabinetPapers:
    """Prints for one cabinet on one day."""

    catalogue: Catalogue
    cabinet: Cabinet
    slots: Mapping[str, str]  #: short name of a dossier → 格位, as registered
    today: dt.date
    county: str
    properties: FileProperties

    def whole(self) -> bytes:
        """专柜总目录."""
        told = cabinet_answers(self.cabinet, self._dossiers, self.slots, str(self.today))
        return self._print(_WHOLE, told)

    def catalogue_of(self, boxes: Iterable[Box]) -> bytes:
        """卷内目录: a page or more for each box."""
        return self._merged([
            self._print(_BOX, box_answers(self.cabinet, one, self._dossiers, str(self.today)))
            for one in boxes
        ])  # fmt: skip

    def covers(self, boxes: Iterable[Box]) -> bytes:
        """The cover of every box."""
        return self._merged([self._print(_COVER, self._told(one)) for one in boxes])

    def spines(self, boxes: Iterable[Box]) -> bytes:
        """The spine of every box."""
        return self._merged([self._print(_SPINE, self._told(one)) for one in boxes])

    def labels(self, number: str) -> bytes:
        """The labels of the fifteen slots; `number` is the cabinet's."""
        return write_labels(self._labels(number), self.properties)

    def everything(self, number: str, boxes: Sequence[Box]) -> bytes:
        """All of it as one packed file: what differs in paper is a file of its own."""
        printed = {"1 格位标签": self.labels(number), "2 专柜总目录": self.whole()}
        if boxes:
            printed |= {
                "3 盒封面": self.covers(boxes),
                "4 盒脊": self.spines(boxes),
                "5 卷内目录": self.catalogue_of(boxes),
            }
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
            for name, document in printed.items():
                packed.writestr(f"{name}.docx", document)
        return stream.getvalue()

    def _told(self, box: Box) -> dict[str, Any]:
        return cover_answers(self.cabinet, box, self._dossiers, self.county, str(self.today))

    def _labels(self, number: str) -> list[Label]:
        village = self.cabinet.village
        return [
            Label(
                one.no,
                one.short_name,
                f"{village.town}{village.name}",
                self.slots.get(one.short_name, "") or one.no,
                number,
            )
            for one in self._dossiers.all
        ]

    @property
    def _dossiers(self) -> Any:
        return self.catalogue.county.dossiers

    def _print(self, form_id: str, answers: Mapping[str, Any]) -> bytes:
        spec = self.catalogue.form(form_id)
        return print_unkept(read_form(spec, answers, today=self.today, catalogue=self.catalogue))

    def _merged(self, printed: list[bytes]) -> bytes:
        if len(printed) == 1:
            return printed[0]
        stream = io.BytesIO()
        merge_documents(printed, stream, self.properties)
        return stream.getvalue()
