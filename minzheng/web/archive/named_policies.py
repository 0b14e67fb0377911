"""Policies that a question names: shown beside the hits as what they are, never among them."""

from dataclasses import dataclass

from django.utils import timezone

from archive_indexer.search import parse_words
from minzheng.county.registry.dossiers import Dossier
from minzheng.policies.find_policies import FoundPolicy, find_chapters, find_policies
from minzheng.web.archive.search_choices import Addresses
from minzheng.web.gate.office import county, policies

_MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class NamedPolicies:
    """The first of them, how many more there are, and the chapters the words are a name of."""

    policies: tuple[FoundPolicy, ...] = ()
    more: int = 0
    chapters: tuple[Dossier, ...] = ()


def named_policies(given: Addresses) -> NamedPolicies:
    """What of the book the words of a question name; on its first page only."""
    if given.page > 1:
        return NamedPolicies()
    words = parse_words(given.text, county(), with_synonyms=False)
    found = find_policies(policies(), words, timezone.localdate())
    return NamedPolicies(
        tuple(found[:_MOST_SHOWN]),
        len(found[_MOST_SHOWN:]),
        tuple(find_chapters(policies(), words)),
    )
