"""What the first person after a start would wait for, made before somebody comes.

The pages are imported, the tables of pinyin read, the index opened, the county surveyed, the
forms compiled that are printed most and the registers made: some two seconds of a processor, of
a whole county eight, beside the pages, which answer meanwhile.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.db import connection
from django.urls import get_resolver
from django.utils import timezone

from archive_indexer.queries import Query
from filler.models import Issued
from filler.word.form_template import load_template
from minzheng.accounts.areas import Area
from minzheng.web.gate.office import archive_index, county, forms, knowledge, registers
from minzheng.web.gate.standings import survey_of

log = logging.getLogger(__name__)
_NEWEST = 2000  #: documents that tell which forms an office prints
_FORMS = 12
_BREATH_SECONDS = 0.02  #: between two steps, for whoever asks already
Made = TypeVar("Made")


def warm_up() -> None:
    """Make everything once; what cannot be made is met, and said, where it is asked for."""
    for steps in (_for_everybody, _most_printed, _all_registers):
        for step in _made(steps) or ():
            _made(step)
            time.sleep(_BREATH_SECONDS)


def _made(step: Callable[[], Made]) -> Made | None:
    try:
        return step()
    except Exception:
        log.warning("not made at the start", exc_info=True)
        return None


def start_warming_up() -> threading.Thread:
    """`warm_up` in a thread of its own."""
    thread = threading.Thread(target=_then_leave, name="warm up", daemon=True)
    thread.start()
    return thread


def _then_leave() -> None:
    try:
        warm_up()
    finally:
        connection.close()


def _for_everybody() -> list[Callable[[], object]]:
    return [_pages, _suggestions, _index, _survey]


def _pages() -> None:
    _ = get_resolver().url_patterns


def _suggestions() -> None:
    knowledge()


def _index() -> None:
    archive_index().search(Query(("低保",)))


def _survey() -> None:
    survey_of(Area())


def _most_printed() -> list[Callable[[], object]]:
    newest = Issued.objects.order_by("-pk").values_list("form_id", flat=True)[:_NEWEST]
    often = [form_id for form_id, _ in Counter(newest).most_common(_FORMS)]
    known = forms().by_id
    return [partial(load_template, known[one]) for one in often if one in known]


def _all_registers() -> list[Callable[[], object]]:
    """Each as of today, for who sees every dossier and for who sees none set apart."""
    read, today, apart = registers(), timezone.localdate(), county().dossiers.apart_codes
    return [
        partial(read.rows, one, today, forbidden)
        for one in read.registers.all
        for forbidden in (frozenset[str](), apart)
    ]
