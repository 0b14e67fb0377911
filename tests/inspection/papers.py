"""Papers as the archive gives them to the checks, and who reads them."""

from archive_indexer.stores.paper_texts import PaperText
from minzheng.county.county import read_county

COUNTY = read_county()
SCHEMES = COUNTY.required.schemes
A, B = "11010519491231002X", "440524188001010014"


def paper(form_id: str, text: str, number: int = 1, **more: str) -> PaperText:
    """A paper of 旧城村."""
    given = {
        "town": "钟宝镇", "village": "旧城村", "dossier": form_id[:2], "year": "2018",
        "case_no": "", "person": "", "title": "", "sha256": "",
    }  # fmt: skip
    return PaperText(number=number, form_id=form_id, text=text, **(given | more))


def reader(*papers: PaperText):
    """Gives those of the forms asked for."""
    return lambda forms: [one for one in papers if one.form_id in set(forms)]
