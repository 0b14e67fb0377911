"""Papers laid for the checks: issued through the product's own path, or filed as read."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from archive_indexer.documents import ExtractedPage, Extraction, Seal, SignaturePlace, TextLine
from archive_indexer.models import ArchivedFile
from archive_indexer.stores.contents import keep_content
from filler.fill_form import fill_form
from filler.form.county_facts import county_facts
from filler.form.form_data import Refused
from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from filler.spec.form_catalogue import Catalogue, load_catalogue
from minzheng.county.config import current_config
from minzheng.county.county import County, read_county

ANSWERS = Path(__file__).resolve().parents[2] / "samples" / "answers"
TOWN, VILLAGE = "钟宝镇", "旧城村"
SEAL = Seal((0.6, 0.8, 0.8, 0.95), "#c41c20", "镇坪县民政局")


@cache
def county() -> County:
    """The county as it is shipped."""
    return read_county()


@cache
def catalogue() -> Catalogue:
    """All forms as they are shipped."""
    return load_catalogue(facts=county_facts(current_config(), county()))


@dataclass
class Desk:
    """Where papers are issued and filed in a test."""

    folder: Path
    today: dt.date
    files: int = field(default=0)

    def issue(self, form_id: str, *, leave: tuple[str, ...] = (), **changed: Any) -> Issued:
        """The sample answers of a form with some changed, issued as a clerk would."""
        text = (ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8")
        answers: Mapping[str, Any] = tomllib.loads(text) | changed
        kept = {slug: one for slug, one in answers.items() if slug not in leave}
        outcome = fill_form(
            form_id, kept, issued_by="测试", today=self.today, catalogue=catalogue(),
            store=DatabaseCaseStore(self.folder),
        )  # fmt: skip
        if isinstance(outcome, Refused):
            raise AssertionError("\n".join(map(str, outcome.problems)))
        return Issued.objects.get(pk=outcome.number)

    def file(
        self,
        form_id: str,
        text: str = "",
        *,
        seals: int = 0,
        unsigned: tuple[str, ...] = (),
        is_picture: bool = True,
        lines: tuple[TextLine, ...] = (),
        **more: Any,
    ) -> ArchivedFile:
        """A scan as the archive keeps it once it is read."""
        self.files += 1
        sha256 = f"{self.files:064x}"
        signatures = tuple(SignaturePlace(one, (0.1, 0.9, 0.3, 0.95), "无") for one in unsigned)
        page = ExtractedPage(
            1, text, origin="ocr" if is_picture else "text", seals=(SEAL,) * seals,
            signatures=signatures, lines=lines,
        )  # fmt: skip
        keep_content(sha256, Extraction("pdf", (page,)))
        place = {"town": TOWN, "village": VILLAGE, "dossier": form_id[:2], "year": "2018"}
        title = more.pop("title", "")
        return ArchivedFile.objects.create(
            path=f"{self.files}.pdf", sha256=sha256, state="indexed", present=True,
            form_id=form_id, filing={"title": {"value": title}}, **(place | more),
        )  # fmt: skip

    def scan(
        self,
        issued: Issued,
        *,
        seals: int = 1,
        unsigned: tuple[str, ...] = (),
        reads: tuple[str, ...] = (),
    ) -> ArchivedFile:
        """The scan of an issued document, with its code, and lines that are read on it surely."""
        texts = issued.texts
        return self.file(
            issued.form_id, seals=seals, unsigned=unsigned, case_no=issued.case_no,
            lines=tuple(TextLine(text, (0.4, 0.4, 0.6, 0.42)) for text in reads),
            town=texts["town"], village=texts.get("village", ""),
        )  # fmt: skip
