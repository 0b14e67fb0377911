"""Pictures of pages: drawn or not there, and given to a browser that may keep them a while."""

import logging
from collections.abc import Callable

from django.http import Http404, HttpResponse

log = logging.getLogger(__name__)


def draw_or_404(draw: Callable[[], bytes]) -> bytes:
    """What `draw` makes; a damaged file may fail in any way inside its reader.

    Raises:
        Http404: it is gone, or cannot be drawn; then the log says why.
    """
    try:
        return draw()
    except (Http404, FileNotFoundError) as error:
        raise Http404 from error
    except Exception as error:
        log.exception("a page could not be drawn")
        raise Http404 from error


def give_picture(jpeg: bytes) -> HttpResponse:
    """A JPEG that the browser of this person may keep for ten minutes."""
    response = HttpResponse(jpeg, content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=600"
    return response
