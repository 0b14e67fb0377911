"""A sentence that an earlier paper offers, written otherwise: its numbers are pointed out.

Long texts are a paper's own words and are compared with nothing; but a sentence made of another
paper's figures (同意14票) tells them again, and other figures contradict it.
"""

import re
from collections.abc import Iterator

from filler.carry_over.earlier import Earlier, EarlierForm
from filler.carry_over.offer import paper_of, row_of_person
from filler.carry_over.take_over import says_so
from filler.carry_over.two_places import Disagreements, named
from filler.spec.offered import Offers
from filler.values.print_value import placeholders
from filler.values.scope import Scope
from minzheng.county.errors import Problem

_NUMBER = re.compile(r"\d+")


def find_unlike_sentences(scope: Scope, offers: Offers, earlier: Earlier) -> Disagreements:
    """Whole numbers of the paper that offers a sentence, where the sentence has others."""
    found: list[Problem] = []
    for offer in offers.for_form(scope.spec.id):
        sentences = offer.sentences
        told = {own for own in sentences if _NUMBER.search(scope.text(own))}
        if not told:
            continue
        answers = {slug: scope.text(slug) for slug in _ASKED if slug in scope.fields}
        answers |= {"case_no": scope.case_no}
        paper = paper_of(offer, answers, earlier)
        if paper is None or not says_so(paper, offer.of) or earlier.is_later(paper.source.number):
            continue
        source = row_of_person(offer, paper.scope, answers)
        for own in sorted(told):
            found += _unlike(scope, own, source, sentences[own], paper)
    return Disagreements(warnings=tuple(found))


_ASKED = frozenset({"town", "village", "name", "addressee"})


def _unlike(
    scope: Scope, own: str, source: Scope, sentence: str, paper: EarlierForm
) -> Iterator[Problem]:
    here = set(_NUMBER.findall(scope.text(own)))
    for slug in placeholders(sentence):
        text = source.text(slug)
        if source.fields[slug].type == "int" and text and text not in here:
            what = f"没有写 {named(paper.source)}“{source.fields[slug].label}”的 {text}"
            yield Problem(scope.fields[own].label, what, "核对两份，改成一致", own)
