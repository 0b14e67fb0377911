"""A later paper of somebody with one running case stands in that case, and the page says so.

Where several run, or the form might begin another case, the page asks (`which_case.py`).
"""

from dataclasses import replace

from django.http import HttpRequest

from filler.form.forms import FormSpec
from filler.values.read_answers import is_blank
from minzheng.web.forms.form_deeds import Asked, read_asked
from minzheng.web.forms.posted_answers import Posted
from minzheng.web.forms.which_case import SCHEME, ShownCase, answer_of, shown_case

#: Buttons after which a page stays as it is.
_KEPT = "keep"
_MORE = "more:"


def in_only_case(
    request: HttpRequest, spec: FormSpec, posted: Posted, asked: Asked
) -> tuple[Posted, Asked, ShownCase | None]:
    """What was posted, read in the one running case of its person; the case, if it was unsaid."""
    action = request.POST.get("action", "")
    if action == _KEPT or action.startswith(_MORE):
        return posted, asked, None
    posted, asked = _of_one_scheme(request, spec, posted, asked)
    only = asked.read.only_case
    if only is None:
        return posted, asked, None
    joined = replace(posted, answers={**posted.answers, "case_no": only.case_no})
    return joined, read_asked(request, spec, joined.answers, asked.corrected), shown_case(only)


def _of_one_scheme(
    request: HttpRequest, spec: FormSpec, posted: Posted, asked: Asked
) -> tuple[Posted, Asked]:
    """A form opened for a person, of the only scheme of which one case of theirs runs."""
    scheme = next((one for one in spec.fields if one.slug == SCHEME), None)
    is_open = request.method == "GET" and request.GET.get("person") and not asked.corrected
    if scheme is None or not is_open or not is_blank(posted.answers.get(SCHEME)):
        return posted, asked
    trials = (
        replace(posted, answers={**posted.answers, SCHEME: answer_of(scheme, word)})
        for word in scheme.choices
    )
    read = ((one, read_asked(request, spec, one.answers)) for one in trials)
    found = [(one, with_it) for one, with_it in read if with_it.read.only_case]
    return found[0] if len(found) == 1 else (posted, asked)
