"""What was found is shown from what an engine keeps of it, whichever engine it is."""

from archive_indexer.index.kept_pages import pack_pages
from archive_indexer.index.shown_hit import KeptDocument, hit_of

_PLACE = {
    "town": "钟宝镇",
    "village": "旧城村",
    "dossier": "DB",
    "year": "2018",
    "form_id": "DB-01",
}


def kept(*pages: str) -> KeptDocument:
    folded = [page.replace(" ", "").lower() for page in pages]
    packed, text = pack_pages(pages, folded), "\f".join(folded)
    return KeptDocument("a.pdf", "0" * 64, "申请书", packed, text, _PLACE, True, 20180312)


def test_the_page_with_most_words_is_shown_with_its_marks():
    """And all pages with any are named."""
    hit = hit_of(kept("张三 申请", "低保 张三", "别的"), ("张三", "低保"))
    assert (hit.page, hit.pages, hit.snippet) == (2, (1, 2), "低保 张三")
    assert hit.marks == ((0, 2), (3, 5))
    assert (hit.town, hit.form_id, hit.title, hit.day) == ("钟宝镇", "DB-01", "申请书", 20180312)


def test_a_number_is_marked_as_the_page_writes_it():
    """With spaces between its groups, too."""
    number = "612430197001011234"
    hit = hit_of(kept("号码 612430 19700101 1234"), (), frozenset({number}))
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["612430 19700101 1234"]
