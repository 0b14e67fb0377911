"""An issued document printed again exactly as it was, whatever became of its template."""

import hashlib

from filler.errors import RenderError
from filler.form.form_data import Printed
from filler.word.form_template import kept_template


def reissue(printed: Printed, sha256: str) -> bytes:
    """The same bytes as were issued.

    Raises:
        RenderError: the program prints differently now; the kept file is what counts.
    """
    docx = kept_template(printed).render(printed.texts, printed.qr, printed.photos)
    if hashlib.sha256(docx).hexdigest() != sha256:
        raise RenderError("重新生成的文书与当时出具的不一致。请用“已出具”中保存的原件。")
    return docx
